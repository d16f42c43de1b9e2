import asyncio

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import Exchange, Opinion
from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.replies import Replies

QUESTION = "Hvor stor er Læringsfabrikken?"
UNANSWERED = "Hva er dagsprisen på metallprinteren?"


def figures(text):
    """All samples by name and labels."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def client(small_assistant):
    return TestClient(create_app(small_assistant), raise_server_exceptions=False)


def test_each_figure_has_a_norwegian_explanation(client):
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    assert all(family.name.startswith("raufoss") and family.documentation.endswith(".") for family in families)


def test_requests_are_counted_by_address_and_status(client):
    client.post("/api/ask", json={"question": QUESTION})
    client.post("/api/ask", json={"question": ""})
    client.get("/gradio_api/upload")
    client.get("/hemmelig/4711")
    client.get("/static/nowhere.js")
    found = figures(client.get("/metrics").text)
    assert found["raufoss_requests_total", "/api/ask", "200"] == 1
    assert found["raufoss_requests_total", "/api/ask", "400"] == 1
    assert found["raufoss_requests_total", "404", "annet"] == 2
    assert ("raufoss_requests_total", "/static/", "404") in found


def test_answers_are_counted_wherever_they_are_asked_for(client):
    client.post("/api/ask", json={"question": QUESTION})
    client.post("/api/ask", json={"question": UNANSWERED})
    client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": QUESTION}]})
    client.post("/api/search", json={"query": QUESTION})
    text = client.get("/metrics").text
    found = figures(text)
    assert found["raufoss_answers_total", "answered", "extractive"] == 2
    assert found["raufoss_answers_total", "extractive", "not_found"] == 1
    assert found["raufoss_answer_seconds_count", "total"] == 3
    assert 0 < found["raufoss_answer_seconds_sum", "retrieval"] < found["raufoss_answer_seconds_sum", "total"]
    assert not {"Læringsfabrikken", "metallprinter", "testclient", "127.0.0.1"} & set(text.replace('"', " ").split())


def test_questions_of_the_chat_are_counted(small_assistant):
    counters = Counters(small_assistant)

    async def ask():
        return [step async for step in Replies(small_assistant, counters).respond(UNANSWERED, ())]

    asyncio.run(ask())
    assert figures(counters.text())["raufoss_answers_total", "extractive", "not_found"] == 1


def test_an_error_nobody_foresaw_is_counted(settings):
    class Broken(Assistant):
        def search(self, query, k=10):
            raise ZeroDivisionError

    client = TestClient(create_app(Broken(settings)), raise_server_exceptions=False)
    client.post("/api/search", json={"query": "robot"})
    assert figures(client.get("/metrics").text)["raufoss_requests_total", "/api/search", "500"] == 1


def test_the_index_is_measured(client, small_assistant):
    found = figures(client.get("/metrics").text)
    assert found["raufoss_index_usable",] == 1
    assert found["raufoss_index_documents",] == 4
    assert found["raufoss_index_passages",] == len(small_assistant.index().ids)
    assert found["raufoss_info", "0.1.0"] == 1
    assert 0 <= found["raufoss_uptime_seconds",] < 60


def test_without_an_index_the_rest_is_told(settings):
    found = figures(Counters(Assistant(settings)).text())
    assert found["raufoss_index_usable",] == 0
    assert ("raufoss_index_documents",) not in found
    assert ("raufoss_uptime_seconds",) in found


def test_feedback_is_counted_and_a_damaged_log_is_left_out(small_assistant, tmp_path):
    from dataclasses import replace

    assistant = Assistant(replace(small_assistant.settings, data_dir=tmp_path))
    counters = Counters(assistant)
    log = FeedbackLog(tmp_path)
    exchange = Exchange.of(small_assistant.ask(QUESTION), (), "generasjon", "modell")
    for opinion in (Opinion("up"), Opinion("down", ("wrong",)), Opinion("down", ("other",), "kari@example.org")):
        log.add(exchange, opinion)
    log.mark(2, state="avvist")
    found = figures(counters.text())
    assert found["raufoss_feedback", "ny", "up"] == 1
    assert found["raufoss_feedback", "avvist", "down"] == 1
    assert "example" not in counters.text()
    log.file.write_bytes(b"ikke en database" * 100)
    found = figures(counters.text())
    assert not any(name == "raufoss_feedback" for name, *_ in found)
    assert ("raufoss_uptime_seconds",) in found


def test_two_servers_count_apart(small_assistant):
    one, other = Counters(small_assistant), Counters(small_assistant)
    one.answered(small_assistant.ask(QUESTION))
    assert "raufoss_answers_total{" in one.text()
    assert "raufoss_answers_total{" not in other.text()
