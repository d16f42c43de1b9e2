import os
import time

import pytest
import yaml

from conftest import SMALL_CORPUS
from raufoss_assistant.documents import scan
from raufoss_assistant.errors import DocumentError, RaufossError, UsageError
from raufoss_assistant.web.staff.shelving import BIN, Shelving

PATH = "klynge/laeringsfabrikken.md"


@pytest.fixture
def shelving(settings):
    return Shelving(settings)


@pytest.fixture
def file(tmp_path):
    (tmp_path / "ny.md").write_text("# Ny\n\nNy tekst.", "utf-8")
    return tmp_path / "ny.md"


def snapshot(settings):
    return {each: each.read_bytes() for each in sorted(settings.corpus_dir.rglob("*")) if each.is_file()}


def binned(settings):
    return sorted(each.name for each in (settings.data_dir / BIN).rglob("*") if each.is_file())


def test_a_file_is_put_in_with_its_facts(shelving, settings, file):
    shelving.put(file, "kurs/ny.md", {"title": "Ny: «kurs»", "date": "2026-02-06"})
    assert (settings.corpus_dir / "kurs" / "ny.md").read_bytes() == file.read_bytes()
    facts = yaml.load((settings.corpus_dir / "kurs" / "ny.md.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert (facts["title"], facts["date"]) == ("Ny: «kurs»", "2026-02-06")
    assert len(facts["updated"]) == 10
    assert scan(settings.corpus_dir).problems == ()


def test_without_facts_there_is_no_sidecar(shelving, settings, file):
    shelving.put(file, "kurs/ny.md", {})
    assert [each.name for each in (settings.corpus_dir / "kurs").iterdir()] == ["ny.md"]


def test_what_is_there_is_not_replaced_without_a_word(shelving, settings, file):
    before = snapshot(settings)
    with pytest.raises(UsageError, match="Erstatt"):
        shelving.put(file, PATH, {"title": "Ny"})
    assert snapshot(settings) == before


def test_what_is_replaced_lies_in_the_bin(shelving, settings, file):
    shelving.put(file, PATH, {}, replace=True)
    assert "Ny tekst" in (settings.corpus_dir / PATH).read_text("utf-8")
    (kept,) = (settings.data_dir / BIN).rglob("laeringsfabrikken.md")
    assert kept.read_text("utf-8") == SMALL_CORPUS[PATH]


def test_facts_are_joined_with_those_that_are_there(shelving, settings):
    beside = settings.corpus_dir / f"{PATH}.yaml"
    beside.write_text("title: Gammel\nsources:\n  - https://example.org/a\nowner: Leder\n", "utf-8")
    shelving.describe(PATH, {"title": "Ny", "owner": ""})
    facts = yaml.load(beside.read_text("utf-8"), yaml.BaseLoader)
    assert facts["title"] == "Ny" and facts["sources"] == ["https://example.org/a"]
    assert "owner" not in facts


def test_a_sidecar_that_cannot_be_read_is_left_alone(shelving, settings):
    beside = settings.corpus_dir / f"{PATH}.yaml"
    beside.write_text("title: a: b: c", "utf-8")
    with pytest.raises(UsageError, match="Rett den først; ingenting er endret"):
        shelving.describe(PATH, {"title": "Ny"})
    assert beside.read_text("utf-8") == "title: a: b: c"


def test_what_is_deleted_lies_in_the_bin_with_its_sidecar(shelving, settings):
    shelving.describe(PATH, {"title": "Ny"})
    shelving.delete(PATH)
    assert PATH not in scan(settings.corpus_dir).files
    assert not (settings.corpus_dir / f"{PATH}.yaml").exists()
    assert binned(settings) == ["laeringsfabrikken.md", "laeringsfabrikken.md.yaml"]


@pytest.mark.parametrize(
    "path", ["../utenfor.md", "/etc/passwd", "README.md", "onboarding/lop/operator.yaml", "klynge", "", "klynge/.x.md"]
)
def test_only_documents_can_be_deleted(shelving, settings, path):
    (settings.corpus_dir.parent / "utenfor.md").write_text("x")
    (settings.corpus_dir / "README.md").write_text("x")
    before = snapshot(settings)
    with pytest.raises(DocumentError, match="finnes ikke lenger"):
        shelving.delete(path)
    assert snapshot(settings) == before
    assert (settings.corpus_dir.parent / "utenfor.md").exists()


def test_a_write_that_fails_leaves_the_corpus_as_it_was(shelving, settings, tmp_path):
    before = snapshot(settings)
    with pytest.raises(RaufossError, match="kunne ikke lagres: finnes ikke"):
        shelving.put(tmp_path / "borte.md", PATH, {}, replace=True)
    with pytest.raises(RaufossError, match="kunne ikke lagres"):
        shelving.put(tmp_path / "borte.md", "klynge/ny.md", {"title": "Ny"})
    assert snapshot(settings) == before


def test_the_bin_is_emptied_after_a_month(shelving, settings):
    shelving.delete(PATH)
    (old,) = (settings.data_dir / BIN).iterdir()
    os.utime(old, (time.time() - 31 * 86400,) * 2)
    shelving.delete("finansiering/skattefunn.md")
    assert binned(settings) == ["skattefunn.md"]
