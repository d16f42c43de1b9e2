import copy

import pytest
import yaml

from onboarding_corpus import FOLDER
from raufoss_assistant.errors import LearningPathError
from raufoss_assistant.onboarding.loading import read_path

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.fixture
def raw():
    return copy.deepcopy(yaml.safe_load((FOLDER / "operator.yaml").read_text("utf-8")))


def faults(tmp_path, raw, name="operator.yaml"):
    file = tmp_path / name
    file.write_text(raw if isinstance(raw, str) else yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    with pytest.raises(LearningPathError) as error:
        read_path(file)
    return error.value.problems


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_paths_of_the_corpus_are_read(file):
    path = read_path(file)
    assert path.id == file.stem
    assert 5 <= len(path.steps) <= 7
    assert path.intro and path.ask_manager
    for step in path.steps:
        assert step.goal[0].islower() and not step.goal.endswith(".")
        assert step.why.endswith(".")
        assert step.readings and 1 <= len(step.checks) <= 2


def test_there_is_a_path_for_each_role_and_they_differ():
    paths = [read_path(file) for file in FILES]
    assert sorted(path.title for path in paths) == ["Ingeniør", "Leder", "Lærling", "Operatør"]
    for path in paths:
        for other in paths:
            if path is not other:
                assert not set(path.learnt) & set(other.learnt)


def test_a_number_as_an_answer_is_read_as_text():
    assert read_path(FOLDER / "operator.yaml").steps[0].checks[1].accepted == ("60",)


def test_what_is_missing_is_named_with_step_and_remedy(tmp_path, raw):
    del raw["innledning"]
    del raw["steg"][1]["mål"]
    raw["steg"][2]["spørsmål"][1]["svar"] = []
    raw["steg"][3]["les"][0]["dokument"] = ["en", "liste"]
    assert faults(tmp_path, raw) == (
        "operator.yaml: «innledning» mangler, eller er ikke tekst. Skriv teksten i anførselstegn.",
        "operator.yaml: steg 2: «mål» mangler, eller er ikke tekst. Skriv teksten i anførselstegn.",
        "operator.yaml: steg 3: spørsmål 2: «svar» mangler. Skriv en liste med minst én linje som begynner med «- ».",
        "operator.yaml: steg 4: lesestoff 1: «dokument» mangler, eller er ikke tekst. Skriv teksten i anførselstegn.",
    )


def test_unknown_fields_and_wrong_counts_are_named(tmp_path, raw):
    raw["titel"] = "Operatør"
    raw["plass"] = "først"
    raw["steg"] = raw["steg"][:4]
    raw["steg"][0]["ord"] = [f"ord {number}" for number in range(7)]
    raw["steg"][1]["spørsmål"] *= 2
    found = "\n".join(faults(tmp_path, raw))
    assert "feltet «titel» er ukjent. Bruk «innledning», «plass»" in found
    assert "«plass» må være et helt tall" in found
    assert "har 4 steg. Et løp skal ha 5 til 7" in found
    assert "steg 1: har 7 ord. Et steg kan ha høyst 6" in found
    assert "steg 2: har 4 spørsmål. Et steg skal ha ett eller to" in found


@pytest.mark.parametrize(
    "text", ["", "bare tekst", "- en\n- liste\n", "tittel: [\n", "tittel: 'åpen\n", "!!python/name:os.system x"]
)
def test_what_is_no_path_at_all_is_a_fault_and_no_traceback(tmp_path, text):
    assert all(problem.startswith("operator.yaml: ") for problem in faults(tmp_path, text))


def test_the_line_that_cannot_be_parsed_is_named(tmp_path):
    (problem,) = faults(tmp_path, "tittel: Operatør\nsteg: [\n")
    assert (
        problem == "operator.yaml: linje 3: kan ikke tolkes. Se etter innrykk, kolon eller anførselstegn som mangler."
    )


def test_steps_of_the_wrong_kind_are_named(tmp_path, raw):
    raw["steg"][0] = "et steg"
    assert "steg 1: skal ha felter" in faults(tmp_path, raw)[0]


def test_file_names_encodings_and_missing_files(tmp_path, raw):
    assert "navnet på filen må bare ha små bokstaver" in faults(tmp_path, raw, "Operatør (ny).yaml")[0]
    (tmp_path / "a.yaml").write_bytes("tittel: Operatør".encode("latin-1"))
    with pytest.raises(LearningPathError, match="UTF-8"):
        read_path(tmp_path / "a.yaml")
    with pytest.raises(LearningPathError, match="finnes ikke"):
        read_path(tmp_path / "borte.yaml")
