"""What a question asks records for: patterns from filters.yaml, and bounds on numbers («under 10 000 kr»)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from raufoss_assistant.catalogue.values import DAYS, spans
from raufoss_assistant.model import RecordType
from raufoss_assistant.norwegian.numbers import Number

_NOT = re.compile(
    r"\b(?:ikke|ikkje|itj|aldri|ingen|ingenting|inkje|never|not|no|none|nothing)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
_UNDER = re.compile(
    r"\b(?:under|below|før|before|(?:mindre|lavere|lågare|billigere|billegare|kortere|kortare|raskere|færre"
    r"|yngre)(?: \w+){0,2} enn"
    r"|(?:less|cheaper|shorter|fewer|lower)(?: \w+){0,2} than)\s*$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:inntil|opptil|opp til|høyst|høgst|maks(?:imalt|imum)?|innen|innan|innenfor|at most|up to|within)\s*$",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:over|above|etter|after|(?:mer|meir|lengre|lenger|lengre|dyrere|dyrare|flere|fleire|større|høyere"
    r"|høgare)(?: \w+){0,2} enn"
    r"|(?:more|longer|higher|larger)(?: \w+){0,2} than)\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:minst|fra og med|frå og med|fra|frå|from|siden|sidan|since|at least|minimum)\s*$", re.IGNORECASE
)
_OR_LESS = re.compile(
    r"\W*(?:(?:maks\b|tops\b|at most\b|på det meste\b|,? ?(?:men|but) (?:ikke|ikkje|not|no) (?:mer|meir|lenger"
    r"|lengre|lengje|over|more|longer)\b)|(?:eller|or|og|and) (?:mindre|kortere|kortare|færre|lavere|lågare"
    r"|billigere|billegare|rimeligere|raskere|tidligere|tidlegare|tilleg\w*|før|eldre|ned\w*|less|fewer|lower|shorter"
    r"|cheaper|earlier|before|older|below|under)\b)",
    re.I,
)
_OR_MORE = re.compile(
    r"\W*(?:eller|or|og|and) (?:mer|meir|flere|fleire|lengre|lenger|lengje|større|dyrere|dyrare|oppover|opp|over|høyere"
    r"|høgare|høgre|more|longer|higher|larger|greater|above|up|upwards|senere|seinere|seinare|etter|later|after|nyere"
    r"|nyare|yngre|newer)\b",
    re.I,
)
OR_MORE_OR_LESS = re.compile(rf"{_OR_LESS.pattern}|{_OR_MORE.pattern}|\+", re.I)
"""What follows a number and makes it a bound: «eller mindre»."""
_SINGLE = re.compile(rf"\b(en|ei|ein|et|eit|ett|a|one)(?= (?:{'|'.join(DAYS)})\b)", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:en|ein|én|éin|a|one) (?:hel|heil|whole) (?=mill|mrd|milliard)", re.IGNORECASE)
_BEFORE_YEAR = re.compile(r"\b(?:eldre|eldra|tidligere|tidlegare|older|earlier) (?:enn|than)\s*$", re.IGNORECASE)
_AFTER_YEAR = re.compile(r"\b(?:nyere|nyare|yngre|senere|seinare|newer|later) (?:enn|than)\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:mellom|between)\s*(?:(?:kr|nok)\.?\s*)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:kr|kroner|nok)?\.?\s*(?:og|and)\s*(?:kr|nok)?\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in a question with what bounds it: text[start:end].

    Attributes:
        low: least value asked for, or None.
        high: greatest value asked for, or None; a strict bound is moved by as little as can be.
        start: offset of the comparing word, else of the number.
        end: offset after the number; the unit is not in it.
        exact: whether no word compares, so that low and high are the number itself.
    """

    low: float | None
    high: float | None
    start: int
    end: int
    exact: bool


def bounds(text: str) -> Iterator[Bound]:
    """Every number of a question with what bounds it.

    Example:
        >>> [(bound.low, bound.high) for bound in bounds("minst 4 og høyst fem tusen")]
        [(4.0, None), (None, 5000.0)]
    """
    text = _WHOLE.sub(lambda match: "1 ".rjust(len(match[0])), text)
    text = _SINGLE.sub(lambda match: "1".rjust(len(match[1]), "0"), text)
    found = spans(text)
    skip = False
    for place, (low, high) in enumerate(found):
        if skip:
            skip = False
            continue
        before = text[: low.start]
        following = found[place + 1] if place + 1 < len(found) else None
        if (between := _BETWEEN.search(before)) and following and _AND.fullmatch(text, high.end, following[0].start):
            skip = True
            scaled = low.value * following[1].scale if low.value < following[1].value / 100 else low.value
            yield Bound(scaled, following[1].value, between.start(), following[1].end, exact=False)
            continue
        yield _bound(low, high, text)


def _bound(first: Number, last: Number, text: str) -> Bound:
    low, high, start, end = first.value, last.value, first.start, last.end
    before, after = re.sub(r"\b(?:(?:på )?trl(?:[- ]?nivå)?|kr|nok)\.?\s*$", "", text[:start], flags=re.I), text[end:]
    if 1990 <= low <= 2040 and (word := _BEFORE_YEAR.search(before)):
        return Bound(None, low - 1, word.start(), end, exact=False)
    if 1990 <= high <= 2040 and (word := _AFTER_YEAR.search(before)):
        return Bound(high + 1, None, word.start(), end, exact=False)
    for pattern, make in (
        (_UNDER, lambda: (None, math.nextafter(low, 0))),
        (_MOST, lambda: (None, high)),
        (_OVER, lambda: (math.nextafter(high, math.inf), None)),
        (_LEAST, lambda: (low, None)),
    ):
        if (word := pattern.search(before)) and not (pattern is _LEAST and low != high):
            least, most = make()
            if denied := _NOT.search(before[: word.start()]):
                least, most = (high, None) if pattern is _UNDER else (None, high) if pattern is _OVER else (least, most)
            return Bound(least, most, denied.start() if denied else word.start(), end, exact=False)
    if re.match(rf"\W*(?:\w+,? )?{_OR_LESS.pattern}", after, re.IGNORECASE):
        return Bound(None, high, start, end, exact=False)
    if after.startswith("+") or re.match(rf"\W*(?:\w+ )?{_OR_MORE.pattern}", after, re.IGNORECASE):
        return Bound(low, None, start, end, exact=False)
    return Bound(low, high, start, end, exact=True)


@dataclass(frozen=True, slots=True)
class Named:
    """A value that readers ask for by a word of its own.

    Attributes:
        type: of records that may have it.
        fields: where it is sought.
        label: what it is called.
        asked: pattern of the question.
        holds: pattern of the field's text.
        alone: whether no record has two such values, so that two of them are alternatives.
        every: whether the field has many texts, so that a question may ask for those where each says it.
        usual: whether it does so unless it says otherwise: equipment that needs no training is all the equipment.
        known: whether it is that the field's value is known at all.
    """

    type: RecordType
    fields: tuple[str, ...]
    label: str
    asked: re.Pattern[str]
    holds: re.Pattern[str]
    alone: bool
    every: bool
    usual: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Extreme:
    """A superlative: fields it may be about, patterns of the least and the most, and of what: value, width or rows."""

    fields: tuple[str, ...]
    least: re.Pattern[str]
    most: re.Pattern[str]
    of: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All patterns of filters.yaml.

    Attributes:
        nouns: by type of record, in the plural.
        singular: the same in the singular.
        offers: nouns that may stand for any type.
        contexts: by type, words that tell which type is meant where no noun does.
        values: see `Named`.
        fields: by key, how a field is asked for.
        missing: text before a field that says that it is not told; small words and other fields may stand between.
        missing_after: the same, after it.
        told: text before a field that says that it is told.
        told_after: the same, after it.
        telling: keys of fields whose mention asks for a value, also where no record of the type has any.
        extremes: see `Extreme`.
        topics: patterns of words that stand for a term of the documents, by that term.
        noise: words that say nothing of the records.
    """

    nouns: Mapping[RecordType, re.Pattern[str]]
    singular: Mapping[RecordType, re.Pattern[str]]
    offers: re.Pattern[str]
    contexts: Mapping[RecordType, re.Pattern[str]]
    values: tuple[Named, ...]
    fields: Mapping[str, re.Pattern[str]]
    missing: re.Pattern[str]
    missing_after: re.Pattern[str]
    told: re.Pattern[str]
    told_after: re.Pattern[str]
    telling: tuple[str, ...]
    extremes: tuple[Extreme, ...]
    topics: Mapping[str, re.Pattern[str]]
    noise: re.Pattern[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The patterns, compiled; each begins and ends at a word's edge."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/filters.yaml")
    raw: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    fields = "|".join(raw["fields"].values())
    between = rf"(?:[\W]+(?:{raw['small']}|{fields}))*\W*$"
    return Vocabulary(
        nouns={
            type_: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) for type_, pattern in raw["nouns"].items()
        },
        singular={type_: _word(pattern) for type_, pattern in raw["singular"].items()},
        offers=_word(raw["offers"]),
        contexts={type_: _word(pattern) for type_, pattern in raw["contexts"].items()},
        values=tuple(
            Named(
                it["type"],
                tuple(it["fields"]),
                it["label"],
                _word(it["asked"]),
                re.compile(it["holds"], re.I),
                it.get("alone", False),
                it.get("every", False),
                it.get("usual", False),
                it.get("known", False),
            )
            for it in raw["values"]
        ),
        fields={key: _word(pattern) for key, pattern in raw["fields"].items()},
        missing=re.compile(rf"(?<!\w)(?:{raw['missing']}){between}", re.IGNORECASE),
        missing_after=re.compile(
            rf"(?:-?felt\w*)?(?:\W+(?:og|and|{fields}))*\W*(?:{raw['missing_after']})", re.IGNORECASE
        ),
        told=re.compile(rf"(?<!\w)(?:{raw['told']}){between}", re.IGNORECASE),
        told_after=re.compile(rf"\W*(?:{raw['told_after']})", re.IGNORECASE),
        telling=tuple(raw["telling"]),
        extremes=tuple(
            Extreme(tuple(it["fields"]), _word(it["least"]), _word(it["most"]), it.get("of", "value"))
            for it in raw["extremes"]
        ),
        topics={term: _word(pattern) for term, pattern in raw["topics"].items()},
        noise=re.compile(f"(?:{'|'.join(raw['noise'].split())})", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def places() -> Mapping[str, bool]:
    """Places that users name, lower case; whether each lies in Innlandet."""
    file = resources.files("raufoss_assistant.norwegian").joinpath("data/places.yaml")
    raw: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return {place: inside == "innlandet" for inside, names in raw.items() for place in names.split()}


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE)
