"""The words of a claim and of its source, as they are held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Literal

import yaml

from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import numbers

_WORD = re.compile(r"[^\W_]+")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
NOTE = re.compile(r"\((?:[^()]{0,60}\b(?:19|20)\d\d\b[^()]{0,20}|[^()]{0,40}(?:udater|undated)[^()]{0,40})\)")
"""What a source sentence says of its own date."""
_MONTH = "|".join(MONTHS)
_IN_YEAR = re.compile(rf"\b({_MONTH}) i (?=\d{{4}}\b)", re.I)
_ORDINAL = re.compile(rf"\b(\w+) (?={_MONTH})", re.I)
_HELPED = 3
"""Words before a participle among which the verb that makes it passive may stand."""
_S_PASSIVE = re.compile(r"\w{2,}(?<!en)es")
_PAST_FORM = re.compile(r"\w+(?:te|de|et)")
_PRESENT_FORM = re.compile(r"\w+[ea]r")
_PARTICIPLE = re.compile(r"\w+[td]")
_ENGLISH = frozenset({"is", "are", "was", "were", "be", "been"})
_ENGLISH_PARTICIPLE = re.compile(r"(\w{3,})ed|\w*(?:run|wn|ven|ten|paid|held|made|built)")

Voice = Literal["", "active", "passive"]
Tense = Literal["", "past", "present"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it counts («#60.0» for a number, else its stem), in small letters, a possible name, in a note.

    Attributes:
        voice: of a form that may be a verb: «lager» is active, «lages» and «er laget» passive.
        tense: of such a form; "" where it tells none.
    """

    key: str
    low: str
    name: bool
    note: bool = False
    voice: Voice = ""
    tense: Tense = ""

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
    helping: dict[str, str]
    generic: frozenset[str]
    own: frozenset[str]
    joining: frozenset[str]
    persons: frozenset[str]
    changing: frozenset[str]
    ordinals: dict[str, str]
    idle: frozenset[str]
    phrases: tuple[tuple[re.Pattern[str], str], ...]
    frames: tuple[tuple[re.Pattern[str], str], ...]
    source_frames: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Those that come with the program."""
    data = resources.files("raufoss_assistant.answering").joinpath("data/verification.yaml").read_text("utf-8")
    read = yaml.safe_load(data)
    same, limits, relating, helping = (
        {word: kind for kind, held in read[group].items() for word in str(held).split()}
        for group in ("same", "limits", "relating", "helping")
    )
    sets = (
        frozenset(read[name].split())
        for name in ("narrowing", "referring", "light", "sources", "generic", "own", "joining", "persons", "changing")
    )
    narrowing, referring, light, sources, generic, own, joining, persons, changing = sets
    synonyms = {stem(word): stem(group.split()[0]) for group in read["synonyms"] for word in group.split()}
    idle = stop_words() | same.keys() | limits.keys() | relating.keys() | light | sources
    return Lists(
        same=same,
        limits=limits,
        narrowing=narrowing,
        referring=referring,
        relating=relating,
        synonyms=synonyms,
        sources=sources,
        helping=helping,
        generic=generic,
        own=own,
        joining=joining,
        persons=persons,
        changing=changing,
        ordinals={word: f"{day}." for day, held in read["ordinals"].items() for word in held.split()},
        idle=idle,
        phrases=tuple(
            (re.compile(rf"(?<!\w)(?:{held.replace(' | ', '|')})(?!\w)", re.I), one)
            for one, held in read["phrases"].items()
        ),
        frames=_frames(read["frames"]),
        source_frames=_frames(read["source_frames"]),
    )


def _frames(pairs: Sequence[Sequence[str]]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), said) for pattern, said in pairs)


def readings(text: str, frames: Sequence[tuple[re.Pattern[str], str]]) -> list[list[Word]]:
    """The words of a sentence as it stands, and as each of the frames that it fits would put it.

    Example:
        >>> [" ".join(word.low for word in read) for read in readings("Det er NTNU som eier det.", lists().frames)]
        ['det er ntnu som eier det', 'ntnu eier det']
    """
    turned = [pattern.sub(said, text, count=1) for pattern, said in frames if pattern.search(text)]
    return [read_words(each) for each in (text, *turned)]


def read_words(text: str) -> list[Word]:
    """The words and numbers of a sentence, in order; dates spelt out, synonyms and set phrases as one."""
    text = _ISO.sub(_spelt, text).replace("%", " prosent ").replace("m²", " kvadratmeter ")
    text = _ORDINAL.sub(lambda match: lists().ordinals.get(match[1].lower(), match[1]) + " ", text)
    text = _IN_YEAR.sub(r"\1 ", text)
    for pattern, one in lists().phrases:
        text = pattern.sub(one, text)
    notes = [match.span() for match in NOTE.finditer(text)]
    found: list[Word] = []
    scales: list[float] = []
    place = 0
    for number in [*numbers(text), None]:
        end = number.start if number else len(text)
        for match in _WORD.finditer(text, place, end):
            noted = any(start < match.start() < stop for start, stop in notes)
            found.append(_word(match[0], found, note=noted))
            scales.append(0)
        if number:
            note = any(start < number.start < stop for start, stop in notes)
            found.append(Word(f"#{number.value!r}", text[number.start : number.end].lower(), name=False, note=note))
            scales.append(number.scale)
            place = number.end
    return _ranges(_metric(found), scales)


def _word(written: str, before: Sequence[Word], *, note: bool) -> Word:
    low = written.lower()
    key = stem(low)
    voice: Voice = ""
    tense: Tense = ""
    helped = [lists().helping.get(each.low, "") for each in before[-_HELPED:]]
    plain = stem(low[:-1])
    if _S_PASSIVE.fullmatch(low) and (plain in lists().synonyms or key not in lists().synonyms):
        key, voice, tense = plain, "passive", "present"
    elif (english := _ENGLISH_PARTICIPLE.fullmatch(low)) and _ENGLISH & {each.low for each in before[-_HELPED:]}:
        key = stem(english[1]) if english[1] else key
        voice, tense = "passive", "past" if "past" in helped else "present" if "present" in helped else ""
    elif helped[-1:] == ["perfect"] and _PARTICIPLE.fullmatch(low):
        voice, tense = "active", "past"
    elif {"past", "present", "none"} & set(helped) and _PARTICIPLE.fullmatch(low):
        voice, tense = "passive", "past" if "past" in helped else "present" if "present" in helped else ""
    elif _PAST_FORM.fullmatch(low) or _PRESENT_FORM.fullmatch(low):
        voice, tense = "active", "past" if _PAST_FORM.fullmatch(low) else "present"
    return Word(lists().synonyms.get(key, key), low, written != low, note, voice, tense)


def _metric(found: Sequence[Word]) -> list[Word]:
    """Norwegian miles as kilometres."""
    read = list(found)
    for at, (number, unit) in enumerate(pairwise(found)):
        if number.number and unit.low == "mil":
            read[at] = replace(number, key=f"#{10 * float(number.key[1:])!r}")
            read[at + 1] = replace(unit, key=lists().synonyms[stem("kilometer")])
    return read


def _ranges(found: Sequence[Word], scales: Sequence[float]) -> list[Word]:
    """«fra 3 til 6» and «mellom 3 og 6» as «3–6»; «1,6 til 2,4 millioner» with the scale of both."""
    read: list[Word | None] = list(found)
    for at in range(len(found) - 2):
        first, joint, second = found[at : at + 3]
        before = found[at - 1].low if at else ""
        joined = joint.low in ("til", "to") or (before in ("mellom", "between") and joint.low in ("og", "and"))
        if not (first.number and second.number and joined):
            continue
        if scales[at] == 1 < scales[at + 2] and float(first.key[1:]) < scales[at + 2]:
            read[at] = replace(first, key=f"#{float(first.key[1:]) * scales[at + 2]!r}")
        read[at + 1] = None
        if before in ("fra", "frå", "from", "mellom", "between"):
            read[at - 1] = None
    return [word for word in read if word is not None]


def _spelt(match: re.Match[str]) -> str:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= 12 else match[0]
