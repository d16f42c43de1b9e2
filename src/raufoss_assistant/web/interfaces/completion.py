"""A question and its answer in the words of OpenAI's protocol for chat completions."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from raufoss_assistant import contract
from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.contract import Json
from raufoss_assistant.errors import UsageError
from raufoss_assistant.model import Answer, Language, Turn
from raufoss_assistant.printed import place
from raufoss_assistant.web.interfaces.openai_bodies import MODEL

_SOURCES: dict[Language, str] = {"nb": "Kilder", "nn": "Kjelder", "en": "Sources"}
_WORD = re.compile(r"\S+\s*|\s+")
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def conversation(messages: Sequence[object]) -> tuple[str, tuple[Turn, ...]]:
    """The question, which is the last message of the user, and the turns before it, oldest first.

    Messages of other roles than user and assistant are left out: nobody outside instructs the assistant.

    Raises:
        UsageError: there is no question, or something is no message of text.

    Example:
        >>> conversation([{"role": "system", "content": "Svar kort."}, {"role": "user", "content": "Hva er TRL?"}])
        ('Hva er TRL?', ())
    """
    said = [_turn(message) for message in messages]
    turns = [turn for turn in said if turn is not None]
    while turns and turns[-1].role != "user":
        turns.pop()
    if not turns:
        raise UsageError(
            'Det er ingen melding med rollen «user» i «messages». Send {"role": "user", "content": tekst}.'
        )
    *before, question = turns
    return question.content, tuple(before)


def _turn(message: object) -> Turn | None:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise UsageError('Hver av «messages» må være {"role": …, "content": tekst}.')
    if message["role"] not in ("user", "assistant"):
        return None
    return Turn(message["role"], _text(message.get("content") or ""))


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise UsageError('«content» må være tekst, eller en liste av {"type": "text", "text": tekst}.')
    for part in content:
        if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
            raise UsageError("Assistenten leser bare tekst. Ta bort bilder, lyd og filer, og skriv spørsmålet.")
    return "\n".join(part["text"] for part in content)


def written(answer: Answer) -> str:
    """The answer in Markdown, and below it the title, kind, date, page and file of each source."""
    if not answer.citations:
        return answer.text
    sources = (f"- [{citation.n}] {literal(place(citation))}" for citation in answer.citations)
    return "\n".join([answer.text, "", f"{_SOURCES[answer.language]}:", "", *sources])


def completion(answer: Answer) -> Json:
    """The answer as one chat completion; `raufoss` is what /api/ask gives."""
    message = {"role": "assistant", "content": written(answer)}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head("chat.completion"), "choices": [choice], "usage": _USAGE, "raufoss": contract.ask_json(answer)}


def events(answer: Answer, *, usage: bool = False) -> Iterator[str]:
    """The answer as server-sent events, word by word; the last one that has a choice has `raufoss` too.

    The whole answer is there before the first word leaves: each of its claims has been proved by then.
    """
    head = _head("chat.completion.chunk")
    more: Json = {"usage": None} if usage else {}

    def event(delta: Json, reason: str | None = None, **last: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
        return _event({**head, "choices": [choice], **more, **last})

    yield event({"role": "assistant", "content": ""})
    for word in _WORD.findall(written(answer)):
        yield event({"content": word})
    yield event({}, "stop", raufoss=contract.ask_json(answer))
    if usage:
        yield _event({**head, "choices": [], "usage": _USAGE})
    yield "data: [DONE]\n\n"


def _head(kind: str) -> Json:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _event(value: Json) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
