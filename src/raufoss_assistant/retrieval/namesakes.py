"""Words that several names share, so that a question with the word alone may mean any of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from raufoss_assistant.catalogue.asked import places
from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.analyse import terms, words
from raufoss_assistant.retrieval.topics import Span, Topics

_OFTEN = 5
"""Places from which a name counts."""
_ALONE = 0.2
"""Share of a word's places where it stands by itself, from which it has a meaning of its own."""
_LOOKED_AT = 5
_MOST = 4


class Namesakes:
    """Tells which of several names a question may mean.

    Example:
        >>> Namesakes(texts, topics).meant("hvem leder manufacturing?", hits)
        ('Hvem leder NCE Manufacturing?', 'Hvem leder SINTEF Manufacturing?')
    """

    def __init__(self, texts: Iterable[str], topics: Topics) -> None:
        self._topics = topics
        self._lines = [(line, line.casefold()) for text in texts for line in text.split("\n") if line]
        self._sharing = lru_cache(256)(self._names_with)

    def _names_with(self, word: str) -> tuple[str, ...]:
        """The names that have a word, the commonest first; none where the word often stands by itself."""
        found: Counter[str] = Counter()
        for line, folded in self._lines:
            if word in folded:
                found.update(line[span.start : span.end] for span in self._topics.names(line))
        alone = sum(count for name, count in found.items() if name.casefold() == word)
        names = [name for name, count in found.most_common() if count >= _OFTEN and word in name.casefold().split()]
        shared = [name for name in names if " " in name]
        several = len({name.casefold() for name in shared}) > 1
        return tuple(shared) if several and alone < _ALONE * sum(found[name] for name in shared) else ()

    def meant(self, question: str, hits: Sequence[Hit]) -> tuple[str, ...]:
        """The question with each name that it may mean, where the passages found are split between them; else none.

        A passage tells of the first of the names that it or its headings have.
        """
        for span in self._topics.names(question):
            word = question[span.start : span.end]
            beside = [*words(question[: span.start])[-1:], *words(question[span.end :])[:1]]
            if any(each in places() or each.isdigit() for each in beside) or self._is_term(question, span):
                continue
            names = self._sharing(word.casefold())
            told = (self._told(hit, names) for hit in hits[:_LOOKED_AT])
            split = list(dict.fromkeys(name for name in told if name))[:_MOST]
            if len(split) > 1:
                rest = question[span.end :].rstrip(" ?.!")
                asked = (f"{question[: span.start]}{name}{rest}?" for name in split)
                return tuple(f"{choice[0].upper()}{choice[1:]}" for choice in asked)
        return ()

    def _is_term(self, question: str, span: Span) -> bool:
        """Whether the word and the one before it are a term of the documents («additive manufacturing»)."""
        before = words(question[: span.start])[-1:]
        term = f"{' '.join(before)} {question[span.start : span.end].casefold()}"
        return bool(terms(" ".join(before))) and any(term in folded for _, folded in self._lines)

    @staticmethod
    def _told(hit: Hit, names: Sequence[str]) -> str | None:
        text = hit.chunk.searchable
        places = {name: place.start() for name in names if (place := re.search(rf"\b{re.escape(name)}\b", text))}
        return min(places, key=lambda name: places[name], default=None)
