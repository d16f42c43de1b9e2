"""Rows of tables turned into questions."""

import pytest

from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.tables import tabled
from test_outline import outline

NB = Grammar.of("nb")
FIELDS = [("Felt", "Opplysning"), ("Kode", "FTT72K"), ("Studiepoeng", "60 (hele programmet)")]


def questions(table, title="Manufacturing 4.0", grammar=NB):
    """The questions of a table, each with what its answer must hold."""
    known = outline("I dag er Manufacturing 4.0 her.", "Nå er Manufacturing 4.0 der.", title=title)
    return [(draft.question, draft.needed) for draft, _ in tabled(table, grammar, known)]


def test_fields_with_values_are_asked_of_the_topic():
    assert questions(FIELDS) == [
        ("Hvilken kode har Manufacturing 4.0?", ("FTT72K",)),
        ("Hvor mange studiepoeng gir Manufacturing 4.0?", ("60",)),
    ]
    assert not questions(FIELDS, title="Hva passer for oss?")


@pytest.mark.parametrize(
    ("field", "value", "needed"),
    [
        ("Deltid", "ja, én modul om gangen", ("én modul om gangen",)),
        ("Studiested", "Gjøvik, Åndalsnes", ("Gjøvik", "Åndalsnes")),
        ("Start", "høst 2022 (vist i katalogen)", ("høst 2022",)),
        ("Pris", "fra 500 kroner", ("500 kroner",)),
        ("Forvalter", "Innlandet fylkeskommune", ("Innlandet fylkeskommune",)),
        ("Forvalter", "Det er Manufacturing Norge som informerer", ("Manufacturing Norge",)),
    ],
)
def test_what_is_needed_of_a_value_depends_on_the_field(field, value, needed):
    assert [key for _, key in questions([("Felt", "Verdi"), (field, value)])] == [needed]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Kode", "ikke oppgitt i kilden"),
        ("Kode", "–"),
        ("Skole", "x"),
        ("Ukjent felt", "FTT72K"),
        ("Pris", "etter tilbud"),
        ("Start", "snart"),
        ("Studieform", "en svært lang forklaring på hvordan studiet er lagt opp"),
    ],
)
def test_values_that_say_nothing_are_left_alone(field, value):
    assert not questions([("Felt", "Verdi"), (field, value)])


def test_rows_are_asked_by_the_column_that_names_them_with_another_column_first_each_time():
    table = [
        ("Kode", "Navn", "Studiepoeng"),
        ("FTT72K", "Manufacturing 4.0", "60"),
        ("FTT73K", "Mekanisk automatisering (heltid)", "120"),
        ("FTT74K", "for kort"),
        ("Uten kode", "Kurs: innføring", "ikke oppgitt i kilden"),
    ]
    assert questions(table) == [
        ("Hvilken kode har Manufacturing 4.0?", ("FTT72K",)),
        ("Hvor mange studiepoeng gir «Mekanisk automatisering»?", ("120",)),
        ("Hvor mange studiepoeng gir Manufacturing 4.0?", ("60",)),
        ("Hvilken kode har «Mekanisk automatisering»?", ("FTT73K",)),
    ]


def test_words_and_what_they_mean():
    table = [("Forkortelse", "Betyr"), ("NCE", "Norwegian Centres of Expertise"), ("sp", "studiepoeng, kort sagt")]
    assert questions(table, title="Forkortelser") == [
        ("Hva betyr NCE?", ("Norwegian Centres of Expertise",)),
        ("Hva betyr «sp»?", ("studiepoeng",)),
    ]


def test_a_table_of_something_else_is_left_alone():
    assert not questions([("Når", "Hva skjer"), ("1. mars", "Frist")])
    assert not questions([("Periode", "Beløp", "Kilde"), ("2018", "5", "x")])
