import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from raufoss_assistant.settings import Settings
from raufoss_assistant.web.staff.gate import COOKIE, LOG_IN, StaffGate, largest_upload, user
from raufoss_assistant.web.staff.sessions import Sessions

sessions = Sessions()


@pytest.fixture(scope="module")
def client():
    app = FastAPI()
    app.add_middleware(StaffGate, sessions=sessions)

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def reached(request: Request) -> str:
        return user(sessions, request) or f"{len(await request.body())} bytes"

    with TestClient(app, follow_redirects=False) as client:
        yield client


def cookie():
    return {"Cookie": f"{COOKIE}={sessions.open()}"}


@pytest.mark.parametrize("path", ["/ansatt", "/ansatt/"])
def test_the_page_leads_to_the_log_in(client, path):
    response = client.get(path)
    assert (response.status_code, response.headers["location"]) == (303, LOG_IN)


@pytest.mark.parametrize(
    "path", ["/ansatt/config", "/ansatt/gradio_api/queue/data", "/ansatt/x/../logg-inn/y", "/ansatt//"]
)
def test_the_rest_is_closed(client, path):
    for method in ("GET", "POST"):
        response = client.request(method, path)
        assert response.status_code == 401
        assert "ikke logget inn" in response.json()["error"]


def test_a_guessed_cookie_opens_nothing(client):
    assert client.get("/ansatt/config", headers={"Cookie": f"{COOKIE}=gjettet"}).status_code == 401


def test_a_session_opens_everything_and_has_a_name(client):
    assert client.get("/ansatt/config", headers=cookie()).json() == "ansatt"


@pytest.mark.parametrize("path", ["/", "/ansattes", "/api/ask", LOG_IN])
def test_what_is_not_for_staff_passes(client, path):
    assert client.get(path).json() == "0 bytes"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_post_from_another_site_is_stopped_even_with_the_cookie(client, headers):
    for path in ("/ansatt/gradio_api/queue/join", LOG_IN, "/ansatt/logg-ut"):
        assert client.post(path, headers={**cookie(), **headers}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://assistent.example"},
    ],
)
def test_a_post_from_here_passes(client, headers):
    assert client.post("/ansatt/gradio_api/queue/join", headers={**cookie(), **headers}).json() == "ansatt"


def test_some_of_the_largest_files_can_be_uploaded_at_once():
    assert largest_upload(Settings(max_file_mb=7)) == 70_000_000
