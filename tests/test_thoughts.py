import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.language_model.thoughts import Thoughts


def spoken(pieces):
    thoughts = Thoughts()
    return "".join(map(thoughts.spoken, pieces)) + thoughts.rest()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Oslo", "Oslo"),
        ("<think>Hm</think>Oslo", "Oslo"),
        ("Oslo<think>Hm", "Oslo"),
        ("A<think>1</think>B<think>2</think>C", "ABC"),
        ("<think><think></think>Oslo", "Oslo"),
        ("1 < 2 og <thin", "1 < 2 og <thin"),
        ("<<think>x</think>", "<"),
        ("<think>Hm</thin></think>Oslo", "Oslo"),
    ],
)
def test_thoughts_are_taken_out_however_the_text_is_cut(text, left):
    for size in range(1, len(text) + 1):
        assert spoken(text[place : place + size] for place in range(0, len(text), size)) == left


@given(st.lists(st.text("<think>/ å", max_size=6)))
def test_the_pieces_do_not_matter(pieces):
    assert spoken(pieces) == spoken(["".join(pieces)])


def test_text_is_shown_at_once_unless_a_mark_may_have_begun():
    thoughts = Thoughts()
    assert [thoughts.spoken(piece) for piece in ("Oslo ", "<", "b", "<thi", "s")] == ["Oslo ", "", "<b", "", "<this"]


@pytest.mark.parametrize("text", ["<think>" * 100_000, "<think></think>" * 50_000, "<" * 500_000])
def test_a_text_of_marks_takes_no_long_time(text):
    began = time.perf_counter()
    spoken([text])
    spoken(text[place : place + 3] for place in range(0, len(text), 3))
    assert time.perf_counter() - began < 3
