import gc
import logging
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import pytest
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler

from llm_server import ENGLISH, SECRET, THOUGHT, serving
from raufoss_assistant.errors import LanguageModelError, SettingsError
from raufoss_assistant.language_model import breaker
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.settings import Settings

TEXT = "Raufoss ligger i Vestre Toten."


@pytest.fixture
def server():
    with serving(TEXT) as running:
        yield running


def settings(server, model, seconds=5, **values):
    return Settings(llm_base_url=server.address, llm_model=model, llm_timeout=seconds, **values)


def asked(server, model, seconds=5, **values):
    """The text of a reply, or why there is none."""
    reply = LanguageModel(settings(server, model, seconds, **values)).stream("Svar kort.", "Hvor ligger Raufoss?")
    try:
        return "".join(reply)
    except LanguageModelError as error:
        return error


def test_none_is_set():
    assert LanguageModel.chosen(Settings()) is None


def test_an_address_without_a_model_is_not_enough():
    with pytest.raises(SettingsError, match="RAUFOSS_LLM_MODEL"):
        LanguageModel.chosen(Settings(llm_base_url="http://127.0.0.1:1/v1"))


def test_it_is_asked_as_it_is_set(server):
    assert asked(server, "liten", llm_max_tokens=7, llm_api_key="sk-min") == TEXT
    (request,) = server.requests
    assert request.messages == [
        {"role": "system", "content": "Svar kort."},
        {"role": "user", "content": "Hvor ligger Raufoss?"},
    ]
    wanted = {"model": "liten", "max_tokens": 7, "temperature": 0.0, "stream": True}
    assert wanted.items() <= request.body.items()
    assert request.headers["authorization"] == "Bearer sk-min"


def test_the_reply_may_depend_on_the_question(server):
    server.text = lambda messages: messages[-1]["content"][::-1]
    assert asked(server, "ok") == "?ssofuaR reggil rovH"


@pytest.mark.parametrize(
    "model", ["ok", "azure", "think", "reasoning", "length", "no-usage", "uncounted", "burst-0.3s", "500-then-ok"]
)
def test_what_a_server_may_do_and_still_be_understood(server, model):
    assert asked(server, model) == TEXT


def test_a_model_that_says_something_else_is_passed_on(server):
    assert asked(server, "english") == ENGLISH
    assert asked(server, "repeat") == f"{TEXT} " * 20


@pytest.mark.parametrize(
    ("model", "says", "attempts"),
    [
        ("302", "peker til en annen adresse", 1),
        ("400", "svarer med feil 400", 1),
        ("401", "avviser nøkkelen", 1),
        ("403", "avviser nøkkelen", 1),
        ("404", "RAUFOSS_LLM_MODEL", 1),
        ("429", "kvoten er brukt opp", 3),
        ("500", "svarer med feil 500", 3),
        ("502", "svarer med feil 502", 3),
        ("503", "svarer med feil 503", 3),
        ("drop", "svarer ikke", 3),
        ("cut-early", "brøt av", 3),
        ("cut", "brøt av", 1),
        ("no-finish", "brøt av", 1),
        ("error-event", "brøt av", 1),
        ("malformed", "protokollen (JSONDecodeError)", 1),
        ("empty", "tomt svar", 1),
        ("blank", "tomt svar", 1),
        ("think-only", "tomt svar", 1),
        ("filter", "innholdsfilter", 1),
        ("html", "ikke som en strøm", 1),
        ("whole", "ikke som en strøm", 1),
    ],
)
def test_each_fault_is_one_kind_of_error_with_a_norwegian_sentence(server, model, says, attempts):
    error = asked(server, model, llm_api_key=SECRET)
    assert isinstance(error, LanguageModelError)
    assert str(error).startswith("Språkmodellen ") and says in str(error)
    assert len(server.asked) == attempts
    assert error.__cause__ is None and error.__context__ is None
    told = "".join(traceback.format_exception(error)) + repr(error)
    assert SECRET not in told and "hemmelig" not in told and THOUGHT not in told


def test_one_who_is_turned_away_waits_as_told(server):
    began = time.perf_counter()
    assert asked(server, "429-after-1s") == TEXT
    assert 1 < time.perf_counter() - began < 2.5
    assert len(server.asked) == 2


def test_a_closed_door_is_knocked_on_again():
    with serving() as gone:
        pass
    began = time.perf_counter()
    assert "svarer ikke. Se om den kjører" in str(asked(gone, "ok"))
    assert 0.7 < time.perf_counter() - began < 3


def failing(server, model, times):
    chosen = LanguageModel(settings(server, model))
    for _ in range(times):
        with pytest.raises(LanguageModelError):
            list(chosen.stream("", "Hei"))
    return chosen


def test_a_server_that_fails_is_left_in_peace_and_recovers_without_a_restart(server, monkeypatch):
    monkeypatch.setattr(breaker, "REST", 1.0)
    server.reply = (200, b"<html>")
    chosen = failing(server, "ok", 3)
    server.reply = None
    began = time.perf_counter()
    with pytest.raises(LanguageModelError, match="3 ganger på rad"):
        chosen.stream("", "Hei")
    assert time.perf_counter() - began < 0.3
    assert len(server.asked) == 3
    time.sleep(1)
    trial = chosen.stream("", "Hei")
    with pytest.raises(LanguageModelError, match="3 ganger på rad"):
        chosen.stream("", "Hei")
    assert "".join(trial) == TEXT
    assert "".join(chosen.stream("", "Hei")) == TEXT


@pytest.mark.parametrize("model", ["400", "filter"])
def test_questions_that_are_refused_do_not_stop_those_of_others(server, model):
    failing(server, model, 4).stream("", "Hei").close()


def test_one_who_leaves_before_the_first_word_says_nothing_of_the_server(server):
    chosen = failing(server, "401", 2)
    chosen.stream("", "Hei").close()
    with pytest.raises(LanguageModelError, match="avviser nøkkelen"):
        list(chosen.stream("", "Hei"))


def test_twenty_ask_at_once_and_get_each_their_own(server):
    server.text = lambda messages: f"{messages[-1]['content']} er svaret. " * 20
    chosen = LanguageModel(settings(server, "slow-0.5s", seconds=20))
    with ThreadPoolExecutor(20) as pool:
        got = list(pool.map(lambda number: "".join(chosen.stream("", f"{number}")), range(40)))
    assert got == [f"{number} er svaret. " * 20 for number in range(40)]


class Listening(BaseEventHandler):
    heard: list

    def handle(self, event, **_):
        self.heard.append(f"{event!r} {event.model_dump()}")


@pytest.mark.parametrize("model", ["ok", "401", "500", "cut", "malformed", "drop", "html"])
def test_the_key_is_nowhere_but_in_the_request(server, model, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "openai._base_client", "httpx", "httpcore", "httpcore.http11", "llama_index"):
        caplog.set_level(logging.DEBUG, name)
    listening, dispatcher = Listening(heard=[]), get_dispatcher()
    dispatcher.add_event_handler(listening)
    chosen = settings(server, model, llm_api_key="sk-dypt-hemmelig")
    key = chosen.llm_api_key
    model_ = LanguageModel(chosen)
    reply = model_.stream("Svar kort.", "Hei")
    try:
        text = "".join(reply)
    except LanguageModelError as error:
        text = f"{error!r} {error.__dict__} {''.join(traceback.format_exception(error))}"
    finally:
        dispatcher.event_handlers.remove(listening)
    assert server.headers[0]["authorization"] == f"Bearer {key}"
    assert caplog.records and listening.heard
    logged = "".join(f"{record.getMessage()} {record.args} {record.exc_text}" for record in caplog.records)
    shown = [
        text,
        repr(reply),
        repr(model_),
        repr(chosen),
        repr(reply.usage),
        logged,
        *listening.heard,
        *capfd.readouterr(),
    ]
    assert not [each for each in shown if key in each]


def test_nothing_is_left_open(server):
    list(LanguageModel(settings(server, "ok")).stream("", "Hei"))
    asked(server, "cut")
    asked(server, "500")
    gc.collect()  # a socket that is not closed warns, and warnings are errors
