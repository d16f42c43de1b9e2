"""The conversation as the server keeps it, and the part of it that the assistant is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.model import Turn

MOST_TURNS = 20
LONGEST_TURN = 4000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered, or refused, in a visitor's conversation.

    Attributes:
        number: counts from 0 in the conversation; stays when older ones leave.
        asked: as the visitor wrote it.
        shown: the answer as it was shown.
        exchange: what is stored should the visitor give feedback on it.
        filters: labels of what its list was narrowed by before the visitor took any off.
        listed: whether it has records, that can be had as a file.
        searched: what was searched for, where that is not what was asked, else "".
        choices: what the question may mean, where it was asked back.
    """

    number: int
    asked: str
    shown: str
    exchange: Exchange
    filters: tuple[str, ...] = ()
    listed: bool = False
    searched: str = ""
    choices: tuple[str, ...] = ()


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
