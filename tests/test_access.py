import logging

import gradio as gr
import pytest

from raufoss_assistant.errors import UsageError
from raufoss_assistant.web.staff.access import STAFF, staff_only


def request(username):
    return gr.Request(username=username)


def give(*values):
    return values


def count(most):
    yield from range(most)


def fail(error):
    raise error


def test_staff_get_what_the_handler_gives():
    assert staff_only(give)(request(STAFF), 1, "to") == (1, "to")
    assert list(staff_only(count)(request(STAFF), 3)) == [0, 1, 2]


@pytest.mark.parametrize("username", [None, "", "noen"])
def test_others_are_refused_before_anything_is_done(username):
    done = []
    with pytest.raises(gr.Error, match="ikke logget inn"):
        staff_only(lambda: done.append(1))(request(username))
    with pytest.raises(gr.Error, match="ikke logget inn"):
        next(staff_only(count)(request(username), 3))
    assert done == []


def test_an_error_of_ours_is_shown_with_its_text_escaped():
    with pytest.raises(gr.Error) as caught:
        staff_only(fail)(request(STAFF), UsageError("«<img src=x>» finnes ikke."))
    assert caught.value.message == "«&lt;img src=x&gt;» finnes ikke."
    assert caught.value.title == "Feil"


def test_another_error_is_logged_and_not_shown(caplog):
    caplog.set_level(logging.ERROR)
    with pytest.raises(gr.Error) as caught:
        staff_only(fail)(request(STAFF), ZeroDivisionError("hemmelig"))
    assert caught.value.message == "Noe gikk galt. Prøv igjen."
    assert "ZeroDivisionError: hemmelig" in caplog.text


def test_gradio_gives_the_request_and_the_inputs():
    inputs, *_ = gr.helpers.special_args(staff_only(give), ["a", "b"], request="REQUEST")
    assert inputs == ["REQUEST", "a", "b"]
