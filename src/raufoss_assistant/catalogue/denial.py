"""Whether a question denies a value that it names: «ikke bachelor eller master», «andre enn X og Y», «utenom»."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

_CLAUSE = re.compile(r"[.;:?!()–]|\b(?:men|but|samt|hvor|kor|where)\b", re.IGNORECASE)
"""Where what is denied ends."""
_JOINED = re.compile(r"(?:,|\b(?:eller|elle|or|nor)\b)\s*$", re.IGNORECASE)
_JOINED_ALL = re.compile(r"(?:,|\b(?:eller|elle|og|or|nor|and)\b)\s*$", re.IGNORECASE)
_REACH = 6
"""Words between what denies and what is denied."""


@lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/denial.yaml")
    raw: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    small = raw["small"]
    return {
        "plain": re.compile(rf"(?<![\w-])(?:{raw['plain']})(?![\w-])(?!\s+(?:{raw['only']})\b)", re.I),
        "whole": re.compile(rf"(?<![\w-])(?:{raw['whole']})(?![\w-])", re.I),
        "manner": re.compile(rf"(?<![\w-])(?:{raw['manner']})(?![\w-])", re.I),
        "after": re.compile(rf"\W*(?:{raw['after']})(?!\w)", re.I),
        "small": re.compile(rf"(?:\s*\b(?:{small})\b|\W)*", re.I),
        "small_end": re.compile(rf"(?:\s*\b(?:{small})\b\s*)+$", re.I),
    }


def denies(text: str) -> bool:
    """Whether a text has a word that denies what follows.

    Example:
        >>> denies("som verken nevner"), denies("som nevner")
        (True, False)
    """
    return any(_words()[kind].search(text) for kind in ("plain", "whole"))


def affirmed(text: str) -> str:
    """A text without its word that denies; the text itself where it has none, or two of them that undo each other.

    What tells how something is done by denying an act is left as it is: «uten å slutte i jobben».

    Example:
        >>> affirmed("som ikke krever noe kurs"), affirmed("uten å slutte")
        ('som krever noe kurs', 'uten å slutte')
    """
    words = _words()
    without, plain = words["plain"].subn("", text)
    without, whole = words["whole"].subn("", without)
    told = (plain + whole) % 2 and not words["manner"].search(text)
    return " ".join(without.split()) if told else text


def denied(text: str, start: int, end: int | None = None) -> bool:
    """Whether what stands at text[start:end] is denied.

    What denies stands before it with nothing but small words between, or before other values that «eller» joins to it;
    «andre enn» and its like, and «verken», hold for what «og» joins too. Some words deny what stands before them.

    Example:
        >>> text = "Hvilke studier er ikke bachelor eller master?"
        >>> denied(text, text.index("master"))
        True
    """
    words = _words()
    if end is not None and words["after"].match(text, end):
        return True
    clause = _CLAUSE.split(text[:start])[-1]
    for pattern, joined in ((words["plain"], _JOINED), (words["whole"], _JOINED_ALL)):
        *_, found = [None, *pattern.finditer(clause)]
        if found is None:
            continue
        gap = clause[found.end() :]
        if words["small"].fullmatch(gap):
            return True
        if len(gap.split()) <= _REACH and joined.search(words["small_end"].sub(" ", gap)):
            return True
    return False
