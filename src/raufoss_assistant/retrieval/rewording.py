"""A question in the words of the passages found for it: what Nammo «produserer», where they tell what it «lager»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.synonyms import akin

_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-])")
_LOOKED_AT = 3
"""Passages whose words count, the best ones."""


def reworded(question: str, hits: Sequence[Hit]) -> str | None:
    """The question with each word that none of the best passages has as a word of theirs that usually means the same.

    Names are left as they are. None where no word is another.

    Example:
        >>> reworded("Hva produserer Nammo?", hits)
        'Hva lager Nammo?'
    """
    held: dict[str, str] = {}
    for hit in reversed(hits[:_LOOKED_AT]):
        held |= {stem(word): word for word in map(str.lower, _WORD.findall(hit.chunk.searchable))}

    def said(match: re.Match[str]) -> str:
        word, first = match[0], not question[: match.start()].strip()
        term = stem(word.lower())
        if term in held or word.lower() in stop_words() or (word[0].isupper() and not first):
            return word
        other = next((held[each] for each in sorted(akin(term)) if each in held), word)
        return other.capitalize() if first and other != word else other

    found = _WORD.sub(said, question)
    return found if found != question else None
