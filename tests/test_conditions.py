import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.filters import kept


def found(question, type_="service"):
    records = catalogue().of_type(type_)
    filters = [each.filter for each in Reading(question, type_, records).conditions()]
    return filters, {each.id for each in kept(records, filters)}


@pytest.mark.parametrize(
    ("question", "type_", "ids"),
    [
        (
            "Hvilke tjenester koster under 20 000 kr?",
            "service",
            {"sveising", "3d-printing-i-plast", "finansieringshjelp"},
        ),
        ("Tjenester som begynner på TRL 5", "service", {"robotcelle"}),
        ("Hvilke studier går på heltid?", "course", {"fte13h-n", "msuma"}),
        (
            "Tjenester som koster mindre enn samarbeidende robot",
            "service",
            {"sveising", "3d-printing-i-plast", "finansieringshjelp"},
        ),
    ],
)
def test_conditions_keep_the_records_that_meet_them(question, type_, ids):
    assert found(question, type_)[1] == ids


def test_numbers_that_a_list_joins_have_one_unit():
    filters, _ = found("Hvilke tjenester passer for TRL 2 eller 8?")
    assert [(each.field, each.low, each.high) for each in filters] == [("trl", 2, 2), ("trl", 8, 8)]


def test_each_condition_knows_where_it_stands_and_what_is_used_is_taken():
    reading = Reading("Hvilke tjenester koster under 20 000 kr?", "service", catalogue().of_type("service"))
    (price,) = reading.conditions()
    assert "under 20 000 kr" in reading.text[price.start : price.end]
    assert "20 000" not in reading.left


def test_a_question_without_conditions_keeps_all():
    assert found("Hvilke tjenester finnes?")[0] == []


def labels(question, type_):
    return [each.label for each in found(question, type_)[0]]


def test_where_somebody_lives_is_no_condition_unless_a_record_is_there():
    assert labels("Jeg bor i Bergen. Hvilke studier finnes?", "course") == []
    assert labels("Hvilke studier går i Bergen?", "course") == ["Bergen"]


def test_a_price_that_is_not_told_is_missing():
    assert labels("Hvilke tjenester har ikke noen prislapp?", "service") == ["ikke pris i kroner"]
    (filter_,), ids = found("Hvilke tjenester har ingen prislapp?", "service")
    assert ids == {each.id for each in catalogue().of_type("service") if filter_.holds(each)}
    assert ids and ids.isdisjoint(found("Hvilke tjenester har en prislapp?", "service")[1])


def test_what_only_other_types_have_is_found_last():
    reading = Reading("Hvilke tjenester går på deltid?", "service", catalogue().of_type("service"))
    assert list(reading.conditions()) == []
    assert [each.filter.label for each in reading.foreign()] == ["deltid"]
