"""The frame of the staff pages: nothing in it answers who is not logged in, whatever way it is asked."""

import inspect
from dataclasses import replace

import gradio as gr
import pytest

from raufoss_assistant.assistant import Assistant
from staff_client import PASSWORD, staff_client


@pytest.fixture(scope="module")
def assistant(small_assistant):
    assistant = Assistant(replace(small_assistant.settings, staff_password=PASSWORD))
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def staff(assistant):
    with staff_client(assistant) as staff:
        yield staff


@pytest.fixture
def outside(staff):
    staff.http.cookies.clear()
    return staff


def test_each_handler_itself_refuses_who_is_not_logged_in(staff):
    """However it is reached, be it through a way into Gradio that the gate does not know of."""
    tried = 0
    for function in staff.functions.values():
        if function.fn is None:
            continue
        with pytest.raises(gr.Error, match="ikke logget inn"):
            given = function.fn(gr.Request(username=None), *[None] * len(function.inputs))
            next(given) if inspect.isgenerator(given) else None
        tried += 1
    assert tried > 10


def test_the_page_leads_to_the_log_in(outside):
    assert "Passord" in outside.http.get("/ansatt").text
    assert "gradio_config" not in outside.http.get("/ansatt/").text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/ansatt/gradio_api/queue/join"),
        ("GET", "/ansatt/gradio_api/queue/data?session_hash=s"),
        ("POST", "/ansatt/gradio_api/upload"),
        ("GET", "/ansatt/gradio_api/upload_progress?upload_id=x"),
        ("POST", "/ansatt/gradio_api/cancel"),
        ("POST", "/ansatt/gradio_api/reset"),
        ("GET", "/ansatt/gradio_api/heartbeat/s"),
        ("GET", "/ansatt/gradio_api/app_id"),
        ("GET", "/ansatt/theme.css"),
        ("GET", "/ansatt/assets/index.js"),
        ("POST", "/ansatt/logg-ut"),
    ],
)
def test_every_endpoint_is_closed_without_the_cookie(outside, method, path):
    assert outside.http.request(method, path).status_code == 401


@pytest.mark.parametrize("logged_in", [False, True])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/ansatt/config"),
        ("GET", "/ansatt/gradio_api/info"),
        ("GET", "/ansatt/gradio_api/file=/etc/passwd"),
        ("GET", "/ansatt/gradio_api/proxy=https://example.org/"),
        ("POST", "/ansatt/gradio_api/run/delete"),
        ("POST", "/ansatt/gradio_api/call/delete"),
        ("POST", "/ansatt/gradio_api/component_server"),
        ("GET", "/ansatt/login"),
    ],
)
def test_what_the_page_does_not_use_is_closed_for_all(outside, method, path, logged_in):
    if logged_in:
        outside.log_in()
    assert outside.http.request(method, path).status_code == 404


def test_the_cookie_of_the_staff_does_not_reach_the_chat(outside):
    outside.log_in()
    sent = outside.http.build_request("GET", "/api/ask")
    assert "cookie" not in sent.headers


def test_who_is_logged_in_gets_the_page(outside):
    outside.log_in()
    page = outside.http.get("/ansatt/").text
    for tab in ("Dokumenter", "Helse"):
        assert f'"label":"{tab}"' in page
    assert PASSWORD not in page


def test_the_chat_beside_it_works_as_before(outside):
    answer = outside.http.post("/api/ask", json={"question": "Hvor stor er Læringsfabrikken?"}).json()
    assert answer["status"] == "answered"
    assert "Dokumenter" not in outside.http.get("/").text


def test_without_a_password_there_are_no_staff_pages(small_assistant):
    from fastapi.testclient import TestClient

    from raufoss_assistant.web.application import create_app

    with TestClient(create_app(small_assistant)) as client:
        page = client.get("/ansatt")
        assert page.status_code == 503
        assert "RAUFOSS_STAFF_PASSWORD" in page.text
        assert client.post("/ansatt/gradio_api/queue/join", json={}).status_code == 401
