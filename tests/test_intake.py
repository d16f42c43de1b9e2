import os
import time

import pytest
import typst

from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.errors import DocumentError, UsageError
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.staff.intake import Intake, checked, file_name


@pytest.fixture(scope="module")
def reader():
    with DocumentReader(Settings(max_file_mb=1)) as reader:
        yield reader


@pytest.fixture
def intake(tmp_path):
    return Intake(Settings(data_dir=tmp_path / "data", max_file_mb=1))


def uploaded(tmp_path, name, content):
    file = tmp_path / "opplastet" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Lærlingtilskot 2025 (ny).PDF", "laerlingtilskot-2025-ny.pdf"),
        ("Støtte for små bedrifter.docx", "stotte-for-sma-bedrifter.docx"),
        ("ÆØÅ æøå.md", "aeoa-aeoa.md"),
        ("Sta\u030al.txt", "stal.txt"),
        ("Crème brûlée №1.html", "creme-brulee-no1.html"),
        ("a.b.c.csv", "a-b-c.csv"),
        ("-- kurs --.pptx", "kurs.pptx"),
        ("kurs 🤖.md", "kurs.md"),
        ("x" * 300 + ".md", "x" * 80 + ".md"),
    ],
)
def test_names_become_as_the_corpus_wants_them(called, name):
    assert file_name(called) == name


@pytest.mark.parametrize(
    ("called", "why"),
    [
        ("../../x.md", "kan ikke brukes"),
        ("kurs/x.md", "kan ikke brukes"),
        ("c:\\x.md", "kan ikke brukes"),
        ("x\0.md", "kan ikke brukes"),
        (".skjult.md", "kan ikke brukes"),
        ("😀.md", "verken bokstaver eller tall"),
        ("---.md", "verken bokstaver eller tall"),
        ("program.exe", "ikke av en type som kan leses"),
        ("uten-type", "ikke av en type som kan leses"),
        ("kurs.pdf.yaml", "ikke av en type som kan leses"),
        ("gammel.doc", "lagre den som .docx"),
        ("", "ikke av en type som kan leses"),
    ],
)
def test_other_names_are_refused_with_what_to_do(called, why):
    with pytest.raises(UsageError, match=why):
        file_name(called)


def test_a_document_is_moved_aside_and_read(intake, reader, tmp_path):
    file = uploaded(tmp_path, "Om Slanger.pdf", typst.compile("= Slanger\nSlangene prøves hver uke.".encode()))
    received = intake.receive(file, reader)
    assert received.name == "om-slanger.pdf"
    assert received.document.properties.title == "Slanger"
    assert "Slangene prøves hver uke." in received.document.pages[0].text
    assert received.file.is_file() and not file.exists()
    intake.forget(received)
    assert list((tmp_path / "data" / "opplasting").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("tom.md", b"", "filen er tom"),
        ("program.pdf", b"MZ\x90\x00" * 100, "skadet eller ikke det filtypen sier"),
        ("program.docx", b"MZ\x90\x00" * 100, "ikke en gyldig Office-fil"),
        ("program.md", b"\x7fELF\x02\x01\x01\x00" * 100, "ikke tekst"),
        ("bilde.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR tekst", "ikke tekst"),
        ("stor.txt", b"x" * 1_100_000, r"1,1 MB; grensen er 1 MB"),
        ("blank.txt", b"   \n\n ", "ingen tekst funnet"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(intake, reader, tmp_path, name, content, why):
    file = uploaded(tmp_path, name, content)
    with pytest.raises(DocumentError, match=why):
        intake.receive(file, reader)
    assert not file.exists()
    assert list((tmp_path / "data" / "opplasting").iterdir()) == []


def test_text_in_utf_16_is_text(intake, reader, tmp_path):
    file = uploaded(tmp_path, "notat.txt", "Målerommet på Østre Toten".encode("utf-16"))
    assert "Målerommet på Østre Toten" in intake.receive(file, reader).document.pages[0].text


def test_what_nobody_fetches_goes_after_an_hour(intake, reader, tmp_path):
    old = intake.receive(uploaded(tmp_path, "a.md", b"# Gammel"), reader)
    new = intake.receive(uploaded(tmp_path, "b.md", b"# Ny"), reader)
    os.utime(old.file.parent, (time.time() - 3700,) * 2)
    intake.receive(uploaded(tmp_path, "c.md", b"# Enda en"), reader)
    assert (old.file.exists(), new.file.exists()) == (False, True)


def test_facts_are_cleaned_and_days_written_as_in_the_corpus():
    facts = {"title": " Slanger ", "date": "6. februar 2026", "owner": "", "valid_to": "2027-1-2", "eksempel": "true"}
    assert checked("kurs/x.pdf", facts) == {
        "title": "Slanger",
        "date": "2026-02-06",
        "valid_to": "2027-01-02",
        "eksempel": "true",
    }


def test_a_fact_that_cannot_be_used_is_explained():
    with pytest.raises(UsageError) as caught:
        checked("kurs/x.pdf", {"date": "i går", "supersedes": "../x"})
    assert "Dato: «i går» kan ikke brukes; skriv en dato som 2024-02-06 eller 6. februar 2024." in str(caught.value)
    assert "Avløser: «../x» kan ikke brukes" in str(caught.value)
