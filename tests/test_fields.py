"""The fields of a question set."""

from dataclasses import fields
from typing import get_args

from raufoss_assistant.evaluation.fields import BY_KEY, FIELDS, LISTS, folded
from raufoss_assistant.evaluation.model import Kind, Question, Split
from raufoss_assistant.model import Language, Status


def test_every_attribute_of_a_question_has_a_field():
    assert set(BY_KEY) == {field.name for field in fields(Question)}
    assert set(BY_KEY) > LISTS


def test_a_fixed_choice_has_a_word_for_everything_that_can_be_chosen():
    for key, meanings in (("kind", Kind), ("status", Status), ("language", Language), ("split", Split)):
        assert set(BY_KEY[key].words.values()) == set(get_args(meanings))


def test_heads_differ_and_each_is_explained():
    assert len({folded(field.head) for field in FIELDS}) == len(FIELDS)
    assert all(field.help.endswith(".") for field in FIELDS)


def test_names_are_compared_without_letter_case_blanks_and_how_letters_are_composed():
    assert folded("  MA\u030a \u00a0inneholde") == folded("Må inneholde")
