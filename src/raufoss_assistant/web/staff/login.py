"""Logging in to the staff pages and out of them; without a password set, a page that says how to set one."""

from __future__ import annotations

import hashlib
import hmac
import logging
import unicodedata
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from raufoss_assistant.web.staff.gate import COOKIE, HOME, LOG_IN
from raufoss_assistant.web.staff.sessions import SESSION_SECONDS, Attempts, Sessions

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
_WRONG = "Passordet er feil. Prøv igjen."
_log = logging.getLogger(__name__)
"""Log-ins are told at the level of warnings: it is shown where nobody has set up logging."""


def login_routes(password: str, sessions: Sessions, attempts: Attempts) -> APIRouter:
    """GET and POST /ansatt/logg-inn, POST /ansatt/logg-ut, and /ansatt without a stroke."""
    router = APIRouter()

    @router.get("/ansatt")
    def stroke() -> Response:
        return RedirectResponse(HOME, 308)

    @router.get(LOG_IN)
    def form(request: Request) -> Response:
        if sessions.valid(request.cookies.get(COOKIE)):
            return RedirectResponse(HOME, 303)
        return _page()

    @router.post(LOG_IN)
    def log_in(request: Request, passord: Annotated[str, Form()] = "") -> Response:
        address = request.client.host if request.client else "ukjent"
        right = _same(passord, password)
        if wait := attempts.judge(address, right=right):
            _log.warning("Staff log-in refused: %s must wait %d s", address, wait)
            said = f"For mange feil forsøk. Vent {_duration(wait)}, og prøv igjen."
            return _page(said, 429, {"Retry-After": str(wait)})
        if not right:
            _log.warning("Staff log-in failed: wrong password from %s", address)
            return _page(_WRONG, 401)
        _log.warning("Staff log-in from %s", address)
        response = RedirectResponse(HOME, 303)
        response.set_cookie(
            COOKIE,
            sessions.open(),
            max_age=SESSION_SECONDS,
            path="/ansatt",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    @router.post("/ansatt/logg-ut")
    def log_out(request: Request) -> Response:
        sessions.close(request.cookies.get(COOKIE))
        response = RedirectResponse(LOG_IN, 303)
        response.delete_cookie(COOKIE, path="/ansatt")
        return response

    return router


def closed_routes() -> APIRouter:
    """What the log-in page says where no password is set; the gate leads there."""
    router = APIRouter()

    @router.get(LOG_IN)
    def closed() -> Response:
        return HTMLResponse(_TEMPLATES.get_template("login.html.j2").render(closed=True, error=None), 503)

    return router


def _page(error: str | None = None, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    html = _TEMPLATES.get_template("login.html.j2").render(closed=False, error=error)
    return HTMLResponse(html, status, {"Cache-Control": "no-store", **(headers or {})})


def _same(given: str, password: str) -> bool:
    """Compared by their digests, in a time that tells nothing of how much is alike."""
    return hmac.compare_digest(_digest(given), _digest(password))


def _digest(password: str) -> bytes:
    composed = unicodedata.normalize("NFC", password.strip())
    return hashlib.sha256(composed.encode("utf-8", "replace")).digest()


def _duration(seconds: int) -> str:
    """How long, rounded up.

    Example:
        >>> _duration(60), _duration(61), _duration(1)
        ('60 sekunder', '2 minutter', '1 sekund')
    """
    if seconds <= 60:
        return f"{seconds} sekund{'er' if seconds > 1 else ''}"
    return f"{-(-seconds // 60)} minutter"
