import hashlib
import io
import unicodedata

import pytest

from raufoss_assistant.documents.extract import Limits
from raufoss_assistant.documents.files import fingerprint
from raufoss_assistant.documents.worker import read_document, receive, send
from raufoss_assistant.errors import DocumentError


def test_messages_go_there_and_back():
    stream = io.BytesIO()
    send(stream, b"en")
    send(stream, b"")
    stream.seek(0)
    assert [receive(stream) for _ in range(3)] == [b"en", b"", None]


def test_a_message_cut_short_is_none():
    assert receive(io.BytesIO(b"\0\0\0\x05abc")) is None


def test_gathers_file_and_sidecar(tmp_path):
    file = tmp_path / "lean.txt"
    file.write_text(unicodedata.normalize("NFD", "Målerom på Raufoss"), "utf-8")
    (tmp_path / "lean.txt.yaml").write_text("owner: Studieveileder\ndate: i går\n", "utf-8")
    document = read_document(file, "kurs/lean.txt", Limits())
    assert document.pages[0].text == "Målerom på Raufoss"
    assert (document.path, document.properties.owner, document.properties.kind) == (
        "kurs/lean.txt",
        "Studieveileder",
        "kurs",
    )
    assert document.sha256 == fingerprint(file) != hashlib.sha256(file.read_bytes()).hexdigest()
    assert len(document.warnings) == 1


def test_a_damaged_text_warns(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("\u25a1\u25a1\u25a1 \u25a1\u25a1 måling \u25a1\u25a1\u25a1\u25a1\u25a1", "utf-8")
    assert read_document(file, "a.txt", Limits()).warnings[0].startswith("teksten ser skadet ut (kvalitet 0,")


@pytest.mark.parametrize(("content", "said"), [(b"", "filen er tom"), (b" \n\n", "ingen tekst funnet")])
def test_without_text(tmp_path, content, said):
    (tmp_path / "a.md").write_bytes(content)
    with pytest.raises(DocumentError, match=said):
        read_document(tmp_path / "a.md", "a.md", Limits())
