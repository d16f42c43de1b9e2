"""The open question that settles one of yes or no: who leads now, what it is called now, when it happened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.answering.dating import asked_year
from raufoss_assistant.answering.figures import Asked, asks_yes_or_no, people
from raufoss_assistant.norwegian.dates import MONTHS

_ENGLISH_MONTHS = ("january", "february", "march", "may", "june", "july", "october", "december")
_AUXILIARY = re.compile(r"(?:did|does|do|was|were|had|has|is|are)\b")
_PRONOUNS = {"det", "den", "han", "ho", "hun", "de", "dei", "it", "this", "that", "they"}
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
    for sentence in re.split(r"[.!?]\s+", question.strip()):
        asked = sentence.strip(" ?.!")
        named = [*names, *people(asked)]
        found = _of_other(asked, named, _data().others)
        found = found or (_of_time(asked) if asked_year(asked) else _of_other(asked, named, _data().now))
        if found:
            return f"{found[0].upper()}{found[1:]}"
    return None


def _of_other(asked: str, names: Sequence[str], forms: Sequence[_Form]) -> str | None:
    """Who or what is asked for, where one is named that may be another."""
    if not names:
        return None
    words = _data().words
    plain = " ".join(words["otherwise"].sub("", words["still"].sub(" ", asked)).split())
    named = rf"(?P<name>.{{0,40}}?(?:{'|'.join(map(re.escape, names))})(?: (?:eller|or) \S+(?: \S+)?)?)"
    for form in forms:
        if found := re.fullmatch(form.pattern.replace("NAME", named), plain, re.IGNORECASE):
            said = {"verb": "", **found.groupdict()}
            if said.get("rest", "").casefold() in _PRONOUNS:
                said |= {"rest": names[0], "name": names[0]}
            return form.asks.format(**{**said, "verb": said["verb"].lower()})
    return None


def _of_time(asked: str) -> str | None:
    """When that happened of which it is asked whether it did in a certain year; None where a figure is asked about."""
    words, event = _data().words, asked
    if not asks_yes_or_no(asked) or words["untimed"].match(asked) or Asked.of_question(asked).given:
        return None
    for left_out in ("otherwise", "claimed", "beside", "time"):
        event = words[left_out].sub("", event)
    event = _verb_first(event.strip(" ,"))
    language = "when" if _AUXILIARY.match(event.lower()) else "når"
    found = f"{language} {event}?"
    return found if len(found.split()) > _SHORTEST and not asked_year(found) else None


def _verb_first(event: str) -> str:
    """A statement as it stands after «når»: «Nammo ble til» becomes «ble Nammo til»."""
    words = event.split()
    at = next((place for place, word in enumerate(words) if asks_yes_or_no(word)), 0)
    return " ".join([words[at].lower(), *words[:at], *words[at + 1 :]]) if words else event


@dataclass(frozen=True, slots=True)
class _Form:
    pattern: str
    asks: str


@dataclass(frozen=True, slots=True)
class _Data:
    words: Mapping[str, re.Pattern[str]]
    now: tuple[_Form, ...]
    others: tuple[_Form, ...]


@lru_cache(maxsize=1)
def _data() -> _Data:
    raw = yaml.safe_load(
        resources.files("raufoss_assistant.answering").joinpath("data/settling.yaml").read_text("utf-8")
    )
    months = "|".join((*MONTHS, *_ENGLISH_MONTHS))

    def whole(told: str) -> str:
        return told.replace("MONTH", months).replace("ROLE", f"(?:{raw['role']})")

    forms = {
        name: tuple(_Form(whole(each["pattern"]), each["asks"]) for each in raw[name]) for name in ("now", "others")
    }
    named = ("still", "untimed", "claimed", "otherwise", "time", "beside")
    return _Data({name: re.compile(whole(raw[name]), re.IGNORECASE) for name in named}, forms["now"], forms["others"])
