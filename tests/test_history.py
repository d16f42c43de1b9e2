from raufoss_assistant.model import Turn
from raufoss_assistant.web.history import Answered, recent, turns
from test_log import EXCHANGE


def test_the_last_turns_are_kept_and_cut():
    turns = [Turn("user" if n % 2 else "assistant", f"{n} " + "å" * 5000) for n in range(50)]
    kept = recent(turns)
    assert [turn.content.split()[0] for turn in kept] == [str(n) for n in range(30, 50)]
    assert {len(turn.content) for turn in kept} == {4000}
    assert kept[-1].role == "user"


def test_a_short_conversation_is_left_as_it_is():
    assert recent([Turn("user", "Hva er en katapult?")]) == (Turn("user", "Hva er en katapult?"),)
    assert recent([]) == ()


def test_what_was_asked_and_shown_are_turns():
    conversation = (Answered(4, "Hva?", "Dette. [1]", EXCHANGE), Answered(5, "Og?", "Det. [1]", EXCHANGE))
    assert [turn.role for turn in turns(conversation)] == ["user", "assistant"] * 2
    assert [turn.content for turn in turns(conversation)] == ["Hva?", "Dette. [1]", "Og?", "Det. [1]"]
    assert turns(()) == ()
