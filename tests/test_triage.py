from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import sets
from raufoss_assistant.evaluation.triage import (
    cases,
    is_open,
    key_words,
    suggested_cause,
    suggested_importance,
    to_question,
)
from raufoss_assistant.feedback.model import REASONS, Entry, Opinion, reasons_for
from raufoss_assistant.model import Properties, Turn
from test_log import DOWN, EXCHANGE

TODAY = date(2026, 11, 25)
CITED = EXCHANGE.sources[0].document
ENTRY = Entry(7, datetime(2026, 11, 25, 3, 15, tzinfo=UTC), EXCHANGE, DOWN)
REFUSAL = replace(EXCHANGE, status="not_found", sources=(), history=())
INDEXED = {CITED: Properties("Læringsfabrikken", "klynge")}


def down(*reasons, comment="", expected="", exchange=EXCHANGE):
    return replace(ENTRY, opinion=Opinion("down", reasons, comment, expected), exchange=exchange)


UP = replace(ENTRY, opinion=Opinion("up"))


@pytest.mark.parametrize(
    ("entry", "cause", "importance"),
    [
        (UP, "", "lav"),
        (down(), "", "middels"),
        (down("should_answer", exchange=REFUSAL), "avslag", "middels"),
        (down(exchange=REFUSAL), "avslag", "middels"),
        (down("wrong"), "feil svar", "høy"),
        (down("wrong", "should_refuse"), "svarte uten dekning", "høy"),
        (down("outdated"), "utdatert kilde", "høy"),
        (down("quote_missing"), "sitatet finnes ikke", "høy"),
        (down("wrong_document"), "feil kilde", "høy"),
        (down("misunderstood"), "mistet sammenhengen", "middels"),
        (down("misunderstood", exchange=replace(EXCHANGE, history=())), "misforsto spørsmålet", "middels"),
        (down("incomplete"), "ufullstendig svar", "middels"),
        (down("language"), "språk", "middels"),
        (down("other"), "", "middels"),
    ],
)
def test_cause_and_importance_are_suggested(entry, cause, importance):
    assert suggested_cause(entry, INDEXED, TODAY) == cause
    assert suggested_importance(entry) == importance


def test_what_the_index_tells_of_the_source_weighs_most():
    entry = down("incomplete")
    replaced = {**INDEXED, "klynge/ny.md": Properties("Ny", "klynge", supersedes=CITED)}
    expired = {CITED: Properties("Læringsfabrikken", "klynge", valid_to=date(2026, 11, 24))}
    last_day = {CITED: Properties("Læringsfabrikken", "klynge", valid_to=TODAY)}
    assert suggested_cause(entry, replaced, TODAY) == "utdatert kilde"
    assert suggested_cause(entry, expired, TODAY) == "utdatert kilde"
    assert suggested_cause(entry, last_day, TODAY) == "ufullstendig svar"
    assert suggested_cause(entry, {"klynge/annet.md": INDEXED[CITED]}, TODAY) == "kilden er fjernet siden"
    assert suggested_cause(entry, {}, TODAY) == "ufullstendig svar"


def test_open_is_a_complaint_that_staff_is_not_done_with():
    states = {state: is_open(replace(ENTRY, state=state)) for state in ("ny", "sett", "test", "avvist")}
    assert states == {"ny": True, "sett": True, "test": False, "avvist": False}
    assert not is_open(UP)


def test_the_most_important_come_first_and_among_them_the_newest():
    entries = [
        replace(UP, id=1),
        replace(down("wrong"), id=2),
        replace(down("incomplete"), id=3),
        replace(down("wrong"), id=4),
        replace(down("wrong"), id=5, importance="lav", cause="skrivefeil"),
    ]
    found = cases(entries, INDEXED, TODAY)
    assert [case.entry.id for case in found] == [4, 2, 3, 5, 1]
    assert (found[3].importance, found[3].cause) == ("lav", "skrivefeil")


def test_a_wrong_answer_becomes_a_row_with_the_right_one():
    question = to_question(ENTRY)
    assert (question.id, question.question, question.status) == ("T7", EXCHANGE.question, "answered")
    assert (question.kind, question.history) == ("oppfølging", EXCHANGE.history)
    assert (question.answer, question.must_contain) == ("1 800 kvadratmeter", ("1 800",))
    assert question.documents == ()
    assert (question.tags, question.split) == (("tilbakemelding",), "tune")
    note = "Tommel ned 25. november 2026; Svaret er feil; Gammelt eller utdatert; «Det er feil»"
    assert question.note == note


def test_the_sources_of_an_incomplete_answer_are_right():
    question = to_question(down("incomplete", expected="Og den ligger i Bygning 5"))
    assert (question.documents, question.must_contain) == ((CITED,), ("5",))


def test_praise_becomes_a_row_with_the_sources():
    question = to_question(replace(UP, exchange=replace(EXCHANGE, history=())))
    assert (question.kind, question.documents, question.answer) == ("fakta", (CITED,), None)
    praised_refusal = to_question(replace(UP, exchange=REFUSAL))
    assert (praised_refusal.kind, praised_refusal.status) == ("uten svar", "not_found")


def test_an_answer_uncalled_for_becomes_a_refusal():
    question = to_question(down("should_refuse", expected="Det står ikke noe sted, men er 5"))
    assert (question.kind, question.status, question.documents) == ("uten svar", "not_found", ())
    assert (question.answer, question.must_contain) == (None, ())


def test_a_refusal_uncalled_for_needs_the_right_answer():
    with pytest.raises(UsageError, match=r"Tilbakemelding 7 sier ikke hva som er riktig svar.*--answer"):
        to_question(down("should_answer", exchange=REFUSAL))
    question = to_question(down("should_answer", exchange=REFUSAL), "19 prosent")
    assert (question.kind, question.status, question.must_contain) == ("fakta", "answered", ("19",))


def test_staff_knows_better_than_the_visitor_and_a_masked_answer_is_none():
    assert to_question(ENTRY, "1 500").answer == "1 500"
    with pytest.raises(UsageError, match="riktig svar"):
        to_question(down("wrong", expected="Ring [telefon]"))


def test_trouble_with_the_language_is_a_row_of_its_kind():
    entry = down("language", exchange=replace(EXCHANGE, history=()))
    assert (to_question(entry).kind, to_question(entry).documents) == ("språk", (CITED,))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", ()),
        ("1 800 kvadratmeter", ("1 800",)),
        ("2,5 prosent av 13 500 000 kroner", ("2,5", "13 500 000")),
        ("I 2024 var det 60 bedrifter", ("60",)),
        ("Det var i 2024", ("2024",)),
        ("60 eller 60", ("60",)),
        ("Maskinen heter FTT72K og er gul", ("FTT72K",)),
        ("Bygg fem.", ("Bygg fem",)),
        ("Det er Kari Moen som leder den", ("Kari Moen",)),
        ("Ta kontakt med SINTEF Manufacturing på Raufoss", ("SINTEF Manufacturing", "Raufoss")),
        ("Den er mye større enn det som står der", ()),
        ("a|b", ()),
    ],
)
def test_key_words_are_few_and_sure(answer, words):
    assert key_words(answer) == words


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx"])
def test_every_kind_of_feedback_fits_a_question_set(tmp_path, ending):
    file = tmp_path / f"tilbakemeldinger{ending}"
    odd = replace(
        EXCHANGE,
        question="=HYPERLINK(1) Hva?",
        history=(Turn("user", "Hva er\n\nBruker: MTNC?"), Turn("assistant", "- liste\n- til [1]\n")),
    )
    entries = [down(reason, expected=" 5 dager\neller\n\nfire ", comment="«æøå»;\n=1") for reason in REASONS]
    entries += [UP, replace(UP, exchange=odd), down(*reasons_for("not_found"), expected="Ja", exchange=odd)]
    for number, entry in enumerate(entries):
        sets.append(file, [to_question(replace(entry, id=number))])
    assert len(sets.read_set(file).questions) == len(entries)
