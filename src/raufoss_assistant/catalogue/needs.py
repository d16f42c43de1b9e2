"""A need in free text as a profile: size, age, place, maturity, money, time, and what is wished for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.catalogue.asked import bounds, places
from raufoss_assistant.catalogue.values import DAYS, EMPLOYEES, MONEY
from raufoss_assistant.norwegian.numbers import numbers

_OLDEST = 200
"""Years; no company is older."""
_NEAR = 4
"""Words between a company and its age."""
_YEARS = re.compile(r"\s*(?:år|years?)\b", re.I)
_TRL = re.compile(
    r"\btrl\W{0,2}(?:(?:nivå|level|er|is|på|rundt|about|kanskje)\W*){0,3}(\d)(?:\s*(?:[–-]|til|to|eller|or|og|and)\s*(\d))?(?!\d)"
    r"|\b(?:nivå|level)\s*(\d)(?:\s*(?:[–-]|til|to|eller|or)\s*(\d))? (?:på|av|i|on|of|in)\W+(?:the )?trl",
    re.I,
)
_OUTSIDE = re.compile(r"\b(?:i|på|ved|fra|frå|in|at|near|utenfor)\s+(\w+)", re.I)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a need says of whoever has it; what it does not say is None or empty.

    Attributes:
        employees: number of people.
        age: of the company, in years.
        place: where it is, as written.
        innlandet: whether that is in Innlandet.
        trl: stated technology readiness, least and most.
        budget: sum that may be spent, in kroner.
        days: time there is, in days.
        wishes: fund, learn and recruit, those that it speaks of.
    """

    employees: float | None = None
    age: float | None = None
    place: str | None = None
    innlandet: bool | None = None
    trl: tuple[float, float] | None = None
    budget: float | None = None
    days: float | None = None
    wishes: frozenset[str] = frozenset()


def profile(text: str, today: date) -> Needs:
    """Read the profile of a need.

    Args:
        text: in bokmål, nynorsk or English, as somebody writes it.
        today: for «startet i fjor».

    Example:
        >>> profile("Vi er ni ansatte på Lena og vil prøve en robot.", date(2026, 11, 26)).employees
        9.0
    """
    place = next(_places(text), None)
    trl = next(([float(level) for level in found.groups() if level] for found in _TRL.finditer(text)), None)
    return Needs(
        employees=_employees(text),
        age=_age(text, today),
        place=place,
        innlandet=places()[place.casefold()] if place else None,
        trl=(min(trl), max(trl)) if trl else None,
        budget=_budget(text),
        days=_days(text),
        wishes=frozenset(wish for wish in ("fund", "learn", "recruit") if _says(wish).search(text)),
    )


def _employees(text: str) -> float | None:
    """The number before a word for employees; else after «vi er»; else before a word for people; else two or one."""
    found = list(numbers(text))
    for number in found:
        if re.match(rf"[ -]*(?:\w+ )?(?:{EMPLOYEES})\b(?!\s*(?:av|of)\b)", text[number.end :], re.I):
            return number.value
    for number in found:
        if _says("we_are").search(text[: number.start]) and not _YEARS.match(text[number.end :]):
            return number.value
    for number in found:
        if _says("people").match(text[number.end :]):
            return number.value
    if _says("pair").search(text):
        return 2.0
    return 1.0 if _says("alone").search(text) else None


def _age(text: str, today: date) -> float | None:
    """Years before «gammelt firma» or since a start, of the company or before «gammel», since a year; else a guess."""
    for number in numbers(text):
        before, after = text[: number.start], text[number.end :]
        if _says("company_old").match(after) or (_says("ago").match(after) and _says("started").search(before)):
            return number.value
        if _says("months_old").match(after) and _says("firm").search(before):
            return round(number.value / 12, 2)
        if _YEARS.match(after) and number.value < _OLDEST:
            firm = _says("firm").search(before)
            old = _says("old").match(after) and firm
            near = firm and len(before[firm.end() :].split()) <= _NEAR
            if old or (near and _says("is").search(before)):
                return number.value
    if (year := _says("since").search(text)) and int(year[1]) <= today.year:
        return float(today.year - int(year[1]))
    if started := _says("started").search(text):
        return 1.0 if _says("last_year").search(text, started.start()) else 0.5
    return None


def _places(text: str) -> Iterator[str]:
    """Places named after a preposition, or with a capital letter that does not begin a sentence."""
    known = places()
    for found in _OUTSIDE.finditer(text):
        others = _says("others_place").search(text, 0, found.start())
        if found[1].casefold() in known and (found[1][0].isupper() or len(found[1]) > 4) and not others:
            yield found[1][0].upper() + found[1][1:]
    for found in re.finditer(r"(?:^|[\w,] )([A-ZÆØÅ]\w+)", text):
        others = _says("others_place").search(text, 0, found.start(1))
        if found[1].casefold() in known and len(found[1]) > 3 and not others:
            yield found[1]


def _budget(text: str) -> float | None:
    for bound in bounds(text):
        value = bound.high if bound.high is not None else bound.low
        if value and value >= 1000 and re.match(rf"\s*(?:{MONEY})", text[bound.end :], re.I):
            return round(value, 2)
    return None


def _days(text: str) -> float | None:
    for bound in bounds(text):
        for unit, days in DAYS.items():
            if not bound.exact and bound.high is not None and re.match(rf"\s*(?:{unit})\b", text[bound.end :], re.I):
                return round(bound.high * days, 2)
    return None


@lru_cache(maxsize=32)
def _says(what: str) -> re.Pattern[str]:
    """A pattern of needs.yaml."""
    return re.compile(_patterns()[what], re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, str]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/needs.yaml")
    data: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return data
