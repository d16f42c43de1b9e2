import pytest

from raufoss_assistant.answering.antecedent import before, leans, refers_back, with_antecedent
from raufoss_assistant.answering.units import units
from raufoss_assistant.model import Chunk, Hit, Properties


def last(text):
    chunk = Chunk("id", "a.md", 0, None, (), text, 0, len(text), "Tittel")
    hit = Hit(chunk, Properties("Tittel", "kurs"), 1.0, 0.5, 0.9)
    return list(units(hit))[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Den kostet 110 millioner kroner.",
        "Den er 1 500 kvadratmeter stor.",
        "De har 4 000 ansatte.",
        "Dei held til på Raufoss.",
        "Dette er et mål.",
        "Disse får støtte.",
        "Han var samtidig direktør.",
        "Det åpnet i 2018.",
        "Det er gratis.",
        "It opened in 2018.",
        "They have 4,000 employees.",
        "Vi vet heller ikke om prisen deles ut nå.",
        "Det er heller ikkje kjent.",
    ],
)
def test_a_pronoun_refers_back(text):
    assert refers_back(text)


@pytest.mark.parametrize(
    "text",
    [
        "Den norske staten eier halvparten.",
        "De fem sentrene ligger spredt.",
        "Det finnes fem sentre i Norsk katapult.",
        "Det er fem sentre i ordningen, og de ligger spredt over hele landet.",
        "Læringsfabrikken er stor.",
        "Dettebø eier alt.",
    ],
)
def test_what_names_its_thing_does_not(text):
    assert not refers_back(text)


def test_a_definite_noun_leans_on_the_sentence_before():
    assert leans("Navneskiftet kom trolig mellom 2019 og 2022.")
    assert leans("Den kostet 110 millioner.")
    assert not leans("NCE Manufacturing het tidligere NCE Raufoss.")
    assert not leans("Raufoss ligger på Toten.")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Raufoss er en by. Fabrikken åpnet i 2020. Den kostet mye.", "Fabrikken åpnet i 2020. Den kostet mye."),
        (
            "Fabrikken åpnet i 2020. Den er stor. Den kostet mye.",
            "Fabrikken åpnet i 2020. Den er stor. Den kostet mye.",
        ),
        ("Klyngen er stor. Parken er større.", "Parken er større."),
        ("Klyngen er stor.\n\nDen kostet mye.", "Den kostet mye."),
        ("- Klyngen er stor.\n- Den kostet mye.", "- Den kostet mye."),
        ("Den kostet mye.", "Den kostet mye."),
    ],
)
def test_a_unit_takes_along_what_it_begins_with(text, whole):
    assert with_antecedent(last(text)).quote == whole


def test_the_sentence_before():
    assert before(last("Fabrikken åpnet i 2020. Den kostet mye.")).quote == "Fabrikken åpnet i 2020."
    assert before(last("| a | b |\n| --- | --- |\n| c | d |")) is None
