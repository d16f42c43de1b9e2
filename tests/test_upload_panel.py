"""What a program can do with the upload form that a browser would not."""

from dataclasses import replace
from pathlib import Path

import pytest
import typst

from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.index.store import writer
from raufoss_assistant.settings import Settings
from staff_client import PASSWORD, staff_client

FIELDS = ["", "", "", False, None, False]  # title, date, owner, example, superseded, replace


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("upload")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", SMALL_CORPUS), data_dir=folder / "data")
    assistant = Assistant(replace(settings, staff_password=PASSWORD, max_file_mb=1))
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def staff(assistant):
    with staff_client(assistant) as staff:
        staff.log_in()
        yield staff


def files(assistant):
    return sorted(
        str(each.relative_to(assistant.settings.corpus_dir)) for each in assistant.settings.corpus_dir.rglob("*")
    )


def test_a_file_is_read_put_in_and_its_copies_are_gone(staff, assistant):
    sent = staff.upload("Om slanger.pdf", typst.compile("= Slanger\nSlangene prøves hver uke.".encode()))
    assert Path(sent["path"]).is_file()
    told = staff.call("receive", [[sent], None], "one")
    assert "Leser fil 1 av 1" in told and "om-slanger.pdf" in told and "kan leses" in told
    assert not Path(sent["path"]).exists()
    told = staff.call("put", [None, "kurs", "", "6. februar 2026", "", False, None, False], "one")
    assert "Indeksen er oppdatert" in told and "1 nytt" in told
    assert "kurs/om-slanger.pdf" in files(assistant)
    assert assistant.document("kurs/om-slanger.pdf").properties.date.year == 2026
    assert list((assistant.settings.data_dir / "opplasting").iterdir()) == []


@pytest.mark.parametrize("path", ["/etc/hostname", "corpus", "../../etc/passwd"])
def test_no_file_of_the_machine_can_be_taken_for_an_upload(staff, assistant, path):
    target = assistant.settings.corpus_dir / "klynge" / "laeringsfabrikken.md" if path == "corpus" else Path(path)
    forged = {"path": str(target), "orig_name": "x.md", "meta": {"_type": "gradio.FileData"}}
    before = files(assistant)
    told = staff.call("receive", [[forged], None], f"forged {path}")
    assert "</strong> kan leses" not in told and "site-packages" not in told and str(target.parent) not in told
    assert files(assistant) == before
    assert Path("/etc/hostname").exists()


@pytest.mark.parametrize("kind", ["../utenfor", "", None, "annet", "/tmp"])
def test_only_the_known_folders_take_files(staff, assistant, kind):
    before = files(assistant)
    session = f"kind {kind}"
    staff.call("receive", [[staff.upload("notat.md", b"# Notat")], None], session)
    told = staff.call("put", [None, kind, *FIELDS], session)
    assert "Indeksen er oppdatert" not in told
    assert files(assistant) == before


def test_one_visit_cannot_put_in_what_waits_in_another(staff, assistant):
    before = files(assistant)
    staff.call("receive", [[staff.upload("hennes.md", b"# Hennes")], None], "hers")
    staff.call("put", [None, "kurs", *FIELDS], "his")
    assert files(assistant) == before
    waiting = list((assistant.settings.data_dir / "opplasting").rglob("hennes.md"))
    staff.call("drop", [None], "hers")
    assert len(waiting) == 1 and not waiting[0].exists()


def test_while_another_indexes_the_files_are_kept_and_that_is_told(staff, assistant):
    staff.call("receive", [[staff.upload("ventende.md", b"# Ventende\n\nDette venter.")], None], "busy")
    with writer(assistant.settings.data_dir):
        told = staff.call("put", [None, "kurs", *FIELDS], "busy")
        assert "En annen indeksering er i gang" in told and "Filene er lagret" in told
    assert "kurs/ventende.md" in files(assistant)
    assert assistant.document("kurs/ventende.md") is None
    staff.call("index", [], "busy")
    assert assistant.document("kurs/ventende.md") is not None


def test_a_title_is_for_one_file(staff):
    sent = [staff.upload(f"{name}.md", b"# Notat") for name in ("en", "to")]
    staff.call("receive", [sent, None], "two")
    assert "bare gjelde én fil" in staff.call("put", [None, "kurs", "Tittel", *FIELDS[1:]], "two")


def test_two_files_of_the_same_name_are_told_apart(staff):
    sent = [staff.upload(name, b"# Notat") for name in ("Et notat.md", "et-notat.md")]
    assert "får også navnet «et-notat.md»" in staff.call("receive", [sent, None], "same")


def test_more_than_the_largest_upload_is_refused_before_it_is_read(staff):
    response = staff.http.post(
        "/ansatt/gradio_api/upload",
        content=b"x",
        headers={"Content-Length": "10000001", "Content-Type": "multipart/form-data"},
    )
    assert response.status_code == 413
    assert staff.http.post("/ansatt/gradio_api/upload", files={"files": ("a.txt", b"x" * 1_100_000)}).status_code == 413
