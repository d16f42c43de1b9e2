"""The conversation on the page as a file: the browser sends what it was given sealed, and gets a file back."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web import transcript
from raufoss_assistant.web.saved import Savings


class Sealed(BaseModel):
    """A conversation as the browser keeps it."""

    sealed: str


def download_routes(assistant: Assistant) -> APIRouter:
    """POST /samtale.md and /samtale.pdf; nothing is stored, and only what was sealed here is set."""
    router = APIRouter()
    savings = Savings(assistant)

    @router.post("/samtale.md", include_in_schema=False)
    def as_markdown(body: Sealed) -> Response:
        text = transcript.as_markdown(savings.unpacked(body.sealed), dt.datetime.now().astimezone())
        return Response(text, media_type="text/markdown; charset=utf-8")

    @router.post("/samtale.pdf", include_in_schema=False)
    def as_pdf(body: Sealed) -> Response:
        pdf = transcript.as_pdf(savings.unpacked(body.sealed), dt.datetime.now().astimezone())
        return Response(pdf, media_type="application/pdf")

    return router
