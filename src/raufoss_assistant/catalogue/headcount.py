"""How many people a company has, as its owner tells it: a number, a list of persons, or the sum of departments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.catalogue.values import EMPLOYEES, spans
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.norwegian.numbers import Number, numbers

_MORE = re.compile(r"\b(?:over|mer enn|meir enn|flere enn|fleire enn|more than)\s*$", re.IGNORECASE)

_TENS = re.compile(r"\b(ti|tjue|tretti|førti|femti|seksti|sytti|åtti|nitti)-?talls?\b", re.IGNORECASE)
"""«Et tjuetalls ansatte»."""
_BETWEEN = re.compile(r"\b(?:mellom|between)\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:og|and)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of people.

    Attributes:
        people: how many, part-time work as a half; the middle of what is told as a span.
        more: whether there are more than these.
    """

    people: float
    more: bool = False


_Numbers = Sequence[tuple[Number, Number]]
_Told = tuple[Headcount, int]
"""A number of people, and where it stands."""


def headcount(text: str) -> Headcount | None:
    """The people of a company; None where the text does not tell.

    A number that the text says is the exact one comes first, then a list of persons that holds all else that is
    told, a sum of departments, a number of employees, one after «vi er» and one before a word for people.

    Example:
        >>> headcount("Kona, jeg og to til."), headcount("Over 300 ansatte.")
        (Headcount(people=4.0, more=False), Headcount(people=300.0, more=True))
    """
    text = _TENS.sub(r"\1", text)
    told = _told(text)
    listed = _listed(text)
    if listed and (told is None or listed[1] <= told[1] < listed[2]):
        return Headcount(listed[0])
    if told:
        return told[0]
    if _says("pair").search(text):
        return Headcount(2.0)
    return Headcount(1.0) if _says("alone").search(text) else None


def persons(text: str) -> float:
    """How many persons a text names one by one, part-time work as a half.

    Example:
        >>> persons("Mor, far og jeg")
        3.0
    """
    alone = [found for found in _item().finditer(_in_figures(text)[0]) if not found["number"]]
    return len(alone) - 0.5 * sum(bool(_says("half").search(found[0])) for found in alone)


def _told(text: str) -> _Told | None:
    """The number that is told, and where."""
    english = detect(text) == "en"
    found = [
        (low, high)
        for low, high in _ranges(text)
        if not (english and text[low.start : low.end].casefold() == "to")
        and not _says("others_count").search(text[: low.start])
    ]
    for reader in (_exact, _summed, _employed, _after_we_are, _before_people):
        if told := next(reader(found, text), None):
            return told
    return None


def _exact(found: _Numbers, text: str) -> Iterator[_Told]:
    """«Ei handfull folk, nærare bestemt seks»."""
    for low, high in found:
        exact = _says("exact").search(text[: low.start]) or _says("exactly").match(text[high.end :])
        if exact and _says("crowd").search(text[: low.start]):
            yield _counted(low, high, text)


def _summed(found: _Numbers, text: str) -> Iterator[_Told]:
    """«Ti på kontoret, tretti på dagskiftet og fire på lageret»."""
    for at, (first, _) in enumerate(found):
        people, last = first.value, first
        for following, _ in found[at + 1 :]:
            between = _department_then_another().fullmatch(text, last.end, following.start)
            if not (between and _says("department").match(text, following.end)):
                break
            people, last = people + following.value, following
        if last is not first:
            yield Headcount(people), first.start


def _employed(found: _Numbers, text: str) -> Iterator[_Told]:
    """Employees, less those that are taken away."""
    for place, (low, high) in enumerate(found):
        if re.match(rf"[ -]*(?:\w+ )?(?:{EMPLOYEES})\b(?!\s*(?:av|of)\b)", text[high.end :], re.IGNORECASE):
            less = found[place + 1][0] if place + 1 < len(found) else None
            if less and _says("minus").fullmatch(text, high.end, less.start):
                yield Headcount(high.value - less.value), low.start
            yield _counted(low, high, text)


def _after_we_are(found: _Numbers, text: str) -> Iterator[_Told]:
    for low, high in found:
        if _says("we_are").search(text[: low.start]) and not _says("measured").match(text[high.end :]):
            yield _counted(low, high, text)


def _before_people(found: _Numbers, text: str) -> Iterator[_Told]:
    for low, high in found:
        if _says("people").match(text[high.end :]):
            yield _counted(low, high, text)


def _ranges(text: str) -> Iterator[tuple[Number, Number]]:
    """The spans of a text, «mellom 15 og 18» among them."""
    rest = spans(text)
    while rest:
        low, high = rest.pop(0)
        if rest and _BETWEEN.search(text, 0, low.start) and _AND.fullmatch(text, high.end, rest[0][0].start):
            high = rest.pop(0)[1]
        yield low, high


def _counted(low: Number, high: Number, text: str) -> _Told:
    people = high.value if _says("grown").search(text[: low.start]) else (low.value + high.value) / 2
    return Headcount(people, bool(_MORE.search(text[: low.start]))), low.start


def _listed(text: str) -> tuple[float, int, int] | None:
    """How many persons a list of the house has, and where it begins and ends: «to sveisere, en lærling og jeg»."""
    written, places = _in_figures(text)
    best = None
    for found in _list().finditer(written):
        people = 0.0
        for item in _item().finditer(found[0]):
            people += float(item["number"]) if item["number"] else 1.0
        people -= 0.5 * len(_says("half").findall(found[0]))
        roles = sum(not item["number"] for item in _item().finditer(found[0]))
        alone = re.search(r"(?:^|[.!?]\s+)$", written[: found.start()])
        of_the_house = _says("self").search(found[0]) or (roles > 1 and alone)
        if _says("of_many").search(found[0]) and _says("going").match(written[found.end() :]):
            continue
        if of_the_house and (best is None or people > best[0]):
            best = (people, places[found.start()], places[found.end() - 1] + 1)
    return best


def _in_figures(text: str) -> tuple[str, list[int]]:
    """The text with its numbers in figures, and for each of its characters where it stood."""
    parts, places, last = [], [], 0
    for number in numbers(text):
        figures = f"{number.value:g}"
        parts += [text[last : number.start], figures]
        places += [*range(last, number.start), *[number.start] * len(figures)]
        last = number.end
    return "".join([*parts, text[last:]]), [*places, *range(last, len(text))]


@lru_cache(maxsize=1)
def _item() -> re.Pattern[str]:
    """A person, or a number of them, of a list."""
    words = _words()
    role = rf"(?:{words['owner']} )?(?:{words['role']})(?: {words['owner']})?(?: (?-i:[A-ZÆØÅ]\w+))?"
    several = rf"(?P<number>\d+) (?:{words['others']})"
    return re.compile(rf"\b(?:{several}|{words['self']}|{role})(?!\w)(?: (?:{words['state']}))?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _list() -> re.Pattern[str]:
    one = _item().pattern.replace("?P<number>", "?:")
    return re.compile(rf"{one}(?:{_words()['and']}{one})+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _department_then_another() -> re.Pattern[str]:
    return re.compile(_words()["department"] + _words()["then_another"], re.IGNORECASE)


@lru_cache(maxsize=32)
def _says(what: str) -> re.Pattern[str]:
    return re.compile(_words()[what], re.IGNORECASE)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """The patterns of headcount.yaml."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/headcount.yaml")
    data: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return data
