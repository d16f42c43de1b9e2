"""What OpenAI's protocol for chat completions takes and gives here, for OpenAPI to show."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from raufoss_assistant.contract import Json
from raufoss_assistant.web.interfaces.bodies import AskAnswer, Shape

MODEL = "raufoss-assistenten"
"""The only model there is."""


class StreamOptions(BaseModel):
    """What a stream is to hold beside the answer."""

    include_usage: bool = False


class ChatBody(BaseModel):
    """A request for a chat completion; what else OpenAI's protocol has (temperature, tools, …) changes nothing here."""

    model: str = Field(default=MODEL, description=f"Alltid «{MODEL}».")
    messages: list[Json] = Field(
        description="Samtalen, eldst først. Den siste med rollen user er spørsmålet; system leses ikke.",
        json_schema_extra={
            "items": {
                "type": "object",
                "required": ["role"],
                "properties": {
                    "role": {"enum": ["system", "developer", "user", "assistant", "tool"]},
                    "content": {"description": 'Tekst, eller en liste av {"type": "text", "text": …}.'},
                },
            }
        },
    )
    stream: bool = Field(default=False, description="Om svaret skal komme bit for bit (text/event-stream).")
    stream_options: StreamOptions | None = Field(default=None, description="include_usage: avslutt med usage.")
    n: Literal[1] | None = Field(default=None, description="Antall svar: alltid 1.")


class Message(Shape):
    """The answer."""

    role: Literal["assistant"]
    content: str = Field(description="Svaret i Markdown, med kildene nederst.")


class Choice(Shape):
    """The one choice there is."""

    index: Literal[0]
    message: Message
    finish_reason: Literal["stop"]
    logprobs: None


class Usage(Shape):
    """Always zero; what a language model read and wrote stands in `raufoss.generation`."""

    prompt_tokens: Literal[0]
    completion_tokens: Literal[0]
    total_tokens: Literal[0] = Field(
        description="Alltid 0; det en språkmodell leser og skriver, står i «raufoss.generation»."
    )


class Completion(Shape):
    """An answer as OpenAI's clients read it, with all its sources beside it."""

    id: str
    object: Literal["chat.completion"]
    created: int = Field(description="Sekunder siden 1970.")
    model: Literal["raufoss-assistenten"]
    choices: list[Choice] = Field(min_length=1, max_length=1)
    usage: Usage
    raufoss: AskAnswer = Field(description="Det samme svaret som /api/ask gir, med alle kilder og sitater.")


class OpenAIError(Shape):
    """What is wrong."""

    message: str = Field(description="Én linje på norsk: hva som er galt, og hva som må gjøres.")
    type: Literal["invalid_request_error", "server_error"]
    param: None
    code: str | None


class OpenAIFault(Shape):
    """An error as clients of OpenAI read it."""

    error: OpenAIError
