from string import Formatter
from typing import get_args

import pytest

from raufoss_assistant.answering.record_phrases import _PHRASES, enumerated, say
from raufoss_assistant.model import Language


@pytest.mark.parametrize("name", _PHRASES)
def test_each_phrase_is_in_all_languages_with_the_same_values(name):
    fields = {
        language: sorted(field for _, field, *_ in Formatter().parse(text) if field)
        for language, text in _PHRASES[name].items()
    }
    assert set(fields) == set(get_args(Language))
    assert fields["nb"] == fields["nn"] == fields["en"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "2 av 7 tjenester i oversikten passer."),
        ("nn", "2 av 7 tjenester i oversikta passar."),
        ("en", "2 of the 7 tjenester in the overview fit."),
    ],
)
def test_a_phrase_with_its_values(language, text):
    assert say("list", language, n=2, total=7, nouns="tjenester") == text


@pytest.mark.parametrize("language", get_args(Language))
def test_example_data_is_named_by_its_word_in_every_language(language):
    assert "Eksempeldata" in say("example", language)


def test_none_is_a_zero_that_is_seen():
    for language in get_args(Language):
        assert "**0**" in say("none", language, total=7, nouns="x")


def test_braces_in_a_value_are_left_alone():
    assert say("filters", "nb", filters="{n} {0}") == "Filtrert på: {n} {0}."


@pytest.mark.parametrize(
    ("parts", "language", "text"),
    [
        ([], "nb", ""),
        (["a"], "nb", "a"),
        (["a", "b"], "nn", "a og b"),
        (["a", "b", "c"], "nb", "a, b og c"),
        (("a", "b", "c"), "en", "a, b and c"),
    ],
)
def test_parts_are_joined_as_people_do(parts, language, text):
    assert enumerated(parts, language) == text
