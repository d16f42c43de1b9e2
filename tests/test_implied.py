import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.implied import implied
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.settings import Settings


@pytest.fixture(scope="module")
def meanings():
    return Meanings(load_encoder(Settings()).passages, lambda text: [])


@pytest.fixture(scope="module")
def labels(meanings):
    def read(question, type_):
        reading = Reading(question, type_, catalogue().of_type(type_))
        found = list(reading.conditions())
        return {each.filter.label for each in implied(reading, meanings, found)}

    return read


@pytest.mark.parametrize(
    ("question", "type_", "expected"),
    [
        ("Hvilke studier kan jeg ta uten å si fra meg stillingen?", "course", {"deltid"}),
        ("Kva utdanningar kan eg følgje heimanfrå?", "course", {"på nett"}),
        ("Which grants are for firms founded a few months ago?", "funding", {"nystartede bedrifter"}),
        ("Hvilke tjenester må vi be om et pristilbud på?", "service", {"Pris: ikke oppgitt"}),
    ],
)
def test_a_value_is_read_from_words_that_no_pattern_knows(labels, question, type_, expected):
    assert labels(question, type_) == expected


@pytest.mark.parametrize(
    ("question", "type_"),
    [
        ("Hvilke tjenester handler om sveising?", "service"),
        ("Hvilke tjenester kan vi bruke på TRL 4?", "service"),
        ("Hvor mange støtteordninger er det?", "funding"),
        ("Which courses are there?", "course"),
    ],
)
def test_a_question_that_implies_nothing_gets_no_condition(labels, question, type_):
    assert labels(question, type_) == set()


@pytest.mark.parametrize(
    ("question", "type_", "expected"),
    [
        ("Hvilke ordninger krever ikke at vi har med en partner?", "funding", {"ikke krever partner"}),
        ("Hvilke studier kan ikke kombineres med full stilling?", "course", {"ikke deltid"}),
        ("Hvilke studier kan jeg ta uten å dra hjemmefra?", "course", {"på nett"}),
        ("Which courses can I take without leaving my job?", "course", {"deltid"}),
        ("Hvilke studier står det ingen startdato på?", "course", {"Start: ikke oppgitt"}),
    ],
)
def test_what_is_denied_is_told_from_what_tells_a_manner_by_denying(labels, question, type_, expected):
    assert labels(question, type_) == expected


def test_a_field_that_a_number_bounds_is_left_alone(labels):
    assert labels("Hvilke tjenester har en kjent pris, under 20 000 kroner?", "service") == set()


def test_what_a_condition_uses_is_taken_away(meanings):
    reading = Reading("Hvilke studier kan jeg ta hjemmefra?", "course", catalogue().of_type("course"))
    found = list(reading.conditions())
    assert [each.filter.label for each in implied(reading, meanings, found)] == ["på nett"]
    assert "hjemmefra" not in reading.left
