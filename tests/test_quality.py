import pytest

from raufoss_assistant.documents.quality import LOW, quality

GOOD = "Klyngen har rundt 60 medlemsbedrifter. Små og mellomstore bedrifter kan prøve ny produksjonsteknologi."


def test_language_is_good():
    assert quality(GOOD) == 1.0


def test_tables_of_figures_and_long_compounds_are_good_enough():
    assert quality("Kurs | Pris | Dager\nLean grunnkurs | 4 000 kr | 2\nCNC-maskinering | 12 500 kr | 5") > 0.9
    assert quality("Arbeidsmiljøutvalgsmedlemmer og produksjonsteknologimiljøer") > LOW


@pytest.mark.parametrize("text", ["", "  \n", "12 345 | 678"])
def test_no_words_no_quality(text):
    assert quality(text) == 0.0


@pytest.mark.parametrize(
    "damaged",
    [
        GOOD.replace(" ", ""),  # glued
        " ".join(GOOD.replace(" ", "")),  # spaced out
        GOOD.replace("e", "\ufffd").replace("r", "\ue001").replace("n", "\u25a1"),
        "\n".join(["abc", *"defghijk"] * 3),  # a letter a line
    ],
)
def test_damage_shows(damaged):
    assert quality(damaged) < LOW


def test_one_word_a_line_is_worse_than_the_same_words_in_lines():
    words = (GOOD + " ") * 3
    assert quality(words.replace(" ", "\n")) < LOW < quality(words)
