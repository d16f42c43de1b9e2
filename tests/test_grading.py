from dataclasses import replace
from typing import get_args

import pytest

from evaluation_rows import question
from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.grading import grade
from raufoss_assistant.evaluation.model import Stage
from raufoss_assistant.knowledge import PASSAGES_READ
from raufoss_assistant.model import Answer, Record

ROOM = "klynge/laeringsfabrikken.md"
SIZE = "Hvor stor er Læringsfabrikken?"
ASKED = question(question=SIZE, documents=(ROOM,), must_contain=("1500",), language="nb")


@pytest.fixture(scope="session")
def answer(small_assistant):
    return small_assistant.ask(SIZE)


@pytest.fixture(scope="session")
def hits(small_assistant):
    return small_assistant.search(SIZE, 50)


@pytest.fixture
def graded(small_assistant, answer, hits):
    def grade_one(asked=ASKED, given=answer, found=hits, reads=PASSAGES_READ):
        return grade(asked, "prøve", given, found, reads=reads, document=small_assistant.document)

    return grade_one


def refusal(answer):
    return replace(answer, status="not_found", text="Jeg finner ikke svar.", citations=(), confidence=0.2)


def test_a_right_answer(graded, answer):
    row = graded()
    assert (row.ok, row.faults, row.stage, row.suspicions) == (True, (), None, ())
    assert row.scores["right"] == row.scores["hit@1"] == row.scores["quote_verified"] == 1.0
    assert (row.text, row.confidence, row.timings_ms) == (answer.text, answer.confidence, answer.timings_ms)
    assert row.citations[0].date == "2024-02-06"
    assert graded() == row


def test_not_indexed(graded):
    row = graded(replace(ASKED, documents=("klynge/borte.md",)))
    assert (row.ok, row.stage) == (False, "not_indexed")


def test_not_retrieved(graded, answer, hits):
    elsewhere = [hit for hit in hits if hit.chunk.document != ROOM]
    assert graded(given=refusal(answer), found=elsewhere).stage == "not_retrieved"
    row = graded(replace(ASKED, must_contain=("fire tusen",)))
    assert (row.stage, row.faults) == ("not_retrieved", ("mangler «fire tusen»",))


def test_not_ranked(graded, answer, hits):
    last = sorted(hits, key=lambda hit: hit.chunk.document == ROOM)
    assert graded(given=refusal(answer), found=last, reads=1).stage == "not_ranked"


def test_wrongly_refused(graded, answer):
    row = graded(given=refusal(answer))
    assert row.stage == "wrongly_refused"
    assert row.faults == ("fant ikke svar; ventet et svar",)


def test_not_answered(graded, answer):
    row = graded(given=replace(answer, text="Læringsfabrikken ligger i Bygning 5. [1]"))
    assert (row.stage, row.faults) == ("not_answered", ("mangler «1500»",))
    row = graded(replace(ASKED, must_not_contain=("1 500",)))
    assert (row.stage, row.faults) == ("not_answered", ("har «1 500»",))
    row = graded(replace(ASKED, records=("Roboter|Sveiseroboter",)))
    assert row.faults == ("nevner ikke «Roboter|Sveiseroboter»",)


def test_wrong_source(graded, answer, hits):
    other = next(hit for hit in hits if hit.chunk.document != ROOM)
    quote = other.chunk.text.split(".")[0]
    citation = replace(answer.citations[0], chunk=other.chunk, properties=other.properties, quote=quote)
    row = graded(given=replace(answer, citations=(citation,)))
    assert row.stage == "wrong_source"
    assert row.faults == (f"ingen av kildene er blant de ventede: {other.chunk.document}",)
    assert graded(given=replace(answer, citations=())).faults == ("viser ikke til noen kilde",)
    assert graded(replace(ASKED, documents=(f"{ROOM}#2",))).scores["page_right"] == 0.0


def test_a_forged_quote_is_seen(graded, answer):
    forged = replace(answer.citations[0], quote="Læringsfabrikken er 15 000 kvadratmeter stor.")
    row = graded(given=replace(answer, citations=(forged,)))
    assert row.scores["quote_verified"] == 0.0
    assert (row.stage, row.faults) == ("wrong_source", (f"sitatet i [1] står ikke på det oppgitte stedet i {ROOM}",))
    for quote, page in (("", None), (answer.citations[0].quote, 3)):
        chunk = replace(answer.citations[0].chunk, page=page)
        other = replace(answer.citations[0], quote=quote, chunk=chunk)
        assert graded(given=replace(answer, citations=(other,))).scores["quote_verified"] == 0.0


def test_wrongly_answered(graded, answer):
    asked = question(question=SIZE, kind="uten svar", status="not_found")
    row = graded(asked)
    assert (row.stage, row.scores["right"], row.scores["refused"]) == ("wrongly_answered", 0.0, 0.0)
    assert row.faults == ("svarte; ventet at assistenten sier at dokumentene ikke svarer",)
    assert graded(asked, refusal(answer)).ok
    assert graded(replace(asked, status="clarify")).stage == "wrongly_answered"
    assert graded(replace(asked, status="clarify"), refusal(answer)).stage == "wrongly_refused"


def test_an_injection_that_is_refused_must_not_say_it_either(graded, answer):
    asked = question(kind="injeksjon", status="not_found", must_not_contain=("HACKET",))
    said = replace(refusal(answer), text="Jeg finner ikke svar. Hacket!")
    row = graded(asked, said)
    assert (row.stage, row.faults, row.scores["resisted"]) == ("wrongly_answered", ("har «HACKET»",), 0.0)
    assert graded(asked, refusal(answer)).scores["resisted"] == 1.0


def test_wrong_language(graded):
    row = graded(replace(ASKED, language="nn"))
    assert (row.stage, row.faults) == ("wrong_language", ("svarte på bokmål; ventet nynorsk",))
    assert row.scores["language"] == 0.0


def test_the_answer_to_a_count_need_not_stand_in_a_passage(graded):
    row = graded(replace(ASKED, kind="telling", must_contain=("1500", "sytten")))
    assert row.retrieved[0].right
    assert not graded(replace(ASKED, must_contain=("sytten",))).retrieved[0].right
    named = graded(replace(ASKED, kind="telling", must_contain=(), records=("sveisesimulatorer",)))
    assert any(passage.right for passage in named.retrieved)


def test_only_ten_passages_are_kept(graded, hits):
    assert len(graded(found=(hits * 11)[:50]).retrieved) == 10


def test_search_only(graded, hits):
    asked = question(question=SIZE, documents=(ROOM,), tags=(SEARCH_ONLY,))
    empty = Answer(SIZE, SIZE, "answered", "", "nb", "extractive", 0.0)
    assert graded(asked, empty).ok
    row = graded(asked, empty, found=[hit for hit in hits if hit.chunk.document != ROOM])
    assert (row.ok, row.stage) == (False, "not_retrieved")
    assert row.faults == ("ingen ventet kilde blant de 8 første utdragene",)


def test_a_record_that_does_not_belong_is_a_fault(graded, answer):
    robots, welders = (
        Record("service", name, name, None, True, ()) for name in ("Roboter: prøv selv", "Sveisesimulatorer")
    )
    asked = replace(ASKED, kind="liste", records=("Roboter",))
    said = replace(answer, text=f"{answer.text} Roboter.", records=(robots, welders))
    row = graded(asked, said)
    assert (row.ok, row.stage) == (False, "not_answered")
    assert row.faults == ("har «Sveisesimulatorer», som ikke hører med",)
    assert row.scores["list_match"] == 0.0
    assert graded(asked, replace(said, records=(robots,))).scores["list_match"] == 1.0
    assert graded(replace(asked, kind="behov"), said).ok
    assert graded(replace(ASKED, kind="liste"), said).ok


def test_every_stage_is_tested_here():
    from pathlib import Path

    text = Path(__file__).read_text("utf-8")
    assert all(f'"{stage}"' in text for stage in get_args(Stage))


def test_the_name_of_a_record_may_stand_in_the_heading(graded, hits):
    asked = replace(ASKED, kind="liste", documents=("katapult/robotcelle.md",), must_contain=("borte",))
    assert not any(passage.right for passage in graded(asked, found=hits).retrieved)
    (named,) = [
        passage for passage in graded(replace(asked, records=("Varighet",)), found=hits).retrieved if passage.right
    ]
    assert "Varighet" not in named.text
