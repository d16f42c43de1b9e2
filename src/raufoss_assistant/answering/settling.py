"""The open question that settles one of yes or no: who leads now, what it is called now, when it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.answering.dating import asked_year
from raufoss_assistant.answering.figures import Asked, asks_yes_or_no, people
from raufoss_assistant.norwegian.dates import MONTHS

_ENGLISH_MONTHS = ("january", "february", "march", "may", "june", "july", "october", "december")
_AUXILIARY = re.compile(r"(?:did|does|do|was|were|had|has|is|are)\b")
_SHORTEST = 2
"""Words of an open question that asks nothing yet: «når kom»."""


def open_question(question: str, names: Sequence[str]) -> str | None:
    """What is to be asked openly, since a yes or no needs what is so: None where the question is no such one.

    Args:
        question: as it would be asked by itself.
        names: those in it.

    Example:
        >>> open_question("Er Erland Paulsrud fortsatt klyngeleder?", ["Erland Paulsrud"])
        'Hvem er klyngeleder nå?'
        >>> open_question("Åpnet katapulten i 2017?", [])
        'Når åpnet katapulten?'
    """
    asked = re.split(r"[.!?]\s+", question.strip())[-1].strip(" ?.!")
    if not asks_yes_or_no(asked):
        return None
    found = _of_time(asked) if asked_year(asked) else _of_holder(asked, [*names, *people(asked)])
    return found and f"{found[0].upper()}{found[1:]}"


def _of_holder(asked: str, names: Sequence[str]) -> str | None:
    """Who or what is asked for now, where one is named that may be of before."""
    told = _data()
    plain = " ".join(told.otherwise.sub("", told.still.sub(" ", asked)).split())
    for form in told.forms:
        found = form.pattern.fullmatch(plain)
        if found and any(name.casefold() in found["name"].casefold() for name in names):
            return form.asks.format(**{part: said.lower() if part == "verb" else said for part, said in found.groupdict().items()})
    return None


def _of_time(asked: str) -> str | None:
    """When that happened of which it is asked whether it did in a certain year; None where a figure is asked about."""
    told = _data()
    if told.untimed.match(asked) or Asked.of_question(asked).given:
        return None
    event = told.time.sub("", told.beside.sub("", told.claimed.sub("", told.otherwise.sub("", asked)))).strip(" ,")
    language = "when" if _AUXILIARY.match(event.lower()) else "når"
    found = f"{language} {event[:1].lower()}{event[1:]}?"
    return found if len(found.split()) > _SHORTEST and not asked_year(found) else None


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: re.Pattern[str]
    asks: str


@dataclass(frozen=True, slots=True)
class _Data:
    still: re.Pattern[str]
    untimed: re.Pattern[str]
    claimed: re.Pattern[str]
    otherwise: re.Pattern[str]
    time: re.Pattern[str]
    beside: re.Pattern[str]
    forms: tuple[_Form, ...]


@lru_cache(maxsize=1)
def _data() -> _Data:
    raw = yaml.safe_load(
        resources.files("raufoss_assistant.answering").joinpath("data/settling.yaml").read_text("utf-8")
    )
    months = "|".join((*MONTHS, *_ENGLISH_MONTHS))

    def pattern(told: str) -> re.Pattern[str]:
        return re.compile(told.replace("MONTH", months).replace("ROLE", f"(?:{raw['role']})"), re.I)

    forms = tuple(_Form(pattern(each["pattern"]), each["asks"]) for each in (*raw["holders"], *raw["names"]))
    others = ("still", "untimed", "claimed", "otherwise", "time", "beside")
    return _Data(**{name: pattern(raw[name]) for name in others}, forms=forms)
