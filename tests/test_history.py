import datetime as dt

from raufoss_assistant.model import Answer, Turn
from raufoss_assistant.web.history import Answered, recent, turns
from test_log import EXCHANGE

AT = dt.datetime(2026, 11, 26, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def answered(asked, text, searched=None):
    answer = Answer(asked, searched or asked, "answered", text, "nb", "extractive", 0.9)
    return Answered(4, asked, answer, EXCHANGE, AT)


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
    conversation = (answered("Hva?", "Dette. [1]"), answered("Og?", "Det. [1]"))
    assert [turn.role for turn in turns(conversation)] == ["user", "assistant"] * 2
    assert [turn.content for turn in turns(conversation)] == ["Hva?", "Dette. [1]", "Og?", "Det. [1]"]
    assert turns(()) == ()


def test_day_and_time_are_written_as_norwegians_do():
    assert answered("Hva?", "Dette.").when == "26. november 2026 kl. 14.05"


def test_what_was_searched_for_is_told_where_it_is_another_matter():
    assert answered("hvor stor er den", "Stor.", "Hvor stor er den?").searched == ""
    assert answered("Når?", "I fjor.", "Når åpnet fabrikken?").searched == "Når åpnet fabrikken?"


def test_thousands_stay_on_one_line():
    assert answered("Hvor stor?", "1 500 kvadratmeter").shown == "1\u202f500 kvadratmeter"
