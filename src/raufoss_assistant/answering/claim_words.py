"""The words of a claim and of its source, as they are held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import numbers

_WORD = re.compile(r"[^\W_]+")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
NOTE = re.compile(r"\((?:[^()]{0,60}\b(?:19|20)\d\d\b[^()]{0,20}|[^()]{0,40}udater[^()]{0,40})\)")
"""What a source sentence says of its own date."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it counts («#60.0» for a number, else its stem), in small letters, a possible name, in a note."""

    key: str
    low: str
    name: bool
    note: bool = False

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.key.startswith("#")

    @property
    def topical(self) -> bool:
        """Whether it tells what the sentence is about."""
        return self.number or self.low not in lists().idle


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of words of verification.yaml, by what they tell of a claim."""

    same: dict[str, str]
    limits: dict[str, str]
    narrowing: frozenset[str]
    referring: frozenset[str]
    relating: dict[str, str]
    synonyms: dict[str, str]
    sources: frozenset[str]
    passive: frozenset[str]
    idle: frozenset[str]


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Those that come with the program."""
    data = resources.files("raufoss_assistant.answering").joinpath("data/verification.yaml").read_text("utf-8")
    read = yaml.safe_load(data)
    same, limits, relating = (
        {word: kind for kind, held in read[group].items() for word in str(held).split()}
        for group in ("same", "limits", "relating")
    )
    sets = (frozenset(read[name].split()) for name in ("narrowing", "referring", "light", "sources", "passive"))
    narrowing, referring, light, sources, passive = sets
    synonyms = {stem(word): stem(group.split()[0]) for group in read["synonyms"] for word in group.split()}
    idle = stop_words() | same.keys() | limits.keys() | relating.keys() | light | sources
    return Lists(same, limits, narrowing, referring, relating, synonyms, sources, passive, idle)


def read_words(text: str) -> list[Word]:
    """The words and numbers of a sentence, in order; dates spelt out, synonyms as one."""
    text = _ISO.sub(_spelt, text).replace("%", " prosent ")
    notes = [match.span() for match in NOTE.finditer(text)]
    found, place = [], 0
    for number in [*numbers(text), None]:
        end = number.start if number else len(text)
        for match in _WORD.finditer(text, place, end):
            low = match[0].lower()
            key = stem(low)
            note = any(start < match.start() < stop for start, stop in notes)
            found.append(Word(lists().synonyms.get(key, key), low, match[0] != low, note))
        if number:
            note = any(start < number.start < stop for start, stop in notes)
            found.append(Word(f"#{number.value!r}", text[number.start : number.end].lower(), name=False, note=note))
            place = number.end
    return found


def _spelt(match: re.Match[str]) -> str:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match[0]
