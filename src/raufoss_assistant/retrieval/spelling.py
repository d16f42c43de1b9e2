"""A question's words as the collection writes them: æøå restored, compounds joined, slips of the finger mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.retrieval.topics import BEGINS

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TRANSCRIBED = {"ae": "æ", "oe": "ø", "aa": "å"}
_PLAIN = {"a": "aåæ", "o": "oø", "e": "e"}
_MOST_VARIANTS = 64
_MISSPELT_FROM = 6
_TWO_FAULTS_FROM = 10
_SHORTEST_PART = 3
_ENDINGS = frozenset(["a", "ane", "ar", "e", "en", "ene", "er", "et", "s", "t"])
_LANGUAGES = ("nb", "nn", "en")


class Spelling:
    """Respells what the collection does not know, where it knows something that can only be meant by it.

    Example:
        >>> spelling = Spelling(["Læringsfabrikken gir støtte."])
        >>> spelling.mended("faar laerings fabriken stoette?")
        'faar Læringsfabrikken støtte?'
    """

    def __init__(self, texts: Iterable[str]) -> None:
        forms: Counter[str] = Counter(form for text in texts for form in _forms(text))
        self._counts: Counter[str] = Counter()
        self._written: dict[str, str] = {}
        self._stems: set[str] = set()
        for word, count in forms.most_common():
            self._counts[word.casefold()] += count
            self._written.setdefault(word.casefold(), word)
            self._stems.add(stem(word.casefold()))
        self._likely = [word for word in self._written if len(word) >= _MISSPELT_FROM]

    def mended(self, question: str) -> str:
        """The question with the words respelt that the collection has in another spelling alone."""
        tokens = list(_WORD.finditer(question))
        parts: list[str] = []
        end = 0
        place = 0
        while place < len(tokens):
            token = tokens[place]
            parts.append(question[end : token.start()])
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if following and (joined := self._joined(question, token, following)):
                parts.append(joined)
                place, end = place + 2, following.end()
                continue
            parts.append(self._respelt(token[0]))
            place, end = place + 1, token.end()
        return "".join((*parts, question[end:]))

    def _joined(self, question: str, first: re.Match[str], second: re.Match[str]) -> str | None:
        """Two words as the compound that the collection has of them, or None."""
        one, two = first[0].casefold(), second[0].casefold()
        if question[first.end() : second.start()] != " " or min(len(one), len(two)) < _SHORTEST_PART:
            return None
        if one in stop_words() or two in stop_words():
            return None
        for candidate in self._variants(one + two):
            if known := self._known(candidate):
                return known
        return self._likest(_with_letters(one + two)) if one not in self._written and two not in self._written else None

    def _respelt(self, word: str) -> str:
        folded = word.casefold()
        spelt = _with_letters(folded)
        if self._counts[spelt] > self._counts[folded]:
            return self._written[spelt]
        held = folded in self._written or stem(folded) in self._stems or folded in stop_words()
        if held or len(word) < _SHORTEST_PART or simplemma.is_known(folded, _LANGUAGES):
            return word
        return next(filter(None, map(self._known, self._variants(folded))), None) or self._likest(folded) or word

    def _known(self, word: str) -> str | None:
        """A word as the collection writes it, also where it has another form of it; else None."""
        return self._written.get(word) or (word if stem(word) in self._stems else None)

    def _likest(self, word: str) -> str | None:
        """The one word of the collection that is one fault away, two for a long one; else None."""
        if len(word) < _MISSPELT_FROM:
            return None
        faults = 1 if len(word) < _TWO_FAULTS_FROM else 2
        found = process.extract(word, self._likely, scorer=OSA.distance, score_cutoff=faults, limit=3)
        best = [each for each in found if each[1] == found[0][1] and not self._inflected(word, each[0])]
        if not best or len({stem(each[0]) for each in best}) > 1:
            return None
        return self._written[best[0][0]]

    def _inflected(self, word: str, known: str) -> bool:
        """Whether two words are forms of one, or begin otherwise, so that neither is the other misspelt."""
        if word[0] != known[0] or word.removeprefix(known) in _ENDINGS:
            return True
        return self._written[known].islower() and known.removeprefix(word) in _ENDINGS

    def _variants(self, word: str) -> Iterator[str]:
        """The word, with ae, oe and aa as letters, and with rings and strokes on the bare letters."""
        yield word
        yield _with_letters(word)
        choices = [_PLAIN.get(letter, letter) for letter in word]
        for count, spelt in enumerate(product(*choices)):
            if count == _MOST_VARIANTS:
                return
            yield "".join(spelt)


def _forms(text: str) -> Iterator[str]:
    """The words of a text as they are written; one that begins a sentence in small letters, but for what is a name."""
    for token in _WORD.finditer(text):
        word = token[0]
        begins = word[1:].islower() and BEGINS.search(text[max(0, token.start() - 4) : token.start()])
        yield word.lower() if begins else word


def _with_letters(word: str) -> str:
    """A word written with ae, oe and aa, with the letters that they stand for."""
    for pair, letter in _TRANSCRIBED.items():
        word = word.replace(pair, letter)
    return word
