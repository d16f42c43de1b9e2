"""What can be done with one document, over HTTP."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from staff_client import PASSWORD, staff_client

PATH = "klynge/laeringsfabrikken.md"


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", SMALL_CORPUS), data_dir=folder / "data")
    assistant = Assistant(replace(settings, staff_password=PASSWORD))
    assistant.build()
    with staff_client(assistant) as staff:
        staff.log_in()
        staff.assistant = assistant
        yield staff
    assistant.close()


@pytest.fixture
def assistant(staff):
    """The one behind the page; its corpus is as it was before when the test is over."""
    yield staff.assistant
    write_corpus(staff.assistant.settings.corpus_dir, SMALL_CORPUS)
    for beside in staff.assistant.settings.corpus_dir.rglob("*.yaml"):
        beside.unlink()
    staff.assistant.build()


def fields(assistant, **changed):
    known = assistant.document(PATH).properties
    values = {"title": known.title, "owner": known.owner, "date": "6. februar 2024", "until": "", "example": False}
    return list((values | changed).values())


def test_a_document_is_shown_with_its_text(staff):
    told = staff.call("show", [PATH])
    for part in ("Læringsfabrikken", "6. februar 2024", "Leder for Læringsfabrikken", "1 500 kvadratmeter", "1 side,"):
        assert part in told


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "", None, "README.md", "klynge", "klynge/finnes-ikke.md"])
def test_a_path_from_the_browser_is_not_trusted(staff, assistant, path):
    before = sorted(assistant.settings.corpus_dir.rglob("*"))
    for name, more in (("show", []), ("ask", []), ("delete", []), ("retire", []), ("save", ["x", "", "", "", False])):
        told = staff.call(name, [path, *more])
        assert "finnes ikke lenger" in told, name
        assert "root:" not in told
    assert sorted(assistant.settings.corpus_dir.rglob("*")) == before


def test_only_what_has_changed_is_written(staff, assistant):
    assert "Ingenting er endret" in staff.call("save", [PATH, *fields(assistant)])
    assert "kan ikke brukes" in staff.call("save", [PATH, *fields(assistant, date="snart")])
    assert not (assistant.settings.corpus_dir / f"{PATH}.yaml").exists()
    told = staff.call("save", [PATH, *fields(assistant, owner="Klyngeleder", example=True)])
    assert "1 endret" in told
    known = assistant.document(PATH).properties
    assert (known.owner, known.example, known.title) == ("Klyngeleder", True, "Læringsfabrikken")
    assert "title" not in (assistant.settings.corpus_dir / f"{PATH}.yaml").read_text("utf-8")


def test_a_document_taken_out_of_use_expired_yesterday(staff, assistant):
    assert "1 endret" in staff.call("retire", [PATH])
    assert assistant.document(PATH).properties.valid_to == date.today() - timedelta(days=1)


def test_a_new_edition_takes_its_place_and_another_type_does_not(staff, assistant):
    newer = SMALL_CORPUS[PATH].replace("1 500", "1 700").encode()
    wrong = staff.call("replace", [PATH, staff.upload("ny.txt", newer)])
    assert "må også være en .md-fil" in wrong
    assert "filen er tom" in staff.call("replace", [PATH, staff.upload("tom.md", b"")]).replace("F", "f")
    assert "1 500" in assistant.document(PATH).pages[0].text
    assert "1 endret" in staff.call("replace", [PATH, staff.upload("helt annet navn.md", newer)])
    assert "1 700" in assistant.document(PATH).pages[0].text
    assert assistant.ask("Hvor stor er Læringsfabrikken?").citations[0].span.startswith("1 700")


def test_what_is_deleted_answers_no_more(staff, assistant):
    assert "Vil du slette «Læringsfabrikken»?" in staff.call("ask", [PATH])
    assert assistant.document(PATH) is not None
    assert "1 fjernet" in staff.call("delete", [PATH])
    assert assistant.document(PATH) is None
    assert "kvadratmeter" not in assistant.ask("Hvor stor er Læringsfabrikken?").text
