from datetime import date

import pytest

from raufoss_assistant.answering.currency import Currency
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.model import Chunk, Hit, Properties

DOCUMENTS = {
    "ny.md": Properties("T", "kurs", date=date(2024, 2, 6), supersedes="gammel.md"),
    "gammel.md": Properties("T", "kurs", date=date(2017, 1, 1)),
    "utgått.md": Properties("T", "kurs", valid_to=date(2022, 12, 31)),
    "eksempel.md": Properties("T", "kurs", example=True),
    "siste-dag.md": Properties("T", "kurs", valid_to=date(2026, 1, 1)),
}


@pytest.fixture
def currency():
    return Currency(DOCUMENTS, today=date(2026, 1, 1))


def unit(path, text="Klyngen har mange bedrifter."):
    chunk = Chunk("id", path, 0, None, (), text, 0, len(text), "")
    return Unit(Hit(chunk, DOCUMENTS[path], 1.0, 0.5, 0.9), 0, len(text))


def test_superseded_and_expired_are_outdated(currency):
    outdated = {path for path in (*DOCUMENTS, "ukjent.md") if currency.is_outdated(path)}
    assert outdated == {"gammel.md", "utgått.md"}


def test_the_outdated_gives_way_unless_the_past_is_asked_for(currency):
    both = [unit("ny.md"), unit("gammel.md")]
    new, old = currency.weigh("Hvor mange bedrifter er med?", both, [0.8, 0.8])
    assert new == 0.8 > old
    for question in ("Hvor mange bedrifter var med?", "Hvor mange bedrifter før 2017?", "Hva var tidligere sats?"):
        assert currency.weigh(question, both, [0.8, 0.8]) == [0.8, 0.8]


LEADERS = (
    "Sverre Narvesen ledet klyngen fra 2006 til 2017.",
    "Erland Paulsrud ledet klyngen i 2020.",
    "Emma Østerbø leder klyngen.",
)


def test_a_question_about_today_prefers_the_newest_year(currency):
    leaders = [unit("ny.md", text) for text in LEADERS]
    first, second, third = currency.weigh("Hvem leder klyngen nå?", leaders, [0.9, 0.9, 0.9])
    assert first < second < third == 0.9


def test_without_a_word_of_time_what_names_an_older_year_gives_way_to_its_rivals_a_little(currency):
    leaders = [unit("ny.md", text) for text in LEADERS]
    first, second, third = currency.weigh("Hvem leder klyngen?", leaders, [0.9, 0.9, 0.9])
    assert first < second == third == 0.9
    assert currency.weigh("Når tok Paulsrud over?", leaders, [0.9, 0.9, 0.9]) == [0.9, 0.9, 0.9]
    assert currency.weigh("Hvem leder klyngen?", leaders, [0.9, 0.1, 0.1])[0] == 0.9


def test_a_newer_unit_that_does_not_answer_counts_for_nothing(currency):
    units = [unit("ny.md", LEADERS[1]), unit("ny.md", "Planen gjelder for 2026.")]
    assert currency.weigh("Hvem leder klyngen nå?", units, [0.9, 0.1])[0] == 0.9


def test_what_has_held_for_long_is_not_lost_where_today_is_asked_for(currency):
    units = [
        unit("ny.md", "NTNU i Gjøvik var Høgskolen i Gjøvik fram til 2016."),
        unit("ny.md", "I 2025 kom en ny plan."),
    ]
    old, _ = currency.weigh("Hva heter høgskolen nå?", units, [0.9, 0.5])
    assert 0.9 * 0.2 < old < 0.9 * 0.25


def test_a_sentence_that_calls_what_it_tells_old_gives_way_where_today_is_asked_for(currency):
    units = [unit("ny.md", "Satsene på 18 og 20 prosent er utdaterte."), unit("ny.md", "Satsen er 19 prosent.")]
    old, new = currency.weigh("Hva er gjeldende sats?", units, [0.8, 0.8])
    assert old < new
    assert currency.weigh("Hva er satsen?", units, [0.8, 0.8]) == [0.8, 0.8]


def test_whether_somebody_still_holds_a_role_is_set_against_who_holds_it_last(currency):
    units = [
        unit("ny.md", "Svein Strandlie ble klyngeleder i 2017."),
        unit("ny.md", "Erland Paulsrud ledet klyngen i 2020."),
        unit("ny.md", "Per Dale var fabrikksjef i 2025."),
        unit("ny.md", "Emma Østerbø leder klyngen (6. februar 2024)."),
    ]
    assert currency.contrast("Er Svein Strandlie klyngeleder ennå?", units, [0.9, 0.5, 0.4, 0.2]) == [3, 0]


def test_example_data_gives_way_to_real_sources(currency):
    made_up, real = currency.weigh("Hvem leder klyngen?", [unit("eksempel.md"), unit("ny.md")], [0.8, 0.6])
    assert made_up < real == 0.6


def test_nothing_to_weigh(currency):
    assert currency.weigh("Hvem leder klyngen nå?", [], []) == []


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("Har satsen endret seg siden 2020?", True),
        ("Gir ordninga framleis 20 prosent?", True),
        ("En rådgiver nevnte 20 prosent. Gjelder det?", True),
        ("eksport fra parken, 2020 mot i dag", True),
        ("Hva omsatte parken for i 2020, og hva sier den nyeste kilden?", True),
        ("Hva er den nyeste kilden om parken?", False),
        ("Får vi 20 prosent i SkatteFUNN?", True),
        ("Is the rate still 20 per cent?", True),
        ("Hvor mange prosent gir SkatteFUNN?", False),
        ("Er Læringsfabrikken åpen?", False),
        ("Trenger vi en halv million i egenkapital?", True),
        ("Er kravet om fem års praksis sjekket?", False),
        ("Hva skjedde i 2017?", False),
        ("Har de vært her siden starten?", False),
    ],
)
def test_a_question_of_change(currency, question, change):
    assert currency.asks_of_change(question) is change


def test_a_question_of_change_gets_the_newest_and_another_figure(currency):
    told = [
        unit("gammel.md", "Satsen var 20 prosent."),
        unit("ny.md", "20 prosent er gammelt."),
        unit("ny.md", "Satsen er 19 prosent."),
    ]
    assert currency.contrast("Har satsen endret seg?", told, [0.9, 0.8, 0.5]) == [2, 0]
    assert currency.contrast("Har satsen endret seg?", told, [0.9, 0.8, 0.1]) == [1], "the same, where it holds"
    assert currency.contrast("Har satsen endret seg?", told[:2], [0.9, 0.8]) == [1]
    assert currency.weigh("Har satsen endret seg?", told, [0.9, 0.8, 0.5]) == [0.9, 0.8, 0.5]


def test_where_only_the_old_is_told_what_holds_comes_first(currency):
    told = [
        unit("ny.md", "Satsen på 18 prosent er gammel."),
        unit("ny.md", "The rate of 18 per cent is out of date."),
        unit("ny.md", "Satsen er 19 prosent."),
    ]
    assert currency.contrast("Er satsen 18 prosent?", told, [0.9, 0.8, 0.2])[0] == 2
    assert 2 not in currency.contrast("Er satsen 18 prosent?", told, [0.9, 0.8, 0.1])


def test_where_no_figures_are_told_years_are_compared(currency):
    told = [unit("gammel.md", "Ola leder klyngen."), unit("ny.md", "Kari leder klyngen.")]
    assert currency.contrast("Er det fortsatt Ola?", told, [0.9, 0.8]) == [1, 0]


def test_what_is_set_against_a_figure_counts_the_same(currency):
    told = [
        unit("ny.md", "SkatteFUNN gir 19 prosent."),
        unit("gammel.md", "SkatteFUNN gir høyst 4,75 millioner kroner."),
        unit("gammel.md", "SkatteFUNN ga 20 prosent."),
    ]
    assert currency.contrast("Får vi fortsatt 20 prosent?", told, [0.9, 0.8, 0.5]) == [0, 2]


def test_what_tells_the_figure_of_the_question_is_set_against_the_likeliest(currency):
    told = [
        unit("ny.md", "Rundt 90 prosent går til eksport."),
        unit("ny.md", "Parken har 3 000 ansatte."),
        unit("gammel.md", "Eksporten var 95 prosent."),
    ]
    assert currency.contrast("Eksporterte parken 95 prosent en gang?", told, [0.9, 0.6, 0.3]) == [0, 2]
    sums = [unit("ny.md", "Over 1 300 prosjekter i 2023."), unit("gammel.md", "Over 1 600 prosjekter på tre år.")]
    question = "Jeg har sett både 1 600 og 1 300 prosjekter. Hva er riktig?"
    assert currency.asks_of_change(question)
    assert currency.contrast(question, sums, [0.9, 0.5]) == [0, 1]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Hvem ledet klyngen før Paulsrud?", 0),
        ("Who led the cluster after Paulsrud?", 2),
        ("Hvem kom etter Hansen?", 1),
    ],
)
def test_who_came_next_to_somebody(currency, question, place):
    told = [unit("ny.md", LEADERS[0]), unit("ny.md", LEADERS[1]), unit("ny.md", f"{LEADERS[2][:-1]} (2024).")]
    weighed = currency.weigh(question, told, [0.5, 0.6, 0.5])
    assert weighed.index(max(weighed)) == place


YEARS = (
    "Parken hadde 2 500 ansatte (2020).",
    "Parken har 3 000 ansatte (2024).",
    "Parken har mange ansatte.",
)


def test_the_year_that_is_asked_for_comes_first(currency):
    told = [unit("ny.md", text) for text in YEARS]
    asked, later, document = currency.weigh("Hvor mange ansatte hadde parken i 2020?", told, [0.6, 0.8, 0.7])
    assert asked == 0.6 > max(later, document)
    _, _, document = currency.weigh("Hvor mange ansatte hadde parken i 2024?", told, [0.6, 0.8, 0.7])
    assert document == 0.7, "a document of that year counts"
    assert currency.weigh("Hvor mange ansatte hadde parken i 2011?", told, [0.6, 0.8, 0.7]) == [0.6, 0.8, 0.7]


def test_a_year_before_all_that_is_told_is_too_early(currency):
    told = [unit("ny.md", text) for text in YEARS[:2]]
    assert [currency.is_too_new(year, told) for year in (2005, 2020, 2022, 2025)] == [True, False, True, False]
    assert not currency.is_too_new(2012, [unit("ny.md", "Ola ledet klyngen fra 2006 til 2017.")])


def test_the_year_of_a_question_is_one_before_this(currency):
    asked = (
        "Hvor mange var det i 2020?",
        "Hvor mange er det i 2026?",
        "Har det endret seg i 2020?",
        "Hvor mange er det?",
    )
    assert [currency.year_of(question) for question in asked] == [2020, None, None, None]
