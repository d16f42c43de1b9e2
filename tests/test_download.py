import io

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from conversations import talk
from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.saved import Savings


@pytest.fixture(scope="module")
def client(small_assistant):
    with TestClient(create_app(small_assistant), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def sealed(small_assistant):
    return Savings(small_assistant).packed(talk(small_assistant, "Hvor stor er Læringsfabrikken?"))


def test_a_sealed_conversation_becomes_a_pdf(client, sealed):
    response = client.post("/samtale.pdf", json={"sealed": sealed})
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Læringsfabrikken" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_a_sealed_conversation_becomes_markdown(client, sealed):
    response = client.post("/samtale.md", json={"sealed": sealed})
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert "## Hvor stor er Læringsfabrikken?" in response.text


@pytest.mark.parametrize("path", ["/samtale.md", "/samtale.pdf"])
@pytest.mark.parametrize("body", [{}, [], {"sealed": 7}, {"sealed": ""}, {"sealed": "AAAA"}, {"sealed": None}])
def test_what_was_not_sealed_here_is_refused_in_norwegian(client, path, body):
    response = client.post(path, json=body)
    assert response.status_code == 400
    assert "kan ikke" in response.json()["error"]


def test_it_is_asked_for_by_post_only(client):
    assert client.get("/samtale.pdf").status_code >= 400
