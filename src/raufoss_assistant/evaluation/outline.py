"""A document as a reader sees it: what it is about, its sections with their sentences, the names it uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from raufoss_assistant.model import Document
from raufoss_assistant.norwegian.analyse import stop_words
from raufoss_assistant.norwegian.sentences import sentences

_MARK = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_TRAILING = re.compile(r"\s*\([^()]*\)\s*$")
_LEADING = re.compile(r"^(?:om|about|kort om|velkommen til|welcome to)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
_WORD = re.compile(r"[^\W_][\w.-]*[^\W_]|[^\W_]")
_INNER = re.compile(r".+[A-ZÆØÅ]|.*[A-ZÆØÅ].*\d")
_CAPITALS = re.compile(r"^(?:The )?[A-ZÆØÅ][\w.-]*(?: [A-ZÆØÅ\d][\w.-]*)*(?=$|,| (?:på|i|ved|at|in|of|for)\b)")
_SHORT = re.compile(r"\(([A-ZÆØÅ\d-]{2,})\)")
_DEFINITE = re.compile(r"\w{3,}(?:en|et|ene|ane)")
_COMMON = frozenset({"små", "store", "nye", "begge", "private", "offentlige", "offentlege", "small", "users", "første"})
_AKIN = 6  # letters that kindred words share
_LONGEST_TOPIC = 8  # words


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading, up to the next one or the page's end.

    Attributes:
        heading: the nearest heading above, without its number, or "".
        page: page number, or None.
        sentences: of the paragraphs and list items, without list marks, on one line each.
        tables: cells of each row of each table, the head first.
    """

    heading: str
    page: int | None
    sentences: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's sections, names and topic.

    Attributes:
        title: of the document.
        topic: what the document is about, as a question would name it: a name, else its title in «»; or "".
        sections: in order.
        names: words written with a capital inside a sentence, or with capitals or digits inside themselves.
        words: words written with small letters.

    Example:
        >>> Outline.of(document).topic
        'Manufacturing 4.0'
    """

    title: str
    topic: str
    sections: tuple[Section, ...]
    names: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> Outline:
        """Read the outline of a document."""
        sections = tuple(_sections(document))
        said = [sentence for section in sections for sentence in section.sentences]
        title = document.properties.title
        words = frozenset(word for text in said for word in _WORD.findall(text) if word.islower())
        names = frozenset(_names([title, *said]))
        return cls(title, _topic(title, said, names), sections, names, words)

    def named(self, text: str) -> bool:
        """Whether a text names something, so that it can be understood by itself."""
        words = _WORD.findall(text)
        return "«" in text or any(word in self.names or word.removesuffix("s") in self.names for word in words)

    def explains_words(self, glossary: str) -> bool:
        """Whether the document is a glossary, by a pattern of what such documents are called."""
        return re.search(rf"\b(?:{glossary})\b", self.title, re.IGNORECASE) is not None

    def inside(self, text: str) -> str:
        """A text that began a sentence as it is written inside one: with a small letter, where it begins with no name.

        A word is common where it is a function word, has a definite ending, or where a word of the document that is
        written with small letters begins or ends as it does; not where it is among the names, or a capital follows.
        """
        first, _, others = text.partition(" ")
        small = first.lower()
        if small in stop_words() | _COMMON:
            return f"{small} {others}".strip()
        known = small in self.words and first not in self.names
        if first.startswith("«") or _INNER.match(first) or (others[:1].isupper() and not known):
            return text
        akin = (word.startswith(small[:_AKIN]) or word.endswith(small[-_AKIN:]) for word in self.words)
        common = small in self.words or _DEFINITE.fullmatch(small) or (len(small) >= _AKIN and any(akin))
        named = first in self.names and small not in self.words
        return text if named or not common else f"{small} {others}".strip()


def without_notes(text: str) -> str:
    """A text without what stands in parentheses, and without the full stop.

    Example:
        >>> without_notes("OFII har 37 medlemmer (kilden er udatert).")
        'OFII har 37 medlemmer'
    """
    return re.sub(r"\s*\([^()]*\)", "", text).strip().rstrip(".").strip()


def _names(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for found in _WORD.finditer(text):
            within = found.start() and not text[: found.start()].rstrip().endswith((":", ".", "?", "!", "«", "("))
            if _INNER.match(found[0]) or (within and found[0][0].isupper()):
                yield found[0]


def _topic(title: str, said: Sequence[str], names: frozenset[str]) -> str:
    whole = _TRAILING.sub("", _LEADING.sub("", title)).strip()
    before = whole.partition(":")[0]
    capitals = [name for name in _CAPITALS.findall(before) if " " in name or name in names]
    candidates: list[str] = [before, before.partition(" (")[0], *_SHORT.findall(title), *capitals]
    for name in candidates:
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        if not name[:1].islower() and sum(word.search(sentence) is not None for sentence in said) > 1:
            return name
    titled = not whole[:1].islower() and "?" not in whole and len(whole.split()) <= _LONGEST_TOPIC
    return f"«{whole}»" if titled else ""


def _sections(document: Document) -> Iterator[Section]:
    heading = ""
    for page in document.pages:
        said: list[str] = []
        tables: list[tuple[tuple[str, ...], ...]] = []
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.kind == "heading":
                yield Section(heading, page.number, tuple(said), tuple(tables))
                heading, said, tables = _NUMBERED.sub("", " ".join(text.split())), [], []
            elif block.kind == "table":
                if rows := tuple(_rows(text)):
                    tables.append(rows)
            else:
                lines = (" ".join(text[start:end].split("\n")) for start, end in sentences(text))
                said += (_MARK.sub("", " ".join(line.split(" "))) for line in lines)
        yield Section(heading, page.number, tuple(said), tuple(tables))


def _rows(table: str) -> Iterator[tuple[str, ...]]:
    for line in table.splitlines():
        if not re.fullmatch(r"[\s|:-]*", line):
            yield tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
