"""The steps of an answer, told while it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that begins.

    Attributes:
        query: what is searched for.
        passages: how many passages are read for the answer; 0 while they are searched for.
        released: sentences of the answer that are checked and may be shown, as Markdown, while a language model writes.
        stop: ends the request to the language model, from any thread; None where none is asked.
    """

    query: str
    passages: int = 0
    released: tuple[str, ...] = ()
    stop: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """What a language model's reply came to.

    Attributes:
        tokens_in: tokens of the question.
        tokens_out: tokens of the reply.
        first_token_ms: milliseconds until the first text; None where none came.
        shown: sentences shown in its own words.
        replaced: sentences that a quoted one stands in for.
        dropped: sentences not shown.
        fault: why the documents' own sentences are the answer after all, a Norwegian sentence; None where they are not.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    first_token_ms: float | None = None
    shown: int = 0
    replaced: int = 0
    dropped: int = 0
    fault: str | None = None


Told = Callable[[Stage], None]
"""Who is told of each step, in the thread that answers."""


def untold(_: Stage) -> None:
    """For those who do not follow the steps."""
