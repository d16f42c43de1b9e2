import socket
import subprocess
import sys

import pytest

from llm_server import refused, said, serving
from raufoss_assistant.errors import SettingsError
from raufoss_assistant.language_model import connect, fault
from raufoss_assistant.settings import Settings


@pytest.fixture
def server():
    with serving() as running:
        yield running


def model(server, **values):
    return connect(Settings(llm_base_url=server.address, llm_model="liten", **values))


def trouble(llm):
    with pytest.raises(Exception) as caught:
        llm.complete("Hei")
    return fault(caught.value)


def test_none_is_set():
    assert connect(Settings()) is None


def test_an_address_without_a_model_is_not_enough():
    with pytest.raises(SettingsError, match="RAUFOSS_LLM_MODEL"):
        connect(Settings(llm_base_url="http://127.0.0.1:1/v1"))


def test_it_is_asked_as_it_is_set(server):
    assert model(server, llm_max_tokens=7, llm_api_key="sk-min").complete("Hva er hovedstaden?").text == "Oslo"
    (asked,), (headers,) = server.asked, server.headers
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("liten", 7, 0.0)
    assert headers["Authorization"] == "Bearer sk-min"


def test_a_key_meant_for_another_service_is_not_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-annen")
    model(server).complete("Hei")
    assert "sk-annen" not in str(server.headers)


def test_it_knows_how_much_it_takes_in(server):
    metadata = model(server, llm_context=2048, llm_max_tokens=99).metadata
    assert (metadata.context_window, metadata.num_output, metadata.is_chat_model) == (2048, 99, True)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "avviser nøkkelen"),
        (403, "avviser nøkkelen"),
        (404, "RAUFOSS_LLM_MODEL"),
        (400, "svarer med feil 400"),
        (429, "kvoten er brukt opp"),
        (500, "svarer med feil 500"),
    ],
)
def test_a_refusal_is_explained_without_what_the_server_wrote(server, status, says):
    server.reply = refused(status)
    told = trouble(model(server))
    assert says in told
    assert "sk-1234" not in told


@pytest.mark.parametrize("body", [b"{", b"<html>", b'{"choices": []}', b"null"])
def test_a_reply_outside_the_protocol_is_explained(server, body):
    server.reply = (200, body)
    assert "følger" in trouble(model(server)) and "protokollen" in trouble(model(server))


def test_what_does_not_get_through_is_tried_once_more(server):
    server.reply = refused(500)
    trouble(model(server))
    assert len(server.asked) == 2


def test_a_slow_server_is_left(server):
    server.seconds = 1.3
    assert "ikke i tide" in trouble(model(server, llm_timeout=1))


def test_a_closed_door_is_explained():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    llm = connect(Settings(llm_base_url=address, llm_model="liten"))
    assert "svarer ikke" in trouble(llm)


def test_an_odd_text_passes_unchanged(server):
    server.reply = said("Æ, ø og å 🦾 {x}")
    assert model(server).complete("{y} «æøå»").text == "Æ, ø og å 🦾 {x}"
    assert "{y} «æøå»" in server.prompts()[0]


def test_nothing_slow_is_imported_for_who_sets_none():
    code = "import sys, raufoss_assistant.language_model as m; from raufoss_assistant.settings import Settings; m.connect(Settings()); print('openai' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
