"""Whether the numbers of a claim are those of its source: the same value, limit and thing counted."""

from __future__ import annotations

from collections.abc import Sequence

from raufoss_assistant.answering.claim_terms import fits, relation
from raufoss_assistant.answering.claim_words import Word, lists
from raufoss_assistant.answering.dating import YEAR

_NEAR = 3
"""Words before a number, and after it, that may limit it."""


def limited(told: Sequence[Word], said: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether each number has the same limit in both, and the same word beside it, and what else is limited too."""
    places = [place for _, place in pairs]
    if _bounds(told[max(0, min(places) - 1) : max(places) + 1]) != _bounds(said):
        return False
    known = [place for place, word in enumerate(told) if word.number]
    return all(any(_alike(said, at, told, place) for place in known) for at, word in enumerate(said) if word.number)


def _bounds(words: Sequence[Word]) -> list[str]:
    """The kinds of limits that are no prepositions."""
    lows = [word.low for word in words if word.low not in lists().relating]
    return sorted(lists().limits[low] for low in lows if low in lists().limits)


def _alike(said: Sequence[Word], at: int, told: Sequence[Word], place: int) -> bool:
    if said[at].key != told[place].key or _limits(said, at) != _limits(told, place):
        return False
    if YEAR.fullmatch(said[at].low) and relation(said, at) == relation(told, place) == "place":
        return True
    sides = [(_beside(said, at + step), _beside(told, place + step)) for step in (1, -1)]
    if not any(one or other for one, other in sides):
        return True
    return any(one is not None and other is not None and fits(one, other) for one, other in sides)


def _limits(words: Sequence[Word], place: int) -> frozenset[str]:
    before, after = words[max(0, place - _NEAR) : place], words[place + 1 : place + 1 + _NEAR]
    while any(word.topical for word in before):
        before = before[1:]
    kinds = {lists().limits[word.low] for word in before if word.low in lists().limits}
    behind = {
        lists().limits[word.low]
        for at, word in enumerate(after)
        if word.low in lists().limits and word.low not in lists().relating and not _begins(words[place + 2 + at :])
    }
    return frozenset(kinds | behind)


def _begins(after: Sequence[Word]) -> bool:
    """Whether the words begin with a number, limits aside; a limit before them is then that number's."""
    first = next((word for word in after if word.low not in lists().limits), None)
    return first is not None and first.number


def _beside(words: Sequence[Word], place: int) -> Word | None:
    return words[place] if 0 <= place < len(words) and words[place].topical else None
