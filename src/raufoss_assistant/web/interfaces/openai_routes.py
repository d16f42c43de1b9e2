"""The assistant as a model of OpenAI's: POST /v1/chat/completions and GET /v1/models."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.contract import Json
from raufoss_assistant.web.history import recent
from raufoss_assistant.web.interfaces.completion import completion, conversation, events
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.interfaces.openai_bodies import MODEL, ChatBody, Completion, OpenAIFault
from raufoss_assistant.web.interfaces.refusals import refusal

_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": "raufoss"}
_ABOUT = (
    "Samme svar som /api/ask, på den måten OpenAI-klienter leser. Nøkkelen (Authorization) leses ikke. "
    "temperature, max_tokens, tools og liknende endrer ingenting: svaret er det dokumentene sier. "
    "Meldinger med rollen system leses ikke."
)


def openai_routes(assistant: Assistant, counters: Counters) -> APIRouter:
    """Questions, streamed or not, and the list of the one model there is; any key will do."""
    router = APIRouter()

    @router.post(
        "/v1/chat/completions",
        summary="Spør som OpenAI-klient",
        description=_ABOUT,
        response_model=None,
        responses={
            200: {"model": Completion, "description": "Svaret; med stream kommer det bit for bit."},
            "4XX": {"model": OpenAIFault, "description": "Noe er galt med forespørselen."},
            503: {"model": OpenAIFault, "description": "Indeksen kan ikke brukes."},
        },
    )
    def chat(request: Request, body: ChatBody) -> Response:
        if body.model != MODEL:
            said = f"Modellen «{body.model}» finnes ikke her. Bruk «{MODEL}»."
            return refusal(request.url.path, said, 404, "model_not_found")
        question, before = conversation(body.messages)
        answer = assistant.ask(question, recent(before))
        counters.answered(answer)
        if not body.stream:
            return JSONResponse(completion(answer))
        usage = body.stream_options is not None and body.stream_options.include_usage
        return StreamingResponse(events(answer, usage=usage), media_type="text/event-stream")

    @router.get("/v1/models", include_in_schema=False)
    def models() -> Json:
        return {"object": "list", "data": [_MODEL]}

    return router
