"""Asking the language model, in a thread of its own, so that nothing the server does can hold the one who waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import httpx

from raufoss_assistant.language_model.connection import Wire, connect, http_client
from raufoss_assistant.language_model.faults import (
    CUT_OFF,
    EMPTY,
    FILTERED,
    NO_STREAM,
    UnusableReplyError,
    blames_server,
    fault,
    pause,
)
from raufoss_assistant.language_model.thoughts import Thoughts
from raufoss_assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse

ATTEMPTS = 3
_CONNECT = 5.0
"""Seconds to wait for a connection, at most."""
_LEFT = 0.3
"""Seconds that must be left for another attempt to be worth it."""
_LIMITED = frozenset(("length", "model_length"))
_BROKEN = frozenset(("error", "abort"))


class Mark(Enum):
    """Where in the reply we are: the model has said what it will, or the server has sent all of it."""

    FINISHED = "finished"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there will be no (more) reply, in Norwegian, and whether others who ask will likely fail too."""

    told: str
    blames_server: bool


class Asking:
    """One question to the model; what comes of it is put in `arrived`: pieces of text, marks, or a failure.

    Attributes:
        arrived: text as it comes, never empty; then FINISHED and ENDED, or a failure.
        attempts: how many times the server was asked.
        characters: how much text came, thoughts included.
        first: when the first piece of text came, by the monotonic clock; None before that.
        counted: tokens of question and reply, where the server has told; else None.
        truncated: whether the limit on tokens ended the reply.

    Example:
        >>> asking = Asking(settings, "Svar kort.", "Hva heter hovedstaden?", time.monotonic() + 30, threading.Event())
        >>> asking.start()
        >>> asking.arrived.get()
        'Oslo'
    """

    def __init__(self, settings: Settings, system: str, user: str, deadline: float, strict: threading.Event) -> None:
        self.arrived: SimpleQueue[str | Mark | Failure] = SimpleQueue()
        self.attempts = 0
        self.characters = 0
        self.counted: Sequence[int] | None = None
        self.truncated = False
        self.first: float | None = None
        self._settings = settings
        self._texts = (system, user)
        self._deadline = deadline
        self._strict = strict
        self._wire = Wire()
        self._stopped = threading.Event()
        self._finish: str | None = None

    def start(self) -> None:
        """Ask, and return at once."""
        threading.Thread(target=self._run, name="language-model", daemon=True).start()

    def stop(self) -> None:
        """End the request at once, so that the server stops producing; nothing more arrives."""
        self._stopped.set()
        self._wire.cut()

    def _run(self) -> None:
        try:
            self._ask()
        except Exception as error:  # a server may do anything
            finished = self.first is not None and self._finish is not None and not isinstance(error, UnusableReplyError)
            self.arrived.put(Mark.ENDED if finished else Failure(fault(error), blames_server(error)))
        else:
            self.arrived.put(Mark.ENDED)
        finally:
            self._wire.cut()

    def _ask(self) -> None:
        """Ask until there is a reply, no use in asking, or no time left."""
        while not self._stopped.is_set():
            self.attempts += 1
            try:
                self._read()
            except Exception as error:
                wait = self._wait(error)
                if wait is None:
                    raise
                self._stopped.wait(wait)
            else:
                return

    def _wait(self, error: Exception) -> float | None:
        """Seconds until another attempt; None where there is to be none."""
        if self.first is not None or self._stopped.is_set():
            return None
        if getattr(error, "status_code", None) == 422 and not self._strict.is_set():
            self._strict.set()  # Mistral refuses to be asked for the count of tokens, and gives it all the same
            return 0.0
        wait = pause(error, self.attempts)
        if wait is None or self.attempts >= ATTEMPTS or not wait < self._left() - _LEFT:
            return None
        return wait

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    def _read(self) -> None:
        """Ask once, and pass on what comes.

        Raises:
            Exception: of many kinds; see `fault`.
        """
        from llama_index.core.llms import ChatMessage, MessageRole  # noqa: PLC0415 - slow

        system, user = self._texts
        messages = [ChatMessage(system, role=MessageRole.SYSTEM), ChatMessage(user, role=MessageRole.USER)]
        left = max(self._left(), 0.001)
        options: dict[str, Any] = {"timeout": httpx.Timeout(left, connect=min(left, _CONNECT))}
        if not self._strict.is_set():
            options["stream_options"] = {"include_usage": True}
        thoughts, streamed = Thoughts(), False
        with http_client(self._settings, self._wire) as client:
            model = connect(self._settings, client)
            assert model is not None
            for chunk in model.stream_chat(messages, **options):
                if self._stopped.is_set() or self._left() < 0:
                    raise TimeoutError
                streamed = True
                self._take(chunk, thoughts)
        if self._finish is None:
            raise UnusableReplyError(CUT_OFF if streamed else NO_STREAM)

    def _take(self, chunk: ChatResponse, thoughts: Thoughts) -> None:
        """Pass on the text of a chunk; note how many tokens there were, and whether the model has finished."""
        said = chunk.delta or ""
        self.characters += len(said) + len(chunk.additional_kwargs.get("thinking_delta", ""))
        self._say(thoughts.spoken(said))
        raw: Any = chunk.raw
        counts: list[Any] = [getattr(raw.usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
        if all(isinstance(count, int) for count in counts):
            self.counted = counts
        reason = raw.choices[0].finish_reason if raw.choices else None
        if reason is None or self._finish is not None:
            return
        self._finish = str(reason)
        self._say(thoughts.rest())
        self.truncated = self._finish in _LIMITED
        if self._finish == "content_filter":
            raise UnusableReplyError(FILTERED)
        if self._finish in _BROKEN:
            raise UnusableReplyError(CUT_OFF)
        if self.first is None:
            raise UnusableReplyError(EMPTY)
        self.arrived.put(Mark.FINISHED)

    def _say(self, text: str) -> None:
        text = text.lstrip() if self.first is None else text
        if text:
            self.first = self.first or time.monotonic()
            self.arrived.put(text)
