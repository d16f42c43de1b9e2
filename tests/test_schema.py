import pytest

from raufoss_assistant.catalogue.schema import is_own, schema, schemas, tells_facts, unknown
from raufoss_assistant.catalogue.values import parse


def keys(type_, words):
    return [field.key for field in schema(type_).fields_called(words)]


def test_there_is_one_schema_for_each_type():
    assert [each.type for each in schemas()] == ["course", "service", "funding", "organisation", "company", "equipment"]
    assert schema("course") is schema("course")


@pytest.mark.parametrize("kinds", schemas(), ids=lambda kinds: kinds.type)
def test_every_field_is_labelled_in_three_languages_and_has_a_parser(kinds):
    assert set(kinds.nouns) == {"nb", "nn", "en"}
    assert {"about", "more"} <= set(kinds.fields)
    assert any(field.shown for field in kinds.fields.values())
    for key, field in kinds.fields.items():
        assert field.key == key
        assert set(field.label) == {"nb", "nn", "en"}
        assert all(word == word.casefold() for word in field.called)
        parse(field.reads, "noe")


@pytest.mark.parametrize("kinds", schemas(), ids=lambda kinds: kinds.type)
def test_a_field_is_called_by_its_label_in_any_language(kinds):
    for field in kinds.fields.values():
        for label in field.label.values():
            assert field in kinds.fields_called(f" {label.upper()}: ")


@pytest.mark.parametrize(
    ("type_", "words", "fields"),
    [
        ("service", "Pris og finansiering", ["price"]),
        ("service", "Det vi gjør", ["about"]),
        ("service", "Varigheit", ["duration"]),
        ("course", "STUDIESTED:", ["place"]),
        ("course", "Startsemester vist", ["start"]),
        ("funding", "Beløp  og\nstøtteandel", ["amount", "share"]),
        ("funding", "Når kan vi søke", ["deadline"]),
        ("organisation", "Tilsette", ["staff"]),
        ("service", "Studiepoeng", []),
        ("service", "Været", []),
        ("service", "", []),
    ],
)
def test_a_header_means_fields_of_its_type(type_, words, fields):
    assert keys(type_, words) == fields


@pytest.mark.parametrize(
    ("header", "type_"),
    [("Tjeneste", "service"), ("TENESTE", "service"), ("Emne:", "course"), ("Scheme", "funding"), ("Bedrift", "company")],
)  # fmt: skip
def test_a_header_stands_over_names_of_one_type_alone(header, type_):
    assert [each.type for each in schemas() if each.names_things(header)] == [type_]


def test_a_table_of_facts_is_told_by_its_first_header():
    assert all(map(tells_facts, ["Felt", "STUDIEFAKTA", "Field:"]))
    assert not any(map(tells_facts, ["Navn", "Tjeneste", ""]))


def test_only_the_house_itself_is_own():
    assert is_own("mtnc")
    assert not is_own("digicat")


@pytest.mark.parametrize(
    "text",
    ["Pris etter tilbud", "ikke oppgitt i kilden", "Ikkje oppgitt", "Not stated in the source", "På forespørsel", "–", "-"],
)  # fmt: skip
def test_what_says_that_nothing_is_known(text):
    assert unknown().search(text)


@pytest.mark.parametrize("text", ["Ring oss", "TRL 4-", "4–7", "2–4 uker", "Fra 25 000 kroner", "Gjøvik - Åndalsnes"])
def test_what_does_not(text):
    assert not unknown().search(text)
