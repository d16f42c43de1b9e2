from dataclasses import replace

import gradio as gr
import pytest

from raufoss_assistant.errors import QuestionSetError, UsageError
from raufoss_assistant.evaluation.choosing import SETS
from raufoss_assistant.evaluation.sets import read_set
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import Opinion
from raufoss_assistant.web.staff.feedback_tab import NEW_SET, TriagePanel, feedback_tab
from staff_blocks import built
from test_log import DOWN, EXCHANGE

ALL = ("alle", "alle", "alle")


@pytest.fixture
def log(small_assistant):
    log = FeedbackLog(small_assistant.settings.data_dir)
    for entry in log.entries():
        log.delete(entry.id)
    return log


@pytest.fixture
def panel(small_assistant, log):
    return built(TriagePanel, small_assistant)[1]


def test_the_filters(panel, log):
    wrong = log.add(replace(EXCHANGE, question="Feil svar?"), DOWN)
    log.add(replace(EXCHANGE, question="Bra svar?"), Opinion("up"))
    log.mark(log.add(replace(EXCHANGE, question="Ferdig?"), DOWN), state="avvist")

    def shown(*filters):
        html = panel.overview(*filters)
        return {asked for asked in ("Feil svar?", "Bra svar?", "Ferdig?") if asked in html}

    assert shown("apne", "alle", "alle") == {"Feil svar?"}
    assert shown(*ALL) == {"Feil svar?", "Bra svar?", "Ferdig?"}
    assert shown("avvist", "alle", "alle") == {"Ferdig?"}
    assert shown("alle", "up", "alle") == {"Bra svar?"}
    assert shown("alle", "alle", "outdated") == {"Feil svar?", "Ferdig?"}
    log.mark(wrong, state="sett")
    assert shown("apne", "alle", "alle") == {"Feil svar?"}
    assert shown("ny", "alle", "alle") == {"Bra svar?"}
    assert "<strong>1 åpne</strong> av 3" in panel.overview("ny", "alle", "alle")


def test_what_staff_make_of_it_is_kept(panel, log):
    number = str(log.add(EXCHANGE, DOWN))
    told, head, state, listed = panel.save(number, "sett", "lav", " skrivefeil ", "Rettet", "apne", "alle", "alle")
    entry = log.entry(int(number))
    assert (entry.state, entry.importance, entry.cause, entry.note) == ("sett", "lav", "skrivefeil", "Rettet")
    assert "Lagret" in told
    assert "skrivefeil" in head
    assert "skrivefeil" in listed
    assert state == "sett"


def test_a_test_is_made_of_it_once(panel, log):
    number = str(log.add(EXCHANGE, DOWN))
    told, _, state, listed = panel.make_test(number, "", NEW_SET, "apne", "alle", "alle")
    (question,) = read_set(SETS / NEW_SET).questions
    assert (question.id, question.must_contain) == (f"T{number}", ("1 800",))
    assert f"T{number}" in told
    assert (state, log.entry(int(number)).state) == ("test", "test")
    assert "#valg:" not in listed
    with pytest.raises(QuestionSetError, match=f"T{number}"):
        panel.make_test(number, "", NEW_SET, *ALL)


def test_staff_know_the_right_answer_better(panel, log):
    number = str(log.add(EXCHANGE, Opinion("down", ("wrong",))))
    with pytest.raises(UsageError, match="sier ikke hva som er riktig svar"):
        panel.make_test(number, " ", NEW_SET, *ALL)
    panel.make_test(number, "2 100", NEW_SET, *ALL)
    assert read_set(SETS / NEW_SET).questions[0].answer == "2 100"


@pytest.mark.parametrize("name", ["../utenfor.yaml", "/tmp/utenfor.yaml", "finnes-ikke.yaml", ""])
def test_a_test_goes_into_a_set_that_there_is(panel, log, name):
    number = str(log.add(EXCHANGE, DOWN))
    with pytest.raises(UsageError, match="finnes ikke lenger"):
        panel.make_test(number, "", name, *ALL)
    assert log.entry(int(number)).state == "ny"


def test_it_is_asked_again_after_what_was_said_before(panel, log):
    number = str(log.add(replace(EXCHANGE, question="Hvor stor er den?"), DOWN))
    *_, now = panel.ask_again(number)
    assert "1\u202f500 kvadratmeter" in now
    assert "Svaret i dag" in now
    assert "klynge/laeringsfabrikken.md" in now


def test_it_is_deleted_for_good(panel, log):
    number = str(log.add(EXCHANGE, DOWN))
    told, _, listed = panel.delete(number, *ALL)
    assert log.entries() == []
    assert "Slettet" in told
    assert "Ingen har gitt tilbakemelding ennå" in listed


@pytest.mark.parametrize("number", ["", "999999", "1; DROP TABLE", "²", "-1"])
def test_a_number_that_is_none_is_told(panel, number):
    for act in (panel.show, lambda n: list(panel.ask_again(n)), lambda n: panel.delete(n, *ALL)):
        with pytest.raises(UsageError):
            act(number)


def test_no_handler_of_the_tab_can_be_called_by_others(small_assistant):
    page, _ = built(feedback_tab, small_assistant, within=gr.Tabs)
    assert len(page.fns) > 8
    for each in page.fns.values():
        assert each.api_visibility == "private"
        with pytest.raises(gr.Error, match="ikke logget inn"):
            next(iter(each.fn(gr.Request(username=None))))
