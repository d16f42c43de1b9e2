"""Filters on records: each tells whether a record holds it, does not, or has no data for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

from raufoss_assistant.catalogue.schema import schema, unknown
from raufoss_assistant.catalogue.values import parse
from raufoss_assistant.model import Record, Value
from raufoss_assistant.norwegian.analyse import stem

Mode = Literal["within", "reach", "covers", "overlap", "begins", "ends", "stated"]
"""How a range of a record is held against the range asked for: it lies within it, has a part of it, covers it, either,
begins in it, ends in it, or has its stated number in it."""
WORD = re.compile(r"[^\W_]+")
_NOT_FOR = re.compile(r"gjelder ikke|gjeld ikkje|not applicable", re.IGNORECASE)
NAME = "name"
"""A scope of the record's name and code alone."""
_PROSE = ("", "employees")
"""Parsers of fields that tell something also where they have no value."""
_COMPOUNDED = 5
"""Letters from which a word may be part of a compound («sveis» of «sveisesimulator»)."""
_HEAD = 3
"""The same where what is named is a thing of a list, and the word the last part of it («ovn» of «smelteovn»)."""
_LISTS = (("equipment",), ("deliverable",))
_USE = re.compile(r": .*?(?= [-•] |$)")
_NARROW = {
    "service": ("about", "contact"),
    "course": ("about", "code"),
    "funding": ("about", "target"),
    "organisation": ("about", "more"),
    "company": ("about", "more"),
    "equipment": ("about", "service"),
}


class Filter(Protocol):
    """Narrows a list of records.

    Attributes:
        fields: keys of the fields it looks at; none where it looks at the whole record.
        label: what the reader sees, and may take off.
    """

    @property
    def fields(self) -> tuple[str, ...]:
        """Keys of the fields."""

    @property
    def label(self) -> str:
        """What the reader sees."""

    def holds(self, record: Record) -> bool | None:
        """Whether the record is kept; None where it has no data to tell."""


@dataclass(frozen=True, slots=True)
class InRange:
    """A range of numbers in a field.

    Example:
        >>> InRange("price", None, 10_000, "stated", "Pris: under 10 000").holds(record)
        False
    """

    field: str
    low: float | None
    high: float | None
    mode: Mode
    label: str
    marks: frozenset[str] = frozenset()
    negated: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The field."""
        return (self.field,)

    def holds(self, record: Record) -> bool | None:
        """Whether the record's value fits, by the mode; None where it is not known."""
        value = record.value(self.field)
        if value is None:
            return None
        if not self.marks <= value.marks:
            return False
        low, high = _range(value)
        least = float("-inf") if self.low is None else self.low
        most = float("inf") if self.high is None else self.high
        stated = value.low if value.low is not None else value.high
        if self.high is None and value.high is not None:
            stated = value.high  # «over fem millioner» is met by «5–7 millioner»
        exceptional = least == most and f"{least:g}" in value.marks
        fits: dict[Mode, bool] = {
            "within": least <= low and high <= most,
            "reach": high >= least if self.high is None else low <= most,
            "covers": (low <= least and most <= high) or exceptional,
            "overlap": low <= most and least <= high,
            "begins": least <= low <= most,
            "ends": least <= high <= most,
            "stated": stated is not None and least <= stated <= most,
        }
        return fits[self.mode] != self.negated


def _range(value: Value) -> tuple[float, float]:
    return float("-inf") if value.low is None else value.low, float("inf") if value.high is None else value.high


@dataclass(frozen=True, slots=True)
class Says:
    """A pattern in the text of fields."""

    fields: tuple[str, ...]
    pattern: re.Pattern[str]
    label: str
    negated: bool = False
    every: bool = False

    def holds(self, record: Record) -> bool | None:
        """Whether one of the fields' texts says it, or every one; None where none of them says what is known."""
        texts = [each.text for field in self.fields for each in record.all(field) if not each.outdated]
        if self.every and not all(self.pattern.search(text) for text in texts):
            return self.negated
        if any(self.pattern.search(text) for text in texts):
            return not self.negated
        told = schema(record.type).fields
        known = any(
            record.value(field) or (record.said(field) and told[field].reads in _PROSE)
            for field in self.fields
            if field in told
        )
        return self.negated if known else None


@dataclass(frozen=True, slots=True)
class TakesTime:
    """A time in days that one of the texts of a field names, as «to dagers kurs» of a training.

    Example:
        >>> TakesTime("training", 1.0, 1.0, "Krever opplæring: én dag").holds(record)
        True
    """

    field: str
    low: float | None
    high: float | None
    label: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The field."""
        return (self.field,)

    def holds(self, record: Record) -> bool | None:
        """Whether one of the texts names such a time; None where none is told."""
        texts = [each.text for each in record.all(self.field) if not each.outdated]
        if not texts:
            return None
        least, most = self.low or 0.0, float("inf") if self.high is None else self.high
        times = [value for text in texts if (value := parse("duration", text))]
        return any(value.low is not None and least <= value.low <= most for value in times)


@dataclass(frozen=True, slots=True)
class Known:
    """Whether the value of a field is known at all."""

    field: str
    label: str
    wanted: bool

    @property
    def fields(self) -> tuple[str, ...]:
        """The field."""
        return (self.field,)

    def holds(self, record: Record) -> bool | None:
        """Whether it is known, or is said not to be, as wanted; what does not apply to a record is neither."""
        said = record.said(self.field)
        if said is None:
            return not self.wanted
        free = not schema(record.type).fields[self.field].reads
        known = said.value is not None or (free and not unknown().search(said.text))
        return known if self.wanted else not known and not _NOT_FOR.search(said.text)


@dataclass(frozen=True, slots=True)
class Mentions:
    """A word in what the record is about, or in a field.

    Attributes:
        terms: stems that may stand for each other.
        label: the word as it was written.
        scope: keys of the fields to look at; none for the name and what the record is about.
    """

    terms: frozenset[str]
    label: str
    scope: tuple[str, ...] = ()
    negated: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the scope."""
        return self.scope if self.scope != (NAME,) else ()

    def names(self, record: Record) -> bool:
        """Whether the record's name, code or contact has one of the terms."""
        return any(_same(term, word) for term in self.terms for word in _words(record, ("contact",)) | _name(record))

    def holds(self, record: Record) -> bool | None:
        """Whether a word there is one of the terms, or is compounded with it; in a name it may be any part."""
        if self.scope == (NAME,):
            name = _letters(f"{record.name} {record.code or ''}")
            return any(_letters(term) in name for term in self.terms) != self.negated
        least = _HEAD if self.scope in _LISTS else _COMPOUNDED
        found = any(_same(term, word, least) for term in self.terms for word in _words(record, self.scope))
        return found != self.negated


@lru_cache(maxsize=4096)
def _words(record: Record, scope: tuple[str, ...]) -> frozenset[str]:
    fields = scope or _NARROW[record.type]
    texts = [
        _USE.sub("", each.text) if each.field == "equipment" else each.text
        for each in record.statements
        if each.field in fields
    ]
    found = frozenset(word for text in texts for word in WORD.findall(text.casefold()))
    return found if scope else found | _name(record)


def _letters(text: str) -> str:
    """Its letters and digits, lower case."""
    return "".join(WORD.findall(text.casefold()))


def _name(record: Record) -> frozenset[str]:
    return frozenset(WORD.findall(f"{record.name} {record.code or ''}".casefold()))


def _same(term: str, word: str, least: int = _COMPOUNDED) -> bool:
    if stem(word) == term or word == term:
        return True
    ends = word.endswith(term) or stem(word).endswith(term)
    return len(term) >= least and (ends or (len(term) >= _COMPOUNDED and word.startswith(term)))


@dataclass(frozen=True, slots=True)
class About:
    """What words are about by their meaning, where no record has the words.

    Attributes:
        ids: of the records that are about it.
        label: the words.
    """

    ids: frozenset[str]
    label: str

    @property
    def fields(self) -> tuple[str, ...]:
        """None: it looks at the whole record."""
        return ()

    def holds(self, record: Record) -> bool:
        """Whether the record is about it."""
        return record.id in self.ids


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Filters of which one is enough: «om våren eller før 2020».

    Example:
        >>> AnyOf((bachelor, master)).label
        'bachelor eller master'
    """

    filters: tuple[Filter, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of all of them."""
        return tuple(dict.fromkeys(field for each in self.filters for field in each.fields))

    @property
    def label(self) -> str:
        """Their labels; what stands before the colon, once."""
        first, *others = (each.label for each in self.filters)
        head = first.partition(": ")[0] + ": "
        return " eller ".join([first, *(label.removeprefix(head) for label in others)])

    def holds(self, record: Record) -> bool | None:
        """Whether one of them holds; None where none does and one has no data to tell."""
        told = [each.holds(record) for each in self.filters]
        return True if True in told else None if None in told else False


def kept(records: Iterable[Record], filters: Iterable[Filter]) -> list[Record]:
    """The records that hold every filter."""
    filters = list(filters)
    return [record for record in records if all(each.holds(record) for each in filters)]


def stated(record: Record, field: str, of: str = "value") -> float | None:
    """The number by which records are compared: the one that is stated, the longest time, the highest TRL.

    Of a field's width it is that of its range, of its rows how many there are, of its low end the least.
    """
    if of == "rows":
        return float(len(record.all(field))) or None
    value = record.value(field)
    if value is None:
        return None
    if of == "low":
        return value.low
    if of == "width":
        return None if value.high is None or value.low is None else value.high - value.low
    return value.high if value.high is not None else value.low
