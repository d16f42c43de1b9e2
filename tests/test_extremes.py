import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.extremes import extreme


def found(question, type_="service", records=None):
    records = catalogue().of_type(type_) if records is None else records
    best = extreme(Reading(question, type_, records), records, [])
    return None if best is None else {each.id for each in best[1]}


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Hvilken tjeneste er billigst?", {"finansieringshjelp"}),
        ("Hvilken tjeneste er dyrest?", {"robotcelle"}),
        ("Hvilke to tjenester er dyrest?", {"robotcelle", "energibruk"}),
        ("Which service is the cheapest?", {"finansieringshjelp"}),
    ],
)
def test_the_most_and_the_least_of_a_field(question, ids):
    assert found(question) == ids


def test_without_a_superlative_there_is_none():
    assert found("Hvilke tjenester koster noe?") is None


def test_where_no_record_tells_a_number_there_is_none():
    assert found("Hvilken tjeneste er billigst?", records=[]) is None
