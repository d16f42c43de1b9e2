"""Records that a question asks for: its words as filters, and what they leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.catalogue.asked import bounds, places, vocabulary
from raufoss_assistant.catalogue.filters import DENIED, NAME, WORD, Filter, InRange, Known, Mentions, Says, kept
from raufoss_assistant.catalogue.measures import ranged
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.model import Record, RecordType
from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.numbers import numbers as numbers_in
from raufoss_assistant.norwegian.sentences import sentences

_EVERY = re.compile(r"\b(?:bare|kun|berre|only|alt|alle|all|every|ikke en eneste)\b", re.IGNORECASE)
_YEARS = re.compile(r"\s*(?:år|years?)\b", re.IGNORECASE)
_IN_NAME = re.compile(r"\b(?:i|in) (?:\w+ ){0,2}(?:na[mv]n(?:et)?|titte?l\w*|names?|titles?)\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalvparten\b|\bhalf\b(?= (?:of|the))", re.IGNORECASE)
_NOT_AT = re.compile(r"\b(?:ikke|ikkje|not|utenom|unntatt|except|verken|hverken|korkje)\s+$", re.IGNORECASE)
_OR_AT = re.compile(r"\s+(?:eller|og|or|and)\s+(?:(?:på|i|ved|in|at)\s+)?(\w+)", re.IGNORECASE)
_KEYWORDS = 4
"""Words up to which a place needs no preposition."""
_BARE_PLACE = re.compile(r"\b(?=(\w+(?:-\w+)?))", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:på|i|ved|in|at|fra|frå|til)\s+(?=(\w+(?:-\w+)?))", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:hvilke|kva for|kva|which|de|dei|the) (\w+) ", re.IGNORECASE)
TELLING = 6
"""Letters of a word that tells what a record is about although no name has it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a question selects of the records of a type.

    Attributes:
        type: of the records.
        filters: that were used.
        records: those that hold them all, as the overviews list them.
        beside: those that hold them too, but stand in no overview.
        unknown: filters that no record of the type has data for; they were not used.
        ignored: words of the question that no record has; they were not used.
        total: number of listed records of the type.
    """

    type: RecordType
    filters: tuple[Filter, ...]
    records: tuple[Record, ...]
    beside: tuple[Record, ...]
    unknown: tuple[Filter, ...]
    ignored: tuple[str, ...]
    total: int


def select(question: str, type_: RecordType, records: Sequence[Record], off: Sequence[str] = ()) -> Selection:
    """Select the records of a type that a question asks for.

    Args:
        question: in bokmål, nynorsk or English.
        type_: of the records.
        records: all records of that type.
        off: labels of filters that the reader has taken off.
    """
    reading = _Reading(question, type_, records)
    filters = [each for each in reading.filters() if each.label not in off]
    unknown = [each for each in filters if all(each.holds(record) is None for record in records)]
    used = [each for each in filters if each not in unknown]
    words, ignored = reading.mentions(used)
    used += [each for each in words if each.label not in off]
    found = kept(records, used)
    if extreme := reading.extreme(
        found, {field for each in used if not isinstance(each, Known) for field in each.fields}
    ):
        best, found = extreme
        used.append(best)
    return Selection(
        type=type_,
        filters=tuple(used),
        records=tuple(record for record in found if record.listed),
        beside=tuple(record for record in found if not record.listed),
        unknown=tuple(unknown),
        ignored=tuple(ignored),
        total=sum(record.listed for record in records),
    )


class _Reading:
    """A question while its words are taken up by filters."""

    def __init__(self, question: str, type_: RecordType, records: Sequence[Record]) -> None:
        question = _HALF.sub(lambda half: "50 prosent" if len(half[0]) > len("half") else "50 %", question)
        self._text = question
        self._left = question
        self._type = type_
        self._records = records
        self._fields = schema(type_).fields

    def filters(self) -> Iterator[Filter]:
        """All filters but those of leftover words; what they use is taken away."""
        numbers = list(self._numbers())
        bounded = {field for each in numbers for field in each.fields}
        yield from numbers
        yield from self._values()
        yield from self._missing(bounded)
        yield from self._places()
        yield from self._managers()
        yield from self._foreign(bounded)

    def _take(self, start: int, end: int) -> str:
        words = self._text[start:end].strip()
        self._left = self._left[:start] + " " * (end - start) + self._left[end:]
        return words

    def _label(self, field: str, words: str) -> str:
        return f"{schema(self._type).fields[field].label['nb'] if field in self._fields else field}: {words}"

    def _numbers(self) -> Iterator[Filter]:
        for bound in bounds(self._text):
            if found := ranged(self._text, bound, self._type):
                range_, end = found
                words = self._take(bound.start, end)
                yield replace(range_, label=self._label(range_.field, words))
            elif self._type == "course" and (unit := _YEARS.match(self._text, bound.end)):
                number = self._text[bound.start : bound.end].split()[-1]
                words = self._take(bound.start, unit.end())
                pattern = re.compile(
                    rf"\b(?:{re.escape(number)}|{bound.high or bound.low:.0f})\s+(?:år|years?)\b", re.I
                )
                yield Says(("form",), pattern, self._label("form", words))

    def _missing(self, bounded: Collection[str]) -> Iterator[Filter]:
        """Whether a field is told: «uten oppgitt pris», «mangler både beløp og støtteandel», «har oppgitt beløp»."""
        asked = vocabulary()
        for field, pattern in asked.fields.items():
            if field in bounded or field not in self._fields or not self._fields[field].reads:
                continue
            for found in pattern.finditer(self._left):
                before, after = self._left[: found.start()], self._left[found.end() :]
                said = re.search(r"oppgi|oppgj|kjent|kjend|mangl|stated?|known|list", self._text, re.I)
                missing = asked.missing_after.match(after) or asked.missing.search(before)
                if missing and (said or field != "deadline"):
                    yield Known(field, self._label(field, "ikke oppgitt"), wanted=False)
                elif asked.told_after.match(after) or asked.told.search(before):
                    yield Known(field, self._label(field, "oppgitt"), wanted=True)
                else:
                    continue
                self._take(*found.span())
                break

    def _values(self) -> Iterator[Filter]:
        """Values with a word of their own; of two of a field that «eller» joins, or of two levels, one is enough."""
        made: list[Says] = []
        for value in vocabulary().values:
            found = list(value.asked.finditer(self._left)) if value.type == self._type else []
            for each in found:
                self._take(*each.span())
            if found:
                denied = bool(DENIED.search(self._text[: found[0].start()]))
                every = value.every and bool(_EVERY.search(self._text))
                label = f"{'ikke ' if denied else ''}{value.label}{' (alt)' if every else ''}"
                says = Says(value.fields, value.holds, label, denied, every)
                twin = next(
                    (each for each in made if not denied and not each.negated and set(each.fields) & set(says.fields)),
                    None,
                )
                if twin and (value.alone or re.search(r"\b(?:eller|or)\b", self._text, re.I)):
                    made.remove(twin)
                    fields = tuple(dict.fromkeys((*twin.fields, *says.fields)))
                    either = re.compile(f"{twin.pattern.pattern}|{says.pattern.pattern}", re.I)
                    says = Says(fields, either, f"{twin.label} eller {says.label}")
                made.append(says)
        yield from made

    def _places(self) -> Iterator[Filter]:
        """Places after a preposition, two where «eller» joins them; of keywords alone any place."""
        keywords = len(self._text.split()) <= _KEYWORDS
        for found in (_BARE_PLACE if keywords else _PLACE).finditer(self._left):
            named = [found[1]]
            if (other := _OR_AT.match(self._left, found.end(1))) and other[1].casefold() in places():
                named.append(other[1])
            if all(self._is_place(name.casefold()) for name in named):
                denied = bool(_NOT_AT.search(self._text[: found.start()]))
                self._take(found.start(1), other.end(1) if other and len(named) > 1 else found.end(1))
                label = " eller ".join(name[0].upper() + name[1:] for name in named)
                pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, named))})", re.I)
                yield Says(("place",), pattern, f"ikke {label}" if denied else label, denied)

    def _is_place(self, place: str) -> bool:
        """Whether a word is a place that tells records apart."""
        own = place in ("raufoss", "innlandet") and "place" not in self._fields
        return place in places() and not own and place != "innlandet"

    def _managers(self) -> Iterator[Filter]:
        if "manager" not in self._fields:
            return
        made: list[tuple[int, int, list[str]]] = []
        held = {mark for record in self._records if (value := record.value("manager")) for mark in value.marks}
        for found in WORD.finditer(self._left):
            word = found[0].casefold()
            stems = {stem(word), *self._stands_for(word)}
            mark = next((mark for mark in held if mark in stems or (len(mark) > 4 and word.startswith(mark))), None)
            if mark and word not in stop_words():
                if made and self._text[made[-1][1] : found.start()].isspace():
                    made[-1] = (made[-1][0], found.end(), [*made[-1][2], mark])
                else:
                    made.append((*found.span(), [mark]))
        for start, end, marks in made:
            denied = bool(DENIED.search(self._text[:start]))
            name = self._take(start, end)
            pattern = re.compile("".join(rf"(?=.*\b{re.escape(mark)})" for mark in marks), re.I)
            yield Says(("manager",), pattern, f"ikke {name}" if denied else name, denied)

    def _foreign(self, bounded: Collection[str]) -> Iterator[Filter]:
        """What only records of other types have, so that none of these has data for it («deltid» of a service)."""
        for value in vocabulary().values:
            if value.type != self._type and not set(value.fields) & set(self._fields):
                for found in list(value.asked.finditer(self._left)):
                    self._take(*found.span())
                    yield Says(value.fields, value.holds, found[0])
        for field in vocabulary().telling:
            if field in bounded or any(record.value(field) for record in self._records):
                continue
            for found in list(vocabulary().fields[field].finditer(self._left)):
                self._take(*found.span())
                yield Says((field,), re.compile(r"(?!)"), found[0])

    def mentions(self, used: Sequence[Filter]) -> tuple[list[Filter], list[str]]:
        """Filters of the words that are left, and the words that no record has.

        All words must be met; where nothing meets them all, and «og» or «eller» joins them, one is enough.
        """
        scope = self._scope()
        extremes = (pattern for each in vocabulary().extremes for pattern in (each.least, each.most))
        for pattern in (*extremes, *vocabulary().fields.values()):
            for found in list(pattern.finditer(self._left)):
                self._take(*found.span())
        candidates = kept(self._records, used)
        chosen: list[Mentions] = []
        ignored = []
        for word in self._words():
            stems = frozenset({stem(word.casefold()), *self._stands_for(word)})
            place = self._left.find(word)
            denied = bool(DENIED.search(self._text[:place]))
            mention = Mentions(stems, f"ikke {word}" if denied else word, scope, negated=denied)
            telling = scope or len(word) >= TELLING or any(mention.names(record) for record in self._records)
            if telling and any(mention.holds(record) != denied for record in self._records):
                chosen.append(mention)
            elif rare := self._elsewhere(stems, word):
                chosen.append(rare)
            else:
                ignored.append(word)
        either = scope == (NAME,) or not kept(candidates, chosen) or self._side_by_side(chosen)
        if len(chosen) > 1 and either and re.search(r"\b(?:og|eller|and|or)\b", self._left):
            terms = frozenset(term for each in chosen for term in each.terms)
            return [Mentions(terms, " eller ".join(each.label for each in chosen), scope)], ignored
        return list(chosen), ignored

    def _side_by_side(self, mentions: Sequence[Mentions]) -> bool:
        """Whether two words stand on either side of «og», so that each is asked for: «elektro og elkraft»."""
        one, *others = (re.escape(each.label) for each in mentions) if mentions else ("",)
        return any(re.search(rf"\b{one} (?:og|eller|and|or) {other}\b", self._text, re.I) for other in others)

    def _elsewhere(self, stems: frozenset[str], word: str) -> Mentions | None:
        """A filter on all fields, for a telling word that few records have."""
        mention = Mentions(stems, word, tuple(self._fields))
        holding = sum(bool(mention.holds(record)) for record in self._records)
        return mention if len(word) >= TELLING and 0 < holding <= len(self._records) / 2 else None

    def _words(self) -> Iterator[str]:
        """The words left that tell of something, in the sentence that names the type, else in the last one."""
        noise, stops = vocabulary().noise, stop_words()
        parts = sentences(self._text) or [(0, 0)]
        noun = vocabulary().nouns[self._type].search(self._text)
        start, end = next((part for part in parts if noun and part[0] <= noun.start() < part[1]), parts[-1])
        for written in dict.fromkeys(WORD.findall(self._left[start:end])):
            word = written.casefold()
            if len(word) > 1 and not word.isdigit() and word not in stops and not noise.fullmatch(word):
                yield written

    def _stands_for(self, word: str) -> Iterator[str]:
        for term, pattern in vocabulary().topics.items():
            if pattern.fullmatch(word):
                yield term

    def _scope(self) -> tuple[str, ...]:
        if found := _IN_NAME.search(self._left):
            self._take(*found.span())
            return (NAME,)
        for field in ("equipment", "benefit", "contact", "deliverable", "exam", "admission", "not_covered"):
            if field in self._fields and (found := vocabulary().fields[field].search(self._left)):
                self._take(*found.span())
                return (field,)
        if (
            re.search(r"\b(?:målgruppe\w*|mynta|retta?|rettet|beregnet|berekna)\b", self._left, re.I)
            and "target" in self._fields
        ):
            return ("target",)
        return ()

    def extreme(self, found: Sequence[Record], bounded: Collection[str]) -> tuple[Filter, list[Record]] | None:
        """The records with the least or the most of a field that is not bounded, where the question asks for them."""
        for each in vocabulary().extremes:
            field = next((field for field in each.fields if field in self._fields), None)
            for pattern, best in ((each.least, min), (each.most, max)):
                if field and field not in bounded and (word := pattern.search(self._text)):
                    return self._best(field, each.of, best, word[0], found)
        return None

    def _best(
        self, field: str, of: str, best: Callable[[list[float]], float], word: str, found: Sequence[Record]
    ) -> tuple[Filter, list[Record]] | None:
        count = _HOW_MANY.search(self._text)
        of = "low" if field == "target" and best is min else of
        numbers = {record.id: number for record in found if (number := stated(record, field, of)) is not None}
        if not numbers:
            return None
        ranked = sorted(numbers.values(), reverse=best is max)
        last = ranked[min(len(ranked), next((int(n.value) for n in numbers_in(count[1])), 1) if count else 1) - 1]
        top = {value for value in ranked if (value >= last if best is max else value <= last)}
        label = self._label(field, word)
        return InRange(field, min(top), max(top), "stated", label), [
            each for each in found if numbers.get(each.id) in top
        ]


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
