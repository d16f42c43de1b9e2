"""Question sets as files."""

import codecs
import re
import stat
from collections import Counter
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from raufoss_assistant.errors import QuestionSetError, UsageError
from raufoss_assistant.evaluation.model import Kind, Question, QuestionSet
from raufoss_assistant.evaluation.sets import append, check_together, default_sets, read_set, set_files, write_rows
from raufoss_assistant.model import Turn

SETS = Path(__file__).parent.parent / "evals" / "sett"
ENDINGS = ("yaml", "yml", "xlsx", "csv")
NASTY = (
    Question(
        "K1",
        '=HYPERLINK("http://example.org";"Ærlig talt; hva koster\n«målerommet» på Ås?")',
        "oppfølging",
        language="nb",
        history=(Turn("user", "-60?\nBruker: Hei | hå"), Turn("assistant", "@noen: 1\u00a0000; ja")),
        documents=("kurs/år; 1 «a».pdf#4", "b.md"),
        records=("Lean|LEAN", "-Automasjon; PLS"),
        must_contain=("1\u00a0000|1 000", "=60", "a;b", '"sitat"', "linje\nto"),
        must_not_contain=("+47", "a\u202f;"),
        answer="\t'=1+1",
        tags=("år",),
        split="test",
        note="'-60 → ~ null # no: 2024-02-06",
    ),
    Question("60", "Er det åpent på lørdag?", "uten svar", "not_found"),
    Question("K3", "null", "injeksjon", must_not_contain=("hemmelig",)),
)


def problems(path):
    """The faults of a set."""
    with pytest.raises(QuestionSetError) as caught:
        read_set(path)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_every_set_that_comes_along_can_be_read_and_run_together():
    sets = default_sets(SETS)
    check_together(sets)
    assert [set_.name for set_ in sets] == sorted(path.stem for path in SETS.glob("*.yaml"))
    assert sum(len(set_.questions) for set_ in sets) >= 400


def test_the_sets_that_come_along_hold_enough_of_each_sort_and_enough_of_each_kind_is_for_measuring():
    questions = [question for set_ in default_sets(SETS) for question in set_.questions]
    kinds = Counter(question.kind for question in questions)
    held_back = Counter(question.kind for question in questions if question.split == "test")
    assert set(kinds) == set(get_args(Kind))
    assert {kind: share for kind in kinds if (share := held_back[kind] / kinds[kind]) > 0.56} == {}
    assert {kind: count for kind in kinds if (count := held_back[kind]) < min(35, 0.45 * kinds[kind])} == {}
    assert kinds["uten svar"] >= 60 and kinds["injeksjon"] >= 30
    languages = Counter(question.language for question in questions)
    assert languages["nn"] >= 40 and languages["en"] >= 20
    assert sum("#" in path for question in questions for path in question.documents) >= 50
    users = {question.id for question in questions if re.fullmatch(r"S\d\d", question.id)}
    assert users == {f"S{number:02}" for number in range(1, 40)}


def test_no_question_that_measures_is_asked_word_for_word_where_rules_are_tuned():
    asked = {"tune": set(), "test": set()}
    for set_ in default_sets(SETS):
        for question in set_.questions:
            turns = tuple(turn.content for turn in question.history)
            asked[question.split].add((" ".join(question.question.casefold().split()), turns))
    assert asked["tune"] & asked["test"] == set()


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_written_is_read_back(tmp_path, ending):
    path = tmp_path / "ny mappe" / f"kurs.{ending}"
    write_rows(path, NASTY)
    assert read_set(path) == QuestionSet("kurs", NASTY)


@pytest.mark.parametrize("ending", ENDINGS)
def test_rows_are_added_at_the_end_one_time_after_another(tmp_path, ending):
    path = tmp_path / f"kurs.{ending}"
    for question in NASTY:
        append(path, [question])
    assert read_set(path).questions == NASTY
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_set_moves_between_formats(tmp_path, ending):
    questions = tuple(question for set_ in default_sets(SETS) for question in set_.questions)
    write_rows(tmp_path / f"alle.{ending}", questions)
    assert read_set(tmp_path / f"alle.{ending}").questions == questions


TEXT = st.text("aæ1 ;|\"'=-@\n«:#\\\u00a0", min_size=1).filter(lambda text: any(map(str.isalnum, text)))


@pytest.mark.parametrize("ending", ["yaml", "xlsx", "csv"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_is_read_back(tmp_path_factory, ending, texts):
    path = tmp_path_factory.mktemp("sett") / f"a.{ending}"
    questions = tuple(
        Question(
            f"K{n}", text, "fakta", must_contain=(text.strip(),), answer=text, history=(Turn("user", text.strip()),)
        )
        for n, text in enumerate(texts)
    )
    write_rows(path, questions[:1])
    if questions[1:]:
        append(path, questions[1:])
    assert read_set(path).questions == questions


def test_the_least_that_staff_can_write_is_enough(tmp_path):
    path = tmp_path / "Mine spørsmål.csv"
    path.write_text("spørsmål;må inneholde;type\nHvor mange?;60;\nEr det åpent?;;uten svar\n", "cp1252")
    assert read_set(path).questions == (
        Question("Mine spørsmål-2", "Hvor mange?", "fakta", must_contain=("60",)),
        Question("Mine spørsmål-3", "Er det åpent?", "uten svar", "not_found"),
    )


def test_every_fault_is_told_with_file_row_column_and_remedy(tmp_path):
    path = tmp_path / "kurs.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["ID", "Spørsmål", "type", "Dokumenter", "Må inneholde"],
        ["K1", "Hva?", "faktta", "kurs/a.pdf#side", "60"],
        [],
        ["K2", "Hvor?", None, None, None],
        ["K2", "Når?", "uten svar", None, 60],
        [None, None, "fakta", None, "=1+1"],
    ):
        book.active.append(row)
    book.save(path)
    told = problems(path)
    assert [problem.split(":")[0] for problem in told] == [
        "kurs.xlsx, rad 2, kolonne type",
        "kurs.xlsx, rad 2, kolonne Dokumenter",
        "kurs.xlsx, rad 4, kolonne Forventet",
        "kurs.xlsx, rad 5, kolonne Må inneholde",
        "kurs.xlsx, rad 5, kolonne ID",
        "kurs.xlsx, rad 6, kolonne Må inneholde",
        "kurs.xlsx, rad 6, kolonne Spørsmål",
    ]
    assert told[0].startswith("kurs.xlsx, rad 2, kolonne type: «faktta» finnes ikke; velg blant fakta, liste, telling")
    assert told[4].endswith("«K2» står også i rad 4; gi spørsmålene hver sin id")


def test_a_misspelt_column_is_told_and_not_all_that_follows_from_it(tmp_path):
    path = tmp_path / "kurs.csv"
    path.write_text("Spørsmål;Må innholde\nHva?;60\nHvor?;Raufoss\n", "utf-8")
    assert problems(path) == ("kurs.csv, kolonne «Må innholde» finnes ikke; mente du «Må inneholde»?",)


def test_faults_in_yaml_name_row_id_line_and_field(tmp_path):
    path = tmp_path / "kurs.yaml"
    path.write_text("- {id: K1, question: Hva, answer: 60}\n\n- id: K2\n  question: Hvor?\n  kind: fakt\n", "utf-8")
    assert problems(path)[0].startswith(
        "kurs.yaml, rad 2 (K2, linje 3), felt kind: «fakt» finnes ikke; velg blant fakta"
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.yaml", b"", "a.yaml har ingen spørsmål; skriv minst ett"),
        ("a.csv", b"Id;Question\n", "a.csv har ingen spørsmål"),
        ("a.csv", b"", "a.csv er tom"),
        ("a.yaml", b"- a: b: c\n", "a.yaml er ikke gyldig YAML i linje 1"),
        ("a.xlsx", b"hei", "a.xlsx kan ikke åpnes"),
        ("a.txt", b"hei", "a.txt er ikke et spørsmålssett; navnet må slutte på .yaml, .yml, .xlsx, .csv"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    (told,) = problems(tmp_path / name)
    assert told.startswith(message)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    (tmp_path / "a.yaml").mkdir()
    assert "kan ikke leses" in problems(tmp_path / "a.yaml")[0]
    assert "b.yaml finnes ikke" in problems(tmp_path / "b.yaml")[0]


def test_all_sets_under_a_folder_are_read_without_the_documents_that_belong_to_one(tmp_path):
    for name in ("b/klynge.yml", "a.csv", "angrep.yaml"):
        write_rows(tmp_path / name, [Question(name, "Hva?", "uten svar", "not_found")])
    for name in ("angrep/kurs/priser.csv", "angrep/a.md.yaml", "~$a.xlsx", ".skjult.yaml", "les.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Dette er ikke noe spørsmålssett", "utf-8")
    sets = default_sets(tmp_path)
    assert set_files(tmp_path) == [tmp_path / name for name in ("a.csv", "angrep.yaml", "b/klynge.yml")]
    assert [set_.name for set_ in sets] == ["a", "angrep", "klynge"]
    assert [set_.extra for set_ in sets] == [None, tmp_path / "angrep", None]
    check_together(sets)


def test_the_faults_of_all_sets_are_told_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("- question: Hva?\n", "utf-8")
    (tmp_path / "b.csv").write_text("Spørsmål;Type\nHva?;feil\n", "utf-8")
    (tmp_path / "c.xlsx").write_text("hei", "utf-8")
    with pytest.raises(QuestionSetError) as caught:
        default_sets(tmp_path)
    assert [problem[:6] for problem in caught.value.problems] == ["a.yaml", "b.csv,", "c.xlsx"]


@pytest.mark.parametrize("name", [".", "mangler"])
def test_a_folder_without_sets_is_told(tmp_path, name):
    with pytest.raises(UsageError, match="fant ingen spørsmålssett"):
        default_sets(tmp_path / name)


def test_an_id_that_two_sets_have_is_told():
    one, two = (QuestionSet(name, (NASTY[0], NASTY[number])) for name, number in (("a", 1), ("b", 2)))
    check_together([QuestionSet("a", NASTY)])
    with pytest.raises(QuestionSetError, match="Id «K1» står i flere sett: a, b; gi"):
        check_together([one, two])


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_id_that_is_there_is_refused_and_the_file_stays_as_it_was(tmp_path, ending):
    path = tmp_path / f"kurs.{ending}"
    write_rows(path, NASTY)
    before = path.read_bytes()
    with pytest.raises(QuestionSetError, match=f"kurs.{ending} har spørsmål med id «60» fra før"):
        append(path, [NASTY[1]])
    with pytest.raises(QuestionSetError, match="Id «X» står to ganger"):
        append(path, [Question("X", "Hva?", "uten svar", "not_found")] * 2)
    with pytest.raises(QuestionSetError, match="X, Forventet: raden sier ikke"):
        append(path, [Question("X", "Hva?", "fakta")])
    with pytest.raises(QuestionSetError, match="X, Spørsmål: mangler"):
        append(path, [Question("X", "", "fakta")])
    with pytest.raises(UsageError, match="finnes fra før"):
        write_rows(path, NASTY)
    assert path.read_bytes() == before


def test_what_cannot_be_added_leaves_the_file_as_it_was(tmp_path):
    for name, before, message in (
        ("a.csv", b"Question;Answer\nHva?;60\n", "a.csv mangler kolonne for «Id»"),
        ("b.yaml", b"[{question: Hva, answer: 60}]\n", "b.yaml er skrevet med klammer"),
        ("c.yaml", b"- question: Hva?\n  answer: 60\n...\n", "c.yaml kan ikke få flere rader"),
        ("d.yaml", b"- question: Hva?\n  answer: |+\n    60\n", "d.yaml kan ikke få flere rader"),
        ("e.yaml", b"- question: Hva?\n", "e.yaml, rad 1"),
    ):
        (tmp_path / name).write_bytes(before)
        with pytest.raises(QuestionSetError, match=message):
            append(tmp_path / name, NASTY)
        assert (tmp_path / name).read_bytes() == before
    write_rows(tmp_path / "f.xlsx", NASTY)
    before = (tmp_path / "f.xlsx").read_bytes()
    with pytest.raises(QuestionSetError, match="kan ikke få flere rader"):  # Excel cuts longer texts
        append(tmp_path / "f.xlsx", [Question("L", "Hva?", "fakta", answer="a" * 40_000)])
    assert (tmp_path / "f.xlsx").read_bytes() == before


def test_a_file_that_fails_to_be_written_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "kurs.yaml"
    write_rows(path, NASTY[:1])
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(QuestionSetError, match="disken er full"):
        append(path, NASTY[1:])
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_rights_and_links_stay(tmp_path):
    write_rows(tmp_path / "kurs.csv", NASTY[:1])
    (tmp_path / "kurs.csv").chmod(0o640)
    (tmp_path / "lenke.csv").symlink_to(tmp_path / "kurs.csv")
    append(tmp_path / "lenke.csv", NASTY[1:])
    assert (tmp_path / "lenke.csv").is_symlink()
    assert stat.S_IMODE((tmp_path / "kurs.csv").stat().st_mode) == 0o640
    assert read_set(tmp_path / "kurs.csv").questions == NASTY


def test_a_file_with_a_mark_and_nothing_else_gets_a_head(tmp_path):
    (tmp_path / "ny.csv").write_bytes(b"\r\n")
    append(tmp_path / "ny.csv", NASTY)
    assert (tmp_path / "ny.csv").read_bytes().startswith(codecs.BOM_UTF8)
    assert read_set(tmp_path / "ny.csv").questions == NASTY
