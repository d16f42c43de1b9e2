from datetime import date

import pytest

from raufoss_assistant.documents.chunking import chunk
from raufoss_assistant.errors import IndexUnavailableError
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Block, Document, Page, Properties

TEXT = "Læringsfabrikken er 1\u00a0500 kvadratmeter stor."
DOCUMENT = Document(
    path="klynge/æøå.md",
    sha256="ab" * 32,
    properties=Properties(
        title="Læringsfabrikken",
        kind="klynge",
        date=date(2024, 2, 6),
        sources=("https://a.example", "https://b.example"),
    ),
    pages=(Page(3, TEXT, (Block("paragraph", 0, len(TEXT)),), 0.9),),
    warnings=("side 2: ingen tekst funnet (skannet?)",),
)


def test_what_goes_in_comes_out(tmp_path):
    chunks = chunk(DOCUMENT)
    manifest = Manifest.create(tmp_path / "m.sqlite", {"model": "x"})
    manifest.add(DOCUMENT, chunks)
    manifest.commit()
    manifest.close()
    again = Manifest.open(tmp_path / "m.sqlite")
    assert again.meta() == {"model": "x"}
    assert again.document(DOCUMENT.path) == DOCUMENT
    assert list(again.documents()) == [DOCUMENT]
    assert again.properties() == {DOCUMENT.path: DOCUMENT.properties}
    assert again.fingerprints() == {DOCUMENT.path: DOCUMENT.sha256}
    assert tuple(again.chunks_of(DOCUMENT.path)) == tuple(again.chunks(range(len(chunks)))) == chunks
    assert again.ids() == [passage.id for passage in chunks]
    assert again.document("annet.md") is None
    again.close()


@pytest.mark.parametrize("content", [None, b"", b"ikke en database" * 100])
def test_a_damaged_manifest_is_named(tmp_path, content):
    file = tmp_path / "m.sqlite"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(IndexUnavailableError, match="raufoss index"):
        Manifest.open(file)
