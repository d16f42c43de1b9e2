"""Whether a text says what is expected, however it is written."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import lru_cache

from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.text import normalise

_MARKER = re.compile(r"\s*(?<!\\)\[\d+\]|(?<!\\)\*\*")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ \u00a0.,]\d{3})+(?!\d)")
_DECIMAL_POINT = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?!\.?\d)")
_NUMBER = re.compile(r"(?<![^\W_])(?<!\d,)\d+(?:,\d+)?")
_PERCENT = re.compile(r" ?(?:%|\b(?:prosent|pst|per ?cent)\b)")
_ARTICLES = frozenset({"en", "ei", "et", "eit", "a", "an", "the"})

_MONTH = {
    name: number
    for names in (MONTHS, tuple(calendar.month_name)[1:])
    for number, full in enumerate(names, 1)
    for name in (full.lower(), full.lower()[:3])
}
_NAME = rf"({'|'.join(sorted(_MONTH, key=len, reverse=True))})\b\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})\.? ?{_NAME}(?:,? (\d{{4}})(?!\d))?")
_MONTH_DAY = re.compile(rf"\b{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (\d{{4}})(?!\d))?")
_MONTH_YEAR = re.compile(rf"\b{_NAME},? (\d{{4}})(?!\d)")

_COUNT = re.compile(
    r"\d{1,2}|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tjue"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    r"""The text in the shape in which two texts are compared.

    Letter case, kinds and numbers of blanks, kinds of dashes, Markdown's backslashes and bold, and the citations' [1]
    do not count; thousands stand together («4 000», «4.000» and «4,000» become «4000»); the decimal mark is a comma.

    Example:
        >>> folded("**Om lag 4\u00a0000** \\*ansatte\\* og 2.5 prosent. [1]")
        'om lag 4000 *ansatte* og 2,5 %.'
    """
    text = _MARKER.sub("", normalise(text)).replace("\\", "").replace("–", "-").casefold()
    text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    return " ".join(_PERCENT.sub(" %", _DECIMAL_POINT.sub(r"\1,\2", text)).split())


def alternatives(wanted: str) -> list[str]:
    """What may stand for each other, parted by «|»."""
    return [part.strip() for part in wanted.split("|") if part.strip()]


def holds(text: str, wanted: str) -> bool:
    """Whether one of the alternatives stands in the text; a number at either end must be a whole one there.

    A count, in one or two figures or in a word, must be a word of its own and no part of a date.

    Example:
        >>> holds("Klyngen har rundt 60 medlemmer.", "60 medl|nesten 50"), holds("Det var i 1960.", "60")
        (True, False)
        >>> holds("Det er ni tjenester.", "9|ni"), holds("Organisert 9. februar 2024.", "9|ni")
        (True, False)
    """
    return any(_stands(folded(part), folded(text)) for part in alternatives(wanted))


def _stands(wanted: str, text: str) -> bool:
    if not wanted:
        return False
    if _COUNT.fullmatch(wanted):
        return re.search(rf"(?<![^\W_])(?<!\d,){wanted}(?![^\W_])(?!,\d)", _undated(text)) is not None
    before = r"(?<!\d)(?<!\d,)" if wanted[0].isdigit() else ""
    after = r"(?!\d)(?!,\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


@lru_cache(maxsize=4096)
def _undated(text: str) -> str:
    for pattern in (_ISO, _NUMERIC, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        text = pattern.sub(" ", text)
    return text


def figures(text: str) -> frozenset[str]:
    """The dates and the other numbers of a text, each in one spelling.

    A date is «2024-02-06», «2024-02» without a day, «--02-06» without a year (ISO 8601).

    Example:
        >>> sorted(figures("Søk innen 6. februar 2024, høyst 4 000 kr"))
        ['2024-02-06', '4000']
    """
    rest = folded(text)
    found: set[str] = set()
    for pattern, order in (
        (_ISO, "ymd"),
        (_NUMERIC, "dmy"),
        (_DAY_MONTH, "dmy"),
        (_MONTH_DAY, "mdy"),
        (_MONTH_YEAR, "my"),
    ):
        for match in pattern.finditer(rest):
            day = _date(dict(zip(order, match.groups(), strict=True)))
            if day is not None:
                found.add(day)
                rest = rest.replace(match[0], " ", 1)
    return frozenset(found) | _numbers(rest)


def stated(text: str) -> frozenset[str]:
    """The figures of a text with all that they imply: a date its year, its month and its day in the year.

    Example:
        >>> sorted(stated("6. februar 2024"))
        ['--02-06', '2024', '2024-02', '2024-02-06', '6']
    """
    found = figures(text)
    years = {day[:4] for day in found if day[0] != "-" and "-" in day}
    parts = {part for day in found if len(day) == 10 for part in (day[:7], f"-{day[4:]}")}
    return found | years | parts | _numbers(folded(text))


def token_f1(text: str, gold: str) -> float:
    """F1 of the words that two texts share, articles left out (Rajpurkar et al. 2016), 0..1.

    Example:
        >>> round(token_f1("rundt 60 bedrifter", "60 bedrifter"), 2)
        0.8
    """
    said, right = (Counter(word for word in words(folded(part)) if word not in _ARTICLES) for part in (text, gold))
    shared = (said & right).total()
    return 2 * shared / (said.total() + right.total()) if shared else 0.0


def _date(parts: dict[str, str | None]) -> str | None:
    """ISO 8601 of what is known of a date; None where there is no such day."""
    month = int(_MONTH.get(parts["m"] or "", parts["m"] or 0))
    year, day = parts.get("y"), parts.get("d")
    try:
        found = date(int(year or 2024), month, int(day or 1))  # 2024 has a 29 February
    except ValueError:
        return None
    if day is None:
        return f"{found:%Y-%m}"
    return found.isoformat() if year else f"-{found:-%m-%d}"


def _numbers(text: str) -> frozenset[str]:
    return frozenset(f"{Decimal(number.replace(',', '.')).normalize():f}" for number in _NUMBER.findall(text))
