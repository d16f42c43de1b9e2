"""Terms that usually mean the same, from synonyms.txt: «produserer» and «lager», «stiftet» and «grunnlagt»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

from raufoss_assistant.norwegian.analyse import stem, stop_words

_NONE: frozenset[str] = frozenset()


def akin(term: str) -> frozenset[str]:
    """The other terms of its group, as `raufoss_assistant.norwegian.analyse.terms` gives them.

    Example:
        >>> "lag" in akin("produser")
        True
    """
    return _groups().get(term, _NONE)


def _forms(words: Iterable[str]) -> Iterator[str]:
    """The words, and the plural of those in -er, which has another stem: «medarbeider», «medarbeidere»."""
    for word in words:
        yield word
        if word.endswith("er"):
            yield f"{word}e"


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    text = resources.files("raufoss_assistant.norwegian").joinpath("data/synonyms.txt").read_text("utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in (line for line in text.splitlines() if not line.startswith("#")):
        stems = frozenset(map(stem, _forms(word for word in line.split() if word not in stop_words())))
        for each in stems:
            found[each] = (found.get(each, _NONE) | stems) - {each}
    return found
