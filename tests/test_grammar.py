"""What a language needs for questions to be made of its statements."""

import re
from typing import get_args

import pytest

from raufoss_assistant.evaluation.grammar import Grammar, Sought
from raufoss_assistant.model import Language

LANGUAGES = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_and_every_pattern_compiles(language):
    grammar, bokmal = Grammar.of(language), Grammar.of("nb")
    assert set(grammar.ask) == set(bokmal.ask)
    assert set(grammar.patterns) == set(bokmal.patterns)
    assert set(grammar.words) == set(bokmal.words)
    assert set(grammar.said) == set(bokmal.said)
    for pattern in (*grammar.patterns.values(), *grammar.said.values()):
        re.compile(pattern.replace("{y}", ""))
    assert {caption.sought for caption in grammar.captions} <= set(get_args(Sought))
    assert all("{t}" in caption.ask and caption.ask.endswith("?") for caption in grammar.captions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_stand_in_front_of_the_subject_is_a_verb(language):
    grammar = Grammar.of(language)
    assert grammar.words["events"] <= set(grammar.verbs)


def test_a_question_leaves_out_what_is_not_given():
    assert Grammar.of("nn").question("count", n="tilsette", v="har", s="OFII") == "Kor mange tilsette har OFII?"
    assert Grammar.of("en").question("when", v="did", s="MTNC", w="open") == "When did MTNC open?"


def test_only_english_needs_do():
    assert [Grammar.of(language).inverts for language in LANGUAGES] == [True, True, False]


@pytest.mark.parametrize(
    ("language", "pattern", "text"),
    [
        ("nb", "number", "13\u00a0500"),
        ("nb", "number", "7,5"),
        ("nb", "number", "seks"),
        ("en", "number", "1,500"),
        ("nb", "day", "6. februar 2024"),
        ("nb", "day", "1. mars"),
        ("en", "day", "6 February 2024"),
        ("nb", "date", "høsten 2022"),
        ("nb", "date", "1998"),
        ("nb", "money", "milliarder kroner"),
        ("nn", "past", "fekk"),
    ],
)
def test_numbers_and_dates_are_known(language, pattern, text):
    assert Grammar.of(language).matches(pattern, text)


def test_a_span_of_years_is_no_date():
    assert not re.match(Grammar.of("nb").patterns["date"], "2018–2023")


def test_headings_and_fields_are_known_with_what_they_ask():
    caption = Grammar.of("nb").caption(" Pris og  finansiering: ")
    assert (caption.ask, caption.sought) == ("Hva koster {t}?", "money")
    assert Grammar.of("nb").caption("Hvem kan søke?").ask == "Hvem kan søke {t}?"
    assert Grammar.of("nb").caption("Veien videre") is None


def test_the_words_of_what_is_counted_end_where_something_else_begins():
    nouns = Grammar.of("nb").nouns
    assert nouns("kvalifiserte søkere til ordningen") == ["kvalifiserte", "søkere"]
    assert nouns("ansatte, fordelt") == []
    assert nouns("i året") == []


def test_what_is_not_known_is_recognised():
    assert Grammar.of("nb").absent("Prisen er ikke oppgitt i kilden.")
    assert not Grammar.of("nb").absent("Prisen er 500 kroner.")
