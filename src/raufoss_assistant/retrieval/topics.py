"""What a text is about: the names in it, and the words that titles of the collection have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

from raufoss_assistant.catalogue.asked import places
from raufoss_assistant.catalogue.names import short
from raufoss_assistant.model import Document, Record
from raufoss_assistant.norwegian.analyse import stem, stop_words

_TOKEN = re.compile(r"[^\W_](?:[\w&/-]*[^\W_])?(?:[.,]\d+)*")
BEGINS = re.compile(r"(?:^|[.!?:|•–\n«»\"(]\s*|\d[.)]\s*|[-*]\s+)$")
"""Text before a word that begins a sentence, a line or a cell."""
_MOSTLY = 0.7
"""Share of a word's places within sentences where it has a capital, from which it is a name."""
_MISSPELT_FROM = 7
_LONGEST_SPAN = 7
"""Words between the first and the last telling word of a text, above which they are no phrase."""


@dataclass(frozen=True, slots=True)
class Span:
    """A name or a telling word: text[start:end]."""

    start: int
    end: int


class Topics:
    """Tells names and telling words of a text, by how the collection writes them.

    Example:
        >>> topics = Topics(["Alle bruker Læringsfabrikken."], ["Lærling i bedrift"], ["Industri 5.0"])
        >>> topics.about("hvor stor er læringsfabrikken?"), topics.about("hva er industri 5.0")
        ('læringsfabrikken', 'industri 5.0')
    """

    def __init__(self, texts: Iterable[str], titles: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._common, proper = _cased(texts)
        self._proper = frozenset(word for word in proper - places().keys() if stem(word) not in _passed_over())
        self._likely = [word for word in self._proper if len(word) >= _MISSPELT_FROM]
        known = sorted({name.casefold() for name in names if len(name) > 2}, key=lambda name: (-len(name), name))
        self._known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)", re.IGNORECASE)
        self._telling = {
            stem(word.casefold()) for title in titles for word in _TOKEN.findall(title) if word.isalpha()
        } - _passed_over()

    @classmethod
    def of(cls, documents: Sequence[Document], records: Iterable[Record]) -> Topics:
        """Those of a collection and its records."""
        return cls(
            (page.text for document in documents for page in document.pages),
            (document.properties.title for document in documents),
            (name for record in records for name in (short(record.name), record.code) if name),
        )

    def names(self, text: str) -> list[Span]:
        """The names in a text in its order; neighbouring words of a name are one."""
        found = [Span(*match.span()) for match in self._known.finditer(text)]
        for token in _TOKEN.finditer(text):
            if any(span.start <= token.start() < span.end for span in found):
                continue
            if self._is_name(token[0]):
                found.append(Span(*token.span()))
        return list(_joined(sorted(found, key=lambda span: span.start), text))

    def telling(self, text: str) -> list[Span]:
        """The words of a text that some title has, and that are no names of fields («frist», «pris»)."""
        return [Span(*token.span()) for token in _TOKEN.finditer(text) if stem(token[0].casefold()) in self._telling]

    def content(self, text: str) -> list[Span]:
        """The words of a text that are no function words and no names of fields, known or not."""
        return [
            Span(*token.span())
            for token in _TOKEN.finditer(text)
            if stem(token[0].casefold()) not in _passed_over() and not token[0].isdigit()
        ]

    def about(self, text: str) -> str | None:
        """What a text is about, in its own words: its names, else its telling words and what is between; else None."""
        if names := self.names(text):
            return " og ".join(dict.fromkeys(text[span.start : span.end] for span in names))
        if telling := self.telling(text):
            phrase = text[telling[0].start : telling[-1].end]
            return phrase if len(phrase.split()) <= _LONGEST_SPAN else text[telling[0].start : telling[0].end]
        return None

    def _is_name(self, word: str) -> bool:
        folded = word.casefold()
        if folded in self._proper or (folded.endswith("s") and folded[:-1] in self._proper):
            return True
        unknown = len(word) >= _MISSPELT_FROM and folded not in self._common and folded not in places()
        return unknown and bool(process.extractOne(folded, self._likely, scorer=OSA.distance, score_cutoff=1))


@lru_cache(maxsize=1)
def _passed_over() -> frozenset[str]:
    """Stems of words that tell of no subject."""
    text = resources.files("raufoss_assistant.retrieval").joinpath("data/attributes.txt").read_text("utf-8")
    listed = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return frozenset(map(stem, (*listed, *stop_words())))


def _cased(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the collection that are no names, and those that are: written with capitals within sentences."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for token in _TOKEN.finditer(text):
            word = token[0]
            if any(letter.isupper() for letter in word[1:]):
                capital[word.casefold()] += 1
            elif word[0].isupper():
                capital[word.casefold()] += not BEGINS.search(text[max(0, token.start() - 4) : token.start()])
            else:
                small[word] += 1
    stems: Counter[str] = Counter()
    for word, count in small.items():
        stems[stem(word)] += count
    names = {word for word, count in capital.items() if count and count >= _MOSTLY * (count + stems[stem(word)])}
    return frozenset(small) - names, frozenset(names)


def _joined(spans: Iterable[Span], text: str) -> Iterator[Span]:
    """Names that stand side by side as one."""
    last: Span | None = None
    for span in spans:
        if last and re.fullmatch(r"\s+|-", text[last.end : span.start]):
            last = Span(last.start, span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last
