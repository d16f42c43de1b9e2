"""The HTTP interface: questions and searches in JSON, with the same answers as the command line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.contract import Json
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.model import Record
from raufoss_assistant.web import SOMETHING_WRONG, export
from raufoss_assistant.web.history import recent

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AskBody(BaseModel):
    """A question, with the conversation so far."""

    question: str
    history: list[Json] | None = None


class SearchBody(BaseModel):
    """A search for the k best passages."""

    query: str
    k: Annotated[int, Field(ge=1, le=100)] = 10


class MatchBody(BaseModel):
    """A need, to be matched with the k best records."""

    query: str
    k: Annotated[int, Field(ge=1, le=100)] = 5


def routes(assistant: Assistant) -> APIRouter:
    """POST /api/ask, /api/search and /api/match; GET /health, and a list as /liste.csv and /liste.xlsx."""
    router = APIRouter()

    @router.post("/api/ask")
    def ask(body: AskBody) -> Json:
        return contract.ask_json(assistant.ask(body.question, recent(contract.turns(body.history))))

    @router.post("/api/search")
    def search(body: SearchBody) -> Json:
        return contract.search_json(body.query, assistant.search(body.query, body.k))

    @router.post("/api/match")
    def match(body: MatchBody) -> Json:
        return contract.match_json(assistant.match(body.query), body.query, body.k)

    @router.api_route("/api/match", methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"])
    @router.api_route("/api/ask", methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"])
    @router.api_route("/api/search", methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"])
    def not_posted(request: Request) -> JSONResponse:
        return JSONResponse({"error": f"Bruk POST på {request.url.path}, med et JSON-objekt."}, 405, {"Allow": "POST"})

    @router.get("/liste.csv")
    def as_csv(q: str, uten: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006 - FastAPI copies it
        return _file(export.as_csv(_records(assistant, q, uten)), "text/csv; charset=utf-8", "liste.csv")

    @router.get("/liste.xlsx")
    def as_xlsx(q: str, uten: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006
        return _file(export.as_xlsx(_records(assistant, q, uten)), _XLSX, "liste.xlsx")

    @router.get("/health")
    def health() -> Json:
        return {"status": "ok", "documents": len(assistant.index().properties), "chunks": len(assistant.index().ids)}

    return router


def _records(assistant: Assistant, question: str, off: list[str]) -> tuple[Record, ...]:
    """The records of an answer.

    Raises:
        UsageError: it has none.
    """
    records = assistant.ask(question, off=off).records
    if not records:
        raise UsageError("Svaret på dette spørsmålet er ingen liste, så det er ingenting å hente.")
    return records


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def explain_errors(app: FastAPI) -> None:
    """Give every error as {"error": Norwegian line}: 400 for wrong use, 503 without a usable index, else 500."""

    @app.exception_handler(RaufossError)
    def known(_: Request, error: RaufossError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 400 if isinstance(error, UsageError) else 503)

    @app.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        places = (detail["loc"][1:] for detail in error.errors())
        fields = sorted({place[0] for place in places if place and isinstance(place[0], str)})
        return _unreadable(f"Se på: {', '.join(fields)}." if fields else "Send et JSON-objekt.")

    @app.exception_handler(HTTPException)
    def undecodable(_: Request, __: HTTPException) -> JSONResponse:
        return _unreadable("Send et JSON-objekt.")

    @app.exception_handler(Exception)
    def unknown(_: Request, __: Exception) -> JSONResponse:
        return JSONResponse({"error": SOMETHING_WRONG}, 500)


def _unreadable(remedy: str) -> JSONResponse:
    return JSONResponse({"error": f"Forespørselen kan ikke leses. {remedy}"}, 400)
