from datetime import date

import pytest

from raufoss_assistant.answering.dating import Period, asked_year, asks_for_day, dating, periods, without_day
from raufoss_assistant.answering.units import units
from raufoss_assistant.model import Chunk, Hit, Properties


def told(text, heading=(), day=date(2021, 1, 1)):
    chunk = Chunk("id", "a.md", 0, None, tuple(heading), text, 0, len(text), "T")
    return [dating(unit) for unit in units(Hit(chunk, Properties("T", "kurs", date=day), 1.0, 0.5, 0.9))]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Åpnet i 2020, stengt i 2023.", [(2020, 2020), (2023, 2023)]),
        ("Strategien for 2024–2028", [(2024, 2028)]),
        ("Hun ledet klyngen fra 2006 til 2017.", [(2006, 2017)]),
        ("Fra 1. juli 2006 til 31. desember 2020.", [(2006, 2020)]),
        ("fra 26. til 28. april 2022", [(2022, 2022)]),
        ("De har vært her siden høsten 2012.", [(2012, 9999)]),
        ("Planen CNC3-2010 og 4 000 ansatte.", []),
    ],
)
def test_the_years_of_a_text(text, years):
    assert sorted(periods(text), key=lambda each: each.first) == [Period(*each) for each in years]


def test_a_unit_is_dated_by_what_is_nearest():
    (own,) = told("Satsen var 20 prosent (2016).", ["Støtte i 2019"])
    assert (own.periods, own.beside, own.document) == ((Period(2016, 2016),), "", None)
    (heading,) = told("Satsen var 20 prosent.", ["Satser 2010–2012", "Støtte i 2019"])
    assert (heading.beside, heading.covers(2019), heading.covers(2021)) == ("2019", True, False)
    (document,) = told("Satsen var 20 prosent.")
    assert (document.beside, document.document, document.covers(2021)) == ("", 2021, True)
    (unknown,) = told("Satsen var 20 prosent.", day=None)
    assert not unknown.known


def test_a_table_s_header_dates_its_rows():
    (row,) = told("| Mål | 2015 |\n| --- | --- |\n| Ansatte | 450 |")
    assert row.beside == "2015"


def test_a_sentence_on_dates_dates_what_follows_but_an_event_does_not():
    _, item = told("Tallene er fra 2018.\n\n- 37 bedrifter")
    assert item.beside == "2018"
    _, item = told("Kildene til lista er udaterte.\n\n- 37 bedrifter")
    assert (item.beside, item.known) == ("udatert", False)
    _, event = told("Selskapet ble stiftet i 1998. Det har 900 ansatte.")
    assert (event.beside, event.document) == ("", 2021)


def test_the_newest_year_is_not_to_come():
    (goal,) = told("Andelen er 40 prosent (2025), og målet er 50 prosent innen 2030.")
    assert goal.newest(date(2026, 1, 1)) == 2025
    (since,) = told("Skolen har holdt til her siden 1968.")
    assert (since.newest(date(2026, 1, 1)), since.covers(2000), since.covers(1950)) == (1968, True, False)


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("Hvor mange ansatte hadde parken i 2005?", 2005),
        ("omsetning parken 2023", 2023),
        ("ansatte i parken desember 2020", 2020),
        ("Har satsen endret seg siden juli 2022?", None),
        ("Hvem ledet klyngen fra 2006 til 2017?", None),
        ("Hva skal de nå innen 2030?", None),
        ("Hvor mange ansatte har parken?", None),
    ],
)
def test_the_year_that_a_question_is_about(question, year):
    assert asked_year(question) == year


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Hvor mange bedrifter er med, og når er tallet fra?", "Hvor mange bedrifter er med?"),
        ("How many credits does it give, and which year is that information from?", "How many credits does it give?"),
        ("Kor mykje har produktiviteten auka, og er det nye tal?", "Kor mykje har produktiviteten auka?"),
        ("Kva er satsen i ordninga? Kor gammalt er talet?", "Kva er satsen i ordninga?"),
    ],
)
def test_what_asks_for_the_day_of_the_answer_is_no_question_of_its_own(question, rest):
    assert without_day(question) == rest
    assert asks_for_day(question)


@pytest.mark.parametrize(
    "question",
    [
        "Når ble MTNC etablert, og hvem eier senteret?",
        "Hvem leder klyngen, og når tok hun over?",
        "Er fristen gått ut, og når kommer den neste?",
        "Når er tallet fra?",
    ],
)
def test_other_questions_of_time_are_left_whole(question):
    assert without_day(question) == question
    assert not asks_for_day(question)
