"""Where a quote stands: document, page and heading, with the quote in the document's own letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from raufoss_assistant.answering.citations import stands
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Block, Citation, Document, Page, Properties

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote and where it stands.

    Attributes:
        document: path of the document.
        properties: those of the document.
        page: page number, or None for formats without pages.
        heading: heading above the quote, or "".
        quote: stands letter for letter on the page.
    """

    document: str
    properties: Properties
    page: int | None
    heading: str
    quote: str


def prove(document: Document, quote: str) -> Proof | None:
    """Find a quote in a document, or None; a space of the quote may be a no-break space there.

    Example:
        >>> prove(document, "har om lag 4 000 ansatte").page
        2
    """
    wanted = quote.replace(_NO_BREAK, " ").strip()
    for page in document.pages if wanted else ():
        start = page.text.replace(_NO_BREAK, " ").find(wanted)
        if start >= 0:
            return proof_at(document, page, start, start + len(wanted))
    return None


def proof_at(document: Document, page: Page, start: int, end: int) -> Proof:
    """The proof that page.text[start:end] is."""
    above = [block for block in page.blocks if block.kind == "heading" and block.end <= start]
    heading = page.text[above[-1].start : above[-1].end] if above else ""
    return Proof(document.path, document.properties, page.number, heading, page.text[start:end])


def cited(proof: Proof, n: int, manifest: Manifest) -> Citation | None:
    """The citation with that number, of the passage that holds the quote; None where none does."""
    for chunk in manifest.chunks_of(proof.document):
        if chunk.page == proof.page and proof.quote in chunk.text and stands(proof.quote, chunk, manifest):
            return Citation(n, chunk, proof.properties, proof.quote, None, 1.0)
    return None


def section(document: Document, heading: str | None) -> Iterator[tuple[Page, Block]]:
    """The blocks under a heading, without it, until the next one of its level; of the whole document with None.

    There are none where no heading of the document reads like that.
    """
    level: int | None = None if heading else 6
    for page in document.pages:
        for block in page.blocks:
            if heading and block.kind == "heading":
                if level is None and page.text[block.start : block.end].strip() == heading:
                    level = block.level
                    continue
                if level is not None and block.level <= level:
                    return
            if level is not None:
                yield page, block
