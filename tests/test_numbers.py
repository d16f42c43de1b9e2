from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.norwegian.numbers import numbers, spellings, thousands


def values(text):
    return [number.value for number in numbers(text)]


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (5000, ["5000", "5 000 kr", "5\u00a0000 kroner", "5\u202f000", "5.000,-", "5000,-", "5 tusen", "fem tusen"]),
        (500_000, ["0,5 mill.", "0.5 mill", "en halv million", "ein halv million", "half a million", "500 000"]),
        (1_500_000, ["1,5 millioner", "1,5 millionar", "halvannen million", "en og en halv million", "1 500 000,-"]),
        (2_000_000_000, ["2 milliarder", "to mrd.", "two billion"]),
        (1_000_000, ["en million", "ein million", "éin million", "a million", "1 mill.", "1.000.000", "1 000 000,00"]),
        (1_000, ["tusen", "et tusen", "ett tusen", "a thousand"]),
        (250, ["250", "to hundre og femti", "two hundred and fifty"]),
        (100, ["hundre", "et hundre", "a hundred", "ett hundre"]),
        (25, ["25", "tjuefem", "tjue-fem", "Tyve fem", "TJUEFEM", "twenty-five"]),
        (7, ["sju", "syv", "seven", "7."]),
        (5, ["fem", "fæm", "five", "5 %", "(5)", "«5»"]),
        (1.5, ["1,5", "1.5", "halvannet", "halvanna"]),
        (1, ["én", "éin", "Éin", "éitt", "ett", "eitt", "one"]),
        (12_000, ["12k", "12 k", "12K", "tolv k", "12k kr", "12k.", "(12k)"]),
    ],
)
def test_one_number_however_it_is_written(value, ways):
    assert {way: values(way) for way in ways} == {way: [value] for way in ways}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "en robot",
        "et kurs",
        "ei uke",
        "ein gong",
        "a robot",
        "3D-print",
        "FTT72K",
        "TOL4025",
        "tolvte",
        "femkamp",
        "12kg",
        "5km",
        "k2",
        "TRL-k",
    ],
)
def test_articles_and_codes_are_no_numbers(text):
    assert values(text) == []


def test_thousands_are_told_from_decimals():
    assert values("1.234,50") == [1234.5]
    assert values("2,5 og 2.5") == [2.5, 2.5]
    assert values("12 500, 75") == [12500, 75]
    assert values("i 2024 100 bedrifter") == [2024, 100]


def test_several_numbers_come_in_order():
    assert values("0,5 mill. kr, tjuefem ansatte og halvannet år") == [500_000, 25, 1.5]
    assert values("25 000–75 000 kr i 3 til fem uker") == [25_000, 75_000, 3, 5]
    assert values("1k–2,5k til éin robot") == [1000, 2500, 1]


def test_a_number_tells_where_it_stands_and_its_scale():
    text = "Støtten er inntil 0,5 mill. kr for 12 bedrifter"
    first, second = numbers(text)
    assert (text[first.start : first.end], first.scale) == ("0,5 mill.", 1_000_000)
    assert (text[second.start : second.end].strip(), second.scale) == ("12", 1)


@given(st.integers(0, 999_999_999), st.sampled_from([" ", ".", "\u00a0", "\u202f"]))
def test_a_whole_number_is_read_as_written(number, mark):
    assert values(f"Det koster {number} kr.") == [number]
    assert values(f"Det koster {number:,} kr.".replace(",", mark)) == [number]


@given(st.text())
def test_any_text_has_its_numbers_in_order_and_apart(text):
    found = list(numbers(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_k_is_a_thousand_only_after_a_number():
    assert values("Gruppe K har 12k å bruke") == [12_000]


@pytest.mark.parametrize(("number", "written"), [(7, "7"), (4000, "4\u202f000"), (1234567, "1\u202f234\u202f567")])
def test_thousands_are_thin(number, written):
    assert thousands(number) == written


def test_a_number_is_spelt_as_people_write_it():
    assert spellings(4) == ["4", "fire", "four"]
    assert spellings(0.5) == ["0.5"]
