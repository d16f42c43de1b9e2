"""The part of a conversation that the assistant is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from raufoss_assistant.model import Turn

MOST_TURNS = 20
LONGEST_TURN = 4000
"""Characters."""


def recent(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last `MOST_TURNS` turns, each cut at `LONGEST_TURN` characters.

    Example:
        >>> len(recent([Turn("user", "Hva er en katapult?")] * 50))
        20
    """
    return tuple(replace(turn, content=turn.content[:LONGEST_TURN]) for turn in turns[-MOST_TURNS:])
