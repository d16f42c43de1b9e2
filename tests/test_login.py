import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from raufoss_assistant.web.staff.gate import COOKIE, StaffGate
from raufoss_assistant.web.staff.login import closed_routes, login_routes
from raufoss_assistant.web.staff.sessions import Attempts, Sessions

PASSWORD = "blåbærsyltetøy på brød"


def client(router, sessions, base="http://testserver"):
    app = FastAPI()
    app.add_middleware(StaffGate, sessions=sessions)
    app.include_router(router)

    @app.get("/ansatt/")
    def inside() -> str:
        return "inne"

    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.fixture
def sessions():
    return Sessions()


@pytest.fixture
def staff(sessions):
    return client(login_routes(PASSWORD, sessions, Attempts()), sessions)


def test_the_page_is_norwegian_and_labelled(staff):
    page = staff.get("/ansatt/logg-inn")
    assert page.status_code == 200
    for part in ('lang="nb"', '<label for="passord">', 'autocomplete="current-password"', 'type="password"'):
        assert part in page.text
    assert 'role="alert"' not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", [PASSWORD, f" {PASSWORD} ", "bla\u030ab\u00e6rsyltet\u00f8y pa\u030a br\u00f8d"])
def test_the_right_password_opens_with_a_strict_cookie(staff, given):
    response = staff.post("/ansatt/logg-inn", data={"passord": given})
    assert (response.status_code, response.headers["location"]) == (303, "/ansatt/")
    made = response.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/ansatt", "Max-Age=28800"):
        assert part in made
    assert "Secure" not in made
    assert staff.get("/ansatt/").json() == "inne"
    assert staff.get("/ansatt/logg-inn").headers["location"] == "/ansatt/"
    assert staff.get("/ansatt").headers["location"] == "/ansatt/"


def test_over_https_the_cookie_is_secure(sessions):
    safe = client(login_routes(PASSWORD, sessions, Attempts()), sessions, "https://testserver")
    assert "Secure" in safe.post("/ansatt/logg-inn", data={"passord": PASSWORD}).headers["set-cookie"]


@pytest.mark.parametrize("given", ["", "feil", PASSWORD[:-1], f"{PASSWORD}x", PASSWORD.upper(), "\x00", "x" * 100_000])
def test_a_wrong_password_is_told_and_never_logged(staff, given, caplog):
    caplog.set_level(logging.DEBUG)
    response = staff.post("/ansatt/logg-inn", data={"passord": given})
    assert response.status_code == 401
    assert 'role="alert"' in response.text and "Passordet er feil" in response.text
    assert "set-cookie" not in response.headers
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("raufoss"))
    assert told == "Staff log-in failed: wrong password from testclient"


def test_after_five_the_right_one_must_wait_too(staff):
    for _ in range(4):
        assert staff.post("/ansatt/logg-inn", data={"passord": "feil"}).status_code == 401
    for given in ("feil", PASSWORD):
        response = staff.post("/ansatt/logg-inn", data={"passord": given})
        assert response.status_code == 429
        assert "Vent 60 sekunder, og prøv igjen." in response.text
        assert response.headers["retry-after"] == "60"
    assert staff.get("/ansatt/").status_code == 303


def test_logging_out_ends_the_session_itself(staff):
    staff.post("/ansatt/logg-inn", data={"passord": PASSWORD})
    key = staff.cookies[COOKIE]
    assert staff.get("/ansatt/logg-ut").status_code == 405
    assert staff.post("/ansatt/logg-ut").headers["location"] == "/ansatt/logg-inn"
    staff.cookies.clear()
    assert staff.get("/ansatt/", headers={"Cookie": f"{COOKIE}={key}"}).status_code == 303


def test_a_session_does_not_outlive_the_server(staff):
    staff.post("/ansatt/logg-inn", data={"passord": PASSWORD})
    fresh = Sessions()
    restarted = client(login_routes("et annet passord", fresh, Attempts()), fresh)
    assert restarted.get("/ansatt/", headers={"Cookie": f"{COOKIE}={staff.cookies[COOKIE]}"}).status_code == 303


def test_without_a_password_the_page_says_how_to_set_one(sessions):
    closed = client(closed_routes(), sessions)
    assert closed.get("/ansatt/").headers["location"] == "/ansatt/logg-inn"
    page = closed.get("/ansatt/logg-inn")
    assert page.status_code == 503
    assert "RAUFOSS_STAFF_PASSWORD" in page.text and "<form" not in page.text
    assert closed.post("/ansatt/logg-inn", data={"passord": ""}).status_code == 405
