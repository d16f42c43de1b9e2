"""How old a company is, as its owner tells it: years, a year or decade, a jubilee, generations, a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import numbers

_OLDEST = 250
"""Years; no company is older."""
_NEAR = 4
"""Words between a company and its age."""
_GENERATION = 25.0
"""Years that a generation stands at the head."""
_YEARS = re.compile(r"\s*(?:år|years?)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<!\d)(1[6-9]\d\d|20\d\d)(?![\d.]*\d)(?!-tallet| ?(?:kr|kroner|stk|stykk|deler|mm|kg|tonn|enheter))"
)
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|, (?:og|men|så|and|but) ", re.IGNORECASE)


def company_age(text: str, today: date) -> float | None:
    """Years since a company began; None where the text does not tell.

    Example:
        >>> company_age("Vi er et firma i tredje generasjon.", date(2026, 11, 27))
        50.0
        >>> company_age("Org.nummeret er fra 2019.", date(2026, 11, 27))
        7.0
    """
    told = (_stated, _jubilee, _since_year, _since_decade, _lasted, _generations, _since_month)
    ages = (age for reader in told for age in reader(text, today))
    return next(ages, None)


def _stated(text: str, _: date) -> Iterator[float]:
    """Years before «gammelt firma» or since a start, of the company or before «gammel»."""
    for number in numbers(text):
        before, after = text[: number.start], text[number.end :]
        if _says("gone_since").match(after) and _says("started").search(after):
            yield number.value
        clause = _CLAUSE.split(before)[-1]
        began = _says("begun").search(clause) and not _says("thing").search(clause)
        if _says("company_old").match(after) or (_says("ago").match(after) and began):
            yield number.value
        if _says("months_old").match(after) and _says("firm").search(before):
            yield round(number.value / 12, 2)
        if _YEARS.match(after) and number.value < _OLDEST:
            firm = _says("firm").search(before)
            old = _says("old").match(after) and firm
            near = firm and len(before[firm.end() :].split()) <= _NEAR
            if old or (near and _says("is").search(before)):
                yield number.value


def _jubilee(text: str, _: date) -> Iterator[float]:
    """«Tiårsjubileum», «thirtieth anniversary», «i sitt niende år», «fyller fire til våren»."""
    for number in numbers(text):
        if _says("turned").search(text[: number.start]) and _YEARS.match(text[number.end :]):
            yield number.value
        if _says("turns").search(text[: number.start]):
            yield number.value - 0.5
    for found in _says("jubilee").finditer(text):
        yield from (years.value for years in numbers(found["number"]) if years.value < _OLDEST)
    for word, value in _ordinals().items():
        if re.search(rf"\b{word} {_patterns()['anniversary']}", text, re.IGNORECASE):
            yield value
        if re.search(rf"\b{_patterns()['its']} {word} (?:år|year)\b", text, re.IGNORECASE):
            yield value - 1
        if re.search(rf"\b{word} {_patterns()['in_its']}", text, re.IGNORECASE):
            yield value - 1


def _since_year(text: str, today: date) -> Iterator[float]:
    """A year in a clause that speaks of a beginning and of nothing else that is made in a year."""
    for clause in _CLAUSE.split(text):
        for year in _YEAR.finditer(clause):
            if int(year[1]) <= today.year and _says("begun").search(clause) and not _says("thing").search(clause):
                yield float(today.year - int(year[1]))


def _since_decade(text: str, today: date) -> Iterator[float]:
    """Years since the end of a decade in which it began: «siden nittitallet»."""
    for found in _says("decade").finditer(text):
        tens = next(numbers(found["tens"]), None)
        if tens and (tens.value % 10 == 0):
            decade = tens.value if tens.value > 100 else 1900 + tens.value
            yield today.year - decade - 9


def _lasted(text: str, _: date) -> Iterator[float]:
    """«Har holdt på i snart seks år»."""
    for number in numbers(text):
        if _YEARS.match(text[number.end :]) and number.value < _OLDEST:
            if _says("soon_going").search(text[: number.start]):
                yield number.value - 0.2
            elif _says("going").search(text[: number.start]):
                yield number.value


def _generations(text: str, _: date) -> Iterator[float]:
    for word, value in _ordinals().items():
        if value > 1 and re.search(rf"\b{word} (?:generasjon|generation|slektsledd)", text, re.IGNORECASE):
            yield (value - 1) * _GENERATION


def _since_month(text: str, today: date) -> Iterator[float]:
    """Since a month, of this year or of last; else a year where it began «i fjor», and half a year for «nystartet»."""
    if not (started := _says("started").search(text)):
        return
    last_year = _says("last_year").search(text, started.start())
    if month := re.search(rf"\b(?:i|in) ({'|'.join(MONTHS)})\b", text[started.start() :], re.IGNORECASE):
        months = today.month - 1 - MONTHS.index(month[1].lower())
        yield round((months + 12 * bool(last_year or months < 0)) / 12, 2)
    yield 1.0 if last_year else 0.5


@lru_cache(maxsize=32)
def _says(what: str) -> re.Pattern[str]:
    return re.compile(_patterns()[what], re.IGNORECASE)


def _ordinals() -> dict[str, float]:
    """Ordinals as regular expressions, with their numbers."""
    return {word: float(number) for number, word in _data()["ordinals"].items()}


def _patterns() -> dict[str, str]:
    patterns: dict[str, str] = _data()["patterns"]
    return patterns


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    """What company_age.yaml has."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/company_age.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data
