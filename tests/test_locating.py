import time
import unicodedata

import pytest

from raufoss_assistant.documents.locating import locate_quote


def found(quote, text, share=0.0):
    place = locate_quote(quote, text, share)
    return text[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("quote", "text", "there"),
    [
        ("fagskolen på Raufoss.", "Ved fag-\nskolen på\r\nRaufoss. Mer.", "fag-\nskolen på\r\nRaufoss."),
        ("fagskolen", "fag\u00adskolen", "fag\u00adskolen"),
        ("fagskolen", "fag\ufffe\nskolen", "fag\ufffe\nskolen"),
        (
            "Høgåsen målerom",
            unicodedata.normalize("NFD", "Høgåsen  målerom"),
            unicodedata.normalize("NFD", "Høgåsen  målerom"),
        ),
        (unicodedata.normalize("NFD", "på målerommet"), "Nå på målerommet", "på målerommet"),
        ("4\u00a0000 ansatte", "har 4 000 ansatte til", "4 000 ansatte"),
        ("finansiering", "om ﬁnansiering", "ﬁnansiering"),
        ("| BIO | 52 uker |", "Fag BIO\n52 uker\nslutt", "BIO\n52 uker"),
        ("Prøv først. Invester etterpå.", "PRØV FØRST. INVESTER ETTERPÅ.", "PRØV FØRST. INVESTER ETTERPÅ."),
        ("stor (6. februar 2024).", "stor (6. februar 2024). Mer", "stor (6. februar 2024)."),
    ],
)
def test_the_same_words_in_other_signs_are_found(quote, text, there):
    assert found(quote, text) == there


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("58 uker", "5–8 uker"),
        ("5–8 uker", "58 uker"),
        ("skole", "fagskolen"),
        ("2 uker", "12 uker"),
        ("rundt 60 bedrifter", "rundt 70 bedrifter"),
        ("", "noe"),
        ("–", "en – to"),
        ("noe", ""),
    ],
)
def test_what_does_not_stand_there_is_not_found(quote, text):
    assert locate_quote(quote, text) is None


def test_of_several_places_the_nearest_is_taken():
    text = "Varer i 2 uker. " + "Noe annet. " * 20 + "Varer i 2 uker."
    assert locate_quote("2 uker", text) == (8, 14)
    assert locate_quote("2 uker", text, share=0.97)[0] > 200


def test_a_long_text_takes_no_longer_than_its_length():
    began = time.perf_counter()
    assert locate_quote("slutt på teksten", "a b " * 100_000 + "slutt på teksten", share=1.0)
    assert time.perf_counter() - began < 10
