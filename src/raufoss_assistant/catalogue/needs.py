"""A need in free text as a profile: size, age, place, maturity, money, time, and what is wished for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.catalogue.applicant import applicants
from raufoss_assistant.catalogue.asked import bounds, places
from raufoss_assistant.catalogue.company_age import company_age
from raufoss_assistant.catalogue.counting import counted
from raufoss_assistant.catalogue.headcount import headcount
from raufoss_assistant.catalogue.maturity import maturity
from raufoss_assistant.catalogue.moments import begins, time_left, told_today
from raufoss_assistant.catalogue.telling import Telling
from raufoss_assistant.catalogue.values import MONEY
from raufoss_assistant.norwegian.sentences import sentences

_TRL = re.compile(
    r"\btrl\W{0,2}(?:(?:nivå|level|er|is|på|rundt|about|kanskje)\W*){0,3}(\d)(?:\s*(?:[–-]|til|to|eller|or|og|and)\s*(\d))?(?!\d)"
    r"|\b(?:nivå|level)\s*(\d)(?:\s*(?:[–-]|til|to|eller|or)\s*(\d))? (?:på|av|i|on|of|in)\W+(?:the )?trl",
    re.I,
)
_OUTSIDE = re.compile(r"\b(?:i|på|ved|fra|frå|in|at|near|utenfor|(?:flytt\w+|moved) (?:til|to))\s+([\w-]+)", re.I)
_CAPITAL = re.compile(r"(?:^|[\w,] )([A-ZÆØÅ][\w-]+)")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a need says of whoever has it; what it does not say is None or empty.

    Attributes:
        employees: number of people.
        more: whether there are more than these.
        age: of the company, in years.
        place: where it is, as written.
        innlandet: whether that is in Innlandet.
        trl: technology readiness, least and most, as it is stated or as what exists tells.
        stages: where that is not known, how likely the text tells each of `raufoss_assistant.catalogue.telling.STAGES`.
        budget: sum that may be spent, in kroner.
        days: time there is, in days.
        begins: days until training that is planned begins; less than 0 where it has begun.
        applicants: what kind of applicant it is, where that is no company; see applicant.yaml.
        wishes: fund, learn and recruit, those that it speaks of.
    """

    employees: float | None = None
    more: bool = False
    age: float | None = None
    place: str | None = None
    innlandet: bool | None = None
    trl: tuple[float, float] | None = None
    stages: tuple[float, ...] = ()
    budget: float | None = None
    days: float | None = None
    begins: float | None = None
    applicants: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()


def profile(text: str, today: date, telling: Telling | None = None) -> Needs:
    """Read the profile of a need.

    Args:
        text: in bokmål, nynorsk or English, as somebody writes it.
        today: for «startet i fjor»; a day that the text says it is comes before it.
        telling: reads what no pattern knows, or None.

    Example:
        >>> profile("Vi er ni ansatte på Lena og vil prøve en robot.", date(2026, 11, 26)).employees
        9.0
    """
    today = told_today(text, today)
    place = _place(text)
    people = headcount(text)
    stages, counting = telling.read(text) if telling else ((), None)
    trl = next(([float(level) for level in found.groups() if level] for found in _TRL.finditer(text)), None)
    levels = (min(trl), max(trl)) if trl else maturity(text)
    return Needs(
        employees=people.people if people else counted(counting) if counting else None,
        more=bool(people and people.more),
        age=company_age(text, today),
        place=place,
        innlandet=places()[place.casefold()] if place else None,
        trl=levels,
        stages=() if levels else tuple(round(float(chance), 3) for chance in stages),
        budget=_budget(text),
        days=time_left(text, today),
        begins=begins(text, today),
        applicants=applicants(text),
        wishes=frozenset(wish for wish in ("fund", "learn", "recruit") if _says(wish).search(text)),
    )


def situation(text: str) -> str:
    """A need without the sentences that only ask for help, which speak for help with anything; all of it if no other.

    Example:
        >>> situation("Vi sveiser containere. Hva kan dere hjelpe oss med?")
        'Vi sveiser containere.'
    """
    told = [part for part in (text[slice(*span)] for span in sentences(text)) if not _says("request").fullmatch(part)]
    return " ".join(told) or text


def _place(text: str) -> str | None:
    """Where the company is: a place it is said to lie in, else the first that is not others' or where it once was."""
    named = sorted(_places(text), key=lambda found: (not _says("lies").search(text[: found[1]]), found[1]))
    return named[0][0] if named else None


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Places after a preposition, or with a capital letter that does not begin a sentence, and where each stands."""
    known = places()
    for found in (*_OUTSIDE.finditer(text), *_CAPITAL.finditer(text)):
        name, start = found[1], found.start(1)
        sure = len(name) > (3 if name[0].isupper() else 4) or (found.re is _OUTSIDE and name[0].isupper())
        clause = re.split(r"[,.;!?]", text[start:], maxsplit=1)[0]
        past = _says("once").search(re.split(r"[,.;!?]", text[:start])[-1]) or _says("once_after").search(clause)
        if name.casefold() in known and sure and not past and not _says("others_place").search(text, 0, start):
            yield name[0].upper() + name[1:], start


def _budget(text: str) -> float | None:
    for bound in bounds(text):
        value = bound.high if bound.high is not None else bound.low
        if value and value >= 1000 and re.match(rf"\s*(?:{MONEY})", text[bound.end :], re.I):
            return round(value, 2)
    return None


@lru_cache(maxsize=32)
def _says(what: str) -> re.Pattern[str]:
    """A pattern of needs.yaml."""
    return re.compile(_patterns()[what], re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, str]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/needs.yaml")
    data: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return data
