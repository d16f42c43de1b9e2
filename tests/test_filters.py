import re

import pytest

from catalogue_corpus import catalogue, one
from raufoss_assistant.catalogue.filters import NAME, About, InRange, Known, Mentions, Says, kept
from raufoss_assistant.catalogue.schema import schema, unknown
from raufoss_assistant.catalogue.values import parse
from raufoss_assistant.model import Properties, Record, Statement


def number(field, low, high, mode, marks=()):
    return InRange(field, low, high, mode, "etikett", frozenset(marks))


@pytest.mark.parametrize(
    ("record", "mode", "low", "high", "holds"),
    [
        ("sveising", "within", None, 28, True),
        ("sveising", "within", None, 27, False),
        ("sveising", "within", 14, 28, True),
        ("sveising", "reach", 28, None, True),
        ("sveising", "reach", 29, None, False),
        ("sveising", "reach", None, 14, True),
        ("sveising", "reach", None, 13, False),
        ("sveising", "covers", 21, 21, True),
        ("sveising", "covers", 14, 29, False),
        ("sveising", "overlap", 28, 60, True),
        ("sveising", "overlap", 29, 60, False),
        ("sveising", "begins", 14, 14, True),
        ("sveising", "begins", 15, 28, False),
        ("sveising", "ends", 28, 28, True),
        ("sveising", "ends", 29, None, False),
        ("sveising", "stated", 14, 14, True),
        ("sveising", "stated", 28, 28, False),
        ("sveising", "stated", 28, None, True),
        ("sveising", "stated", 29, None, False),
    ],
)
def test_a_range_is_held_against_a_record_by_its_mode(record, mode, low, high, holds):
    assert number("duration", low, high, mode).holds(one(record)) is holds


def test_a_record_without_the_number_is_neither_kept_nor_denied():
    assert number("price", None, 10_000, "stated").holds(one("maskinsyn")) is None
    assert number("trl", 4, 4, "covers").holds(one("finansieringshjelp")) is None
    assert number("price", None, 10_000, "stated").holds(one("ftt72k")) is None


@pytest.mark.parametrize(("level", "holds"), [(4, True), (5, True), (8, True), (3, False), (9, False)])
def test_what_a_scheme_takes_by_exception_is_covered(level, holds):
    assert number("trl", level, level, "covers").holds(one("innovasjonskontrakt")) is holds


def test_a_price_of_another_kind_does_not_fit():
    assert number("price", None, 50_000, "stated", {"from"}).holds(one("sveising")) is True
    assert number("price", None, 50_000, "stated", {"from"}).holds(one("energibruk")) is False


@pytest.mark.parametrize(
    ("record", "holds", "denied"),
    [("bimasf", True, False), ("fte13h-n", False, True), ("sveising", None, None)],
)
def test_a_pattern_holds_does_not_hold_or_has_nothing_to_look_in(record, holds, denied):
    says = Says(("form", "part_time"), re.compile("deltid", re.IGNORECASE), "deltid")
    assert says.holds(one(record)) is holds
    assert Says(says.fields, says.pattern, "ikke deltid", negated=True).holds(one(record)) is denied


def test_what_is_not_told_is_unknown_and_not_denied():
    deadline = re.compile("løpende|hele året", re.IGNORECASE)
    found = {id_: Says(("deadline",), deadline, "").holds(one(id_)) for id_ in ("skattefunn", "eurostars", "bio")}
    assert found == {"skattefunn": True, "eurostars": False, "bio": False}
    assert Says(("deadline",), deadline, "", negated=True).holds(one("innovasjonskontrakt")) is None


def telling(type_, field, text):
    value = None if unknown().search(text) else parse(schema(type_).fields[field].reads, text)
    said = Statement(field, text, value, True, False, "a.md", None, 0, text, Properties("T", "kurs"))
    return Record(type_, "den", "Den", None, True, (said,))


@pytest.mark.parametrize(
    ("type_", "free", "read"),
    [
        ("service", "about benefit equipment training target deliverable contact more", "trl duration price"),
        (
            "course",
            "code unit about admission exam target more",
            "school level credits form part_time place start as_of",
        ),
        (
            "funding",
            "about target requirement not_covered apply contact more",
            "manager amount share deadline trl as_of",
        ),
        ("organisation", "about staff more", "place"),
    ],
)
def test_where_nothing_is_understood_only_free_text_tells_what_is_not_there(type_, free, read):
    texts = dict.fromkeys(free.split(), "Verksteder i dalen") | dict.fromkeys(read.split(), "Ikke oppgitt i dalen")
    for field, text in texts.items():
        record, told = telling(type_, field, text), field in free.split()
        assert Says((field,), re.compile("robot"), "").holds(record) is (False if told else None), field
        assert Says((field,), re.compile("robot"), "", negated=True).holds(record) is (True if told else None), field
        assert Says((field,), re.compile("dalen"), "").holds(record) is True


@pytest.mark.parametrize(
    ("type_", "field", "text", "holds"),
    [
        ("service", "training", "Ja, kjøres bare av operatør", True),
        ("service", "training", "Nei", False),
        ("service", "target", "Alle som har en operatør", True),
        ("service", "target", "Verksteder", False),
        ("service", "price", "Etter operatørens tilbud", True),
        ("service", "price", "5 000 kr", False),
        ("service", "price", "Etter tilbud", None),
        ("course", "target", "Unge", False),
        ("course", "form", "Nettbasert", False),
    ],
)
def test_says_finds_holds_not_or_cannot_tell_by_the_kind_of_the_field(type_, field, text, holds):
    assert Says((field,), re.compile("operatør"), "operatør").holds(telling(type_, field, text)) is holds


def test_a_field_that_the_type_does_not_have_or_nobody_speaks_of_tells_nothing():
    says = Says(("form", "amount", "kommer aldri"), re.compile("robot"), "robot")
    assert says.holds(one("sveising")) is None
    assert Says(("training",), re.compile("^nei"), "nei", negated=True).holds(one("maskinsyn")) is None


@pytest.mark.parametrize(
    ("record", "told"), [("sveising", True), ("finansieringshjelp", True), ("maskinsyn", False), ("ftt72k", False)]
)
def test_whether_a_value_is_known_at_all(record, told):
    assert Known("price", "", wanted=True).holds(one(record)) is told
    assert Known("price", "", wanted=False).holds(one(record)) is not told


@pytest.mark.parametrize(
    ("term", "scope", "record", "holds"),
    [
        ("sveising", (), "sveising", True),
        ("sveis", (), "sveising", True),
        ("robot", (), "robotcelle", True),
        ("robot", (), "energibruk", False),
        ("laserskanner", ("equipment",), "sveising", True),
        ("sprekk", ("equipment",), "sveising", False),
        ("kamera", ("equipment",), "samarbeidende-robot", True),
        ("laserskanner", (), "sveising", False),
    ],
)
def test_a_word_is_met_in_the_name_or_the_field_alone_or_in_a_compound(term, scope, record, holds):
    assert Mentions(frozenset({term}), term, scope).holds(one(record)) is holds
    assert Mentions(frozenset({term}), term, scope, negated=True).holds(one(record)) is not holds


@pytest.mark.parametrize(
    ("term", "record", "holds"),
    [
        ("robot", "sveising", True),
        ("celle", "robotcelle", True),
        ("fing", "ftt72k", False),
        ("factur", "ftt72k", True),
        ("72k", "ftt72k", True),
        ("3d-print", "3d-printing-i-plast", True),
        ("laserskanner", "sveising", False),
        ("aluminium", "sveising", False),
        ("turid", "sveising", False),
    ],
)
def test_in_the_name_and_code_alone_any_part_will_do(term, record, holds):
    mention = Mentions(frozenset({term}), term, (NAME,))
    assert mention.holds(one(record)) is holds
    assert Mentions(frozenset({term}), term, (NAME,), negated=True).holds(one(record)) is not holds
    assert mention.fields == ()


def test_of_several_terms_one_in_the_name_is_enough():
    assert Mentions(frozenset({"enhjørning", "celle"}), "", (NAME,)).holds(one("robotcelle"))
    assert not Mentions(frozenset({"enhjørning", "drage"}), "", (NAME,)).holds(one("robotcelle"))


def test_names_are_sought_in_name_code_and_contact():
    assert Mentions(frozenset({"turid"}), "Turid").names(one("sveising"))
    assert Mentions(frozenset({"ftt72k"}), "FTT72K").names(one("ftt72k"))
    assert not Mentions(frozenset({"trykkluft"}), "trykkluft").names(one("energibruk"))


def test_only_what_every_filter_holds_is_kept():
    services = catalogue().of_type("service")
    early, cheap = number("trl", 4, 4, "covers"), number("price", None, 20_000, "stated")
    assert {each.id for each in kept(services, [early, cheap])} == {"sveising", "3d-printing-i-plast"}
    assert kept(services, iter([])) == services


def test_a_record_is_about_what_it_was_found_to_be_about():
    about = About(frozenset({"sveising"}), "handler om: loddetinn")
    assert [each.id for each in kept(catalogue().of_type("service"), [about])] == ["sveising"]
    assert about.fields == ()
