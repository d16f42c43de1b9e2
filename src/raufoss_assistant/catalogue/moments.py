"""Times that somebody who has a need speaks of, in days from today: when it must be done, when something begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from raufoss_assistant.catalogue.asked import bounds
from raufoss_assistant.catalogue.values import DAYS
from raufoss_assistant.norwegian.dates import MONTHS

_CLAUSE = re.compile(r"(?<=[^\d\s][.!?;])\s+")
_WEEK = 7
_PARTS = {"early": 5, "mid": 15, "late": 28}
"""Days of a month that its parts are taken to be."""
_Spot = tuple[date | None, int, int]
"""A day, or None for one that no month has, and where it stands."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in a text: text[start:end].

    Attributes:
        days: from today; less than 0 where it is past.
        start: offset of its first character.
        end: offset after its last.
    """

    days: float
    start: int
    end: int


def told_today(text: str, today: date) -> date:
    """The day that a text says it is, else today.

    Example:
        >>> told_today("Kurset starter 1. oktober, i dag er det 20. september.", date(2026, 11, 27))
        datetime.date(2026, 9, 20)
    """
    if (said := _says("today").search(text)) and (day := _date(said["day"], today)):
        return day
    return today


def moments(text: str, today: date) -> list[Moment]:
    """The times of a text in order, without the day that it says it is.

    Example:
        >>> [moment.days for moment in moments("Kurset begynner mandag i neste uke.", date(2026, 11, 27))]
        [3.0]
    """
    told = _says("today").search(text)
    found = sorted(_all(text, today), key=lambda each: (each.start, -each.end))
    kept: list[Moment] = []
    for each in found:
        inside = told and told.start() <= each.start < told.end()
        if not inside and (not kept or each.start >= kept[-1].end):
            kept.append(each)
    return kept


def begins(text: str, today: date) -> float | None:
    """Days until training begins, of a clause that says that it does; less than 0 where it has begun."""
    for clause in _CLAUSE.split(text):
        if _says("has_begun").search(clause):
            return -1.0
        teaches = _says("training").search(clause)
        if teaches and _says("begins").search(clause) and (found := moments(clause, today)):
            return found[0].days
    return None


def time_left(text: str, today: date) -> float | None:
    """Days until it must be done: the first time after «innen», «før» or «ferdig», unless it is only wished for."""
    for bound in bounds(text):
        for unit, days in DAYS.items():
            within = not bound.exact or _says("within").search(text[: bound.start])
            if within and bound.high is not None and re.match(rf"\s*(?:{unit})\b", text[bound.end :], re.I):
                return round(bound.high * days, 2)
    for each in moments(text, today):
        due = _says("until").search(text[: each.start]) or _says("then_due").match(text[each.end :])
        if due and each.days >= 0 and not _says("wished").search(text[: each.start]):
            return each.days
    return None


def _all(text: str, today: date) -> Iterator[Moment]:
    for day, start, end in (*_dated(text, today), *_parts_of_months(text, today), *_feasts(text, today)):
        if day:
            yield Moment(float((day - today).days), start, end)
    yield from _ahead(text)
    for pattern, ahead in _data()["relative"].items():
        for found in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            yield Moment(float(ahead), found.start(), found.end())
    for number, name in enumerate(_data()["weekdays"]):
        for found in re.finditer(rf"\b(?:{name})\b(?: (?:i )?(?:neste|next) (?:uke|veke|week))?", text, re.IGNORECASE):
            yield Moment(float((number - today.weekday()) % _WEEK or _WEEK), found.start(), found.end())


def _dated(text: str, today: date) -> Iterator[_Spot]:
    """Days with their months, then days alone, which are of the last month that is named."""
    month = today.month
    for found in _dates().finditer(text):
        month = _months()[(found["m1"] or found["m2"]).casefold()]
        year = found["y1"] or found["y2"]
        yield _day(int(found["d1"] or found["d2"]), month, today, year), found.start(), found.end()
    for found in _says("day_of_month").finditer(text):
        yield _day(int(found[1]), month, today), found.start(), found.end()


def _parts_of_months(text: str, today: date) -> Iterator[_Spot]:
    """«Midten av desember», «the end of January»."""
    for found in re.finditer(rf"{_says('part').pattern}(?P<month>{'|'.join(_months())})\b", text, re.IGNORECASE):
        spot = next(day for part, day in _PARTS.items() if found[part])
        yield _day(spot, _months()[found["month"].casefold()], today), found.start(), found.end()


def _feasts(text: str, today: date) -> Iterator[_Spot]:
    for pattern, (month, day) in _data()["feasts"].values():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield _day(day, month, today), found.start(), found.end()


def _ahead(text: str) -> Iterator[Moment]:
    """«Om ti dager»."""
    for bound in bounds(text):
        near = _says("in").search(text[: bound.start])
        for unit, days in DAYS.items():
            after = re.match(rf"\s*(?:{unit})\b", text[bound.end :], re.IGNORECASE)
            if near and after and bound.high is not None and days >= 1:
                yield Moment(bound.high * days, near.start(), bound.end + after.end())


def _date(text: str, today: date) -> date | None:
    """A day with its month; the year is that of today unless it is told."""
    if not (found := _dates().search(text)):
        return None
    month = _months()[(found["m1"] or found["m2"]).casefold()]
    year = int(found["y1"] or found["y2"] or today.year)
    return _safe(year, month, int(found["d1"] or found["d2"]))


def _day(day: int, month: int, today: date, year: str | None = None) -> date | None:
    """The day in a year that is told, else the next time that it comes."""
    if year:
        return _safe(int(year), month, day)
    this = _safe(today.year, month, day)
    return this if this is None or this >= today - timedelta(days=1) else _safe(today.year + 1, month, day)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months in lower case, with their numbers."""
    english: list[str] = _data()["english_months"]
    return {name.casefold(): number for names in (MONTHS, english) for number, name in enumerate(names, 1)}


@lru_cache(maxsize=1)
def _dates() -> re.Pattern[str]:
    """«20. september 2026», «September 20th»."""
    names = "|".join(_months())
    return re.compile(
        rf"\b(?P<d1>\d{{1,2}})\.?(?:st|nd|rd|th)? ?(?:of )?(?P<m1>{names})(?: (?P<y1>20\d\d))?\b"
        rf"|\b(?P<m2>{names}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y2>20\d\d))?\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _says(what: str) -> re.Pattern[str]:
    patterns: dict[str, str] = _data()["patterns"]
    return re.compile(patterns[what], re.IGNORECASE)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    """What moments.yaml has."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/moments.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data
