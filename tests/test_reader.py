import io
import os
import signal
import sys
import threading
import zipfile
from dataclasses import replace

import docx
import pytest
import typst

from raufoss_assistant.documents import DocumentReader, scan
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.settings import Settings

SETTINGS = Settings()


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Håndbok", 1)
    document.add_paragraph("Alle møter klokka sju.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def reader():
    with DocumentReader(SETTINGS) as opened:
        yield opened


def test_reads_all_formats_in_one_child(tmp_path, reader):
    (tmp_path / "a.md").write_text("---\nowner: Rektor\n---\n# Møte\n", "utf-8")
    (tmp_path / "b.txt").write_bytes("Målerom på Østre Toten".encode("cp1252"))
    (tmp_path / "c.csv").write_bytes("Kurs;Pris\nMåling;4000\n".encode("utf-16"))
    (tmp_path / "d.docx").write_bytes(word_file())
    (tmp_path / "e.pdf").write_bytes(typst.compile("= Brosjyre\nVelkommen til målerommet.".encode()))
    (tmp_path / "f.html").write_text("<h1>Nettside</h1><p>Tekst</p>", "utf-8")
    documents = [reader.read(tmp_path, path) for path in scan(tmp_path).files]
    assert [document.properties.title for document in documents] == [
        "Møte",
        "B",
        "C",
        "Håndbok",
        "Brosjyre",
        "Nettside",
    ]
    assert documents[0].properties.owner == "Rektor"
    assert documents[1].pages[0].text == "Målerom på Østre Toten"
    assert documents[4].pages[0].number == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "filen er tom"),
        ("a.pdf", b"%PDF-1.7 og s\xe5 bare rot", r"filen er skadet eller ikke det filtypen sier \(\w+\)"),
        ("a.docx", word_file()[:-900], "filen er skadet"),
        ("a.docx", b"bare tekst", "ikke en gyldig Office-fil"),
        ("a.xlsx", word_file(), "filen er skadet"),
        ("a.txt", b"\n \n", "ingen tekst funnet"),
        ("a.pdf", typst.compile(b"#rect()"), r"ingen tekst funnet \(skannet\?\)"),
    ],
)
def test_bad_files_are_one_norwegian_line_and_the_reader_lives(tmp_path, reader, name, content, said):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "god.md").write_text("# God")
    with pytest.raises(DocumentError, match=said) as caught:
        reader.read(tmp_path, name)
    assert "\n" not in str(caught.value)
    assert name not in str(caught.value)
    assert reader.read(tmp_path, "god.md").properties.title == "God"


def test_a_bomb_is_not_unpacked(tmp_path, reader):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("word/document.xml", b" " * 1_100_000_000)
    with pytest.raises(DocumentError, match="utpakket er filen større enn grensen på 1000 MB"):
        reader.read(tmp_path, "a.docx")


def test_too_large_a_file_is_not_opened(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"a " * 750_000)
    with (
        DocumentReader(replace(SETTINGS, max_file_mb=1)) as reader,
        pytest.raises(DocumentError, match="1,5 MB; grensen er 1 MB"),
    ):
        reader.read(tmp_path, "a.txt")


def test_takes_too_long_and_the_next_file_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"kurs;pris\n" * 3_000_000)
    (tmp_path / "god.md").write_text("# God")
    with DocumentReader(replace(SETTINGS, parse_seconds=1)) as reader:
        with pytest.raises(DocumentError, match="lesingen tok mer enn 1 sekunder"):
            reader.read(tmp_path, "a.csv")
        assert reader.read(tmp_path, "god.md").properties.title == "God"


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_takes_too_much_memory_and_the_next_file_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"kurs og pris\n" * 6_000_000)
    (tmp_path / "god.md").write_text("# God")
    with DocumentReader(replace(SETTINGS, parse_memory_mb=300)) as reader:
        with pytest.raises(DocumentError, match="mer minne enn grensen på 300 MB"):
            reader.read(tmp_path, "a.txt")
        assert reader.read(tmp_path, "god.md").properties.title == "God"


def test_a_child_that_cannot_start_says_what_to_do(tmp_path):
    (tmp_path / "god.md").write_text("# God")
    with (
        DocumentReader(replace(SETTINGS, parse_memory_mb=1)) as reader,
        pytest.raises(DocumentError, match="RAUFOSS_PARSE_MEMORY_MB høyere enn 1"),
    ):
        reader.read(tmp_path, "god.md")


def test_a_child_that_was_killed_is_replaced(tmp_path, reader):
    (tmp_path / "god.md").write_text("# God")
    reader.read(tmp_path, "god.md")
    os.kill(reader._child.pid, signal.SIGKILL)
    reader._child.wait()
    assert reader.read(tmp_path, "god.md").properties.title == "God"


def test_a_child_killed_while_reading_is_an_error(tmp_path, reader):
    (tmp_path / "a.csv").write_bytes(b"kurs;pris\n" * 3_000_000)
    (tmp_path / "god.md").write_text("# God")
    reader.read(tmp_path, "god.md")
    threading.Timer(0.3, os.kill, (reader._child.pid, signal.SIGKILL)).start()
    with pytest.raises(DocumentError, match=r"lesingen stoppet uventet \(kode -9\)"):
        reader.read(tmp_path, "a.csv")
    assert reader.read(tmp_path, "god.md").properties.title == "God"


def test_no_child_is_left_behind(tmp_path):
    (tmp_path / "god.md").write_text("# God")
    with DocumentReader(SETTINGS) as reader:
        reader.read(tmp_path, "god.md")
        child = reader._child
    assert child.poll() is not None


def test_missing_file(tmp_path, reader):
    with pytest.raises(DocumentError, match="finnes ikke lenger"):
        reader.read(tmp_path, "borte.md")
