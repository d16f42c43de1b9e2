from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.filters import kept
from raufoss_assistant.catalogue.leftover import asking, mentions


def found(question, type_="service"):
    records = catalogue().of_type(type_)
    reading = Reading(question, type_, records)
    used = list(reading.conditions())
    conditions, ignored = mentions(reading, used)
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
