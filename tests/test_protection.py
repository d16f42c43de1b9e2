import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse

from raufoss_assistant.web.protection import LARGEST_REQUEST, Protection


@pytest.fixture
def client():
    app = FastAPI()
    app.add_middleware(Protection)

    @app.post("/api/ask")
    async def ask(request: Request) -> int:
        return len(await request.body())

    @app.get("/assets/page.js")
    def asset() -> str:
        return "page"

    @app.get("/gradio_api/upload")
    def upload() -> str:
        return "reached"

    return TestClient(app)


def test_known_addresses_pass(client):
    assert client.get("/assets/page.js").json() == "page"
    assert client.post("/api/ask", content=b"x" * LARGEST_REQUEST).json() == LARGEST_REQUEST


def test_other_addresses_do_not(client):
    response = client.get("/gradio_api/upload")
    assert response.status_code == 404
    assert response.json() == {"error": "Fant ikke siden."}


def test_what_is_too_large_or_of_unknown_size_is_refused(client):
    assert client.post("/api/ask", content=b"x" * (LARGEST_REQUEST + 1)).status_code == 413
    assert client.post("/api/ask", content=iter([b"x"])).status_code == 413
    assert client.post("/api/ask", headers={"Content-Length": "-1"}).status_code == 413


def test_a_websocket_is_refused(client):
    with pytest.raises(WebSocketDenialResponse), client.websocket_connect("/api/ask"):
        pass


@pytest.mark.parametrize("path", ["/assets/page.js", "/nowhere"])
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
