import datetime as dt

import pytest

from raufoss_assistant.model import Answer
from raufoss_assistant.stages import Stage
from raufoss_assistant.web.history import Answered
from raufoss_assistant.web.messages import notice, shown, working
from test_log import EXCHANGE

AT = dt.datetime(2026, 11, 26, 14, 5)


def answered(text, choices=(), old=False):
    answer = Answer("Hva?", "Hva?", "answered", text, "nb", "extractive", 0.9, choices=choices)
    return Answered(7, "Hva?", answer, EXCHANGE, AT, old=old)


def contents(messages):
    return [message["content"].replace("\\", "") for message in messages]


def test_questions_and_answers_stand_by_turns():
    assert contents(shown((answered("Dette."),), "Og?", "…")) == ["Hva?", "Dette.", "Og?", "…"]
    assert shown(()) == []


def test_an_old_answer_tells_its_time():
    assert contents(shown((answered("Dette.", old=True),)))[1].startswith(
        '<span class="sokt">Svar fra 26. november 2026 kl. 14.05</span>'
    )


def test_only_the_last_answer_has_its_choices():
    back = answered("Hva mener du?\n\n- Dette\n- Det", choices=("Dette", "Det"))
    assert [option["value"] for option in shown((back,))[1]["options"]] == ["Dette", "Det"]
    assert contents(shown((back,)))[1] == "Hva mener du?"
    assert not any("options" in message for message in shown((back, answered("Det."))))
    assert not any("options" in message for message in shown((back,), "Dette"))


def test_nothing_that_is_written_is_markup():
    written = "<b>*hva*</b> ![x](https://evil.example/a.png)"
    assert "<b>" not in shown((), written, "")[0]["content"].replace("\\<b", "")
    assert "\\<b\\>" in working(Stage(written))


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (None, "Ser på spørsmålet …"),
        (Stage("Hva?"), "Søker etter «Hva?» …"),
        (Stage("Hva?", 8), "Søkte etter «Hva?»<br>Leser 8 utdrag …"),
        (Stage("Hva?", 1), "Søkte etter «Hva?»<br>Leser ett utdrag …"),
        (Stage("å" * 4000), f"Søker etter «{'å' * 150} …» …"),
    ],
)
def test_each_step_is_told(stage, told):
    assert working(stage).replace("\\", "") == f'<span class="beskjed">{told}</span>'
    assert notice("a", "b") == '<span class="beskjed">a<br>b</span>'


def test_released_sentences_are_shown_while_the_rest_is_written():
    told = working(Stage("Hva?", released=("Den er stor. [1]",), stop=lambda: None))
    assert told.startswith("Den er stor. [1]\n\n") and "Skriver svaret" in told
