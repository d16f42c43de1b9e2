from pathlib import Path

import pytest

from evaluation_rows import question
from raufoss_assistant.errors import QuestionSetError, UsageError
from raufoss_assistant.evaluation.choosing import SETS, Choice, chosen_sets
from raufoss_assistant.evaluation.sets import write_rows
from raufoss_assistant.settings import Settings

ASKED = [
    question(f"Q{n}", must_contain=("1",), tags=("jevn",) if n % 2 == 0 else (), split="test" if n < 4 else "tune")
    for n in range(10)
]


def test_nothing_chosen_is_all():
    assert Choice().passing(ASKED) == tuple(ASKED)
    assert Choice().told == {}


def test_tag_kind_part_and_an_even_share():
    def ids(**chosen):
        return [each.id for each in Choice(**chosen).passing(ASKED)]

    assert ids(tags=("jevn", "annen")) == ["Q0", "Q2", "Q4", "Q6", "Q8"]
    assert ids(tags=("jevn",), split="test") == ["Q0", "Q2"]
    assert ids(limit=5) == ["Q0", "Q2", "Q4", "Q6", "Q8"]
    assert ids(kinds=("liste",)) == []


def test_a_choice_is_told_in_the_words_of_the_report():
    choice = Choice((Path("a/kurs.yaml"), Path("b/navn.csv")), ("b", "a"), ("fakta",), "test", 5)
    assert choice.told == {"sett": "kurs, navn", "merkelapp": "a, b", "type": "fakta", "del": "test", "høyst": "5"}


def test_sets_are_found_where_they_come_along_or_where_they_are_named():
    write_rows(SETS / "en.yaml", ASKED[:3])
    write_rows(SETS / "to.yaml", ASKED[3:])
    assert [set_.name for set_ in chosen_sets(Choice(), Settings())] == ["en", "to"]
    (only,) = chosen_sets(Choice((SETS / "to.yaml",), limit=2), Settings())
    assert [each.id for each in only.questions] == ["Q3", "Q6"]
    assert [set_.name for set_ in chosen_sets(Choice(split="tune"), Settings())] == ["to"]


def test_what_cannot_be_run_is_told():
    SETS.mkdir(parents=True)
    with pytest.raises(UsageError, match="fant ingen spørsmålssett"):
        chosen_sets(Choice(), Settings())
    write_rows(SETS / "en.yaml", ASKED)
    with pytest.raises(UsageError, match=r"merkelapp «borte».*Merkelapper: jevn"):
        chosen_sets(Choice(tags=("borte",)), Settings())
    write_rows(SETS / "to.yaml", ASKED[:1])
    with pytest.raises(QuestionSetError, match="Q0"):
        chosen_sets(Choice(), Settings())
