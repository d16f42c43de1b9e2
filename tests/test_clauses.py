"""Statements taken apart."""

import pytest

from raufoss_assistant.evaluation.clauses import Clause, cut
from raufoss_assistant.evaluation.grammar import Grammar
from test_outline import outline

NB = Grammar.of("nb")
KNOWN = outline("I dag er OFII med i Læringsfabrikken.")


def parts(sentence):
    """Subject, verb and rest of a statement, or None."""
    clause = Clause.of(sentence, NB, KNOWN)
    return clause and (clause.subject, clause.verb, clause.rest)


def test_a_statement_has_subject_verb_and_rest():
    assert parts("Medlemmene i OFII betaler 500 kroner (2024).") == ("medlemmene i OFII", "betaler", "500 kroner")


@pytest.mark.parametrize(
    "sentence",
    [
        "Det er åpent.",
        "Han leder OFII.",
        "I 2018 hadde OFII 30 medlemmer.",
        "Rundt 60 bedrifter er med.",
        "Bedrifter som har lærlinger, får støtte.",
        "Bedrifter som har lærlinger får støtte.",
        "Hei, OFII har åpent.",
        "Les «Hva er OFII» først.",
        "Åpent hele dagen.",
        "Den ene av de to nye store flotte bygningene bak porten er ferdig.",
    ],
)
def test_what_has_no_plain_subject_of_its_own_is_left_alone(sentence):
    assert parts(sentence) is None


def test_the_year_is_that_of_the_last_note():
    assert Clause.of("OFII (2018) hadde 30 medlemmer (mars 2024).", NB, KNOWN).year == "2024"
    assert Clause.of("OFII hadde 30 medlemmer i 2024.", NB, KNOWN).year == ""


@pytest.mark.parametrize(
    ("sentence", "general"),
    [
        ("En lærling har lønn.", True),
        ("Søknadsfristen for fagskole er i april.", True),
        ("Prisen gjelder ikke, men fristen er i april.", False),
        ("Prisen er lav.", False),
        ("Prisen for kurset er lav.", False),
    ],
)
def test_a_subject_is_general_where_it_is_indefinite_or_says_of_what(sentence, general):
    clause = Clause.of(sentence, NB, KNOWN)
    assert (clause is not None and clause.general) == general


def test_a_question_puts_the_verb_first():
    clause = Clause.of("OFII har 37 medlemmer.", NB, KNOWN)
    assert clause.question("count", NB, n="medlemmer") == "Hvor mange medlemmer har OFII?"
    english = Grammar.of("en")
    clause = Clause.of("OFII has 37 members.", english, KNOWN)
    assert clause.question("count", english, n="members") == "How many members does OFII have?"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("på Raufoss, ved elva", "på Raufoss"),
        ("på Raufoss – ved elva", "på Raufoss"),
        ("katapulten og driver testing", "katapulten"),
        ("katapulten mens OFII lærer opp", "katapulten"),
        ("klima-, energi- og miljøfag", "klima-, energi- og miljøfag"),
    ],
)
def test_a_text_is_cut_where_something_else_begins(text, kept):
    assert cut(text, NB) == kept
