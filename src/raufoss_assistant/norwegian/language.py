"""Tells bokmål, nynorsk and English apart by their function words and endings."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import get_args

import simplemma
import yaml

from raufoss_assistant.model import Language
from raufoss_assistant.norwegian.analyse import pairs

_WORD = re.compile(r"(?<!\w-)[^\W\d_]+")
"""A word, but not the ending after a hyphen: «SFI-en»."""
_SWEDISH = frozenset("äö")
_ENDING_FROM = 6  # letters; shorter words have too many accidental endings
_ENDING_WEIGHT = 0.5
_ASKED_FROM = 3
"""Letters of a word that a dictionary is asked for; shorter ones are abbreviations as often."""
_SURE = 1.0
"""Lead of a language from which no dictionary is asked."""


@lru_cache(maxsize=1)
def _marks() -> dict[Language, tuple[frozenset[str], tuple[str, ...]]]:
    data = resources.files("raufoss_assistant.norwegian").joinpath("data/language.yaml").read_text("utf-8")
    lists = yaml.safe_load(data)
    shared = {"nb": lists["shared"].split(), "nn": lists["shared"].split(), "en": []}
    return {
        language: (
            frozenset(lists[language]["words"].split() + shared[language]),
            tuple(lists[language]["endings"].split()),
        )
        for language in get_args(Language)
    }


@lru_cache(maxsize=1)
def _nynorsk() -> frozenset[str]:
    """Words of nynorsk whose stem is another one in bokmål."""
    return frozenset(word for word, _ in pairs("nynorsk.txt"))


@lru_cache(maxsize=4096)
def _only_nynorsk(word: str) -> bool:
    """Whether a word is one of those and no word of bokmål too (simplemma)."""
    return word in _nynorsk() and not simplemma.is_known(word, "nb")


def detect(text: str, otherwise: Language = "nb") -> Language:
    """Name the language that most of the words point to; of equals, what was spoken otherwise, else the first.

    A function word counts one, and so does a word that is nynorsk alone; an ending that only one of the languages has
    counts a half, and so, where that does not decide, does a word that only one of their dictionaries has (simplemma).
    Danish, Swedish and text of names and numbers alone come out as bokmål.

    Args:
        text: to be named.
        otherwise: language of the conversation before, which a text without marks goes on in.

    Example:
        >>> detect("Kor mange verksemder er med?"), detect("How big is the learning factory?"), detect("FTT72K")
        ('nn', 'en', 'nb')
    """
    scores: dict[Language, float] = dict.fromkeys(_marks(), 0.0)
    unmarked = []
    for written in _WORD.findall(text):
        word = written.lower()
        scores["nb"] += bool(_SWEDISH & set(word))
        if _only_nynorsk(word):
            scores["nn"] += 1
            continue
        marked = False
        for language, (words, endings) in _marks().items():
            whole = word in words
            if whole or (len(word) >= _ENDING_FROM and word.endswith(endings)):
                scores[language] += 1 if whole else _ENDING_WEIGHT
                marked = True
        if not marked and written == word:  # a capital may begin a name
            unmarked.append(word)
    first, second, _ = sorted(scores.values(), reverse=True)
    if first - second < _SURE:
        for word in unmarked:
            if len(word) >= _ASKED_FROM and (own := _own_language(word)):
                scores[own] += _ENDING_WEIGHT
    return max(scores, key=lambda language: (scores[language], language == otherwise))


@lru_cache(maxsize=4096)
def _own_language(word: str) -> Language | None:
    """The one language whose dictionary has the word, counting what both Norwegian ones have as neither; else None."""
    known = {language for language in get_args(Language) if simplemma.is_known(word, language)}
    if known == {"en"}:
        return "en"
    norwegian = known - {"en"}
    return next(iter(norwegian)) if len(norwegian) == 1 else None
