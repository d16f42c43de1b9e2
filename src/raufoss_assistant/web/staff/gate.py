"""The gate before everything under /ansatt: who is not logged in gets no further, before a request's body is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from raufoss_assistant.settings import Settings
from raufoss_assistant.web.staff.access import STAFF
from raufoss_assistant.web.staff.sessions import Sessions

HOME = "/ansatt/"
LOG_IN = "/ansatt/logg-inn"
COOKIE = "raufoss-ansatt"
_FOREIGN = "Forespørselen kommer fra et annet nettsted og er stoppet. Åpne siden på nytt."
_LOGGED_OUT = "Du er ikke logget inn. Last siden på nytt."


_FILES_AT_ONCE = 10


class StaffGate:
    """ASGI middleware that lets through what is not under /ansatt, the log-in page, and requests with a valid session.

    What changes something (POST) must come from a page of ours.

    Example:
        >>> app = FastAPI()
        >>> app.add_middleware(StaffGate, sessions=Sessions())
    """

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, send it to the log-in page, or pass it on."""
        refusal = None
        if scope["type"] == "http" and (scope["path"] == "/ansatt" or scope["path"].startswith("/ansatt/")):
            refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        if request.method == "POST" and not _from_here(request):
            return JSONResponse({"error": _FOREIGN}, 403)
        inside = self._sessions.valid(request.cookies.get(COOKIE))
        if request.url.path == LOG_IN or inside:
            return None
        if request.url.path in ("/ansatt", HOME):
            return RedirectResponse(LOG_IN, 303)
        return JSONResponse({"error": _LOGGED_OUT}, 401)


def user(sessions: Sessions, request: Request) -> str | None:
    """The name that Gradio knows the visitor by: None for who is not logged in."""
    return STAFF if sessions.valid(request.cookies.get(COOKIE)) else None


def largest_upload(settings: Settings) -> int:
    """Bytes that may be uploaded at once: some files of the largest size."""
    return _FILES_AT_ONCE * settings.max_file_mb * 1_000_000


def _from_here(request: Request) -> bool:
    """Whether a browser says that the request comes from a page of this site; a program says nothing.

    The browser's own word (Sec-Fetch-Site) goes before a comparison with the host, which a proxy may have rewritten.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
