"""What the figures of a unit count, and whether that is what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import yaml

from raufoss_assistant.answering.dating import YEAR, asked_year, dating
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.norwegian.analyse import stem, stop_words, terms
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import numbers

Kind = Literal["share", "money", "count", "person"]

_NEAR = 0.3
"""Share of the best one's chance from which a unit that tells what is asked for makes the others give way."""
_ANOTHER = 0.5
"""Factor for a unit that tells of something else then."""
_HOW_MANY = re.compile(
    r"\b(?:(?:hvor|kor) (?:mange|mang)|how many|antall(?:et)?|tall?et på|number of)\b(?: av)?|\b(?=\w+tallet\b)", re.I
)
_WHO = re.compile(r"\b(?:hvem|kven|who)\b", re.I)
_FULL_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåéö]+(?:[ -][A-ZÆØÅ][a-zæøåéö]+){1,3}\b")
_SHARE = re.compile(r"\s*(?:%|prosent|per ?cent)", re.I)
_MONEY = re.compile(r"\s*(?:kr\b|kroner|nok\b|euro|dollar|(?:amerikanske|norske) |,-)", re.I)
_FREE = re.compile(r"\b(?:gratis|(?:uten|utan) kostnad|free of charge)\b", re.I)
_SUM_BEFORE = re.compile(r"(?:\bkr|\bnok|\busd|\beur|[$€])\.? ?$", re.I)
_DAY = re.compile(rf"\.?\s*(?:{'|'.join(MONTHS)}|january|february|march|may|june|july|october|december)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,.;:()|]")
_PART_OF_NAME = re.compile(
    r"(?P<word>[^\W\d_]{6,}) (?P<number>[1-9](?:\.\d)?)(?![\d.,]*\d)(?![ \u00a0\u202f]\d{3})"
    r"(?!\s*(?:%|prosent|kr|mill|mrd|[–-]\s*\d))"
    r"(?=(?P<after>(?: [^\W\d_]+)?))",
    re.I,
)
_EITHER = re.compile(r"\b(\w+) (?:eller|or) (?:the )?(\w+)\b", re.I)
"""Two of which one is asked for: «er det parken eller klyngen som …»."""
NEIGHBOUR = re.compile(
    r"\b(?:(?P<before>før|before)|(?P<after>etter|after|from))\s+(?P<name>[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)*)"
)
"""Somebody whom the one who is asked for came before or after."""
_NOT_A_NAME = {
    *(
        "sammen",
        "saman",
        "rundt",
        "omtrent",
        "omlag",
        "over",
        "under",
        "minst",
        "høyst",
        "inntil",
        "nesten",
        "bare",
        "berre",
        "nivå",
    ),
    *("about", "almost", "only", "least"),
}
"""Words before a number that is no part of a name."""
_WORDS_AFTER = 3
_SAME_BEGINNING = 6
_OWNER = 5
"""Letters from which the beginning of a compound names the same."""
LARGE = 1000
"""From here a figure is hardly met by chance."""
_UP_TO = re.compile(r"\b(?:inntil|høyst|høgst|maks\w*|opptil|opp til|up to|at most|maximum)\b", re.I)
"""What tells a limit."""
_NO_LIMIT = 0.5
"""Factor for a sum or share that is no limit, where the most is asked for and another one is."""
_SURE = 0.4
"""Share of the doubt that is left where a unit counts just what is asked for and lacks nothing of the question."""
_NOT_ANOTHER = 0.2
"""Factor for a unit that is about another of the same name but for its number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text.

    Attributes:
        value: as a number, scale and all.
        kind: a share, a sum of money, or a count of something.
        of: stems of the words that say what is counted.
    """

    value: float
    kind: Kind
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What kind of figure a question asks for, and of what.

    Attributes:
        question: as it was put.
        kind: None where the question tells none.
        of: stems of what is to be counted; empty for a share or a sum of money.
        names: names with a number in the question («basistilskudd 1»), the word in lower case.
        words: stems of all words of the question but numbers and those that only ask.
        given: figures that the question itself names: «gir det 20 prosent?».
        year: the one that the question is about, or None.
        plans: whether it asks for what is planned or expected.

    Example:
        >>> asked = Asked.of_question("Hvor mange ansatte har klyngen?")
        >>> asked.kind, sorted(asked.of)
        ('count', ['ansatt'])
    """

    question: str
    kind: Kind | None
    of: frozenset[str]
    names: tuple[tuple[str, str], ...]
    words: frozenset[str]
    given: frozenset[tuple[Kind, float]]
    year: int | None
    plans: bool

    @classmethod
    @lru_cache(maxsize=64)
    def of_question(cls, question: str) -> Asked:
        """Read it from the question's words."""
        kind, of = _kind(question)
        words = frozenset(
            term for term in terms(YEAR.sub(" ", _data().asking.sub(" ", question))) if not term.isdecimal()
        )
        given = frozenset((figure.kind, figure.value) for figure in figures(question))
        return cls(question, kind, of, tuple(_names(question)), words, given, asked_year(question), plans(question))

    def told_by(self, text: str) -> bool:
        """Whether a text has a figure of that kind, of what is asked for; for a person, a full name."""
        if self.kind == "person":
            return bool(people(text))
        if self.kind == "money" and _FREE.search(text):
            return True
        return any(
            figure.kind == self.kind
            and (not self.of or any(_same(one, other) for one in self.of for other in figure.of))
            for figure in figures(text)
        )

    def owned(self, text: str, but: Iterable[str] = ()) -> float:
        """Share of the question's words, but for what is counted and such names, that a text has: of whom it tells."""
        passed = {*self.of, *terms(" ".join(but))}
        owner = [word for word in self.words if not any(_same(word, other) for other in passed)]
        held = set(terms(text))
        return sum(any(_same_owner(word, other) for other in held) for word in owner) / max(len(owner), 1)

    def given_by(self, text: str) -> frozenset[tuple[Kind, float]]:
        """The figures of the question that a text tells too; large ones need not say what they are of."""
        told = {(figure.kind, figure.value) for figure in figures(text)}
        values = {value for _, value in told if value >= LARGE}
        return frozenset(one for one in self.given if one in told or one[1] in values)

    def names_figure_of(self, text: str) -> bool:
        """Whether the question names a figure of a text that is hardly met by chance: a large one."""
        return any(value >= LARGE for _, value in self.given_by(text))

    def answered_by(self, unit: Unit) -> bool:
        """Whether a unit counts what is asked for and it or what stands above it has all other words of the question.

        Such a unit answers, however unlike the question it is put. Words that only ask are not looked for. It must be
        of the year that is asked for; what was planned or expected answers only where that is asked for.
        """
        if not (self.of or self.kind == "person") or not self.told_by(unit.readable):
            return False
        if (self.year and not dating(unit).covers(self.year)) or (plans(unit.quote) and not self.plans):
            return False
        above = unit.hit.chunk.heading or (unit.hit.properties.title,)
        held = {*terms(unit.readable), *terms(" ".join(above)), *terms(unit.hit.properties.title)}
        if neighbour := NEIGHBOUR.search(self.question):  # who came before or after somebody that the passage names
            held |= set(terms(neighbour["name"])) & set(terms(unit.hit.chunk.text))
        lacking = {term for term in self.words if not any(_same(term, other) for other in held)}
        for match in _EITHER.finditer(self.question):
            either = set(terms(" ".join(match.groups())))
            if either - lacking:
                lacking -= either
        return not lacking

    def denied_by(self, text: str) -> bool:
        """Whether a text only speaks of another of that name («basistilskudd 2» for «basistilskudd 1»)."""
        found = list(_names(text))
        for word, number in self.names:
            alike = {other for name, other in found if name[:_SAME_BEGINNING] == word[:_SAME_BEGINNING]}
            if alike and number not in alike:
                return True
        return False


def people(text: str) -> frozenset[str]:
    """Full names in a text, as far as their form tells.

    Example:
        >>> sorted(people("Emma Østerbø leder klyngen."))
        ['Emma Østerbø']
    """
    return frozenset(match[0] for match in _FULL_NAME.finditer(text))


def plans(text: str) -> bool:
    """Whether a text tells or asks of a plan, a goal or what is expected."""
    return bool(_data().plans.search(text))


def asks_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no, as far as the first word of one of its clauses tells.

    Example:
        >>> asks_yes_or_no("Eksporterte parken 95 prosent?"), asks_yes_or_no("Hvor mye gir SkatteFUNN?")
        (True, False)
    """
    return any(_data().yes_or_no.match(sentence) for sentence in re.split(r"[.!?,]\s+", question.strip()))


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in order; years, days of a month and numbers that are part of a name are none.

    Example:
        >>> [(figure.value, figure.kind) for figure in figures("I 2020 ga 50 bedrifter 19 prosent.")]
        [(50.0, 'count'), (19.0, 'share')]
    """
    named = {match.start("number") for match in _PART_OF_NAME.finditer(text) if _is_name(match) and _ends(match)}
    for number in numbers(text):
        after = text[number.end :]
        told = text[number.start : number.end]
        if YEAR.fullmatch(told) or _DAY.match(after) or number.start in named:
            continue
        if _SHARE.match(after):
            yield Figure(number.value, "share", frozenset())
        elif _MONEY.match(after) or _SUM_BEFORE.search(text[: number.start]):
            yield Figure(number.value, "money", frozenset())
        else:
            yield Figure(number.value, "count", frozenset(_counted(after) or _above(text[: number.start])))


def weighed(question: str, units: Sequence[Unit], chances: Sequence[float]) -> list[float]:
    """The units' chances to answer, lowered for those that count something else than one about as likely does.

    So are those that count it of somebody else, where one tells it of just what is asked, those about another thing of
    the same name but for its number, and those that tell no limit where the most is asked for. One that surely answers
    is likelier.
    """
    asked = Asked.of_question(question)
    if not units:
        return []
    best = max(chances)
    near = [chance >= _NEAR * best for chance in chances]
    tells = [
        asked.kind not in (None, "person") and one and asked.told_by(unit.readable)
        for unit, one in zip(units, near, strict=True)
    ]
    found = any(tells)
    owned = [asked.owned(unit.readable) if tell else 1.0 for unit, tell in zip(units, tells, strict=True)]
    agreed = any(tell and share == 1 for tell, share in zip(tells, owned, strict=True))
    limits = [bool(_UP_TO.search(unit.quote)) for unit in units]
    limited = bool(_data().most.search(question)) and any(
        one and limit and next(figures(unit.readable), None)
        for one, limit, unit in zip(near, limits, units, strict=True)
    )
    surer = [
        1 - _SURE * (1 - chance) if asked.answered_by(unit) else chance
        for unit, chance in zip(units, chances, strict=True)
    ]
    return [
        chance
        * (_ANOTHER if found and close and not tell else 1.0)
        * (_ANOTHER if agreed and not share else 1.0)
        * (_NOT_ANOTHER if asked.names and asked.denied_by(unit.readable) else 1.0)
        * (_NO_LIMIT if limited and not limit else 1.0)
        for unit, chance, close, tell, share, limit in zip(units, surer, near, tells, owned, limits, strict=True)
    ]


def _kind(question: str) -> tuple[Kind | None, frozenset[str]]:
    """What kind of figure a question asks for, and stems of what is to be counted."""
    told = _data()
    many = _HOW_MANY.search(question)
    if many and (of := frozenset(_counted(question[many.end() :]))):
        return "count", of
    if told.compared.search(question) and (of := frozenset(filter(_is_counted, terms(question)))):
        return "count", of
    if told.share.search(question):
        return "share", frozenset()
    if told.money.search(question) and not told.growth.search(question):
        return "money", frozenset()
    if _WHO.search(question):
        return "person", frozenset()
    given = next(figures(question), None) if asks_yes_or_no(question) else None
    return (given.kind, given.of) if given else (None, frozenset())


def _names(text: str) -> Iterator[tuple[str, str]]:
    for match in _PART_OF_NAME.finditer(text):
        if _is_name(match):
            yield match["word"].casefold(), match["number"]


def _is_name(match: re.Match[str]) -> bool:
    word = match["word"].casefold()
    return word not in _NOT_A_NAME and word not in stop_words() and word not in MONTHS


def _ends(match: re.Match[str]) -> bool:
    """Whether the number counts nothing that follows it."""
    return "." in match["number"] or match["after"].strip().casefold() in stop_words() | {""}


def _counted(text: str) -> list[str]:
    """Stems of the first words of a text that carry a meaning, up to the first mark or function word after them."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if not word[0].isalpha() or len(found) == _WORDS_AFTER:
            break
        if word in stop_words():
            if found:
                break
            continue
        found.append(stem(word))
    return found


def _above(text: str) -> list[str]:
    """Stems of the words before a figure that follows a colon or begins a cell: «Antall ansatte: 450»."""
    before = re.search(r"([^:|;,.]+)[:|]\s*(?:\w+ )?$", text)
    return _counted(before[1]) if before else []


def _is_counted(term: str) -> bool:
    """Whether a stem is one of the words for what figures count."""
    return any(term.startswith(beginning) for line in _data().same for beginning in line)


def _same(one: str, other: str) -> bool:
    """Whether two stems mean the same thing counted: the same, one the end of a compound, or words of one line."""
    if one == other or (min(len(one), len(other)) >= 3 and (one.endswith(other) or other.endswith(one))):
        return True
    return _on_one_line(one, other)


def _same_owner(one: str, other: str) -> bool:
    """Whether two stems may name the same owner: the same, one the beginning of a compound, or words of one line.

    The end of a compound does not tell: the companies of a cluster are not those of a park.
    """
    shorter, longer = sorted((one, other), key=len)
    return (longer.startswith(shorter) and len(shorter) >= _OWNER) or one == other or _on_one_line(one, other)


def _on_one_line(one: str, other: str) -> bool:
    return any(
        any(one.startswith(stem_) for stem_ in line) and any(other.startswith(stem_) for stem_ in line)
        for line in _data().same
    )


@dataclass(frozen=True, slots=True)
class _Data:
    same: tuple[tuple[str, ...], ...]
    share: re.Pattern[str]
    money: re.Pattern[str]
    growth: re.Pattern[str]
    compared: re.Pattern[str]
    plans: re.Pattern[str]
    most: re.Pattern[str]
    yes_or_no: re.Pattern[str]
    asking: re.Pattern[str]


@lru_cache(maxsize=1)
def _data() -> _Data:
    raw = yaml.safe_load(
        resources.files("raufoss_assistant.answering").joinpath("data/counted.yaml").read_text("utf-8")
    )
    patterns = {name: re.compile(pattern, re.I) for name, pattern in raw.items() if name != "same"}
    return _Data(tuple(tuple(line.split()) for line in raw["same"]), **patterns)
