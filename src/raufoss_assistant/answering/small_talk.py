"""What is said to the assistant that is no question to the documents: greetings, what it is, danger, idle talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, get_args

import yaml

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.model import Language, Properties
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.norwegian.instructions import instructs
from raufoss_assistant.norwegian.text import normalise

_Group = Literal["norwegian", "english", "any"]
_DECLINED = ("personal", "off_topic")
_LONGEST = 160
"""Characters of small talk; a longer message is not looked at."""
_LONGEST_ALARM = 300
"""Characters of a message that may tell of an accident; one that tells of despair may have any length."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…;:,\n]+|\s[-–—]+\s")
_JOINED = re.compile(r"(?<=\w)['’´`](?=\w)|(?<=\be)-(?=post|mail)")
"""What goes from within a word: an apostrophe («what's»), the hyphen of «e-post»."""
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_MACRO = re.compile(r"<(\w+)>")


def small_talk(question: str, language: Language, properties: Mapping[str, Properties]) -> str | None:
    """The reply, as Markdown, to a message that is small talk or about the assistant; None where it is to be searched.

    Args:
        question: as the user wrote it.
        language: of the question, as far as the caller can tell; a message that shows its language decides for itself.
        properties: those of all documents, by path.

    Example:
        >>> small_talk("tusen takk for hjelpen!", "nb", {})
        'Bare hyggelig! Spør gjerne om mer.'
        >>> small_talk("Takk, men hva koster det?", "nb", {})
    """
    found = _found(question)
    if found is None:
        return None
    kind, group = found
    spoken = _spoken(question, group, language)
    if kind == "documents":
        return _inventory(list(properties.values()), spoken)
    return str(_data()["replies"][kind][spoken])


def declines(question: str) -> bool:
    """Whether a message asks for what no document is asked for: idle questions, private data of people.

    Example:
        >>> declines("Hvem vant fotballkampen i går?"), declines("Hei!")
        (True, False)
    """
    found = _found(question)
    return found is not None and found[0] in _DECLINED


def _found(question: str) -> tuple[str, _Group] | None:
    """What kind of small talk a message is, and the languages of the pattern that tells so."""
    text = _plain(question)
    return _alarm(text) or (None if instructs(question) else _talk(question, text))


def _plain(text: str) -> str:
    """Small letters and single blanks, every word in the spelling that the patterns have."""
    text = _REPEATED.sub(r"\1", _JOINED.sub("", normalise(text).lower()))
    return " ".join(_spellings().get(word, word) for word in _WORD.findall(text))


def _spoken(question: str, group: _Group, language: Language) -> Language:
    if group == "english" or (group == "any" and language == "en"):
        return "en"
    if language == "nn" or not set(_data()["nynorsk"].split()).isdisjoint(_WORD.findall(question.lower())):
        return "nn"
    return "nb"


def _alarm(text: str) -> tuple[str, _Group] | None:
    """The danger that a message tells of; not one that it asks about, fears or remembers, but for despair."""
    quiet = len(text) > _LONGEST_ALARM or _pattern("topic").search(text)
    for kind, group, pattern in _talks("acute"):
        match = None if quiet and kind != "crisis" else pattern.search(text)
        if match and (kind == "crisis" or not _pattern("supposed").search(text, 0, match.start())):
            return kind, group
    return None


def _talk(question: str, text: str) -> tuple[str, _Group] | None:
    """What all of a message is, or each of its sentences; of several the one that stands first in the file."""
    if len(text) > _LONGEST:
        return None
    if found := _whole(text):
        return found
    parts = [_whole(plain) for part in _SENTENCE_END.split(question) if (plain := _plain(part))]
    order = [(kind, group) for kind, group, _ in _talks("kinds")]
    known = [part for part in parts if part]
    return min(known, key=order.index) if known and len(known) == len(parts) else None


def _whole(text: str) -> tuple[str, _Group] | None:
    return next(
        (
            (kind, group)
            for form in _stripped(text)
            for kind, group, pattern in _talks("kinds")
            if pattern.fullmatch(form)
        ),
        None,
    )


def _stripped(text: str) -> Iterator[str]:
    """The text, then without greetings, thanks and small words in front, behind, and both."""
    openers, closers = _pattern("openers"), _pattern("closers")
    front = openers.sub("", text)
    yield from dict.fromkeys((text, front, closers.sub("", text), closers.sub("", front)))


def _inventory(documents: Sequence[Properties], language: Language) -> str:
    """How many documents there are of each kind, and how new and how true they are."""
    words: Any = _data()["inventory"]
    if not documents:
        return str(words["none"][language])
    names = _data()["document_kinds"]
    counts = Counter(each.kind for each in documents)
    lines = [
        f"- {counts[kind]} "
        + (names[kind][language] if kind in names else words["other"][language].format(kind=literal(kind)))
        for kind in sorted(counts, key=lambda kind: (list(names).index(kind) if kind in names else len(names), kind))
    ]
    told = []
    if days := [each.date for each in documents if each.date and not each.example]:
        told.append(words["newest"][language].format(day=long_date(max(days), language)))
    if examples := sum(each.example for each in documents):
        told.append(words["example"][language].format(count=examples))
    first = words["one" if len(documents) == 1 else "several"][language].format(count=len(documents))
    return "\n\n".join(filter(None, (first, "\n".join(lines), " ".join(told))))


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    file = resources.files("raufoss_assistant.answering").joinpath("data/small_talk.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    return {variant: word for word, variants in _data()["spellings"].items() for variant in variants.split()}


def _expanded(pattern: str) -> str:
    """The pattern with every <name> replaced by what stands for it in `words`."""
    words = _data()["words"]
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda match: f"(?:{words[match[1]]})", pattern)
    return pattern


@lru_cache(maxsize=4)
def _pattern(name: Literal["topic", "supposed", "openers", "closers"]) -> re.Pattern[str]:
    form = {"openers": "^(?:(?:{}) )+", "closers": "(?: (?:{}))+$"}.get(name, r"\b(?:{})\b")
    return re.compile(form.format(_expanded(_data()[name])))


@lru_cache(maxsize=2)
def _talks(section: Literal["acute", "kinds"]) -> tuple[tuple[str, _Group, re.Pattern[str]], ...]:
    """Kind, language and one pattern for all lines of it, in the order of the file."""
    return tuple(
        (kind, group, re.compile(rf"\b(?:{_expanded('|'.join(groups[group].splitlines()))})"))
        for kind, groups in _data()[section].items()
        for group in get_args(_Group)
        if group in groups
    )
