import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_corpus import one
from raufoss_assistant.catalogue.asked import bounds
from raufoss_assistant.catalogue.measures import ranged


def ranges(text, type_="service"):
    return [found for bound in bounds(text) if (found := ranged(text, bound, type_))]


def only(text):
    (found,) = ranges(text)
    return found


def measured(text, type_="service"):
    """Field, ends and mode of each number that measures something; a strict bound is rounded to what it leaves out."""
    return [
        (each.field, *(None if end is None else round(end, 6) for end in (each.low, each.high)), each.mode)
        for each, _ in ranges(text, type_)
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "mode"),
    [
        ("for TRL 4", 4, 4, "covers"),
        ("på TRL-nivå 4", 4, 4, "covers"),
        ("at TRL level 6", 6, 6, "covers"),
        ("med TRL 4–7", 4, 7, "covers"),
        ("fra TRL 4 til 8", 4, 8, "covers"),
        ("from TRL 4 to 8", 4, 8, "covers"),
        ("minst TRL 8", 8, None, "reach"),
        ("TRL 8 eller høyere", 8, None, "reach"),
        ("TRL 5+", 5, None, "reach"),
        ("TRL 3 eller lavere", None, 3, "reach"),
        ("over TRL 6", 6, None, "reach"),
        ("før på TRL 6", None, 6, "reach"),
        ("TRL mellom 3 og 5", 3, 5, "overlap"),
        ("begynner på TRL 5", 5, 5, "begins"),
        ("byrjar på TRL 5", 5, 5, "begins"),
        ("requires TRL 5", 5, 5, "begins"),
        ("krever minst TRL 5", 5, None, "begins"),
        ("begynner ikke før på TRL 7", 7, None, "begins"),
        ("startar ikkje før TRL 7", 7, None, "begins"),
        ("starter på TRL 5 eller senere", 5, None, "begins"),
        ("med TRL 4 som laveste nivå", 4, 4, "begins"),
        ("with TRL 4 as the lowest", 4, 4, "begins"),
        ("slutter på TRL 7", 7, 7, "ends"),
        ("sluttar på TRL 7", 7, 7, "ends"),
        ("ends at TRL 7", 7, 7, "ends"),
        ("til og med TRL 7", 7, 7, "ends"),
        ("går opp til TRL 7", None, 7, "ends"),
        ("up to TRL 7", None, 7, "ends"),
        ("TRL inntil 6", None, 6, "ends"),
        ("slutter før TRL 7", None, 7, "ends"),
    ],
)
def test_a_level_begins_ends_is_covered_or_reached(text, low, high, mode):
    assert measured(text) == [("trl", low, high, mode)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fra TRL 4 til TRL 8", [("trl", 4, None, "reach"), ("trl", 8, 8, "covers")]),
        ("TRL 4 og 5", [("trl", 4, 4, "covers"), ("trl", 5, 5, "covers")]),
        ("både TRL 3 og TRL 6", [("trl", 3, 3, "covers"), ("trl", 6, 6, "covers")]),
        ("TRL 4 under 20 000 kr", [("trl", 4, 4, "covers"), ("price", None, 20_000, "stated")]),
        ("12 ansatte og tre uker", [("target", 12, 12, "covers"), ("duration", 21, 21, "covers")]),
    ],
)
def test_each_number_has_a_range_of_its_own(text, found):
    assert measured(text) == found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("under 10 000 kr", None, 10_000),
        ("over 20 000", 20_000, None),
        ("under 12k", None, 12_000),
        ("inntil 40 000 kr", None, 40_000),
        ("fra 15 000 kr", 15_000, None),
        ("mellom 20 og 50 tusen", 20_000, 50_000),
        ("20 000 kr eller billigere", None, 20_000),
        ("koster ikke over 20 000 kr", None, 20_000),
        ("koster 10 000 kr", 10_000, 10_000),
        ("prisen er 15 000 kr", 15_000, 15_000),
        ("costs 15 000 crowns", 15_000, 15_000),
        ("har 25 tusen å bruke", None, 25_000),
        ("har 12k å bruke", None, 12_000),
        ("med 15 000 til rådighet", None, 15_000),
        ("15 000 kroner å rutte med", None, 15_000),
        ("10 000 i budsjett", None, 10_000),
        ("we have 20,000 to spend", None, 20_000),
        ("for 50 kr", None, 50),
    ],
)
def test_money_is_stated_and_a_sum_to_spend_is_the_most(text, low, high):
    assert measured(text) == [("price", low, high, "stated")]
    assert measured(text, "funding")[0][0] == "amount"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("inntil 1 million kroner", 1_000_000, 1_000_000),
        ("opp til en halv million", 500_000, 500_000),
        ("over 2 millioner", 2_000_000, None),
        ("høyst 2 mill. kr", None, 2_000_000),
        ("beløp på 700 000", 700_000, 700_000),
    ],
)
def test_up_to_an_amount_names_the_amount_itself(text, low, high):
    assert measured(text, "funding") == [("amount", low, high, "stated")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50 prosent", 50, 50),
        ("dekker inntil 50 prosent", 50, 50),
        ("opptil 50 %", 50, 50),
        ("up to 50 per cent", 50, 50),
        ("høyst 50 prosent", None, 50),
        ("minst 50 %", 50, None),
        ("50% eller mer", 50, None),
        ("over 19 %", 19, None),
    ],
)
def test_up_to_a_share_names_the_share_itself(text, low, high):
    assert measured(text, "funding") == [("share", low, high, "stated")]


@pytest.mark.parametrize(
    ("text", "low", "high", "mode"),
    [
        ("varer 3 uker", 21, 21, "covers"),
        ("én veke", 7, 7, "covers"),
        ("2–4 weeks", 14, 28, "covers"),
        ("16 timer", 2, 2, "covers"),
        ("halvannet år", 547.5, 547.5, "covers"),
        ("to virkedager", 2, 2, "covers"),
        ("høyst 4 uker", None, 28, "within"),
        ("under én måned", None, 30, "within"),
        ("minst 3 uker", 21, None, "within"),
        ("mellom 2 og 4 uker", 14, 28, "within"),
        ("ferdig på fire uker", None, 28, "within"),
        ("unnagjort på 10 dagar", None, 10, "within"),
        ("klar i løpet av høyst to uker", None, 14, "within"),
        ("done in three weeks", None, 21, "within"),
        ("kan ta mer enn 5 uker", 35, None, "reach"),
        ("can take more than 5 weeks", 35, None, "reach"),
        ("kan vare høyst 3 uker", None, 21, "reach"),
        ("kan ta mellom 2 og 4 uker", 14, 28, "overlap"),
        ("hva kan vi få på under 2 uker", None, 14, "within"),
    ],
)
def test_time_is_in_days(text, low, high, mode):
    assert measured(text) == [("duration", low, high, mode)]


@pytest.mark.parametrize(
    "text",
    ["80 ansatte", "80 tilsette", "80 employees", "80 stykker", "80 stykk", "80 folk", "80 people", "80 mann", "åtti personer"],
)  # fmt: skip
def test_a_size_is_of_those_a_record_is_for_or_of_the_house_itself(text):
    assert measured(text) == measured(text, "funding") == [("target", 80, 80, "covers")]
    assert measured(text, "organisation") == [("staff", 80, 80, "covers")]
    assert measured(f"minst {text}") == [("target", 80, None, "overlap")]
    assert measured(f"under {text}", "organisation") == [("staff", None, 80, "overlap")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("120 studiepoeng", 120, 120),
        ("60 credits", 60, 60),
        ("7,5 sp", 7.5, 7.5),
        ("7.5 ECTS", 7.5, 7.5),
        ("minst 60 poeng", 60, None),
        ("mellom 30 og 90 studiepoeng", 30, 90),
    ],
)
def test_credits_are_stated(text, low, high):
    assert measured(text, "course") == [("credits", low, high, "stated")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("høsten 2022", 2022, 2022),
        ("fra 2023", 2023, 2023),
        ("from 2023", 2023, 2023),
        ("fra og med 2023", 2023, None),
        ("2023 eller senere", 2023, None),
        ("etter 2024", 2024, None),
        ("før 2024", None, 2024),
        ("since 2022", 2022, None),
        ("mellom 2022 og 2024", 2022, 2024),
    ],
)
def test_a_year_is_that_of_the_start_or_of_the_source(text, low, high):
    assert measured(text, "course") == [("start", low, high, "overlap")]
    assert measured(f"opplysninger {text}", "course") == [("as_of", low, high, "overlap")]
    assert measured(text, "funding") == [("as_of", low, high, "overlap")]


@pytest.mark.parametrize(
    "text",
    ["", "tre tjenester", "de 5 maskinene", "rom 101", "under 50", "nivå 5.2", "Industri 5.0", "vi er 25 000", "TRLX 4", "12"],
)  # fmt: skip
def test_other_numbers_measure_nothing(text):
    assert measured(text) == []


def test_a_sum_without_a_unit_is_money_where_it_is_great_and_a_price_is_spoken_of():
    assert measured("pris på 15 000") == [("price", 15_000, 15_000, "stated")]
    assert measured("vi kan bruke 15 000") == [("price", None, 15_000, "stated")]
    assert measured("pris på 15") == measured("15 000 på nyåret") == []


def test_a_time_that_somebody_has_is_the_most_it_may_take():
    for text in ("vi har fem uker", "me har fem veker på oss", "og har fem uker", "fem uker til rådighet"):
        assert measured(text) == [("duration", None, 35, "within")]
    assert measured("varer fem uker") == [("duration", 35, 35, "covers")]
    assert measured("tre månda") == [("duration", 90, 90, "covers")]


def test_who_says_only_how_many_they_are_tells_the_size():
    assert measured("vi er 25 på jobb") == measured("me er 25.") == [("target", 25, 25, "covers")]
    assert measured("vi er 25 maskiner unna") == []


def test_a_size_that_is_denied_is_the_others():
    text = "ikke for bedrifter med under ti ansatte"
    (found,) = ranges(text)
    assert found[0].negated


@pytest.mark.parametrize(
    ("text", "type_"), [("3 uker", "funding"), ("3 uker", "organisation"), ("1989", "course"), ("2041", "course")]
)
def test_what_the_type_has_no_field_for_measures_nothing(text, type_):
    assert measured(text, type_) == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("ikke TRL 4", True),
        ("ikkje for TRL 4", True),
        ("not TRL 4", True),
        ("koster ikke 15 000 kr", True),
        ("dekker ikke 50 prosent", True),
        ("for TRL 4", False),
        ("ikke over 15 000 kr", False),
        ("uten minst 3 uker", False),
    ],
)
def test_a_number_itself_may_be_denied_and_a_bound_is_turned(text, denied):
    assert only(text)[0].negated is denied


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("fra-pris under 20 000 kr", {"from"}),
        ("frå-pris på over 20 000 kr", {"from"}),
        ("startpris under 20 000", {"from"}),
        ("pris fra 20 000 kr", set()),
        ("fra-pris og TRL 4", set()),
    ],
)
def test_a_price_from_which_on_is_of_its_own_kind(text, marks):
    assert only(text)[0].marks == marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hva koster under 10 000 kr her?", "under 10 000 kr"),
        ("Noe på TRL 8 eller høyere?", "8 eller høyere"),
        ("20 000 kr eller mindre, takk", "20 000 kr eller mindre"),
        ("Tar det 2 uker eller så?", "2 uker"),
        ("begynner ikke før på TRL 7?", "ikke før på TRL 7"),
        ("for 12 stykker på Lena", "12 stykker"),
    ],
)
def test_the_range_says_which_words_it_took(text, words):
    range_, end = only(text)
    assert range_.label == words
    assert text[:end].endswith(words)


def test_a_strict_bound_leaves_its_number_out_in_every_unit():
    assert only("under to uker")[0].high == math.nextafter(2, 0) * 7
    assert only("over 20 000 kr")[0].low == math.nextafter(20_000, math.inf)


@pytest.mark.parametrize(
    ("text", "record", "holds"),
    [
        ("begynner ikke før på TRL 5", "robotcelle", True),
        ("begynner ikke før på TRL 5", "sveising", False),
        ("ferdig på fire uker", "sveising", True),
        ("ferdig på fire uker", "robotcelle", False),
        ("har 25 tusen å bruke", "samarbeidende-robot", True),
        ("har 25 tusen å bruke", "maskinsyn", None),
        ("ikke TRL 4", "sveising", False),
        ("ikke TRL 4", "energibruk", True),
        ("for 40 stykker", "energibruk", True),
    ],
)
def test_what_a_range_says_of_a_record(text, record, holds):
    assert only(text)[0].holds(one(record)) is holds


@given(
    st.text(alphabet="TRLtrl 0123459kuer%minstover.,–"),
    st.sampled_from(["service", "course", "funding", "organisation"]),
)
def test_any_range_lies_in_the_text_and_has_an_end(text, type_):
    for bound in bounds(text):
        if found := ranged(text, bound, type_):
            assert bound.end <= found[1] <= len(text)
            assert found[0].low is not None or found[0].high is not None
