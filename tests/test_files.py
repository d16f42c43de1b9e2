import os
import shutil
import tempfile
import unicodedata
from pathlib import Path

import pytest

from raufoss_assistant.documents.files import fingerprint, locate, scan, sidecar
from raufoss_assistant.errors import CorpusError, DocumentError


def write(corpus: Path, *paths: str) -> None:
    for path in paths:
        file = corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("tekst", "utf-8")


def test_lists_documents_sorted_and_passes_over_what_is_none(tmp_path):
    write(tmp_path, "kurs/lean.md", "kurs/bok.PDF", "a.txt", "README.md", "kurs/README.md")
    write(tmp_path, ".skjult.md", ".git/x.md", "kurs/~$lean.docx", "kurs/lean.md~", "kurs/.~lock.lean.docx#", "x.tmp")
    write(tmp_path, "kurs/bok.PDF.yaml")
    assert scan(tmp_path).files == ("a.txt", "kurs/README.md", "kurs/bok.PDF", "kurs/lean.md")
    assert scan(tmp_path).problems == ()


def test_learning_paths_are_no_documents_and_no_problems_where_they_belong(tmp_path):
    write(
        tmp_path, "onboarding/lop/operator.yaml", "onboarding/lop/om.md", "onboarding/operator.yaml", "lop/leder.yaml"
    )
    found = scan(tmp_path)
    assert found.files == ("onboarding/lop/om.md",)
    assert [path for path, _ in found.problems] == ["lop/leder.yaml", "onboarding/operator.yaml"]


def test_names_what_cannot_be_read(tmp_path):
    write(tmp_path, "arkiv.zip", "uten", "kurs/borte.pdf.yaml", "notat.yaml")
    assert scan(tmp_path).problems == (
        ("arkiv.zip", "filtypen .zip støttes ikke"),
        ("kurs/borte.pdf.yaml", "opplysninger om «borte.pdf», som ikke finnes"),
        ("notat.yaml", "filtypen .yaml støttes ikke"),
        ("uten", "filen mangler filtype"),
    )


def test_missing_corpus_says_where_it_looked_and_what_to_do(tmp_path):
    with pytest.raises(CorpusError, match=r"finnesikke». Oppgi en mappe med --corpus"):
        scan(tmp_path / "finnesikke")


@pytest.fixture
def ordinary_user():
    """A folder anyone may enter, and a user without root's rights while the test runs."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder, (lambda: os.seteuid(65534)) if os.geteuid() == 0 else (lambda: None)
    shutil.rmtree(folder)


def test_files_and_folders_without_rights_are_problems(ordinary_user):
    corpus, step_down = ordinary_user
    write(corpus, "lukket.md", "mappe/inni.md")
    (corpus / "lukket.md").chmod(0)
    (corpus / "mappe").chmod(0)
    step_down()
    try:
        problems = scan(corpus).problems
    finally:
        os.seteuid(os.getuid())
        (corpus / "mappe").chmod(0o700)
    assert problems == (("lukket.md", "mangler leserettigheter"), ("mappe", "mangler leserettigheter"))


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    write(tmp_path, "mappe/inni.md", "ute.md")
    listing = Path.iterdir

    def iterdir(folder):
        if folder.name == "mappe":
            raise PermissionError
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = scan(tmp_path)
    assert (found.files, found.problems) == (("ute.md",), (("mappe", "mangler leserettigheter"),))


def test_links_out_are_not_followed_and_links_in_circles_end(tmp_path):
    corpus = tmp_path / "corpus"
    write(corpus, "kurs/lean.md")
    write(tmp_path, "hemmelig.md")
    (corpus / "ut.md").symlink_to(tmp_path / "hemmelig.md")
    (corpus / "opp").symlink_to(tmp_path)
    (corpus / "død.md").symlink_to(corpus / "borte.md")
    (corpus / "kurs" / "rundt").symlink_to(corpus)
    found = scan(corpus)
    assert found.files == ("kurs/lean.md",)
    assert [path for path, _ in found.problems] == ["død.md", "opp", "ut.md"]


def test_decomposed_names_are_composed_and_found_again(tmp_path):
    name = "måling på Østlandet.txt"
    write(tmp_path, f"kurs/{unicodedata.normalize('NFD', name)}")
    assert scan(tmp_path).files == (f"kurs/{name}",)
    assert locate(tmp_path, f"kurs/{name}").read_text("utf-8") == "tekst"


def test_two_spellings_of_one_name_do_not_hide_each_other(tmp_path):
    write(tmp_path, unicodedata.normalize("NFD", "må.txt"), "må.txt")
    found = scan(tmp_path)
    assert found.files == ("må.txt",)
    assert [path for path, _ in found.problems] == ["må.txt"]


@pytest.mark.parametrize("path", ["../hemmelig.md", "/etc/hosts", "kurs", "borte.md"])
def test_locates_only_files_inside(tmp_path, path):
    write(tmp_path / "corpus", "kurs/lean.md")
    write(tmp_path, "hemmelig.md")
    with pytest.raises(DocumentError, match="finnes ikke"):
        locate(tmp_path / "corpus", path)


def test_fingerprint_changes_with_the_file_and_with_its_sidecar(tmp_path):
    write(tmp_path, "a.pdf")
    first = fingerprint(tmp_path / "a.pdf")
    (tmp_path / "a.pdf.yaml").write_text("owner: Kursleder")
    second = fingerprint(tmp_path / "a.pdf")
    (tmp_path / "a.pdf").write_text("mer")
    assert sidecar(tmp_path / "a.pdf") == tmp_path / "a.pdf.yaml"
    assert len({first, second, fingerprint(tmp_path / "a.pdf")}) == 3


def test_fingerprint_of_a_vanished_file_is_a_document_error(tmp_path):
    with pytest.raises(DocumentError, match="kan ikke leses"):
        fingerprint(tmp_path / "borte.pdf")
