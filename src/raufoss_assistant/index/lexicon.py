"""What a word of a question may stand for among the terms of a collection."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from raufoss_assistant.norwegian.analyse import stem
from raufoss_assistant.norwegian.synonyms import akin

MISSPELT = 0.8
"""Weight of the term that an unknown one is likest."""
PART = 0.5
"""Weight of each part of a compound that no passage holds as a whole."""
PART_OF_KNOWN = 0.15
"""The same where some passage holds the whole."""
AKIN = 0.2
"""Weight of a term that usually means the same."""
_SHORTEST_PART = 3
_LINKS = ("s", "e")
_MISSPELT_FROM = 5
_TWO_FAULTS_FROM = 8


class Lexicon:
    """Reads a question's terms as the collection writes them; the collection itself is indexed as it is.

    Splitting compounds on both sides makes every long word match too much. Here only the question's are split, only in
    two parts that the collection has, and the parts weigh less than the whole. A term that the collection lacks is
    taken for the likest it has, one fault away, two for long ones (optimal string alignment: letters changed, left
    out, put in or swapped).

    Example:
        >>> lexicon = Lexicon(["robot", "sveising", "læringsfabrikk"])
        >>> lexicon.readings("robotsveising"), lexicon.readings("læringsfabrik")
        ((('robot', 0.5), ('sveising', 0.5)), (('læringsfabrikk', 0.8),))
    """

    def __init__(self, terms: Collection[str]) -> None:
        self._terms = terms
        self._likely = [term for term in terms if len(term) >= _MISSPELT_FROM and term.isalpha()]
        self.readings = lru_cache(4096)(self._readings)

    def _readings(self, term: str) -> tuple[tuple[str, float], ...]:
        """Terms of the collection that a question's term stands for, each with its weight, the surest first."""
        known = term in self._terms
        found = [(term, 1.0)] if known else []
        if not term.isalpha():
            return tuple(found)
        found += [(other, AKIN) for other in sorted(akin(term)) if other in self._terms]
        parts = max(self._splits(term), key=lambda both: min(map(len, both)), default=())
        found += [(part, PART_OF_KNOWN if known else PART) for part in parts]
        if not found and (likest := self._likest(term)):
            found.append((likest, MISSPELT))
        return tuple(found)

    def _splits(self, term: str) -> Iterator[tuple[str, str]]:
        for at in range(_SHORTEST_PART, len(term) - _SHORTEST_PART + 1):
            first, second = term[:at], stem(term[at:])
            if second in self._terms:
                unlinked = first[:-1] if first.endswith(_LINKS) and at > _SHORTEST_PART else first
                yield from ((one, second) for one in map(stem, (first, unlinked)) if one in self._terms)

    def _likest(self, term: str) -> str | None:
        if len(term) < _MISSPELT_FROM:
            return None
        faults = 1 if len(term) < _TWO_FAULTS_FROM else 2
        found = process.extractOne(term, self._likely, scorer=OSA.distance, score_cutoff=faults)
        return found[0] if found else None
