"""The numbers of an answer's sources as links, and the addresses of what they lead to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from raufoss_assistant.model import Citation, Document, Page

DOCUMENT = "/dokument/"
FILE = "/fil/"
PAGE_IMAGE = "/sidebilde/"
_CODE = r"(?P<fence>`{3,}|~{3,})[\s\S]*?(?:(?P=fence)|\Z)|(?P<tick>`+)[\s\S]*?(?P=tick)(?!`)"
_MARK = re.compile(rf"{_CODE}|\\[\s\S]|\[(?P<n>\d{{1,3}})\](?![(:])")
_PLACE = re.compile(r"([0-9]{1,8})-([0-9]{1,6})-([0-9a-f]{12})")


def linked(text: str, citations: Sequence[Citation], number: int) -> str:
    r"""An answer in Markdown, with a link for each [n] that has a source.

    sources.js names them, «Kilde 1», and opens what they lead to.

    What stands in code stays as it is, and so does what is escaped, as all brackets from documents are.

    Args:
        text: of the answer.
        citations: of the answer.
        number: of the answer in its conversation.

    Example:
        >>> print(linked(r"Fabrikken er stor. [1] \[1\] [7]", answer.citations, 0))
        Fabrikken er stor. <a class="kildelenke svar-0" href="#kilde-1">[1]</a> \[1\] [7]
    """
    known = {str(each.n) for each in citations}

    def link(found: re.Match[str]) -> str:
        n = found["n"]
        if n not in known:
            return found[0]
        return f'<a class="kildelenke svar-{number}" href="#kilde-{n}">[{n}]</a>'

    return _MARK.sub(link, text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: an address can carry it, and it tells whether the text is still the same.

    Attributes:
        start: offset of the quote in the page's text.
        length: of the quote, in characters.
        digest: of the quote, twelve hex digits.

    Example:
        >>> Place.of("Rundt 60 bedrifter.", 120).written
        '120-19-fc9a82a1ea2d'
    """

    start: int
    length: int
    digest: str

    @classmethod
    def of(cls, text: str, start: int) -> Place:
        """The place of a text that begins at an offset."""
        return cls(start, len(text), _digest(text))

    @classmethod
    def read(cls, written: str) -> Place | None:
        """The place that an address carries, or None where it carries none."""
        parts = _PLACE.fullmatch(written)
        return cls(int(parts[1]), int(parts[2]), parts[3]) if parts else None

    @property
    def written(self) -> str:
        """As an address carries it."""
        return f"{self.start}-{self.length}-{self.digest}"

    def quote(self, page: Page) -> str | None:
        """The quote, or None where something else stands at its place now."""
        text = page.text[self.start : self.start + self.length]
        return text if text and _digest(text) == self.digest else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def place(citation: Citation) -> Place | None:
    """Where a citation's quote stands in the text of its page; None where it is not in its passage."""
    at = citation.chunk.text.find(citation.quote)
    return Place.of(citation.quote, citation.chunk.start + at) if at >= 0 else None


def document_address(path: str, page: int | None = None, place: Place | None = None) -> str:
    """Address of the view of a document, at a page and a quote.

    Example:
        >>> document_address("kurs/fag brev.pdf", 3)
        '/dokument/kurs/fag%20brev.pdf?side=3'
    """
    return _address(DOCUMENT, path, page, place) + ("#sitat" if place else "")


def image_address(path: str, page: int, place: Place | None = None) -> str:
    """Address of the image of a PDF's page."""
    return _address(PAGE_IMAGE, path, page, place)


def file_address(path: str, page: int | None = None) -> str:
    """Address of the file itself, for a PDF at a page."""
    return f"{FILE}{quote(path)}" + (f"#page={page}" if page else "")


def _address(folder: str, path: str, page: int | None, place: Place | None) -> str:
    query = {"side": page, "sitat": place.written if place else None}
    told = urlencode({name: value for name, value in query.items() if value is not None})
    return f"{folder}{quote(path)}" + (f"?{told}" if told else "")


def is_pdf(document: Document) -> bool:
    """Whether a document is a PDF, whose pages are shown as images."""
    return document.path.lower().endswith(".pdf")
