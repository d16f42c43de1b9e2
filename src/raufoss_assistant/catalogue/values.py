"""What the text of a field means: ranges of TRL, money, time, size and share, and what is no number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from raufoss_assistant.model import Value
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import Number, numbers

DAYS = {
    r"timer?|timar|hours?": 1 / 8,
    r"(?:virke|arbeids|kurs)?dag(?:er|ers|ar|ars|a|en|s)?|days?": 1.0,
    r"(?:arbeids)?uk(?:e|er|ers|a|o|or|an|ene)|vek(?:e|er|ers|a|o|or|ar|ene)|weeks?": 7.0,
    r"måned(?:er|en|ene)?|månad(?:er|ar|en)?|månda(?:r|n|ne)?|måna(?:r|n)?|mnd|mnder|months?": 30.0,
    r"år(?:et)?|years?": 365.0,
}
"""Units of time, each with its days."""
EMPLOYEES = r"ansatte?|tilsette?|medarbeider(?:e|ar|arar)?|årsverk|employees|people|staff"
MONEY = r"kr(?:oner?)?\b|kroner?|,-|nok\b"
_TO = re.compile(r"\s*(?:[–-]|til|to)\s*")
_FROM = re.compile(r"\b(?:fra|frå|from|minst|over)\s*$", re.IGNORECASE)
_SUPPORT = re.compile(r"\bi (?:støtte|tilskudd|tilsko?t)\b|\bin support\b", re.IGNORECASE)
"""What tells of a sum that it is the support, where another is what the support is reckoned from."""
_UP_TO = re.compile(r"\b(?:inntil|opptil|høyst|høgst|maks(?:imalt)?|up to|under)\s*$", re.IGNORECASE)
_ALL = re.compile(r"^alle\b|alle (?:størrelser|storleikar)|all sizes", re.IGNORECASE)
_ABOUT = re.compile(r"\bgjerne\b", re.IGNORECASE)
_OTHERS = re.compile(r"\s*\w+, og \w*bedrifter ", re.IGNORECASE)
_ROLLING = re.compile(r"\b(?:løpende|løpande|hele året|heile året|rolling|all year)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:frister|fristar|deadlines)\b|\b(?:måned|månad|month)\w* (?:før|before)\b", re.IGNORECASE)
_DAY = re.compile(rf"(?<!\d)(\d{{1,2}})\. ?({'|'.join(MONTHS)})(?: (\d{{4}}))?", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEASON = re.compile(r"\b(høst|haust|vår|autumn|spring)", re.IGNORECASE)
_SEASONS = {"haust": "høst", "autumn": "høst", "spring": "vår"}


def parse(kind: str, text: str) -> Value | None:
    """The value that a text has as a field of some kind, or None where it has none.

    Args:
        kind: the parser's name in fields.yaml; «» is free text, which has no value.
        text: as the document writes it.

    Example:
        >>> parse("trl", "TRL 4–7. Delene må finnes."), parse("trl", "TRL 4-"), parse("money", "Fra 25 000 kroner").low
        (Value(low=4.0, high=7.0, marks=frozenset()), None, 25000.0)
    """
    return _PARSERS[kind](text) if kind else None


def spans(text: str) -> list[tuple[Number, Number]]:
    """The numbers of a text, each with the one that a dash or «til» joins to it, else with itself.

    A scale after the second holds for both: «5–7 millioner».

    Example:
        >>> [(low.value, high.value) for low, high in spans("3–5 uker, i alt 40 timer")]
        [(3.0, 5.0), (40.0, 40.0)]
    """
    rest = list(numbers(text))
    pairs = []
    while rest:
        low = rest.pop(0)
        joined = rest and _TO.fullmatch(text, low.end, rest[0].start) and rest[0].value >= low.value
        high = rest.pop(0) if joined else low
        if high.scale > low.scale == 1.0 and low.value < 1000:
            low = replace(low, value=low.value * high.scale)
        pairs.append((low, high))
    return pairs


def _trl(text: str) -> Value | None:
    ranges = [(low, high) for low, high in spans(text) if low.value >= 1 and high.value <= 9]
    if not ranges or re.match(r"\s*[–-](?!\s*\d)", text[ranges[0][1].end :]):
        return None
    (low, high), *others = ranges
    at_times = re.search(r"unntaksvis|exceptionally", text[high.end :])
    marks = frozenset(f"{number.value:g}" for number, _ in others) if at_times else frozenset()
    return Value(low.value, high.value, marks)


def _money(text: str) -> Value | None:
    text = next((part for part in text.split(";") if _SUPPORT.search(part)), text)
    for low, high in spans(text):
        before = re.sub(r"\b(?:kr|nok)\.?\s?$", "", text[: low.start], flags=re.IGNORECASE)
        after = re.match(rf"\s*(?:{MONEY})", text[high.end :], re.IGNORECASE)
        if not after and before == text[: low.start]:
            continue
        if _UP_TO.search(before):
            return Value(None, high.value, frozenset({"upto"}))
        if _FROM.search(before) and low == high:
            return Value(low.value, None, frozenset({"from"}))
        return Value(low.value, high.value)
    return Value(0.0, 0.0) if re.match(r"\W*(?:gratis|free)\b", text, re.IGNORECASE) else None


def _duration(text: str) -> Value | None:
    """Days, of the first span of days or more; hours are work rather than time, and count where nothing else does."""
    found = [
        (days, Value(low.value * days, high.value * days))
        for low, high in spans(text)
        for unit, days in DAYS.items()
        if re.match(rf"\s*(?:{unit})\b", text[high.end :], re.IGNORECASE)
    ]
    for unit, days in DAYS.items():
        if not found and re.search(rf"\b(?:en|ei|ein|et|eit|ett|a|one) (?:{unit})\b", text, re.IGNORECASE):
            return Value(days, days)
    return next((value for days, value in found if days >= 1), found[0][1] if found else None)


def _employees(text: str) -> Value | None:
    if _ALL.search(text):
        return Value(marks=frozenset({"all"}))
    if _ABOUT.search(text) and re.search("mellomstore", text, re.IGNORECASE):
        return Value(50.0, None, frozenset({"about"}))
    for low, high in spans(text):
        if re.match(rf"\s*(?:{EMPLOYEES})", text[high.end :], re.IGNORECASE):
            marks = frozenset({"others"} if _OTHERS.match(text, high.end) else ())
            before = text[: low.start]
            least = None if _UP_TO.search(before) else low.value
            return Value(least, None if _FROM.search(before) and low == high else high.value, marks)
    return _first(text) if re.match(r"(?:over|rundt|om lag)?\s*\d", text) else None


def _first(text: str) -> Value | None:
    found = next(iter(spans(text)), None)
    return Value(found[0].value, found[1].value) if found else None


def _share(text: str) -> Value | None:
    for low, high in spans(text):
        if re.match(r"\s*(?:%|prosent|per ?cent)", text[high.end :], re.IGNORECASE):
            upto = _UP_TO.search(text[: low.start])
            return Value(None if upto else low.value, high.value, frozenset({"upto"} if upto else ()))
    return None


def _deadline(text: str) -> Value | None:
    marks = {"rolling"} if _ROLLING.search(text) else set()
    if _RELATIVE.search(text):
        marks.add("relative")
    for day, month, year in _DAY.findall(text):
        number = MONTHS.index(month.lower()) + 1
        marks.add(f"{year or '*'}-{number:02}-{int(day):02}")
    return Value(marks=frozenset(marks)) if marks else None


def passed(value: Value, today: date) -> bool:
    """Whether every deadline that a value names with its year is over, and none comes back.

    Example:
        >>> passed(parse("deadline", "Frist 13. mars 2025"), date(2026, 1, 1))
        True
    """
    days = [mark for mark in value.marks if re.match(r"[*\d]{1,4}-\d", mark)]
    dated = [day for day in days if not day.startswith("*")]
    return bool(dated) and dated == days and "rolling" not in value.marks and max(dated) < today.isoformat()


def _years(text: str) -> Value | None:
    found = [float(year) for year in _YEAR.findall(text)]
    seasons = {_SEASONS.get(season.lower(), season.lower()) for season in _SEASON.findall(text)}
    return Value(min(found), max(found), frozenset(seasons)) if found else None


def _words(text: str) -> Value | None:
    return Value(marks=frozenset(terms(text))) if text.strip(" .,;()") else None


_PARSERS: dict[str, Callable[[str], Value | None]] = {
    "trl": _trl,
    "money": _money,
    "duration": _duration,
    "employees": _employees,
    "credits": _first,
    "share": _share,
    "deadline": _deadline,
    "years": _years,
    "words": _words,
}
