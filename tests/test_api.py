import json

import pytest
from fastapi.testclient import TestClient

from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.application import create_app
from record_corpus import record_assistant  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def client(small_assistant):
    return TestClient(create_app(small_assistant))


def test_health(client, small_assistant):
    health = {"status": "ok", "documents": 4, "chunks": len(small_assistant.index().ids)}
    assert client.get("/health").json() == health


def test_health_without_an_index_says_why(settings):
    response = TestClient(create_app(Assistant(settings))).get("/health")
    assert response.status_code == 503
    told = response.json()
    assert (told["status"], told["documents"], told["chunks"]) == ("error", 0, 0)
    assert "raufoss index" in told["error"]


def test_answers_are_byte_for_byte_those_of_the_contract(assistant):
    need = "Vi er 9 ansatte – på Lena – og trenger hjelp med sveising"
    said = contract.match_json(assistant.match(need), need, 3)
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    response = TestClient(create_app(assistant)).post("/api/match", json={"query": need, "k": 3})
    assert response.content == written


def test_metrics_are_text_for_prometheus(client):
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert "raufoss_index_documents 4.0" in response.text


def test_ask(client):
    answer = client.post("/api/ask", json={"question": "Hvor stor er Læringsfabrikken?"}).json()
    assert answer["status"] == "answered"
    assert "1 500 kvadratmeter" in answer["answer"]
    assert answer["citations"][0]["document"] == "klynge/laeringsfabrikken.md"


def test_ask_with_history(client):
    history = [{"role": "user", "content": "Hva er SkatteFUNN?"}, {"role": "assistant", "content": "En ordning."}]
    answer = client.post("/api/ask", json={"question": "Og når er fristen?", "history": history}).json()
    assert answer["search_query"] == "SkatteFUNN: når er fristen?"


def test_search(client):
    hits = client.post("/api/search", json={"query": "robot", "k": 2}).json()["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2]


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/api/ask", {"question": " "}, "tomt"),
        ("/api/ask", {"question": "a" * 5000}, "for langt"),
        ("/api/ask", {}, "question"),
        ("/api/ask", {"question": 3}, "question"),
        ("/api/ask", {"question": "Hva?", "history": [{"role": "system", "content": "x"}]}, "Historikken"),
        ("/api/ask", {"question": "Hva?", "history": [3]}, "Se på: history."),
        ("/api/search", {"query": "robot", "k": 0}, "Se på: k."),
        ("/api/search", {"query": "robot", "k": "mange"}, "Se på: k."),
        ("/api/match", {"query": ""}, "tomt"),
        ("/api/match", {"query": "?"}, "tomt"),
        ("/api/match", {}, "Se på: query."),
        ("/api/match", {"query": "robot", "k": 101}, "Se på: k."),
    ],
)
def test_wrong_use_is_explained_in_norwegian(client, path, body, said):
    response = client.post(path, json=body)
    assert response.status_code == 400
    assert said in response.json()["error"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_json_object(client, content):
    response = client.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["error"] == "Forespørselen kan ikke leses. Send et JSON-objekt."


def test_half_a_letter_is_dropped(client):
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/ask", content=rb'{"question": "\ud800 Hva?"}', headers=headers)
    assert response.json()["question"] == "Hva?"


def test_a_history_is_cut_before_it_is_read(client):
    long = [{"role": "user", "content": "Hva er SkatteFUNN? " + "x " * 5000}] * 60
    answer = client.post("/api/ask", json={"question": "Og når er fristen?", "history": long}).json()
    assert answer["search_query"] == "SkatteFUNN: når er fristen?"
    late = [{"role": "user", "content": "x " * 2000 + "Hva er SkatteFUNN?"}]
    answer = client.post("/api/ask", json={"question": "Og når er fristen?", "history": late}).json()
    assert "SkatteFUNN" not in answer["search_query"]


def test_an_unforeseen_error_says_nothing_of_itself(settings):
    class Broken(Assistant):
        def ask(self, question, history=(), off=()):
            raise ZeroDivisionError("hemmelig sti")

    client = TestClient(create_app(Broken(settings)), raise_server_exceptions=False)
    response = client.post("/api/ask", json={"question": "Hva?"})
    assert response.status_code == 500
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.json() == {"error": "Noe gikk galt. Prøv igjen."}


def test_without_an_index_the_remedy_is_named(settings):
    response = TestClient(create_app(Assistant(settings))).post("/api/ask", json={"question": "Hva er en katapult?"})
    assert response.status_code == 503
    assert "raufoss index" in response.json()["error"]


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_another_method_is_told_to_post(client, method):
    response = getattr(client, method)("/api/ask")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "Bruk POST" in response.json()["error"]


def test_match_gives_what_the_command_gives(assistant):
    need = "Vi er 9 ansatte og trenger hjelp med sveising"
    answer = TestClient(create_app(assistant)).post("/api/match", json={"query": need, "k": 2}).json()
    assert answer == json.loads(contract.dump(contract.match_json(assistant.match(need), need, 2)))
    assert answer["matches"][0]["id"] == "sveising"
    assert len(answer["matches"]) == 2


def test_match_wants_a_post(client):
    response = client.get("/api/match")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["error"] == "Bruk POST på /api/match, med et JSON-objekt."
