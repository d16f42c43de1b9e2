"""What reaches the web server from outside, and what a browser may do with what it gets back."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_REQUEST = 1_000_000
"""Bytes; a larger request, or one that does not say how large it is, is refused."""

_PATHS = {
    "/",
    "/ny",
    "/health",
    "/api/ask",
    "/api/search",
    "/api/match",
    "/liste.csv",
    "/liste.xlsx",
    "/theme.css",
    "/favicon.ico",
    "/manifest.json",
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/app_id",
}
_FOLDERS = ("/assets/", "/static/", "/gradio_api/heartbeat/")
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'none'; "
        "frame-ancestors 'self'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class Protection:
    """ASGI middleware: only the addresses the page and the interface use, requests of a sane size, strict headers.

    Gradio brings many more endpoints (uploads, files, proxying, direct calls); none of them is reachable.

    Example:
        >>> app = FastAPI()
        >>> app.add_middleware(Protection)
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or pass it on; either way the response carries the headers."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await (_refusal(scope) or self._app)(scope, receive, send_with_headers)


def _refusal(scope: Scope) -> JSONResponse | None:
    path = scope["path"]
    if scope["type"] != "http" or not (path in _PATHS or path.startswith(_FOLDERS)):
        return JSONResponse({"error": "Fant ikke siden."}, 404)
    size = Headers(scope=scope).get("content-length", "")
    if scope["method"] == "POST" and not (size.isdecimal() and int(size) <= LARGEST_REQUEST):
        return JSONResponse({"error": "Forespørselen er for stor."}, 413)
    return None
