"""Whether a sentence in a language model's own words says no more than one sentence of the passages that it cites.

Strict on purpose: what is not plainly the same claim is not let through. No model judges; the same text is
always judged alike, in time that grows in step with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.answering.units import Unit, units
from raufoss_assistant.model import Hit, Language
from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.instructions import instructs
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.norwegian.numbers import numbers

LONGEST = 600
"""Characters of a sentence; a longer one is not shown."""
_CITED = re.compile(r"\[(\d{1,3}(?:\s?,\s?\d{1,3}){0,8})\]")
_MARKUP = re.compile(r"[`<>{}\[\]|#*_~\\]|https?:|www\.|\w@\w|(?<!\w)//")
_WORD = re.compile(r"[^\W_]+")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_NEAR = 3
"""Words before a number, and after it, that may limit it."""
_SKIPPED = 1 / 3
"""Share of the source's own terms, between the first and the last that a claim has, which the claim may leave out."""
_NEAREST = 0.5
"""Share of a sentence's terms that a source sentence must have to stand in for it."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: as it counts («#60.0» for a number, else its stem), in small letters, and whether it may be a name."""

    key: str
    low: str
    name: bool

    @property
    def number(self) -> bool:
        return self.key.startswith("#")

    @property
    def topical(self) -> bool:
        return self.number or self.low not in _lists().idle


@dataclass(frozen=True, slots=True)
class _Lists:
    same: dict[str, str]
    limits: dict[str, str]
    narrowing: frozenset[str]
    fronted: frozenset[str]
    referring: frozenset[str]
    relating: frozenset[str]
    idle: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence.

    Attributes:
        text: the sentence without its citations; "" where it is not to be shown in its own words.
        support: the source sentence that says the same; where text is "", one that may stand in for it, or None.
    """

    text: str
    support: Unit | None


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = resources.files("raufoss_assistant.answering").joinpath("data/verification.yaml").read_text("utf-8")
    read = yaml.safe_load(data)
    same, limits = (
        {word: kind for kind, held in read[group].items() for word in str(held).split()} for group in ("same", "limits")
    )
    sets = (frozenset(read[name].split()) for name in ("narrowing", "fronted", "referring", "relating"))
    narrowing, fronted, referring, relating = sets
    idle = stop_words() | same.keys() | limits.keys()
    return _Lists(same, limits, narrowing, fronted, referring, relating, idle)


class Verifier:
    """Checks sentences against numbered passages; number n is passages[n - 1].

    Example:
        >>> Verifier(passages, "nb").check("Læringsfabrikken er 1500 kvadratmeter stor [1].").text
        'Læringsfabrikken er 1500 kvadratmeter stor.'
    """

    def __init__(self, passages: Sequence[Hit], language: Language) -> None:
        self._sources = [[(unit, _read(unit.readable)) for unit in units(hit)] for hit in passages]
        self._language = language

    def check(self, sentence: str) -> Verdict:
        """Judge one whole sentence, its citations included."""
        cited = [int(n) for found in _CITED.findall(sentence) for n in found.split(",")]
        text = re.sub(r"\s+([.!?,])", r"\1", " ".join(_CITED.sub(" ", sentence).split()))
        known = [self._sources[n - 1] for n in dict.fromkeys(cited) if 0 < n <= len(self._sources)]
        sources = [source for passage in known for source in passage]
        said = _read(text[:LONGEST])
        if cited and len(known) == len(set(cited)) and self._showable(text):
            for unit, told in sources:
                if _says(unit, told, said):
                    return Verdict(text, unit)
        return Verdict("", _nearest(sources, said))

    def _showable(self, text: str) -> bool:
        whole = len(text) <= LONGEST and text.endswith((".", "!")) and any(map(str.isalpha, text))
        return (
            whole
            and not _MARKUP.search(text)
            and not instructs(text)
            and detect(text, self._language) == self._language
        )


def _read(text: str) -> list[_Word]:
    text = _ISO.sub(_spelt, text).replace("%", " prosent ")
    found, place = [], 0
    for number in [*numbers(text), None]:
        end = number.start if number else len(text)
        for match in _WORD.finditer(text, place, end):
            low = match[0].lower()
            low = "kroner" if low in ("kr", "nok") else low
            found.append(_Word(stem(low), low, match[0] != low and match[0] != "kr"))
        if number:
            found.append(_Word(f"#{number.value!r}", text[number.start : number.end].lower(), name=False))
            place = number.end
    return found


def _spelt(match: re.Match[str]) -> str:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match[0]


def _says(unit: Unit, told: Sequence[_Word], said: Sequence[_Word]) -> bool:
    """Whether the source sentence says all that the sentence does: words, order, numbers, negation, limits."""
    claims = [word for word in said if word.topical]
    if not claims or _kinds(told) != _kinds(said) or _years(told) - _years(said):
        return False
    found = _places(unit, told, claims)
    if found is None:
        return False
    pairs = [(at, place) for at, place in zip(_topical(said), found, strict=True) if place is not None]
    places = [place for _, place in pairs]
    related = all(_relation(said, at) == _relation(told, place) for at, place in pairs)
    return bool(places) and related and _ordered(places, said) and _whole(told, places) and _limited(told, said)


def _kinds(words: Sequence[_Word]) -> set[str]:
    return {_lists().same[word.low] for word in words if word.low in _lists().same}


def _years(words: Sequence[_Word]) -> set[str]:
    """The years named: what held then is not said to hold at all times."""
    return {word.key for word in words if re.fullmatch(r"(?:19|20)\d\d", word.low)}


def _topical(words: Sequence[_Word]) -> list[int]:
    return [at for at, word in enumerate(words) if word.topical]


def _places(unit: Unit, told: Sequence[_Word], claims: Sequence[_Word]) -> list[int | None] | None:
    """Where in the source each term stands, None for what stands above it; None where a term stands in neither."""
    refers = unit.is_row or (bool(told) and told[0].low in _lists().referring)
    above = {word.key for word in _read(unit.hit.chunk.context) if not word.number} if refers else set()
    places: list[int | None] = []
    last = -1
    for claim in claims:
        at = [place for place, word in enumerate(told) if word.key == claim.key and place not in places]
        if at:
            last = next((place for place in at if place > last), at[0])
            places.append(last)
        elif claim.key in above:
            places.append(None)
        else:
            return None
    return places


def _relation(words: Sequence[_Word], at: int) -> str:
    """The preposition that a term stands after, or ""."""
    for word in reversed(words[max(0, at - 2) : at]):
        if word.low in _lists().relating:
            return word.low
        if word.topical:
            break
    return ""


def _ordered(places: Sequence[int], said: Sequence[_Word]) -> bool:
    """Whether the terms come in the source's order, or with its end put first: «I Bygning 5 ligger …»."""
    falls = [at for at in range(1, len(places)) if places[at] < places[at - 1]]
    turned = len(falls) == 1 and places[-1] < places[0] and said[0].low in _lists().fronted
    return not falls or turned


def _whole(told: Sequence[_Word], places: Sequence[int]) -> bool:
    """Whether nothing that matters is left out between the terms, and nothing that narrows the claim around them."""
    first, last = min(places), max(places)
    between = [word for place, word in enumerate(told[first : last + 1], first) if place not in places and word.topical]
    if any(word.number or word.name for word in between) or len(between) > _SKIPPED * (len(between) + len(places)):
        return False
    before, after = told[:first], told[last + 1 : last + 2]
    narrowed = [word for word in (*before[:1], *after) if word.low in _lists().narrowing]
    return not narrowed and not any(word.number for word in before[-1:])


def _limited(told: Sequence[_Word], said: Sequence[_Word]) -> bool:
    """Whether each number has the same limit in both, and the same word beside it."""
    known = [place for place, word in enumerate(told) if word.number]
    return all(any(_alike(said, at, told, place) for place in known) for at, word in enumerate(said) if word.number)


def _alike(said: Sequence[_Word], at: int, told: Sequence[_Word], place: int) -> bool:
    if said[at].key != told[place].key or _limits(said, at) != _limits(told, place):
        return False
    sides = [(_beside(said, at + step), _beside(told, place + step)) for step in (1, -1)]
    return any(one == other != "" for one, other in sides) or not any(one or other for one, other in sides)


def _limits(words: Sequence[_Word], place: int) -> frozenset[str]:
    around = [*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]]
    return frozenset(_lists().limits[word.low] for word in around if word.low in _lists().limits)


def _beside(words: Sequence[_Word], place: int) -> str:
    return words[place].key if 0 <= place < len(words) and words[place].topical else ""


def _nearest(sources: Sequence[tuple[Unit, list[_Word]]], said: Sequence[_Word]) -> Unit | None:
    claims = {word.key for word in said if word.topical}
    shares = [len(claims & {word.key for word in told}) / max(len(claims), 1) for _, told in sources]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return sources[best][0] if best is not None and shares[best] >= _NEAREST else None
