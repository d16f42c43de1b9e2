"""What reaches the web server from outside, and what a browser may do with what it gets back."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from raufoss_assistant.web import SOMETHING_WRONG
from raufoss_assistant.web.interfaces.origins import framing
from raufoss_assistant.web.interfaces.refusals import refusal
from raufoss_assistant.web.links import DOCUMENT, FILE, PAGE_IMAGE

LARGEST_REQUEST = 1_000_000
"""Bytes; a larger request, or one that does not say how large it is, is refused."""

_UPLOAD = "/ansatt/gradio_api/upload"
_GRADIO = (
    "/",
    "/theme.css",
    "/favicon.ico",
    "/manifest.json",
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/app_id",
)
_PATHS = {
    "/ny",
    "/health",
    "/api/ask",
    "/api/search",
    "/api/match",
    "/api",
    "/api/openapi.json",
    "/v1/chat/completions",
    "/v1/models",
    "/mcp",
    "/metrics",
    "/bygg-inn.js",
    "/liste.csv",
    "/liste.xlsx",
    "/samtale.md",
    "/samtale.pdf",
    "/ansatt",
    "/ansatt/logg-inn",
    "/ansatt/logg-ut",
    "/ansatt/gradio_api/upload_progress",
    _UPLOAD,
    *_GRADIO,
    *(f"/ansatt{path}" for path in _GRADIO),
}
_GRADIO_FOLDERS = ("/assets/", "/static/", "/gradio_api/heartbeat/")
_FOLDERS = (*_GRADIO_FOLDERS, *(f"/ansatt{path}" for path in _GRADIO_FOLDERS), DOCUMENT, PAGE_IMAGE, FILE)
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Protection:
    """ASGI middleware: only the addresses the pages and the interface use, requests of a sane size, strict headers.

    Gradio brings many more endpoints (files, proxying, direct calls); none of them is reachable; only staff upload.

    Args:
        app: what is protected.
        largest_upload: bytes that staff may upload at once.
        origins: other sites that may show the chat in a frame.

    Example:
        >>> app = FastAPI()
        >>> app.add_middleware(Protection)
    """

    def __init__(self, app: ASGIApp, largest_upload: int = LARGEST_REQUEST, origins: Sequence[str] = ()) -> None:
        self._app = app
        self._largest_upload = largest_upload
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on; either way, and after a fault, the response carries the headers."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_headers(scope["path"], self._origins))
            await send(message)

        try:
            await (_refusal(scope, self._largest_upload) or self._app)(scope, receive, send_with_headers)
        except Exception:
            if not started:
                await refusal(scope["path"], SOMETHING_WRONG, 500)(scope, receive, send_with_headers)
            raise


def listed(path: str) -> str | None:
    """The address of ours, or the folder of addresses, that a path falls under; None for one that is not reachable.

    Example:
        >>> listed("/assets/index.js"), listed("/gradio_api/upload")
        ('/assets/', None)
    """
    return path if path in _PATHS else next((folder for folder in _FOLDERS if path.startswith(folder)), None)


def _headers(path: str, origins: Sequence[str]) -> dict[str, str]:
    ancestors, more = framing(path, origins)
    policy = _policy(path) if path.startswith(FILE) else _HEADERS["Content-Security-Policy"]
    return {**_HEADERS, **more, "Content-Security-Policy": f"{policy}{ancestors}"}


def _policy(path: str) -> str:
    """What a document's own file may do: nothing. Chromium shows no PDF in a sandbox."""
    box = "" if path.lower().endswith(".pdf") else "sandbox; "
    return f"default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; {box}"


def _refusal(scope: Scope, largest_upload: int) -> JSONResponse | None:
    path = scope["path"]
    if scope["type"] != "http" or not listed(path):
        return refusal(path, "Fant ikke siden.", 404)
    size = Headers(scope=scope).get("content-length", "")
    largest = largest_upload if path == _UPLOAD else LARGEST_REQUEST
    if scope["method"] == "POST" and not (size.isdecimal() and int(size) <= largest):
        return refusal(path, "Forespørselen er for stor.", 413)
    return None
