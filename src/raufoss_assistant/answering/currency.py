"""Which sources give way: superseded, expired or made up; and a question about today prefers the newest year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from raufoss_assistant.answering.units import Unit
from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.model import Properties

_OUTDATED = 0.35
"""Factor for a superseded or expired document."""
_EXAMPLE = 0.5
"""Factor for made-up example data, which gives way to real sources."""
_PER_YEAR = 0.6
"""Factor for each year that a unit is older than the newest, where the question asks about today."""
_YEAR_OLDER = 0.9
"""The same for the years that units name, where it asks of no time at all."""
_RIVAL = 0.6
"""Share of the best one's chance from which a unit is its rival."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PAST = re.compile(
    r"\b(?:før|tidligere|tidlegare|gammel|gamle|gamal|eldre|historisk|opprinnelig|den gang|var|ble|blei)\b"
    r"|\b(?:before|was|were)\b|\b(?:19|20)\d\d\b"
)
_WHEN = re.compile(r"\b(?:når|when|hvilket år|kva år|what year|årstall\w*|først|eldst\w*|first)\b")
_PRESENT = re.compile(
    r"\b(?:nå|no|nåværende|noverande|i dag|idag|dagens|gjeldende|gjeldande|nyeste|now|today|current(?:ly)?)\b"
)


class Currency:
    """Knows which documents are outdated.

    Example:
        >>> Currency({"ny.md": Properties("T", "kurs", supersedes="gammel.md")}).is_outdated("gammel.md")
        True
    """

    def __init__(self, properties: Mapping[str, Properties], today: date | None = None) -> None:
        self._outdated = outdated(properties, today or date.today())

    def is_outdated(self, path: str) -> bool:
        """Whether another document supersedes this one, or its last day of validity has passed."""
        return path in self._outdated

    def weigh(self, question: str, units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
        """The units' chances to answer, lowered for sources that give way.

        Where the past is asked for, old sources do not. The newest year is that of the newest among the units that
        are at least a third as likely as the best one.
        """
        asked = question.lower()
        past = bool(_PAST.search(asked))
        weighed = [chance * self._standing(unit, past=past) for unit, chance in zip(units, chances, strict=True)]
        if past or not units:
            return weighed
        if not _PRESENT.search(asked):
            return weighed if _WHEN.search(asked) else self._newest_first(units, weighed)
        years = [self._year(unit) for unit in units]
        newest = max(year for year, chance in zip(years, weighed, strict=True) if chance >= max(weighed) / 3)
        return [
            chance * _PER_YEAR ** max(newest - year, 0) if year else chance * _PER_YEAR
            for chance, year in zip(weighed, years, strict=True)
        ]

    @staticmethod
    def _newest_first(units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
        """Of units about as likely as the best that name years, those with an older one give way a little."""
        years = [max(map(int, _YEAR.findall(unit.quote)), default=0) for unit in units]
        near = [year for year, chance in zip(years, chances, strict=True) if chance >= _RIVAL * max(chances)]
        newest = max(near)
        return [
            chance * _YEAR_OLDER ** max(newest - year, 0) if year else chance
            for chance, year in zip(chances, years, strict=True)
        ]

    def _standing(self, unit: Unit, *, past: bool) -> float:
        outdated = self.is_outdated(unit.hit.chunk.document) and not past
        return (_OUTDATED if outdated else 1.0) * (_EXAMPLE if unit.hit.properties.example else 1.0)

    @staticmethod
    def _year(unit: Unit) -> int:
        """The newest year that the unit names and that is not to come, else its document's, else 0."""
        named = [int(year) for year in _YEAR.findall(unit.quote)]
        dated = unit.hit.properties.date
        return max(named, default=dated.year if dated else 0)
