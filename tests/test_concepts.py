import pytest

from catalogue_corpus import catalogue, one
from raufoss_assistant.catalogue.concepts import concepts, concepts_of

TELLS_OF = {
    "Vi vil sveise tynnere plater": ("sveising", "sveising"),
    "We need help with welding": ("sveising", "sveising"),
    "Strømregningen er for høy": ("strøm", "energibruk"),
    "Straumrekninga er for høg": ("strøm", "energibruk"),
    "Roboten skal plukke deler i esker": ("cobot", "samarbeidende-robot"),
    "We want to try a robot": ("robot", "samarbeidende-robot"),
    "Kameraet skal finne riper": ("maskinsyn", "maskinsyn"),
    "Vi vil 3D-printe jigger i plast": ("3d-print i plast", "3d-printing-i-plast"),
    "Vi flytter tunge deler med gaffeltruck": ("robotcelle", "robotcelle"),
    "Vi vil søke om penger til prosjektet": ("søknadshjelp", "finansieringshjelp"),
    "Vi har en første kunde som vil være pilot": ("pilotkunde", "innovasjonskontrakt"),
    "Vi går med underskudd": ("underskudd", "skattefunn"),
    "Me treng opplæring i ny teknologi": ("omstilling", "bio"),
    "Vi har et firma i Sverige som partner": ("utenlandsk partner", "eurostars"),
    "Firmaet ble startet i fjor": ("ung bedrift", "oppstartstilskudd-2"),
    "Jeg vil studere ved siden av jobben": ("moduler ved siden av jobb", "ftt72k"),
    "I have a bachelor's degree and want a master": ("master", "msuma"),
    "Vi vil simulere produktet før vi lager noe": ("simulere produkt", "digicat"),
    "Vi driver med fiskeoppdrett og laks": ("hav", "ocean-innovation"),
}


@pytest.mark.parametrize("text", TELLS_OF)
def test_lay_words_lead_to_the_record_that_is_about_it(text):
    name, record = TELLS_OF[text]
    found = {each.name: each for each in concepts_of(text)}
    assert name in found
    assert found[name].told(one(record)) in one(record).statements
    assert len([each for each in catalogue().records if found[name].told(each)]) < 4


@pytest.mark.parametrize("text", ["", "Hei!", "Vi har vært på tur", "Hvem er du?"])
def test_a_text_about_nothing_known_has_no_concept(text):
    assert concepts_of(text) == []


def test_case_does_not_matter_and_the_order_is_that_of_the_file():
    assert [each.name for each in concepts_of("SVEISING og STRØM")] == ["sveising", "strøm"]
    assert [each.name for each in concepts_of("strøm og sveising")] == ["sveising", "strøm"]


def test_a_word_within_another_is_no_concept():
    assert "strøm" not in [each.name for each in concepts_of("Innstrømning av folk")]


def test_where_the_name_tells_the_first_that_is_said_about_it_is_the_reason():
    (welding,) = concepts_of("sveising")
    assert welding.told(one("sveising")).text == "Vi prøver ny sveisemetode på dine deler i stål og aluminium."
    assert welding.told(one("energibruk")) is None


def test_where_the_name_does_not_the_statement_itself_is():
    (loss,) = concepts_of("Vi går med underskudd")
    assert loss.told(one("skattefunn")).text.startswith("SkatteFUNN er en rettighetsbasert")


def test_each_concept_has_a_name_of_its_own_and_patterns_that_do_not_match_nothing():
    names = [each.name for each in concepts()]
    assert len(names) == len(set(names)) > 40
    assert not any(each.need.search("") or each.record.search("") for each in concepts())
