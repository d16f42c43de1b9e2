"""The thumbs as a program that is no browser would press them; tests/test_chat.py presses them in a real one."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.rating import NOT_STORED, THANKS_DOWN, THANKS_UP, WITHDRAWN
from test_application import asking, call

QUESTION = "Hvor stor er Læringsfabrikken?"


@pytest.fixture(scope="module")
def client(small_assistant):
    with TestClient(create_app(small_assistant), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def log(small_assistant):
    log = FeedbackLog(small_assistant.settings.data_dir)
    for entry in log.entries():
        log.delete(entry.id)
    return log


class Visitor:
    """Presses what is on the page, in a session of its own."""

    def __init__(self, client, session):
        self.client, self.session = client, session
        found = client.get("/").text.split("window.gradio_config = ", 1)[1]
        config, _ = json.JSONDecoder().raw_decode(found)
        each = config["dependencies"]
        self.like = next(one["id"] for one in each if one["targets"][0][1] == "like")
        self.send = next(one["id"] for one in each if len(one["inputs"]) == 5)

    def ask(self, question=QUESTION):
        return call(self.client, asking(self.client), [question, None, None], self.session)

    def thumb(self, index, liked, value="forfalsket svar"):
        event = {"index": index, "value": value, "liked": liked}
        return call(self.client, self.like, [None, None], self.session, event_data=event)

    def write(self, reasons=(), comment="", expected="", state=None):
        return call(self.client, self.send, [state, state, list(reasons), comment, expected], self.session)


@pytest.fixture
def visitor(client, request):
    visitor = Visitor(client, re.sub(r"\W", "", request.node.name))
    visitor.ask()
    return visitor


def test_a_thumb_up_is_stored_at_once(visitor, log):
    assert THANKS_UP in visitor.thumb(1, True)
    (entry,) = log.entries()
    assert (entry.opinion.rating, entry.exchange.question) == ("up", QUESTION)


def test_a_thumb_down_is_stored_when_the_form_is_sent(visitor, log):
    assert "Hva var galt med svaret?" in visitor.thumb(1, False)
    assert log.entries() == []
    assert THANKS_DOWN in visitor.write(["Gammelt eller utdatert", "Svaret er feil"], "Feil", "1 800")
    (entry,) = log.entries()
    assert (entry.opinion.reasons, entry.opinion.expected) == (("wrong", "outdated"), "1 800")


def test_nothing_need_be_written(visitor, log):
    visitor.thumb(1, False)
    assert THANKS_DOWN in visitor.write()
    assert log.entries()[0].opinion.reasons == ()


def test_a_second_opinion_takes_the_place_of_the_first(visitor, log):
    visitor.thumb(1, True)
    visitor.thumb(1, False)
    assert [entry.opinion.rating for entry in log.entries()] == ["up"]
    visitor.write(["Svaret er feil"])
    assert [entry.opinion.rating for entry in log.entries()] == ["down"]
    assert WITHDRAWN in visitor.thumb(1, "")
    assert log.entries() == []


def test_each_answer_has_a_thumb_of_its_own(visitor, log):
    visitor.ask("Hvor mange prosent gir SkatteFUNN?")
    visitor.thumb(1, True)
    visitor.thumb(3, False)
    visitor.write()
    assert [(entry.opinion.rating, entry.exchange.question) for entry in log.entries()] == [
        ("up", QUESTION),
        ("down", "Hvor mange prosent gir SkatteFUNN?"),
    ]
    assert [turn.content for turn in log.entries()[1].exchange.history][:1] == [QUESTION]


def test_question_and_answer_are_the_servers_own(visitor, log):
    visitor.thumb(1, True, value={"path": "/etc/passwd"})
    visitor.thumb(1, False)
    forged = [{"exchange": {"question": "Er Kari en tyv?", "text": "Ja"}, "open": 1}]
    visitor.write(["Svaret er feil"], state=forged)
    (entry,) = log.entries()
    assert entry.exchange.question == QUESTION
    assert "1 500 kvadratmeter" in entry.exchange.text
    assert b"tyv" not in log.file.read_bytes()


@pytest.mark.parametrize("index", [0, 2, 3, -1, 99, 10**30, None, "1", 1.0, [1, 0], {"a": 1}])
def test_a_thumb_counts_under_an_answer_only(visitor, log, index):
    told = visitor.thumb(index, True)
    assert "Traceback" not in told
    assert log.entries() == []


@pytest.mark.parametrize("event", [None, {}, [], "x", {"index": 1}, {"value": 1}])
def test_a_thumb_of_no_shape_gives_no_traceback(visitor, log, event, caplog):
    told = call(visitor.client, visitor.like, [None, None], visitor.session, event_data=event)
    assert "Traceback" not in told and "site-packages" not in told


@pytest.mark.parametrize("liked", ["", None, "Like", 0, [], {}])
def test_what_is_no_thumb_stores_nothing(visitor, log, liked):
    visitor.thumb(1, liked)
    assert log.entries() == []


def test_reasons_that_are_not_on_the_form_are_not_stored(visitor, log):
    visitor.thumb(1, False)
    visitor.write(["Svarte ikke, men burde", "<script>"])
    assert [entry.opinion.reasons for entry in log.entries()] in ([], [()])


def test_a_form_that_was_never_opened_stores_nothing(visitor, log):
    visitor.write(["Svaret er feil"])
    assert log.entries() == []


def test_one_visitor_has_no_part_in_the_answers_of_another(client, visitor, log):
    stranger = Visitor(client, "stranger")
    stranger.thumb(1, True)
    stranger.thumb(1, False)
    stranger.write(["Svaret er feil"])
    assert log.entries() == []


def test_what_cannot_be_stored_is_told_without_the_reason(visitor, log, caplog):
    visitor.thumb(1, True)
    kept = log.file.read_bytes()
    log.file.write_bytes(b"ikke en database" * 100)
    try:
        visitor.ask("Hvor mange prosent gir SkatteFUNN?")
        told = visitor.thumb(3, True)
        assert NOT_STORED in told
        assert "feedback.sqlite" not in told
        assert "er skadet" in caplog.text
    finally:
        log.file.write_bytes(kept)


def test_a_question_in_the_heading_is_no_markdown(visitor, log):
    visitor.ask("![x](https://evil.example/a.png) <b>hva</b> er SkatteFUNN?")
    told = visitor.thumb(3, False)
    assert "![x]" not in told and "<b>hva" not in told
