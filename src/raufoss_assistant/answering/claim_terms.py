"""Words of a claim against words of its source, one by one: whether they are the same, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from raufoss_assistant.answering.claim_words import Word, lists

LONG = 4
"""Letters from which the last part of a compound stands for the whole."""
_FIRST = 3
"""Letters of the first part of a compound; fewer are a prefix that may turn the meaning («usikker»)."""
_REACH = 4
"""Words back from a term within which its preposition stands."""


def places_of_terms(words: Sequence[Word]) -> list[int]:
    """Where in a sentence the words stand that tell what it is about."""
    return [at for at, word in enumerate(words) if word.topical]


def fits(claim: Word, source: Word) -> bool:
    """Whether they are one word, or the claim's is the last part of the source's compound."""
    if claim.key == source.key:
        return claim == source or not tenses(claim, source)
    first = source.key.removesuffix(claim.key)
    compound = first != source.key and len(first) >= _FIRST and first not in lists().changing
    return compound and not claim.number and len(claim.key) >= LONG


def tenses(one: Word, other: Word) -> bool:
    """Whether two forms of a word may be its past and its present."""
    if {one.tense, other.tense} == {"past", "present"}:
        return one.voice == other.voice == "passive" or one.low != other.low
    return {one.low[-1:], other.low[-2:]} == {"a", "ar"} or {one.low[-2:], other.low[-1:]} == {"ar", "a"}


def relation(words: Sequence[Word], at: int) -> str:
    """The kind of preposition that a term stands after, or ""; a limit before a number is none."""
    for word in reversed(words[max(0, at - _REACH) : at]):
        limits = words[at].number and word.low in lists().limits
        if word.low in lists().relating and not limits:
            return lists().relating[word.low]
        if word.topical or word.low in lists().sources:
            break
    return ""
