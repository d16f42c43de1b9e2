"""Which years a unit tells of and where that stands, and which year a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from raufoss_assistant.answering.units import Unit
from raufoss_assistant.norwegian.dates import MONTHS

YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
_NUMBER = r"(?<!\d)(?P<{}>(?:19|20)\d\d)(?!\d)"
_WITHIN = r"(?:[^.;()|]|(?<=\d)\.)"
_BETWEEN = rf"(?:\s*[–-]\s*|{_WITHIN}{{0,24}} (?:til|to) {_WITHIN}{{0,20}}?)"
_RANGE = re.compile(_NUMBER.format("first") + _BETWEEN + _NUMBER.format("last"))
_OPEN = re.compile(rf"\b(?:siden|sidan|since|fra og med|frå og med)\b{_WITHIN}{{0,24}}?{_NUMBER.format('first')}", re.I)
_TOOK_OVER = re.compile(
    rf"\b(?:(?:ble|blei|vart|became)(?: \w+)? \w*(?:leder|leiar|sjef|rektor|direktør|head|manager|director|chair)"
    rf"|(?:tok|took) over|overtok|tiltrådte)\b{_WITHIN}{{0,40}}?{_NUMBER.format('first')}",
    re.I,
)
_UNTIL_NOW = 9999
_UNDATED = re.compile(r"\b(?:udatert\w*|undated)\b", re.I)
_DATES_OTHERS = re.compile(
    r"\b(?:tall(?:ene)?|tala?|opplysning(?:ene|ane|er|ar)|kild(?:en?|ene|er)|kjeld(?:a|e|ene|er)|satsen?e?"
    r"|figures?|information|sources?|data(?:ene)?)\b(?=[^.]*\b(?:er|gjelder|gjeld|is|are)\b)",
    re.I,
)
"""A sentence that says when what stands beside it is from: «Tallene er fra 2018», «Kildene til lista er udaterte»."""
_EXACT = re.compile(
    rf"(?:(?P<before>[^\W\d]+) +)?(?:\d{{1,2}}\.? )?(?:(?:{'|'.join(MONTHS)}) )?"
    r"(?<![\d/–-])(?P<year>(?:19|20)\d\d)(?![\d/–-])",
    re.I,
)
_NOT_EXACT = {
    *(
        "siden",
        "sidan",
        "since",
        "etter",
        "after",
        "før",
        "before",
        "innen",
        "innan",
        "by",
        "til",
        "to",
        "mot",
        "until",
    ),
    *("fram", "og", "enn", "than"),
}
"""Words before a year that make it a border: «siden 2020»."""
_ASKS_FOR_DAY = re.compile(
    r"[\s,;.?!]*\b(?:og|and)?\s*(?:fra |frå |from )?"
    r"(?:(?:når|hva tid|kva tid|when)\b|(?:hvilket|hva slags|kva|which|what) (?:år|date|year|dato|tid)\b"
    r"|(?:hvor|kor|how) (?:gamm[ae]lt?|nytt?|ferskt?|old|recent)\b)"
    r"[^,;.?!]{0,20}\b(?:tall(?:et|ene)?|tal(?:et|a)?|det|den|opplysning(?:en|a|ene|ane)|sats(?:en)?|kild(?:en|a)|kjelda"
    r"|figure|number|information|that|it|data)\b[^,;.?!]{0,12}(?:\b(?:fra|frå|from|gamm[ae]lt?|datert|dated)\b)?[\s?.!]*$",
    re.I,
)
_ASKS_IF_NEW = re.compile(
    r"[\s,;.?!]*\b(?:og|and) (?:er (?:det|dette)|is (?:that|this|it)|are (?:these|they)) (?:et |eit |a |an )?"
    r"(?:nye?|nytt|ferske?|ferskt|gamle|gam[ma][ae]lt?|new|recent|old)"
    r" (?:tall|tal|opplysning(?:er|ar)?|figures?|numbers?)"
    r"[\s?.!]*$",
    re.I,
)
_OF_ITS_DAY = re.compile(r"\b(?:fra|frå|from|gamm[ae]lt?|datert|dated|old|recent|nytt?|ferskt?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Period:
    """Years, the first and the last included."""

    first: int
    last: int

    def covers(self, year: int) -> bool:
        """Whether the year is one of them."""
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Dating:
    """When what a unit tells was so.

    Attributes:
        periods: the years named; empty where none is, or the source says that it has no date.
        beside: the years, or "udatert", as they stand beside the unit (in a table's header, a heading, a sentence that
            dates the others); "" where the unit itself says it, or only its document has a date.
        document: year of the document, where nothing nearer says one, or None.
    """

    periods: tuple[Period, ...]
    beside: str
    document: int | None

    @property
    def known(self) -> bool:
        """Whether any year is told."""
        return bool(self.periods) or self.document is not None

    def covers(self, year: int) -> bool:
        """Whether what is told was so in that year, as far as is said."""
        return any(period.covers(year) for period in self.periods) or self.document == year

    def newest(self, today: date) -> int:
        """The newest year that is not to come, 0 where none is known."""
        ends = (period.first if period.last == _UNTIL_NOW else period.last for period in self.periods)
        return max((year for year in ends if year <= today.year), default=self.document or 0)


def periods(text: str) -> Iterator[Period]:
    """The years that a text names; «fra 2006 til 2017» and «2018–2024» are one period, «siden 2018» goes on.

    Example:
        >>> list(periods("Ledet klyngen fra 2006 til 2017, og styret siden 2020."))
        [Period(first=2006, last=2017), Period(first=2020, last=9999)]
    """
    taken: list[tuple[int, int]] = []
    for pattern in (_RANGE, _OPEN, _TOOK_OVER, YEAR):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            first = int(match["first"] if pattern is not YEAR else match[0])
            last = first if pattern is YEAR else int(match["last"]) if pattern is _RANGE else _UNTIL_NOW
            yield Period(min(first, last), max(first, last))


def dating(unit: Unit) -> Dating:
    """When what the unit tells was so: by itself, its table's header, a sentence on dates, a heading, its document.

    Example:
        >>> dating(unit).periods  # «Ordningen ga inntil 50 prosent.» under «Støtteandel i 2016»
        (Period(first=2016, last=2016),)
    """
    of_document = unit.hit.properties.date.year if unit.hit.properties.date else None
    if own := tuple(periods(unit.quote)):
        return Dating(own, "", None)
    if _UNDATED.search(unit.quote):
        return Dating((), "", None)
    for text in _beside(unit):
        if named := tuple(periods(text)):
            return Dating(named, ", ".join(dict.fromkeys(map(_told, named))), None)
        if _UNDATED.search(text):
            return Dating((), "udatert", None)
    return Dating((), "", of_document)


def dates_itself(unit: Unit) -> bool:
    """Whether a unit says in its own words when what it tells was so, or that its source has no date."""
    return bool(YEAR.search(unit.quote) or _UNDATED.search(unit.quote))


def asked_year(question: str) -> int | None:
    """The one year that a question is about: «i 2020», not «siden 2020»; None where it names none or several.

    Example:
        >>> asked_year("Hvor mange ansatte hadde parken i 2020?"), asked_year("Har det endret seg siden 2020?")
        (2020, None)
    """
    found = list(_EXACT.finditer(question))
    if len(found) != 1 or len(YEAR.findall(question)) > 1:
        return None
    before = (found[0]["before"] or "").casefold()
    return None if before in _NOT_EXACT else int(found[0]["year"])


def asks_for_day(question: str) -> bool:
    """Whether a question also asks when what it asks for was so: «… , og når er tallet fra?»."""
    return without_day(question) != question


def without_day(question: str) -> str:
    """A question without the part that asks when its answer is from, which no document answers in words.

    Example:
        >>> without_day("Hvor mange bedrifter er med, og når er tallet fra?")
        'Hvor mange bedrifter er med?'
    """
    if found := _ASKS_IF_NEW.search(question):
        return f"{question[: found.start()]}?"
    found = _ASKS_FOR_DAY.search(question)
    if not found or not _OF_ITS_DAY.search(found[0]) or len(question[: found.start()].split()) < 3:
        return question
    return f"{question[: found.start()].rstrip(' ,;.?!')}?"


def _beside(unit: Unit) -> Sequence[str]:
    """What may date a unit that does not date itself, the nearest first."""
    before = [sentence for sentence in re.split(r"(?<=[.!?])\s+|\n+", unit.hit.chunk.text[: unit.start]) if sentence]
    dated = [sentence for sentence in reversed(before) if _DATES_OTHERS.search(sentence)]
    return [unit.header, *dated[:1], *reversed(unit.hit.chunk.heading)]


def _told(period: Period) -> str:
    if period.last == _UNTIL_NOW:
        return f"{period.first}–"
    return str(period.first) if period.first == period.last else f"{period.first}–{period.last}"
