"""The conversation as the server keeps it, and the part of it that the assistant is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.model import Answer, Turn
from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.web.panel import unbroken

AT_ONCE = 20
"""Events of a kind that are handled at the same time, each of its own visitor; more wait for their turn."""
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": AT_ONCE}
"""How the events of the pages for visitors are set up: no endpoint that others may call."""
MOST_TURNS = 20
LONGEST_TURN = 4000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered, or refused, in a visitor's conversation.

    Attributes:
        number: unlike that of any other answer.
        asked: as the visitor wrote it.
        answer: as it was given, but without its records and nearest passages.
        exchange: what is stored should the visitor give feedback on it.
        at: when it was given, with the zone of the server.
        listed: whether it had records, that can be had as a file.
        old: whether it was given in an earlier conversation that was opened again.
    """

    number: int
    asked: str
    answer: Answer
    exchange: Exchange
    at: dt.datetime
    listed: bool = False
    old: bool = False

    @property
    def shown(self) -> str:
        """The answer as Markdown."""
        return unbroken(self.answer.text)

    @property
    def filters(self) -> tuple[str, ...]:
        """Labels of what its list was narrowed by before the visitor took any off."""
        return self.answer.filters

    @property
    def choices(self) -> tuple[str, ...]:
        """What the question may mean, where it was asked back."""
        return self.answer.choices

    @property
    def searched(self) -> str:
        """What was searched for, where that differs from what was asked in more than marks and capitals, else ""."""
        return self.answer.search_query if words(self.answer.search_query) != words(self.asked) else ""

    @property
    def when(self) -> str:
        """Day and time of day in words.

        Example:
            >>> answered.when
            '26. november 2026 kl. 14.05'
        """
        return f"{long_date(self.at.date())} kl. {self.at:%H.%M}"


def turns(conversation: Sequence[Answered]) -> tuple[Turn, ...]:
    """The conversation as turns, oldest first."""
    pairs = ((Turn("user", each.asked), Turn("assistant", each.shown)) for each in conversation)
    return tuple(turn for pair in pairs for turn in pair)


def recent(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last `MOST_TURNS` turns, each cut at `LONGEST_TURN` characters.

    Example:
        >>> len(recent([Turn("user", "Hva er en katapult?")] * 50))
        20
    """
    return tuple(replace(turn, content=turn.content[:LONGEST_TURN]) for turn in turns[-MOST_TURNS:])
