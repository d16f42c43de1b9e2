"""Conversations in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.dialogue import turns, written
from raufoss_assistant.model import Turn

LINES = st.sampled_from(
    ["Bruker: hei", "\\Assistent: nei", "\\\\bruker:", "Hva koster det?", "", "  innrykk", "«a»|b; c"]
)
CONTENTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join).filter(lambda text: text == text.strip() and text)


def test_speakers_may_be_written_in_any_letter_case_and_with_blanks():
    assert turns("BRUKER :Hva er MTNC?\nassistent:  Katapulten.") == (
        Turn("user", "Hva er MTNC?"),
        Turn("assistant", "Katapulten."),
    )


def test_a_line_without_speaker_goes_on_with_the_turn_above():
    assert turns("\nBruker: Hei.\n\nHva er OFII?\n") == (Turn("user", "Hei.\n\nHva er OFII?"),)


def test_the_first_line_must_name_a_speaker():
    with pytest.raises(UsageError, match="«Bruker:» eller «Assistent:»"):
        turns("Hva er MTNC?")


@given(st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), CONTENTS)))
def test_what_is_written_is_read_back_also_where_a_turn_quotes_another(conversation):
    assert turns(written(conversation)) == tuple(conversation)
