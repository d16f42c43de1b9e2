"""Words that change what a sentence claims: negations, modal verbs, conditions, tense, whom it speaks to."""

from __future__ import annotations

from collections.abc import Sequence

from raufoss_assistant.answering.claim_words import Word, lists

_MODAL = ("possibility", "duty", "advice", "will")
_AUXILIARY = ("past", "becoming")
"""Kinds of verbs that say nothing by themselves where they help a passive: its tense is compared instead."""
ALTERNATIVE = "alternative"
_HELPED = 3
"""Words after a verb within which the participle stands that it makes passive."""


def kind_of(word: Word) -> str:
    """What the word does to a claim («negation», «duty»); "" for most."""
    return lists().same.get(word.low, "")


def kinds_of(words: Sequence[Word]) -> set[str]:
    """All of them in a sentence, but for the tense of verbs that only help a passive."""
    found = set()
    for at, word in enumerate(words):
        kind = kind_of(word)
        helps = kind in _AUXILIARY and lists().helping.get(word.low) in ("past", "present")
        if kind and not (helps and any(after.voice == "passive" for after in words[at + 1 : at + 1 + _HELPED])):
            found.add(kind)
    return found


def addresses(words: Sequence[Word]) -> bool:
    """Whether it speaks to the reader or of the writer."""
    return any(word.low in lists().persons for word in words)


def offers(told: Sequence[Word], said: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the claim takes its words from both sides of an «eller» of the source, or next to it, or adds one."""
    places = [place for _, place in pairs]
    near = range(min(places, default=0) - 2, max(places, default=0) + 3)
    return any(kind_of(word) == ALTERNATIVE for word in said) or any(
        kind_of(word) == ALTERNATIVE and place in near for place, word in enumerate(told)
    )


def scopes(words: Sequence[Word]) -> list[str]:
    """The modal verbs by kind, and each negation and «only» with the term that it stands before."""
    found = []
    for at, word in enumerate(words):
        kind = kind_of(word)
        if kind in _MODAL:
            found.append(kind)
        elif kind in ("negation", "only"):
            found.append(f"{kind} {next((after.key for after in words[at + 1 :] if after.topical), '')}")
    return sorted(found)
