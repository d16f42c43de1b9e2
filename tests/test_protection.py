import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse

from raufoss_assistant.web.protection import LARGEST_REQUEST, Protection, _headers, listed


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


@pytest.mark.parametrize("path", ["/dokument", "/dokumenter/x", "/fil", "/filer/x", "/x/fil/y"])
def test_only_what_lies_under_them_is_a_document(client, path):
    assert client.get(path).status_code == 404
    assert listed(path) is None


def test_a_file_may_do_nothing():
    assert listed("/fil/kurs/a.md") == "/fil/"
    policies = {name: _headers(f"/fil/kurs/{name}", ())["Content-Security-Policy"] for name in ("a.html", "a.PDF")}
    assert all(policy.startswith("default-src 'none'") and "script-src" not in policy for policy in policies.values())
    assert "sandbox;" in policies["a.html"]
    assert "sandbox" not in policies["a.PDF"]  # Chromium shows no PDF in one


@pytest.mark.parametrize("path", ["/assets/page.js", "/nowhere"])
def test_every_response_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/metrics", "/metrics"),
        ("/assets/index.js", "/assets/"),
        ("/gradio_api/upload", None),
        ("/gradio_api/mcp", None),
        ("/mcp/sse", None),
        ("/v1/embeddings", None),
        ("/metrics/", None),
    ],
)
def test_an_address_is_known_by_where_it_is_listed(path, place):
    assert listed(path) == place


def test_under_v1_a_refusal_is_as_openai_writes_it(client):
    assert client.get("/v1/files").json()["error"]["message"] == "Fant ikke siden."


def test_allowed_origins_may_show_pages_for_visitors_and_no_others():
    app = FastAPI()
    app.add_middleware(Protection, origins=("https://www.example.org",))
    client = TestClient(app)
    shown = client.get("/ny").headers
    assert shown["Content-Security-Policy"].endswith("frame-ancestors 'self' https://www.example.org")
    assert "X-Frame-Options" not in shown
    assert client.get("/ansatt").headers["X-Frame-Options"] == "DENY"
    assert client.get("/assets/page.js").headers["X-Frame-Options"] == "SAMEORIGIN"


def test_staff_alone_upload_and_more_than_others_send():
    app = FastAPI()
    app.add_middleware(Protection, largest_upload=3 * LARGEST_REQUEST)

    @app.post("/ansatt/gradio_api/{path}")
    async def reached(path: str, request: Request) -> int:
        return len(await request.body())

    client = TestClient(app)
    assert client.post("/ansatt/gradio_api/upload", content=b"x" * (3 * LARGEST_REQUEST)).status_code == 200
    assert client.post("/ansatt/gradio_api/upload", content=b"x" * (3 * LARGEST_REQUEST + 1)).status_code == 413
    assert client.post("/ansatt/gradio_api/cancel", content=b"x" * (LARGEST_REQUEST + 1)).status_code == 413
    assert client.post("/ansatt/gradio_api/run", content=b"x").status_code == 404
    assert client.post("/gradio_api/upload", content=b"x").status_code == 404
