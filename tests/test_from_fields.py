from contextlib import closing

import pytest

from conftest import write_corpus
from raufoss_assistant.answering.from_fields import from_fields
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.model import Question
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.settings import Settings
from record_corpus import proven, record_assistant  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def told(assistant):
    return lambda text: from_fields(
        Question(text, text, detect(text)), assistant.catalogue(), assistant.index().manifest
    )


@pytest.fixture(scope="module")
def schemes(tmp_path_factory):
    page = (
        "---\ntitle: Støtteordninger\nkind: finansiering\nowner: Rådgiver\ndate: 2024-01-01\nlanguage: nb\n---\n"
        "# Støtteordninger\n\n| Ordning | Støtteandel | Opplysninger fra |\n| --- | --- | --- |\n"
        "| Piloten | 19 % | 10. mars 2023 |\n| Gamlingen | 25 % | Udatert |\n"
    )
    folder = tmp_path_factory.mktemp("schemes")
    with closing(Assistant(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"))) as assistant:
        write_corpus(folder / "corpus", {"finansiering/ordninger.md": page})
        assistant.build()
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hva koster robotcelle?", "**Robotcelle: prøv automatisering før du kjøper**: Pris: "),
        ("Kva kostar robotcella?", "**Robotcelle: prøv automatisering før du kjøper**: Pris: "),
        ("How long does Robotcelle take, and what does it cost?", ": Duration: "),
        ("Hvilket TRL-nivå er sveising for?", ": TRL: "),
        ("How much does the welding service cost?", ": Price: "),
        ("Hva koster sveisetjenesten?", "**Sveising: prøvesveis og sveisesimulator**: Pris: "),
        ("Kor lenge varer sveisetesten?", ": Varigheit: "),
        ("Hva koster cobot-testen?", "**Samarbeidende robot: test av plukkejobb**: Pris: "),
    ],
)
def test_a_field_of_the_record_that_is_named(told, assistant, question, said):
    found = told(question)
    assert said in found.text
    assert "[1]" in found.text and proven(found, assistant)
    assert [record.name.split(":")[0] for record in found.records] == [found.text.split("**")[1].split(":")[0]]


def test_made_up_records_are_marked(told):
    assert told("Hvilket TRL-nivå er sveising for?").text.startswith("Eksempeldata: ")


@pytest.mark.parametrize(
    "question",
    [
        "Hva koster sveising og robotcelle?",
        "Hva er robotcelle?",
        "Hva koster en båt?",
        "Hva koster en sveiser i timen?",
        "Hva koster Manufacturing 4.0?",
        "Har prisen på robotcelle gått opp eller ned?",
        "Må vi melde oss på hele robotcelle for å vite prisen?",
        "Vi har lite tid. Må en ta hele robotcelle til den prisen?",
    ],
)
def test_nothing_where_no_one_record_or_no_told_field_is_asked_for(told, question):
    assert told(question) is None


def test_what_the_centre_offers_within_something_is_a_list_where_no_passage_answers(assistant):
    answer = assistant.ask("Hva har dere å tilby innen liming?")
    assert [record.name.partition(":")[0] for record in answer.records] == ["Liming"]


def test_the_facade_asks_the_record_where_no_passage_answers(assistant):
    answer = assistant.ask("Hva koster robotcelle?")
    assert answer.status == "answered" and "90" in answer.text


@pytest.mark.parametrize("question", ["Hva kostet robotcelle før?", "What was the price of the welding service?"])
def test_what_held_before_is_not_told_by_a_record(told, question):
    assert told(question) is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Hvor stor støtteandel gir Piloten?", "19 % (10. mars 2023)"),
        ("What share does Piloten cover?", "19 % (2023)"),
        ("Kor stor støttedel gjev Gamlingen?", "25 % (udatert)"),
    ],
)
def test_a_figure_says_when_it_was_so(schemes, question, day):
    found = from_fields(Question(question, question, detect(question)), schemes.catalogue(), schemes.index().manifest)
    assert day in found.text and proven(found, schemes)
