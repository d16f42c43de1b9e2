"""Words of a text as search terms: lower case, numbers whole, function words left out, Norwegian stems."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import Stemmer

_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+(?!\d)|\d+(?:,\d+)?|[^\W\d_]+(?:\d[^\W_]*)?|[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0.](?=\d{3})")
_stemmer = Stemmer.Stemmer("norwegian")
_stemming = threading.Lock()  # a stemmer is not for several threads at once


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Function words of bokmål, nynorsk and English, lower case; they carry no topic."""
    text = resources.files("raufoss_assistant.norwegian").joinpath("data/stop_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def _bokmal() -> dict[str, str]:
    """Stems of nynorsk words, each with that of the same word in bokmål."""
    return {_stemmed(nynorsk): _stemmed(bokmal) for nynorsk, bokmal in pairs("nynorsk.txt")}


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    """English words, each with the stem of the word for it in bokmål."""
    return {english: _stemmed(bokmal) for english, bokmal in pairs("english.txt")}


def pairs(file: str) -> Iterator[tuple[str, str]]:
    """The two words of each line of a list of the folder data."""
    text = resources.files("raufoss_assistant.norwegian").joinpath("data", file).read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return ((one, other) for one, other in lines)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word (Snowball, Norwegian); one for both written standards, and English, where we know.

    Example:
        >>> stem("skulane"), stem("skolene"), stem("companies")
        ('skol', 'skol', 'bedrift')
    """
    found = _english().get(word) or _stemmed(word)
    return _bokmal().get(found, found)


def _stemmed(word: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Words and numbers in order, lower case, unstemmed; «1 500» and «1.500» become «1500».

    Example:
        >>> words("1 500 kvadratmeter i FTT72K")
        ['1500', 'kvadratmeter', 'i', 'ftt72k']
    """
    return [_THOUSANDS.sub("", token) for token in _TOKEN.findall(text.lower())]


def terms(text: str) -> list[str]:
    """Search terms in order: the words that are not function words, stemmed.

    A text of nothing but function words keeps them, so that no question is empty.

    Example:
        >>> terms("Hvor mange bedrifter er med i klyngen?")
        ['bedrift', 'klyng']
    """
    found = words(text)
    topical = [word for word in found if word not in stop_words()]
    return [stem(word) for word in topical or found]
