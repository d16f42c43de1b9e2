"""An English question word for word in bokmål, which most documents are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

import simplemma

from raufoss_assistant.model import Document
from raufoss_assistant.norwegian.analyse import pairs
from raufoss_assistant.retrieval.aliases import table_rows

_HEADER = (re.compile(r"(?:norwegian|norsk|bokmål)", re.I), re.compile(r"(?:english|engelsk)", re.I))
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_LONGEST = 5
"""Words of a phrase."""


class Glosses:
    """Puts English words and phrases as bokmål has them, those of the collection's own list first.

    The order of words stays English, which a search does not mind. Source of the method: dictionary-based query
    translation (Pirkola, 1998).

    Example:
        >>> Glosses({"learning factory": "Læringsfabrikken"}).told("Who was in charge of the Learning Factory in 2020?")
        'hvem var leder for Læringsfabrikken i 2020?'
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = {english.casefold(): norwegian for english, norwegian in own.items()}

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Glosses:
        """With what tables with a column of Norwegian words and one of English ones tell."""
        return cls({english: norwegian for document in documents for english, norwegian in _listed(document)})

    def told(self, question: str, names: Iterable[str] = ()) -> str:
        """The question with what is known as bokmål has it; names stay as they are, but for those that are listed."""
        kept = {word for name in names for word in re.findall(_WORD, name)}
        tokens = list(re.finditer(_WORD, question))
        parts: list[str] = []
        end = at = 0
        while at < len(tokens):
            parts.append(question[end : tokens[at].start()])
            size, found = self._phrase(question, tokens[at : at + _LONGEST])
            if found is None:
                word = tokens[at][0]
                known = None if word in kept or (word.isupper() and len(word) > 1) else _word(word.casefold())
                found = word if known is None else known
            parts.append(found)
            end, at = tokens[at + size - 1].end(), at + size
        return re.sub(r"\s+(?=[?.!,;:])", "", " ".join("".join((*parts, question[end:])).split()))

    def _phrase(self, question: str, tokens: list[re.Match[str]]) -> tuple[int, str | None]:
        """How many of the words are a known phrase, and what it is; one of a single word only where it is listed."""
        for size in range(len(tokens), 0, -1):
            phrase = question[tokens[0].start() : tokens[size - 1].end()].casefold()
            found = self._own.get(phrase) or (_lists().get(phrase) if size > 1 else None)
            if found is not None:
                return size, found
        return 1, None


def _word(word: str) -> str | None:
    """A word in bokmål, else its lemma in bokmål; None where neither is known."""
    known = _lists()
    found = known.get(word)
    return known.get(simplemma.lemmatize(word, "en")) if found is None else found


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    """English words and phrases, each with the bokmål for it; "" for what Norwegian leaves out."""
    text = resources.files("raufoss_assistant.norwegian").joinpath("data/english_phrases.txt").read_text("utf-8")
    lines = (line.partition(" =") for line in text.splitlines() if line and not line.startswith("#"))
    return dict(pairs("english.txt")) | {english: norwegian.strip() for english, _, norwegian in lines}


def _listed(document: Document) -> Iterator[tuple[str, str]]:
    """Every English word of such a table with the Norwegian one; several in a cell stand between commas."""
    for header, cells in table_rows(document):
        if all(form.fullmatch(cell) for form, cell in zip(_HEADER, header, strict=False)):
            norwegian = cells[0].partition(",")[0].strip()
            yield from ((each.strip(), norwegian) for each in cells[1].split(",") if each.strip())
