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
    """

    query: str
    passages: int = 0


Told = Callable[[Stage], None]
"""Who is told of each step, in the thread that answers."""


def untold(_: Stage) -> None:
    """For those who do not follow the steps."""
