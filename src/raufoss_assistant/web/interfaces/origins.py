"""Which other sites may show the chat in a frame, and call the interface from a visitor's browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = Path(__file__).with_name("bygg-inn.js")
_PAGES = ("/", "/ny")
_PAGES_UNDER = ("/dokument/",)
_STAFF = ("/ansatt", "/ansatt/")
_CALLABLE = ("/api/", "/v1/")
_ALLOWING = b"access-control-"
_REMEMBERED = 600
"""Seconds that a browser need not ask again whether it may call."""


def framing(path: str, origins: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What says who may show a page in a frame: a directive of the Content-Security-Policy, and other headers.

    The pages for visitors may be shown by us and by the given origins, the staff pages by nobody, all else by us.
    X-Frame-Options cannot name an origin, so it is left out where one is allowed.

    Example:
        >>> framing("/", ["https://www.example.org"])
        ("frame-ancestors 'self' https://www.example.org", {})
    """
    if path == _STAFF[0] or path.startswith(_STAFF[1]):
        return "frame-ancestors 'none'", {"X-Frame-Options": "DENY"}
    if origins and (path in _PAGES or path.startswith(_PAGES_UNDER)):
        return " ".join(["frame-ancestors 'self'", *origins]), {}
    return "frame-ancestors 'self'", {"X-Frame-Options": "SAMEORIGIN"}


class CrossOrigin:
    """ASGI middleware: pages of the given origins may call what is under /api and /v1, without cookies.

    Nothing else may be called from another origin, whatever Gradio says of its own addresses.

    Example:
        >>> app = FastAPI()
        >>> app.add_middleware(CrossOrigin, origins=["https://www.example.org"])
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._shared = CORSMiddleware(
            app, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["*"], max_age=_REMEMBERED
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a browser asks first, and say on each response who may read it."""
        if scope["type"] == "http" and scope["path"].startswith(_CALLABLE):
            await self._shared(scope, receive, send)
            return

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                message["headers"] = [each for each in headers if not each[0].lower().startswith(_ALLOWING)]
            await send(message)

        await self._app(scope, receive, closed)


def embedding_routes() -> APIRouter:
    """GET /bygg-inn.js, the script that puts the chat behind a button on another site's page."""
    router = APIRouter()

    @router.get("/bygg-inn.js", include_in_schema=False)
    def script() -> FileResponse:
        return FileResponse(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "public, max-age=3600"})

    return router
