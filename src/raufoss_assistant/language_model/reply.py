"""The reply of a language model: its text as it comes, and what it cost."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from queue import Empty
from types import TracebackType

from raufoss_assistant.errors import LanguageModelError
from raufoss_assistant.language_model.asking import Asking, Failure, Mark
from raufoss_assistant.language_model.breaker import CircuitBreaker
from raufoss_assistant.language_model.faults import fault

_GRACE = 1.0
"""Seconds to wait for the count of tokens after the model has finished."""
_CHARACTERS = 4
"""Characters in a token, roughly, where the server does not count."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply cost.

    Attributes:
        tokens_in: tokens of the question, the instruction included.
        tokens_out: tokens of the reply, thoughts included.
        first_token_ms: milliseconds until the first piece of text; None where none came.
        total_ms: milliseconds in all.
        attempts: how many times the server was asked.
        estimated: whether the tokens are an estimate from the length of the texts; else the server counted them.
        truncated: whether the limit on tokens ended the reply, which then may stop in the middle of a sentence.
    """

    tokens_in: int
    tokens_out: int
    first_token_ms: float | None
    total_ms: float
    attempts: int
    estimated: bool
    truncated: bool


class Reply(Iterator[str]):
    """Pieces of text as they come; closing it, from any thread, ends the request to the model at once.

    Raises, while it is read:
        LanguageModelError: the model gave nothing that can be used, or broke off; what came before is no whole reply.

    Example:
        >>> with model.stream("Svar kort.", "Hva heter hovedstaden i Norge?") as reply:
        ...     print("".join(reply), reply.usage.tokens_out)
        Oslo 1
    """

    def __init__(self, asking: Asking, breaker: CircuitBreaker, began: float, deadline: float, asked: int) -> None:
        self._asking = asking
        self._breaker = breaker
        self._began = began
        self._deadline = deadline
        self._asked = asked
        self._usage: Usage | None = None
        self._lock = threading.Lock()

    def __next__(self) -> str:
        """The next piece of text, never empty; waits for it until the time is out."""
        if self._usage is not None:
            raise StopIteration
        arrived = self._wait(self._deadline)
        if arrived is Mark.FINISHED:
            self._wait(min(self._deadline, time.monotonic() + _GRACE))
            arrived = Mark.ENDED
        if isinstance(arrived, str) and self._usage is None:
            return arrived
        failure = arrived if isinstance(arrived, Failure) else None
        if self._end(failure) and failure is not None:
            raise LanguageModelError(failure.told)
        raise StopIteration

    def _wait(self, until: float) -> str | Mark | Failure:
        try:
            return self._asking.arrived.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            pass
        return Failure(fault(TimeoutError()), blames_server=True)

    def close(self) -> None:
        """Stop: the server sees at once that nobody waits any more. What has ended stays as it is."""
        if self._end(None):
            self._asking.arrived.put(Mark.ENDED)  # wakes one who waits in another thread

    def _end(self, failure: Failure | None) -> bool:
        """Whether it ended now; False where it had already."""
        with self._lock:
            if self._usage is not None:
                return False
            self._usage = self._counted()
        self._asking.stop()
        if failure is not None and failure.blames_server:
            self._breaker.failed()
        elif failure is None and self._asking.first is not None:
            self._breaker.succeeded()
        return True

    @property
    def usage(self) -> Usage:
        """What it cost; while it is being read, so far."""
        return self._usage or self._counted()

    def _counted(self) -> Usage:
        asking, first = self._asking, self._asking.first
        told = asking.counted
        tokens_in, tokens_out = told or (self._asked / _CHARACTERS, asking.characters / _CHARACTERS)
        return Usage(
            tokens_in=math.ceil(tokens_in),
            tokens_out=math.ceil(tokens_out),
            first_token_ms=None if first is None else 1000 * (first - self._began),
            total_ms=1000 * (time.monotonic() - self._began),
            attempts=asking.attempts,
            estimated=told is None,
            truncated=asking.truncated,
        )

    def __enter__(self) -> Reply:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()
