"""Statements of how many and how much."""

import pytest

from raufoss_assistant.evaluation.clauses import Clause
from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.quantities import counted, counts
from test_outline import outline

KNOWN = outline("I dag er OFII, Nammo og MTNC med.", "Medlemmene møtes, og en lærling bor her.")


def asked(sentence, language="nb"):
    """The questions of a statement with what their answers must hold."""
    grammar = Grammar.of(language)
    clause = Clause.of(sentence, grammar, KNOWN)
    return [(draft.question, *draft.needed) for draft in counts(clause, grammar)] if clause else []


@pytest.mark.parametrize(
    ("sentence", "question", "needed"),
    [
        ("OFII har 37 medlemmer (udatert).", "Hvor mange medlemmer har OFII?", "37"),
        ("OFII er godkjent for om lag 14 fag.", "Hvor mange fag er OFII godkjent for?", "14"),
        ("OFII har seks nye fag.", "Hvor mange nye fag har OFII?", "seks nye fag"),
        (
            "OFII besøker bedriften minst to ganger i året.",
            "Hvor mange ganger besøker OFII bedriften i året?",
            "to ganger",
        ),
        (
            "Nammo hadde over 900 ansatte på Raufoss (mars 2024).",
            "Hvor mange ansatte hadde Nammo på Raufoss i 2024?",
            "900",
        ),
        ("Nammo hadde 900 ansatte i 2020 (2024).", "Hvor mange ansatte hadde Nammo i 2020?", "900"),
        ("OFII dekker inntil 50 prosent av kostnadene.", "Hvor mange prosent dekker OFII av kostnadene?", "50"),
        ("Medlemmene omsetter for over 13 milliarder kroner.", "Hvor mye omsetter medlemmene for?", "13 milliarder"),
        ("OFII hadde 19 millioner kroner til kurs.", "Hvor mange kroner hadde OFII til kurs?", "19 millioner"),
        ("Et kurs koster fra 500 kroner.", "Hvor mye koster et kurs fra?", "500"),
        ("MTNC er 1 500 kvadratmeter stor.", "Hvor mange kvadratmeter er MTNC?", "1 500"),
        ("Et kurs kan vare i inntil 52 uker.", "Hvor mange uker kan et kurs vare?", "52"),
        ("OFII har 60 bedrifter med til sammen 4 000 ansatte.", "Hvor mange bedrifter har OFII?", "60"),
        ("OFII ga 700 kroner i støtte og dekket 50 prosent (2023).", "Hvor mye ga OFII i støtte i 2023?", "700"),
    ],
)
def test_what_is_counted_becomes_how_many_or_how_much(sentence, question, needed):
    assert (question, needed) in asked(sentence)


def test_each_number_that_stands_beside_another_is_asked_for():
    assert asked("OFII har 37 medlemmer og om lag 130 lærlinger på Raufoss.") == [
        ("Hvor mange medlemmer har OFII?", "37"),
        ("Hvor mange lærlinger har OFII på Raufoss?", "130"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "question"),
    [
        ("nn", "OFII har 37 medlemmer.", "Kor mange medlemmer har OFII?"),
        ("nn", "OFII får 5 millionar kroner i året.", "Kor mykje får OFII i året?"),
        ("en", "OFII covers 1,500 square metres.", "How many square metres does OFII cover?"),
        ("en", "OFII had 40 members (2019).", "How many members did OFII have in 2019?"),
    ],
)
def test_other_languages_have_their_own_words(language, sentence, question):
    assert asked(sentence, language)[0][0] == question


@pytest.mark.parametrize(
    "sentence",
    [
        "MTNC er i bygning 5 ved elva.",
        "OFII brukte Bygning 5 tidligere.",
        "OFII har plass i 2022 lokaler.",
        "OFII ble valgt som de to første sentrene.",
        "OFII er nå ti ganger så stor.",
        "Nammo øker bemanningen med om lag halvparten på 18 måneder.",
        "Planen for MTNC var minifabrikker på 10 000 kvadratmeter.",
        "OFII har mange medlemmer.",
        "OFII har 37, sier de.",
        "OFII fikk en avtale med staten på 18 år.",
    ],
)
def test_numbers_that_count_nothing_are_left_alone(sentence):
    assert asked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "question", "needed"),
    [
        ("Rundt 60 bedrifter er med i OFII", "Hvor mange bedrifter er med i OFII?", "60"),
        ("Over 1 400 bedrifter i Norge brukte MTNC, sier de", "Hvor mange bedrifter i Norge brukte MTNC?", "1 400"),
        ("To elever kom til MTNC", "Hvor mange elever kom til MTNC?", "to elever"),
    ],
)
def test_a_statement_that_begins_with_a_number_keeps_its_order(sentence, question, needed):
    assert [(draft.question, draft.needed) for draft in counted(sentence, Grammar.of("nb"))] == [(question, (needed,))]


@pytest.mark.parametrize(
    "sentence", ["2022 bedrifter er med", "60 kroner er nok", "60 er nok", "To uker måling på inntil åtte maskiner"]
)
def test_a_year_or_a_sum_begins_no_count(sentence):
    assert not list(counted(sentence, Grammar.of("nb")))


def test_english_that_would_need_do_is_left_alone():
    english = Grammar.of("en")
    assert [draft.question for draft in counted("About 60 companies are members", english)] == [
        "How many companies are members?"
    ]
    assert not list(counted("About 60 companies opened", english))
