"""The HTTP interface: questions and searches in JSON, with the same answers as the command line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.contract import Json
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.model import Record
from raufoss_assistant.web import export
from raufoss_assistant.web.history import recent
from raufoss_assistant.web.interfaces.bodies import (
    AskAnswer,
    AskBody,
    Fault,
    Health,
    MatchAnswer,
    MatchBody,
    SearchAnswer,
    SearchBody,
    Unhealthy,
)
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.interfaces.refusals import refusal

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OTHERS = ["GET", "HEAD", "PUT", "PATCH", "DELETE"]
_FAULTS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Fault, "description": "Noe er galt med forespørselen."},
    503: {"model": Fault, "description": "Indeksen kan ikke brukes."},
}


def routes(assistant: Assistant, counters: Counters) -> APIRouter:
    """POST /api/ask, /api/search and /api/match; GET /health and /metrics; a list as /liste.csv and /liste.xlsx."""
    router = APIRouter()

    @router.post(
        "/api/ask",
        summary="Still et spørsmål",
        description="Svar fra dokumentene, med kilder. Står det ikke der, er status «not_found».",
        response_model=None,
        responses={200: {"model": AskAnswer, "description": "Svaret."}, **_FAULTS},
    )
    def ask(body: AskBody) -> Json:
        answer = assistant.ask(body.question, recent(contract.turns(body.history)))
        counters.answered(answer)
        return contract.ask_json(answer)

    @router.post(
        "/api/search",
        summary="Finn utdrag",
        description="Utdragene i dokumentene som passer best til et søk.",
        response_model=None,
        responses={200: {"model": SearchAnswer, "description": "Utdragene."}, **_FAULTS},
    )
    def search(body: SearchBody) -> Json:
        return contract.search_json(body.query, assistant.search(body.query, body.k))

    @router.post(
        "/api/match",
        summary="Finn tilbud som passer til et behov",
        description="Tjenester, kurs og støtteordninger for det en bedrift trenger, med grunner og innvendinger.",
        response_model=None,
        responses={200: {"model": MatchAnswer, "description": "Tilbudene."}, **_FAULTS},
    )
    def match(body: MatchBody) -> Json:
        return contract.match_json(assistant.match(body.query), body.query, body.k)

    @router.api_route("/api/match", methods=_OTHERS, include_in_schema=False)
    @router.api_route("/api/ask", methods=_OTHERS, include_in_schema=False)
    @router.api_route("/api/search", methods=_OTHERS, include_in_schema=False)
    @router.api_route("/v1/chat/completions", methods=_OTHERS, include_in_schema=False)
    def not_posted(request: Request) -> JSONResponse:
        said = f"Bruk POST på {request.url.path}, med et JSON-objekt."
        return refusal(request.url.path, said, 405, headers={"Allow": "POST"})

    @router.get("/liste.csv", include_in_schema=False)
    def as_csv(q: str, uten: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006 - FastAPI copies it
        return _file(export.as_csv(_records(assistant, q, uten)), "text/csv; charset=utf-8", "liste.csv")

    @router.get("/liste.xlsx", include_in_schema=False)
    def as_xlsx(q: str, uten: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006
        return _file(export.as_xlsx(_records(assistant, q, uten)), _XLSX, "liste.xlsx")

    @router.get(
        "/health",
        summary="Se om assistenten virker",
        description="For den som passer på tjeneren: 200 når indeksen kan brukes, ellers 503 med grunnen.",
        response_model=None,
        responses={
            200: {"model": Health, "description": "Indeksen kan brukes."},
            503: {"model": Unhealthy, "description": "Indeksen kan ikke brukes."},
        },
    )
    def health() -> JSONResponse:
        try:
            index = assistant.index()
        except RaufossError as error:
            return JSONResponse({"status": "error", "documents": 0, "chunks": 0, "error": str(error)}, 503)
        return JSONResponse({"status": "ok", "documents": len(index.properties), "chunks": len(index.ids)})

    @router.get(
        "/metrics",
        summary="Hent tall til overvåking",
        description="Forespørsler, svar, tid per steg, indeks og tilbakemeldinger i Prometheus-format. "
        "Ingen spørsmål og ingen adresser.",
        response_class=PlainTextResponse,
    )
    def metrics() -> Response:
        return Response(counters.text(), media_type=CONTENT_TYPE_LATEST)

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
    """Give every error as a line of Norwegian: 400 for wrong use, 503 without a usable index."""

    @app.exception_handler(RaufossError)
    def known(request: Request, error: RaufossError) -> JSONResponse:
        return refusal(request.url.path, str(error), 400 if isinstance(error, UsageError) else 503)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        places = (detail["loc"][1:] for detail in error.errors())
        fields = sorted({place[0] for place in places if place and isinstance(place[0], str)})
        return _unreadable(request, f"Se på: {', '.join(fields)}." if fields else "Send et JSON-objekt.")

    @app.exception_handler(HTTPException)
    def undecodable(request: Request, __: HTTPException) -> JSONResponse:
        return _unreadable(request, "Send et JSON-objekt.")


def _unreadable(request: Request, remedy: str) -> JSONResponse:
    return refusal(request.url.path, f"Forespørselen kan ikke leses. {remedy}", 400)
