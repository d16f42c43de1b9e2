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


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Hvilke tjenester kan brukes uten opplæring?", "uten opplæring (alt)"),
        ("Hvilke tjenester har minst én maskin som kan brukes uten opplæring?", "uten opplæring"),
        ("På hvilke tjenester må en operatør være til stede?", "operatør til stede"),
        ("Kor mange tenester krev berre ei kort innføring?", "kort innføring"),
        ("Hvilke tjenester er bare for bedrifter med minst 50 ansatte?", "Målgruppe: minst 50 ansatte"),
    ],
)
def test_what_is_said_of_equipment_and_size(question, label):
    filters, _ = found(question)
    assert [each.label for each in filters] == [label]


def test_only_for_large_ones_is_where_the_target_group_begins():
    (only,), _ = found("Hvilke tjenester er bare for bedrifter med minst 50 ansatte?")
    (any_,), _ = found("Hvilke tjenester er for bedrifter med minst 50 ansatte?")
    assert (only.mode, any_.mode) == ("begins", "overlap")


@pytest.mark.parametrize("question", ["Which courses take four years?", "Hvilke studier går over fire år?"])
def test_years_are_sought_in_the_words_of_both_languages(question):
    (years,), _ = found(question, "course")
    assert years.pattern.search("Nettbasert, deltid over fire år") and years.pattern.search("over four years")
    assert not years.pattern.search("over to år")


@pytest.mark.parametrize("question", ["Hvilke studier har en oppført frist?", "For hvilke studier er fristen oppført?"])
def test_a_field_that_is_listed_is_told(question):
    filters, _ = found(question, "course")
    assert [each.label for each in filters] == ["Søknadsfrist: oppgitt"]
