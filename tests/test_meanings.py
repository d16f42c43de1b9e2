import numpy as np
import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.settings import Settings

SERVICES = catalogue().of_type("service")


@pytest.fixture(scope="module")
def meanings():
    return Meanings(load_encoder(Settings()).passages, lambda text: [])


def worths(*values):
    """Meanings whose records have these worths for any text."""
    return Meanings(lambda texts: np.zeros((len(texts), 2)), lambda text: list(zip(SERVICES, values, strict=False)))


@pytest.mark.parametrize(
    ("words", "type_", "value"),
    [
        ("medan eg har fast stilling", "course", "deltid"),
        ("når man bor på Svalbard og ikke kan møte opp", "course", "på nett"),
        ("som har en mester å gå i lære hos", "funding", "lærlinger"),
        ("søknaden kan sendes hvilken uke vi vil", "funding", "løpende søknad"),
        ("for folk som nettopp har registrert foretaket sitt", "service", "nystartede bedrifter"),
    ],
)
def test_a_wording_that_is_not_among_the_phrases_is_told_by_those_near_it(meanings, words, type_, value):
    (meant,) = meanings.of([words], type_)
    assert meant.wish.value == value
    assert meant.chance > 0.4


@pytest.mark.parametrize("words", ["hvilke finnes", "vi lager bremseklosser", "sveising av tynne plater"])
def test_what_asks_for_no_value_is_unsure(meanings, words):
    assert all(meanings.of([words], type_)[0].chance < 0.4 for type_ in ("course", "service", "funding"))


def test_a_type_without_phrases_means_nothing(meanings):
    assert meanings.of(["ved siden av jobben"], "organisation") == [None]


def test_words_are_about_the_record_that_stands_out_and_those_near_it():
    ids = worths(0.6, 0.55, 0.1, 0.05, 0.1, 0.0, 0.05).about("sveis", "service")
    assert ids == {SERVICES[0].id, SERVICES[1].id}


def test_where_none_stands_out_the_words_are_about_nothing():
    assert worths(0.2, 0.18, 0.17, 0.12, 0.05).about("fiske", "service") == frozenset()
    assert worths(0.9).about("fiske", "service") == frozenset()


def test_beside_other_conditions_more_is_asked_of_them():
    unsure = worths(0.3, 0.1, 0.2, 0.05, 0.0)
    assert unsure.about("ideen", "service") != frozenset()
    assert unsure.about("ideen", "service", beside=True) == frozenset()
