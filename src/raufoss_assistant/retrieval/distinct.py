"""What is worth showing of the passages found: nothing twice, and not one section alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.analyse import terms

_SAME = 0.9
"""Passages that share so much of their terms, and all their numbers, say the same."""
_OF_SECTION = 2


def distinct(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits in order, without those that say the same as one before them, and at most two of the same section.

    Only within a document: two documents that say the same are two sources. A section is what stands under a heading;
    text under none is not limited.
    """
    shown: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    sections: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for hit in hits:
        said = frozenset(terms(hit.chunk.text))
        section = (hit.chunk.document, hit.chunk.heading)
        if (hit.chunk.heading and sections[section] == _OF_SECTION) or any(
            _same(said, other) for other in shown[hit.chunk.document]
        ):
            continue
        sections[section] += 1
        shown[hit.chunk.document].append(said)
        yield hit


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    numbers = ({term for term in said if any(map(str.isdigit, term))} for said in (one, other))
    return len(one & other) >= _SAME * len(one | other) and next(numbers) == next(numbers)
