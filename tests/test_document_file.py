import unicodedata
from datetime import date

import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.document_file import find

PAGE = "---\ntitle: {0}\nkind: kurs\ndate: 2024-02-06\n{1}\n---\n# {0}\n\nKurset varer i to dager.\n"
CORPUS = {
    "kurs/måling.md": PAGE.format("Måling", "supersedes: kurs/gammel.md"),
    "kurs/gammel.md": PAGE.format("Gammel", "valid_to: 2020-01-01"),
    "kurs/endres.md": PAGE.format("Endres", ""),
    "kurs/slettes.md": PAGE.format("Slettes", ""),
    "kurs/lenkes.md": PAGE.format("Lenkes", ""),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filer")
    (folder / "utenfor.md").write_text("hemmelig", "utf-8")
    assistant = Assistant(Settings(corpus_dir=write_corpus(folder / "corpus", CORPUS), data_dir=folder / "data"))
    assistant.build()
    yield assistant
    assistant.close()


def test_a_document_and_its_file(assistant):
    found = find(assistant, "kurs/måling.md")
    assert found.document.properties.title == "Måling"
    assert found.file.read_text("utf-8") == CORPUS["kurs/måling.md"]
    assert (found.changed, found.successor, found.expired) == (False, None, False)
    assert find(assistant, unicodedata.normalize("NFD", "kurs/måling.md")) == found


def test_what_has_replaced_it_and_when_it_held(assistant):
    found = find(assistant, "kurs/gammel.md")
    path, newer = found.successor
    assert (path, newer.title, newer.date) == ("kurs/måling.md", "Måling", date(2024, 2, 6))
    assert found.expired


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "kurs", "kurs/", "kurs/finnes-ikke.md", "../utenfor.md", "kurs/../kurs/måling.md", "/kurs/måling.md",
     "KURS/måling.md", "kurs\\måling.md", "kurs/måling.md\0", "kurs//måling.md", "C:/kurs/måling.md", "kurs/måling.md/"],
)  # fmt: skip
def test_only_the_very_path_of_a_document_finds_it(assistant, path):
    assert find(assistant, path) is None


def test_a_file_that_changed_is_known(assistant):
    file = assistant.settings.corpus_dir / "kurs/endres.md"
    file.write_text("noe helt annet", "utf-8")
    assert find(assistant, "kurs/endres.md").changed


def test_a_deleted_file_is_gone_at_once(assistant):
    assert find(assistant, "kurs/slettes.md")
    (assistant.settings.corpus_dir / "kurs/slettes.md").unlink()
    assert find(assistant, "kurs/slettes.md") is None


def test_a_link_out_of_the_corpus_leads_nowhere(assistant):
    file = assistant.settings.corpus_dir / "kurs/lenkes.md"
    file.unlink()
    file.symlink_to(assistant.settings.corpus_dir.parent / "utenfor.md")
    assert find(assistant, "kurs/lenkes.md") is None
