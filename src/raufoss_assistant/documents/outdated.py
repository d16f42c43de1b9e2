"""Which documents no longer hold: superseded by another, or past their last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from raufoss_assistant.model import Properties


def outdated(properties: Mapping[str, Properties], today: date) -> frozenset[str]:
    """Paths of the documents that another one supersedes, or whose last day of validity has passed.

    Args:
        properties: of each document by its path.
        today: the day that is asked for.

    Example:
        >>> sorted(outdated({"ny.md": Properties("T", "kurs", supersedes="gammel.md")}, date(2026, 1, 1)))
        ['gammel.md']
    """
    superseded = {each.supersedes for each in properties.values() if each.supersedes}
    expired = {path for path, each in properties.items() if each.valid_to and each.valid_to < today}
    return frozenset(superseded | expired)
