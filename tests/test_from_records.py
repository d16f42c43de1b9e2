import pytest

from raufoss_assistant.answering.from_records import FromRecords
from raufoss_assistant.catalogue.routing import route
from raufoss_assistant.model import Question
from raufoss_assistant.norwegian.language import detect
from record_corpus import grid, numbers, proven, record_assistant  # noqa: F401 - a fixture

LEVEL_4 = ["sveising", "samarbeidende-robot", "maskinsyn", "liming"]
LISTS = {
    "Hvilke tjenester finnes?": (7, "Oversikten har 7 tjenester."),
    "Hvilke tjenester passer for TRL 4?": (4, "4 av 7 tjenester i oversikten passer. Filtrert på: TRL: 4."),
    "Kva tenester passar for TRL 4?": (4, "4 av 7 tenester i oversikta passar. Filtrert på: TRL: 4."),
    "Which services are for TRL 4?": (4, "4 of the 7 services in the overview fit. Filtered by: TRL: 4."),
    "Hvor mange tjenester koster under 20 000 kr?": (3, "Svaret er **3** av 7 tjenester i oversikten."),
    "Hvor mange studier og emner finnes?": (5, "Oversikten har 5 studier og emner."),
    "Hvilke kurs er på nett?": (2, "2 av 5 studier og emner i oversikten passer. Filtrert på: på nett."),
    "Hvilke ordninger dekker mer enn 19 prosent?": (1, "1 av 3 støtteordninger i oversikten passer."),
    "Hvilke katapulter finnes?": (2, "Oversikten har 2 katapulter."),
}
COMPARISON = "Hva er forskjellen i pris og varighet mellom sveising, energibruk og robotcelle?"


@pytest.fixture(scope="module")
def answer(assistant):
    catalogue = assistant.catalogue()
    answering = FromRecords(catalogue, assistant.index().manifest)
    return lambda question, off=(): answering.answer(
        Question(question, question, detect(question)), route(question, catalogue), off
    )


@pytest.mark.parametrize("question", LISTS)
def test_a_list_counts_right_and_each_row_has_its_proof(answer, assistant, question):
    count, said = LISTS[question]
    found = answer(question)
    _, *rows = grid(found.text)
    assert said in found.text
    assert len(rows) == len(found.records) == count
    assert all(numbers(row[0]) for row in rows)
    assert [row[0].startswith(record.name[:6]) for row, record in zip(rows, found.records, strict=True)] == [
        True
    ] * count
    assert proven(found, assistant)
    assert (found.status, found.confidence) == ("answered", 1.0)


@pytest.mark.parametrize("question", [*LISTS, COMPARISON])
def test_the_facade_gives_the_same_answer(answer, assistant, question):
    assert assistant.ask(question).text == answer(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvilke tjenester passer for TRL 4?", "Eksempeldata: laget"),
        ("Kva tenester passar for TRL 4?", "Eksempeldata: laga"),
        ("Which services are for TRL 4?", "Example data (Eksempeldata): made up"),
        ("Hva er forskjellen på sveising og robotcelle?", "Eksempeldata: laget"),
    ],
)
def test_example_data_is_said_first_and_not_of_what_is_real(answer, question, said):
    assert answer(question).text.startswith(said)
    assert "Eksempeldata" not in answer("Sammenlign prisen på energibruk og robotcelle").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvilke tjenester går på deltid?", "opplysninger om deltid i kildene, så «deltid» er ikke brukt som filter"),
        ("Kva tenester går på deltid?", "opplysningar om deltid i kjeldene, så «deltid» er ikkje brukt som filter"),
        ("Which services are part-time?", "has information on part-time in the sources, so «part-time» is not used"),
    ],
)
def test_a_filter_without_data_is_said_and_not_used(answer, question, said):
    found = answer(question)
    assert said in found.text
    assert (len(found.records), found.filters) == (7, ())
    assert "Ingen av dem nevner «dykkerklokker»." in answer("Hvilke tjenester nevner dykkerklokker?").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvilke tjenester er for TRL 1?", "Svaret er **0** av 7 tjenester: ingen i oversikten har alt dette."),
        ("Kva tenester er for TRL 1?", "Svaret er **0** av 7 tenester: ingen i oversikta har alt dette."),
        ("Which services are for TRL 1?", "The answer is **0** of 7 services: none in the overview has all of this."),
    ],
)
def test_where_nothing_fits_that_is_said_and_the_nearest_shown(answer, assistant, question, said):
    found = answer(question)
    assert said in found.text
    assert (found.records, found.status) == ((), "answered")
    assert len(grid(found.text)) == 1 + 3
    assert proven(found, assistant)
    _, closest, *_ = grid(answer("Hvilke tjenester er for TRL 1 og koster over 50 000 kr?").text)
    assert closest[0].startswith("Robotcelle")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hvilke tjenester passer for TRL 4?", "1 til er ikke med, fordi TRL ikke er oppgitt: Finansieringshjelp"),
        ("Kva tenester passar for TRL 4?", "1 til er ikkje med, fordi TRL ikkje er oppgjeve: Finansieringshjelp"),
        ("Which courses start after 2024?", "left out because start is not stated: Elkraft"),
    ],
)
def test_what_is_left_out_for_want_of_data_is_named(answer, question, said):
    assert said in answer(question).text


def test_a_filter_that_the_reader_takes_off_is_off(answer):
    question = "Hvilke tjenester er for TRL 4 og koster under 20 000 kr?"
    assert answer(question).filters == ("TRL: 4", "Pris: under 20 000 kr")
    found = answer(question, off=["Pris: under 20 000 kr"])
    assert (found.filters, [record.id for record in found.records]) == (("TRL: 4",), LEVEL_4)


def test_a_comparison_has_a_column_a_record_and_only_what_was_asked_for(answer, assistant):
    found = answer(COMPARISON)
    head, *rows = grid(found.text)
    assert [name.split(":")[0] for name in head] == ["", "Sveising", "Energibruk", "Robotcelle"]
    assert [row[0] for row in rows] == ["Varighet", "Pris"]
    assert all(numbers(cell) for row in rows for cell in row[1:])
    assert "Pris: **Robotcelle: prøv automatisering før du kjøper** ligger høyest." in found.text
    assert "40 000 kr; 35 000 kr" in rows[1][2]
    assert proven(found, assistant)


def test_a_comparison_of_all_says_what_is_not_told(answer, assistant):
    found = answer("Sammenlign Manufacturing 4.0 og Industri 5.0")
    told = {row[0]: row[1:] for row in grid(found.text)}
    assert told["Deltid"][1] == "ikke oppgitt"
    assert told["Deltid"][0].startswith("Ja, ved siden av jobb")
    assert "Kode" not in told
    assert proven(found, assistant)


def test_the_cheapest_of_two_is_told(answer):
    assert "ligger lavest" in answer("Hvilken er billigst av sveising og energibruk?").text


def test_the_stages_timed_are_those_of_any_answer(assistant):
    from_records = assistant.ask("Hvilke tjenester finnes?").timings_ms
    from_passages = assistant.ask("Hva gjør sveisesimulatoren?").timings_ms
    assert set(from_records) == set(from_passages)
    assert from_records["retrieval"] == 0.0


def test_whether_there_is_what_no_record_mentions_is_no_list_of_the_others(answer):
    assert answer("Har dere noen tjenester med autoklav for karbonfiber?") is None
    assert answer("Hvilke tjenester har autoklav?") is not None
