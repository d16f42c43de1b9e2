import numpy as np

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.filters import kept
from raufoss_assistant.catalogue.leftover import asking, mentions
from raufoss_assistant.catalogue.meanings import Meanings


def found(question, type_="service", meanings=None):
    records = catalogue().of_type(type_)
    reading = Reading(question, type_, records)
    used = list(reading.conditions())
    conditions, ignored = mentions(reading, used, meanings)
    return {each.id for each in kept(records, [it.filter for it in (*used, *conditions)])}, ignored


def test_a_word_that_no_condition_took_is_to_be_mentioned():
    assert found("Hvilke tjenester handler om sveising?")[0] == {"sveising"}


def test_words_that_eller_joins_are_alternatives():
    assert found("Tjenester for sveising eller maskinsyn")[0] == {"sveising", "maskinsyn"}


def test_a_word_that_no_record_has_is_told():
    ids, ignored = found("Hvilke tjenester handler om fiskeoppdrett?")
    assert "fiskeoppdrett" in ignored
    assert len(ids) == len(catalogue().of_type("service"))


def test_the_sentence_that_asks_is_found_among_several():
    text = "Vi driver et verksted på Lena. Hvilke tjenester finnes?"
    start, end = asking(Reading(text, "service", catalogue().of_type("service")))
    assert text[start:end].strip() == "Hvilke tjenester finnes?"


def about(id_, worth):
    """Meanings by which all words are about one service, and the others are about nothing."""
    records = catalogue().of_type("service")
    low = [(each, 0.01 * place) for place, each in enumerate(records) if each.id != id_]
    one = next(each for each in records if each.id == id_)
    return Meanings(lambda texts: np.zeros((len(texts), 2)), lambda text: [*low, (one, worth)])


def test_words_that_no_record_has_are_held_to_be_about_the_record_that_stands_out():
    assert found("Hvilke tjenester handler om loddetinn?", meanings=about("sveising", 0.6)) == ({"sveising"}, [])


def test_words_that_are_about_no_record_are_told():
    ids, ignored = found("Hvilke tjenester handler om loddetinn?", meanings=about("sveising", 0.02))
    assert ignored == ["loddetinn"]
    assert len(ids) == len(catalogue().of_type("service"))


def test_words_that_records_have_are_not_guessed_at():
    assert found("Hvilke tjenester handler om sveising?", meanings=about("maskinsyn", 0.6))[0] == {"sveising"}


def test_the_noun_of_the_type_tells_nothing_though_it_is_misspelt():
    assert found("tjenster til oss") == found("tjenester til oss")
