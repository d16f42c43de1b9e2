from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.model import Properties

TODAY = date(2026, 1, 1)


def properties(**known):
    return Properties("Satser for støtte", "finansiering", **known)


def test_nothing_is_outdated_by_itself():
    assert outdated({}, TODAY) == frozenset()
    assert outdated({"satser.md": properties(), "gamle.md": properties(date=date(2006, 1, 1))}, TODAY) == frozenset()


def test_a_superseded_document_is_outdated_and_its_successor_is_not():
    known = {"ny.md": properties(supersedes="gammel.md"), "gammel.md": properties(date=date(2020, 1, 1))}
    assert outdated(known, TODAY) == {"gammel.md"}


def test_of_a_chain_only_the_last_holds():
    known = {
        "2024.md": properties(supersedes="2023.md"),
        "2023.md": properties(supersedes="2020.md"),
        "2020.md": properties(),
    }
    assert outdated(known, TODAY) == {"2020.md", "2023.md"}


def test_an_expired_successor_still_supersedes():
    known = {"ny.md": properties(supersedes="gammel.md", valid_to=date(2025, 12, 31)), "gammel.md": properties()}
    assert outdated(known, TODAY) == {"ny.md", "gammel.md"}


@pytest.mark.parametrize(
    ("last", "over"),
    [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2026, 1, 2), False), (None, False)],
)
def test_a_document_holds_through_its_last_day(last, over):
    assert ("satser.md" in outdated({"satser.md": properties(valid_to=last)}, TODAY)) is over


def test_what_does_not_hold_yet_is_not_outdated():
    assert not outdated({"høst.md": properties(valid_from=date(2026, 8, 1))}, TODAY)


@given(st.dictionaries(st.sampled_from("æøåabc"), st.none() | st.dates()), st.dates(), st.dates())
def test_what_is_outdated_stays_so(last_days, one, other):
    known = {f"{name}.md": properties(valid_to=day) for name, day in last_days.items()}
    assert outdated(known, min(one, other)) <= outdated(known, max(one, other))
