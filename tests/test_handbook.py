import logging
import shutil

import pytest

from onboarding_corpus import FOLDER, real_documents
from raufoss_assistant.errors import IndexUnavailableError
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.onboarding.handbook import Handbook, Shelf

ROLES = ["operator", "ingenior", "leder", "laerling"]


@pytest.fixture(scope="module")
def handbook():
    return Handbook.of(FOLDER, real_documents().values())


def checks(path):
    return [(number, check) for number, step in enumerate(path.steps, 1) for check in step.checks]


def test_all_paths_can_be_used_and_nothing_is_remarked(handbook):
    assert list(handbook.paths) == ROLES
    assert handbook.remarks == ()


@pytest.mark.parametrize("role", ROLES)
def test_every_document_is_there_and_every_quote_stands_in_it(handbook, role):
    for step in handbook.paths[role].steps:
        for reading in step.readings:
            assert reading.document in real_documents()
        for check in step.checks:
            proof = handbook.proof(check)
            assert any(proof.quote in page.text for page in real_documents()[check.document].pages)
            assert proof.properties.date


@pytest.mark.parametrize("role", ROLES)
def test_every_question_accepts_its_answers_and_rejects_those_of_other_steps(handbook, role):
    for number, check in checks(handbook.paths[role]):
        assert handbook.is_right(check, check.quote)
        for accepted in check.accepted:
            assert handbook.is_right(check, accepted)
            assert handbook.is_right(check, f"  {accepted.upper()}! ")
        for other_number, other in checks(handbook.paths[role]):
            if other_number != number:
                assert not any(handbook.is_right(check, accepted) for accepted in other.accepted), (check, other)


@pytest.mark.parametrize("role", ROLES)
def test_every_word_is_explained(handbook, role):
    for step in handbook.paths[role].steps:
        assert all(handbook.glossary.explain(word).found for word in step.words)


def test_roles_read_different_things(handbook):
    read = [{reading.document for step in path.steps for reading in step.readings} for path in handbook.paths.values()]
    for number, one in enumerate(read):
        for other in read[number + 1 :]:
            assert len(one & other) <= len(one | other) / 3


def test_example_data_is_among_the_proofs_and_marked(handbook):
    proofs = [handbook.proof(check) for path in handbook.paths.values() for _, check in checks(path)]
    assert any(proof.properties.example for proof in proofs)


def broken(tmp_path, old, new):
    folder = tmp_path / "lop"
    shutil.copytree(FOLDER, folder)
    file = folder / "operator.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sitat: NCE Manufacturing er", "sitat: NCE Manufacturing var", "steg 1: spørsmål 1: sitatet «NCE Manufacturing var"),
        ("svar: [60]", "svar: [70]", "steg 1: spørsmål 2: sitatet «Rundt 60 bedrifter"),
        ("svar: [60]", "svar: [60, femti]", "steg 1: spørsmål 2: svaret «femti» er et tall som"),
            ("svar: [60]", "svar: [60, mer enn 60]", "steg 1: spørsmål 2: svaret «mer enn 60» godtas ikke"),
        ("onboarding/parken-og-klyngen.md", "onboarding/borte.md", "steg 1: lesestoff 1: dokumentet «onboarding/borte.md» finnes ikke"),
        ("dokument: klynge/nce-manufacturing.md", "dokument: klynge/x.md", "steg 1: spørsmål 1: dokumentet «klynge/x.md» finnes ikke"),
        ("del: Kort sagt", "del: Langt sagt", "«onboarding/parken-og-klyngen.md» har ingen overskrift «Langt sagt»"),
        ("tittel: Operatør", "titel: Operatør", "operator.yaml: feltet «titel» er ukjent"),
        ("steg:", "steg: [", "kan ikke tolkes"),
    ],
)  # fmt: skip
def test_a_broken_path_is_left_out_with_a_remark_and_the_others_work(tmp_path, old, new, told):
    handbook = Handbook.of(broken(tmp_path, old, new), real_documents().values())
    assert list(handbook.paths) == ROLES[1:]
    assert any(told in remark for remark in handbook.remarks)
    for remark in handbook.remarks:
        assert remark.startswith("operator.yaml: ") and remark.endswith("Løpet er utelatt.")


def test_a_word_that_is_explained_nowhere_is_left_out_with_a_remark(tmp_path):
    handbook = Handbook.of(broken(tmp_path, "ord: [Klynge, NCE", "ord: [Klynge, Blokkjede"), real_documents().values())
    assert handbook.paths["operator"].steps[0].words == ("Klynge", "Katapulten")
    assert "steg 1: ordet «Blokkjede» står ikke i noen ordliste" in handbook.remarks[0]


def test_without_a_folder_there_are_no_paths(tmp_path):
    handbook = Handbook.of(tmp_path / "finnes-ikke", real_documents().values())
    assert (handbook.paths, handbook.documents) == ({}, {})
    assert handbook.glossary.explain("OFII").found


def generation(folder, documents):
    folder.mkdir()
    manifest = Manifest.create(folder / "manifest.sqlite", {})
    for document in documents:
        manifest.add(document, [])
    manifest.commit()
    manifest.close()
    return folder


def test_the_shelf_takes_a_new_handbook_when_index_or_files_change(tmp_path, caplog):
    corpus = tmp_path / "corpus"
    shutil.copytree(FOLDER, corpus / "onboarding" / "lop")
    shelf = Shelf(corpus)
    first = generation(tmp_path / "1", real_documents().values())
    handbook = shelf.handbook(first)
    assert shelf.handbook(first) is handbook
    (corpus / "onboarding" / "lop" / "leder.yaml").unlink()
    assert list(shelf.handbook(first).paths) == ["operator", "ingenior", "laerling"]
    without = [document for document in real_documents().values() if document.path != "klynge/ofii.md"]
    with caplog.at_level(logging.WARNING):
        assert list(shelf.handbook(generation(tmp_path / "2", without)).paths) == ["operator", "ingenior"]
    assert "laerling.yaml: steg 2: lesestoff 1: dokumentet «klynge/ofii.md» finnes ikke i indeksen" in caplog.text
    with pytest.raises(IndexUnavailableError):
        shelf.handbook(tmp_path / "3")
