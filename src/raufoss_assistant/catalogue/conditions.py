"""What a question asks of the records of a type, word by word: conditions with where in the question they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.catalogue.asked import Bound, Named, bounds, places, vocabulary
from raufoss_assistant.catalogue.denial import denied
from raufoss_assistant.catalogue.filters import WORD, Filter, InRange, Known, Mode, Says, TakesTime, stated
from raufoss_assistant.catalogue.measures import ranged
from raufoss_assistant.catalogue.naming import named
from raufoss_assistant.catalogue.schema import schema, unknown
from raufoss_assistant.model import Record, RecordType
from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.numbers import spellings

_EVERY = re.compile(r"\b(?:bare|kun|berre|only|alt|alle|all|every|ikke en eneste)\b", re.IGNORECASE)
_SOME = re.compile(
    r"\b(?:minst (?:én|en|ein|éin|ett|et|eit)|noe av|noko av|noen av|nokre av|at least one|some of)\b", re.I
)
_YEARS = re.compile(r"\s*(?:år|years?)\b", re.IGNORECASE)
_HALF = re.compile(r"\bhalvparten\b|\bhalf\b(?= (?:of|the))", re.IGNORECASE)
_AGAIN = re.compile(r"(?<=\d)(\W+(?:til|eller|og|or|and|to|[–-])\W+)TRL[- ]?(?=\d)", re.IGNORECASE)
"""A unit said a second time: «TRL 4 til TRL 7»."""
_LISTED = re.compile(r"\W*(?:,|\b(?:eller|og|or|and)\b)\W*", re.IGNORECASE)
"""What joins numbers of one unit: «TRL 4 eller 5»."""
_OR_AT = re.compile(r"\s+(?:eller|og|or|and)\s+(?:(?:på|i|ved|in|at)\s+)?(\w+)", re.IGNORECASE)
_KEYWORDS = 4
"""Words up to which a place needs no preposition."""
_BARE_PLACE = re.compile(r"\b(?=(\w+(?:-\w+)?))", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:på|i|ved|in|at|fra|frå|til|utenfor|utanfor|outside(?: of)?|utenom|utanom|enn)\s+(?=(\w+(?:-\w+)?))",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:jeg|eg|æ|vi|me|I|we)\b(?:\W+\w+){0,2}\W+(?:bor|bur|bu|held|holder|live|based|from|fra|frå)\b(?: til)?\W*$",
    re.I,
)
"""What somebody says who tells where he lives."""
_MEASURED = ("target", "credits", "trl", "share")
"""Fields whose numbers need no unit beside the field's name."""
_COURSE = re.compile(r"\s*(?:kurs\w*|opplæring\w*|innføring\w*|training|course)", re.IGNORECASE)
_COURSE_OF = re.compile(
    r"(?:kurs\w*|opplæring\w*|training|course)(?: \w+){0,2} (?:på|of|over)(?:\s+\w+ eller)?\s*$", re.IGNORECASE
)
_THAN = re.compile(
    r"\b(?P<more>mindre|lavere|lågare|billi\w+|rimel\w+|rask\w+|kort\w+|cheaper|less|faster|shorter|mer|meir"
    r"|dyr\w+|leng\w+|høyere|høgare|more|longer) (?:enn|than)\b",
    re.I,
)
_LESS = re.compile(r"mindre|lavere|lågare|billi|rime|rask|kort|cheap|less|fast|short", re.I)
_FIELD_OF_MORE = {
    "bill": "price",
    "rime": "price",
    "chea": "price",
    "dyra": "price",
    "dyre": "price",
    "rask": "duration",
    "fast": "duration",
    "kort": "duration",
    "shor": "duration",
    "leng": "duration",
    "long": "duration",
}
"""The field that a comparative speaks of by itself, by its first letters."""
_NEAR = 4
"""Letters after «enn» within which a record is named."""
_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{2,60})[»”\"]|\b(?:ordet|the word)\s+(\w{3,})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter and the part of the question that it comes from: text[start:end]."""

    filter: Filter
    start: int
    end: int


class Reading:
    """A question while its words are taken up by conditions.

    Attributes:
        text: the question.
        left: the same, with blanks for what is taken.
        type: of the records.
        records: all records of that type.
        numbers: the conditions on numbers that were found.
        found: all conditions that were found.
        fields: keys of the type's fields.

    Example:
        >>> reading = Reading("Hvilke studier går på deltid?", "course", catalogue.of_type("course"))
        >>> [each.filter.label for each in reading.conditions()]
        ['deltid']
    """

    def __init__(self, question: str, type_: RecordType, records: Sequence[Record]) -> None:
        question = _HALF.sub(lambda half: "50 prosent" if len(half[0]) > len("half") else "50 %", question)
        question = _AGAIN.sub(r"\1", question)
        self.text = question
        self.left = question
        self.type = type_
        self.records = records
        self.numbers: list[Condition] = []
        self.found: list[Condition] = []
        self.fields = schema(type_).fields

    def conditions(self) -> Iterator[Condition]:
        """All conditions but those of leftover words and of other types; what they use is taken away."""
        for each in self._found():
            self.found.append(each)
            yield each

    def _found(self) -> Iterator[Condition]:
        yield from self._quoted()
        numbers = self.numbers = list(self._numbers())
        bounded = {field for each in numbers for field in each.filter.fields}
        yield from numbers
        yield from self._relative()
        yield from self._values()
        managed = list(self._managers())
        yield from self._missing({*bounded, *(field for each in managed for field in each.filter.fields)})
        yield from self._places()
        yield from managed

    def take(self, start: int, end: int) -> str:
        """Blank text[start:end] out and give it."""
        words = self.text[start:end].strip()
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        return words

    def label(self, field: str, words: str) -> str:
        """What a reader sees: the field's label and the words."""
        return f"{self.fields[field].label['nb'] if field in self.fields else field}: {words}"

    def asks_every(self, value: Named, start: int, end: int) -> bool:
        """Whether the question wants each text of the field to say the value that it has at text[start:end].

        It does where it speaks of all there is of something elsewhere («bare», «alt»), or by the value itself.
        """
        outside = self.text[:start] + self.text[end:]
        return value.every and bool(_EVERY.search(outside) or (value.usual and not _SOME.search(outside)))

    def field_near(self, start: int, end: int) -> str | None:
        """The field of the type that is named nearest to text[start:end], in its sentence."""
        named = [
            (min(abs(start - found.end()), abs(found.start() - end)), key)
            for key, pattern in vocabulary().fields.items()
            if key in self.fields
            for found in pattern.finditer(self.text)
            if found.end() <= start or found.start() >= end
        ]
        return min(named)[1] if named else None

    def _quoted(self) -> Iterator[Condition]:
        """What the question gives in quotation marks, as the field that it names says it."""
        for found in list(_QUOTED.finditer(self.text)):
            words = found[1] or found[2]
            field = self.field_near(*found.span())
            if field is None or re.search(r"\b(?:i|in) (?:\w+ )?(?:na[mv]n|tit|name)", self.text, re.I):
                continue
            pattern = re.compile(re.escape(words), re.I)
            if unknown().fullmatch(words.strip()) and not any(
                pattern.fullmatch(each.text.strip(" .")) for record in self.records for each in record.all(field)
            ):
                continue
            if any(pattern.search(each.text) for record in self.records for each in record.all(field)):
                self.take(*found.span())
                deny = denied(self.text, found.start(), found.end())
                label = self.label(field, f"{'ikke ' if deny else ''}«{words}»")
                yield Condition(Says((field,), pattern, label, deny), *found.span())

    def _numbers(self) -> Iterator[Condition]:
        """Numbers with a unit, and those that a list joins to one that has it."""
        found = [(bound, ranged(self.text, bound, self.type)) for bound in bounds(self.text)]
        units = [measured for _, measured in found]
        for place, (bound, measured) in enumerate(found):
            taken = self._joined(found, units, place) or measured or self._by_field(bound)
            if taken and self._of_training(bound, taken):
                yield self._training(bound, taken)
            elif taken:
                range_, end = taken
                words = self.take(bound.start, end)
                yield Condition(replace(range_, label=self.label(range_.field, words)), bound.start, end)
            elif self.type == "course" and (unit := _YEARS.match(self.text, bound.end)):
                written = map(re.escape, spellings(round(bound.high or bound.low or 0.0, 6)))
                words = self.take(bound.start, unit.end())
                pattern = re.compile(rf"\b(?:{'|'.join(written)})\s+(?:år|years?)\b", re.I)
                yield Condition(Says(("form",), pattern, self.label("form", words)), bound.start, unit.end())

    def _joined(
        self,
        found: Sequence[tuple[Bound, tuple[InRange, int] | None]],
        units: list[tuple[InRange, int] | None],
        place: int,
    ) -> tuple[InRange, int] | None:
        """A number without a unit as one of the unit of the number that is joined to it: «to eller tre uker»."""
        bound = found[place][0]
        for other in (place - 1, place + 1):
            if not 0 <= other < len(found) or units[other] is None or not bound.exact:
                continue
            beside, (range_, end) = found[other][0], units[other]  # type: ignore[misc]
            if (own := units[place]) and (own[0].field != range_.field or other > place):
                continue
            gap = self.text[end : bound.start] if other < place else self.text[bound.end : beside.start]
            if _LISTED.fullmatch(gap) and beside.exact and beside.high and range_.high and bound.low is not None:
                factor = range_.high / beside.high
                high = bound.high if bound.high is not None else bound.low
                units[place] = (
                    replace(range_, low=bound.low * factor, high=high * factor, negated=denied(self.text, bound.start)),
                    bound.end,
                )
                return units[place]
        return None

    def _relative(self) -> Iterator[Condition]:
        """A bound by what another record has: «koster mindre enn materialprøving»."""
        for found in _THAN.finditer(self.text):
            field = _FIELD_OF_MORE.get(found["more"].casefold()[:4]) or self.field_near(*found.span("more"))
            beside = next((each for each in named(self.text[found.end() :], self.records) if each.start < _NEAR), None)
            number = stated(beside.record, field) if beside and field and field in self.fields else None
            if beside is None or field is None or number is None:
                continue
            less = bool(_LESS.match(found["more"]))
            low, high = (None, math.nextafter(number, 0)) if less else (math.nextafter(number, math.inf), None)
            end = re.compile(r"\W*[\w-]+").match(self.text, found.end())
            label = self.label(field, self.take(found.start("more"), end.end() if end else found.end()))
            yield Condition(InRange(field, low, high, "stated", label), found.start("more"), found.end())

    def _by_field(self, bound: Bound) -> tuple[InRange, int] | None:
        """A number without a unit as one of the field named just before or after it: «målgruppa skal romme 45»."""
        before, after = self.text[: bound.start], self.text[bound.end :]
        for field in _MEASURED:
            if field not in self.fields:
                continue
            pattern = vocabulary().fields[field].pattern
            near = re.search(rf"(?:{pattern})(?:\s+\w+){{0,3}}\s*$", before, re.I)
            near = near or (None if bound.exact else re.match(rf"\s*(?:i|in) (?:{pattern})", after, re.I))
            if near:
                mode: Mode = "stated" if field in ("credits", "share") else "covers" if bound.exact else "reach"
                return InRange(field, bound.low, bound.high, mode, ""), bound.end
        return None

    def _of_training(self, bound: Bound, measured: tuple[InRange, int]) -> bool:
        """Whether a time is that of the training which equipment requires: «krever én dags kurs»."""
        range_, end = measured
        return (
            range_.field == "duration"
            and "training" in self.fields
            and bool(_COURSE.match(self.text, end) or _COURSE_OF.search(self.text[: bound.start]))
        )

    def _training(self, bound: Bound, measured: tuple[InRange, int]) -> Condition:
        range_, end = measured
        label = self.label("training", self.take(bound.start, end))
        return Condition(TakesTime("training", range_.low, range_.high, label), bound.start, end)

    def _missing(self, bounded: Collection[str]) -> Iterator[Condition]:
        """Whether a field is told: «uten oppgitt pris», «mangler både beløp og støtteandel», «har oppgitt beløp»."""
        asked = vocabulary()
        for field, pattern in asked.fields.items():
            if field in bounded or field not in self.fields or not (self.fields[field].reads or field in asked.telling):
                continue
            for found in pattern.finditer(self.left):
                before, after = self.left[: found.start()], self.left[found.end() :]
                said = re.search(r"oppgi|oppgj|kjent|kjend|mangl|stated?|known|list", self.text, re.I)
                missing = asked.missing_after.match(after) or asked.missing.search(before)
                if missing and (said or field != "deadline"):
                    made = Known(field, self.label(field, "ikke oppgitt"), wanted=False)
                elif (told := asked.told.search(before)) or asked.told_after.match(after):
                    deny = told is not None and denied(self.text, told.start())
                    made = Known(field, self.label(field, "ikke oppgitt" if deny else "oppgitt"), wanted=not deny)
                else:
                    continue
                self.take(*found.span())
                yield Condition(made, *found.span())
                break

    def _values(self) -> Iterator[Condition]:
        """Values with a word of their own; of two that exclude each other, one is enough."""
        made: list[Condition] = []
        for value in vocabulary().values:
            found = list(value.asked.finditer(self.left)) if value.type == self.type else []
            for each in found:
                self.take(*each.span())
            if found:
                deny = denied(self.text, *found[0].span())
                every = self.asks_every(value, *found[0].span())
                label = f"{'ikke ' if deny else ''}{value.label}{' (alt)' if every else ''}"
                if value.known:
                    made.append(Condition(Known(value.fields[0], label, wanted=not deny), *found[0].span()))
                    continue
                says = Says(value.fields, value.holds, label, deny, every)
                start, end = found[0].span()
                twin = next(
                    (
                        each
                        for each in made
                        if value.alone
                        and not deny
                        and isinstance(each.filter, Says)
                        and not each.filter.negated
                        and each.filter.fields == says.fields
                    ),
                    None,
                )
                if twin and isinstance(twin.filter, Says):
                    made.remove(twin)
                    either = re.compile(f"{twin.filter.pattern.pattern}|{says.pattern.pattern}", re.I)
                    says = Says(says.fields, either, f"{twin.filter.label} eller {says.label}")
                    start, end = min(start, twin.start), max(end, twin.end)
                made.append(Condition(says, start, end))
        sized = any(isinstance(each.filter, InRange) and each.filter.field == "target" for each in self.numbers)
        yield from (each for each in made if not (sized and each.filter.fields == ("target",)))

    def _places(self) -> Iterator[Condition]:
        """Places after a preposition, two where «eller» joins them; of keywords alone any place."""
        keywords = len(self.text.split()) <= _KEYWORDS
        for found in (_BARE_PLACE if keywords else _PLACE).finditer(self.left):
            named = [found[1]]
            if (other := _OR_AT.match(self.left, found.end(1))) and other[1].casefold() in places():
                named.append(other[1])
            if all(self._is_place(name.casefold()) for name in named) and not self._is_home(found.start(), named):
                deny = denied(self.text, found.start(1), found.end(1))
                end = other.end(1) if other and len(named) > 1 else found.end(1)
                self.take(found.start(1), end)
                label = " eller ".join(name[0].upper() + name[1:] for name in named)
                pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, named))})", re.I)
                says = Says(("place",), pattern, f"ikke {label}" if deny else label, deny)
                yield Condition(says, found.start(1), end)

    def _is_home(self, start: int, named: Sequence[str]) -> bool:
        """Whether somebody tells at text[start:] where he lives, and no record is there."""
        texts = [each.text.casefold() for record in self.records for each in record.all("place")]
        there = any(name.casefold() in text for name in named for text in texts)
        return not there and bool(_HOME.search(self.text[:start]))

    def _is_place(self, place: str) -> bool:
        """Whether a word is a place that tells records apart."""
        own = place in ("raufoss", "innlandet") and "place" not in self.fields
        return place in places() and not own and place != "innlandet"

    def _managers(self) -> Iterator[Condition]:
        if "manager" not in self.fields:
            return
        made: list[tuple[int, int, list[str]]] = []
        held = {mark for record in self.records if (value := record.value("manager")) for mark in value.marks}
        for found in WORD.finditer(self.left):
            word = found[0].casefold()
            stems = {stem(word), *stands_for(word)}
            mark = next((mark for mark in held if mark in stems or (len(mark) > 4 and word.startswith(mark))), None)
            if mark and word not in stop_words():
                if made and self.text[made[-1][1] : found.start()].isspace():
                    made[-1] = (made[-1][0], found.end(), [*made[-1][2], mark])
                else:
                    made.append((*found.span(), [mark]))
        for start, end, marks in made:
            if self.field_near(start, end) == "target":
                continue
            deny = denied(self.text, start, end)
            name = self.take(start, end)
            pattern = re.compile("".join(rf"(?=.*\b{re.escape(mark)})" for mark in marks), re.I)
            yield Condition(Says(("manager",), pattern, f"ikke {name}" if deny else name, deny), start, end)

    def foreign(self) -> Iterator[Condition]:
        """What only records of other types have, so that none of these has data for it («deltid» of a service)."""
        bounded = {field for each in self.numbers for field in each.filter.fields}
        for value in vocabulary().values:
            if value.type != self.type and not set(value.fields) & set(self.fields):
                for found in list(value.asked.finditer(self.left)):
                    self.take(*found.span())
                    yield Condition(Says(value.fields, value.holds, found[0]), *found.span())
        for field in vocabulary().telling:
            if field in bounded or any(record.value(field) for record in self.records):
                continue
            for found in list(vocabulary().fields[field].finditer(self.left)):
                self.take(*found.span())
                yield Condition(Says((field,), re.compile(r"(?!)"), found[0]), *found.span())


def stands_for(word: str) -> Iterator[str]:
    """The terms of the documents that a word of the question stands for («welding»: sveis)."""
    for term, pattern in vocabulary().topics.items():
        if pattern.fullmatch(word):
            yield term
