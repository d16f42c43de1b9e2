"""Cuts documents into passages at headings, paragraphs, list items, table rows and sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from raufoss_assistant.model import Block, Chunk, Document, Page
from raufoss_assistant.norwegian.sentences import sentences

_LEVELS = 6
_LINE = re.compile(r"\S[^\n]*")
_RULE = re.compile(r"[\s|:+=-]+")
_MARKUP = re.compile(r"^#{1,6}\s+|\s+#+$")


class _Piece(NamedTuple):
    """What is never cut: a sentence, a list item or a table row.

    ``inside`` tells that it goes on with the list or table of the piece before; ``header`` is that of its table.
    """

    start: int
    end: int
    words: int
    inside: bool = False
    header: str = ""


@dataclass(slots=True)
class _Heading:
    text: str
    level: int
    page: Page
    block: Block
    has_body: bool = False


@dataclass(slots=True)
class _Section:
    """Blocks of one page under one path of headings."""

    page: Page
    heading: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


def chunk(document: Document, size: int = 120) -> tuple[Chunk, ...]:
    """Cut a document into passages of about ``size`` words.

    A passage never crosses a page or a heading. Under one heading, paragraphs, lists and tables are packed together
    and cut where it hurts least: between paragraphs, else between lines, else between sentences, and not between a
    line that ends with a colon and what follows it. Sentences, list items and table rows stay whole; only a sentence
    or item of more than twice the size is cut, at a comma or a space. All cuts of a section are chosen together
    (dynamic programming over a cost, as in Knuth and Plass, «Breaking paragraphs into lines», 1981), so that 150 words
    give 75 + 75 rather than 120 + 30.

    Headings are in the context of the passages below them, not in their text. A heading with nothing under it goes
    into the path of the next one; at the end of the document, or where too many follow one another, it becomes a
    passage of its own.

    Example:
        >>> from raufoss_assistant.model import Document, Page, Properties
        >>> page = Page(number=None, text="Klyngen har mange bedrifter.")
        >>> document = Document("klynge/om.md", "", Properties(title="Om klyngen", kind="klynge"), (page,))
        >>> [(passage.text, passage.context) for passage in chunk(document)]
        [('Klyngen har mange bedrifter.', 'Om klyngen')]
    """
    chunks: list[Chunk] = []
    for section in _sections(document):
        pieces = [piece for block in section.blocks for piece in _pieces(section.page.text, block, size)]
        for passage in _pack(section.page.text, pieces, size):
            chunks.append(_chunk(document, section, passage, len(chunks)))
    return tuple(chunks)


def _chunk(document: Document, section: _Section, passage: Sequence[_Piece], position: int) -> Chunk:
    start, end = passage[0].start, passage[-1].end
    text = section.page.text[start:end]
    headers = dict.fromkeys(piece.header for piece in passage if piece.header not in text)
    context = [document.properties.title, " › ".join(section.heading), *headers]
    return Chunk(
        id=hashlib.sha256(f"{document.path}\0{position}\0{text}".encode()).hexdigest()[:32],
        document=document.path,
        position=position,
        page=section.page.number,
        heading=section.heading,
        text=text,
        start=start,
        end=end,
        context="\n".join(filter(None, context)),
    )


def _sections(document: Document) -> Iterator[_Section]:
    """Divide a document by page and heading; the path of headings goes on from page to page."""
    path: list[_Heading] = []
    unwanted = {"", _plain(document.properties.title).casefold()}

    def names() -> tuple[str, ...]:
        return tuple(heading.text for heading in path if heading.has_body and heading.text.casefold() not in unwanted)

    def alone() -> Iterator[_Section]:
        """Take the headings without a body out of the path, as sections of their own text."""
        bare = [heading for heading in path if not heading.has_body]
        path[:] = [heading for heading in path if heading.has_body]
        for _, group in groupby(bare, key=lambda heading: id(heading.page)):
            headings = list(group)
            yield _Section(headings[0].page, names(), [heading.block for heading in headings])

    for page in document.pages:
        for is_heading, group in groupby(page.blocks or _whole(page), key=lambda block: block.kind == "heading"):
            blocks = list(group)
            if not is_heading:
                for heading in path:
                    heading.has_body = True
                yield _Section(page, names(), blocks)
                continue
            for block in blocks:
                path[:] = [heading for heading in path if heading.level < block.level or not heading.has_body]
                if len(path) == _LEVELS:
                    yield from alone()
                path.append(_Heading(_plain(page.text[block.start : block.end]), block.level, page, block))
    yield from alone()


def _whole(page: Page) -> tuple[Block, ...]:
    return (Block("paragraph", 0, len(page.text)),) if page.text.strip() else ()


def _plain(text: str) -> str:
    return _MARKUP.sub("", " ".join(text.split()))


def _words(text: str) -> int:
    """Count words, one at least; the bars between the cells of a table are none."""
    return len(text.replace("|", " ").split()) or 1


def _pieces(text: str, block: Block, size: int) -> Iterator[_Piece]:
    """Divide a block into what is not to be cut."""
    if block.kind == "table":
        yield from _rows(text, block)
        return
    in_list = block.kind == "list"
    spans = _lines(text, block) if in_list else _sentences(text, block.start, block.end)
    for n, (start, end) in enumerate(spans):
        words = _words(text[start:end])
        if words <= 2 * size:
            yield _Piece(start, end, words, inside=in_list and n > 0)
            continue
        for first, last in _sentences(text, start, end):
            yield from _shorter(text, first, last, size)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + first, start + last) for first, last in sentences(text[start:end])]


def _lines(text: str, block: Block) -> list[tuple[int, int]]:
    return [match.span() for match in _LINE.finditer(text, block.start, block.end)]


def _rows(text: str, block: Block) -> Iterator[_Piece]:
    """Give the rows of a table; the header, and the rule below it, go with the first row of data."""
    header = {line.strip() for line in block.header.splitlines()}
    lines = _lines(text, block)
    first: int | None = None
    for start, end in lines:
        first = start if first is None else first
        row = text[start:end].strip()
        if (row in header or _RULE.fullmatch(row)) and end < lines[-1][1]:
            continue
        yield _Piece(first, end, _words(text[first:end]), first > lines[0][0], block.header.strip())
        first = None


def _shorter(text: str, start: int, end: int, size: int) -> Iterator[_Piece]:
    """Cut a sentence of more than twice the size after the last comma near the size, else at a space."""
    tokens = list(re.finditer(r"\S+", text[start:end]))
    if len(tokens) <= 2 * size:
        yield _Piece(start, end, len(tokens))
        return
    first = 0
    while first < len(tokens):
        last = min(first + size, len(tokens))
        if last < len(tokens):
            commas = (n + 1 for n in range(last - 1, first + size // 2, -1) if tokens[n][0].endswith((",", ";", ":")))
            last = next(commas, last)
        yield _Piece(start + tokens[first].start(), start + tokens[last - 1].end(), last - first)
        first = last


def _pack(text: str, pieces: Sequence[_Piece], size: int) -> list[Sequence[_Piece]]:
    """Join pieces to passages so that the sum of misfits and cuts is least; passages in order."""
    cuts = [0.0, *(_cut_cost(text[a.end - 1 : b.start], b.inside) for a, b in pairwise(pieces))]
    costs = [0.0]  # of the best way to pack the pieces before each one
    firsts = [0]  # the piece where the last passage of that way begins
    for last in range(len(pieces)):
        words, best = 0, (float("inf"), last)
        for first in range(last, -1, -1):
            words += pieces[first].words
            if words > 2 * size and first < last:
                break
            best = min(best, (costs[first] + cuts[first] + _misfit(words, size), first))
        costs.append(best[0])
        firsts.append(best[1])
    passages = []
    last = len(pieces)
    while last:
        first = firsts[last]
        passages.append(pieces[first:last])
        last = first
    return passages[::-1]


def _misfit(words: int, size: int) -> float:
    """Price a passage's length: too long is worse than too short, and a fifth of the size or less is worst."""
    off = words / size - 1
    if off > 0:
        return 6 * off * off
    return off * off + (1.0 if words <= size // 5 else 0.0)


def _cut_cost(gap: str, inside: bool) -> float:
    """Price a cut by the last character before it, the gap it falls in, and whether it parts a list or table."""
    if gap[0] == ":":
        return 0.5
    return 0.2 if inside else (0.08, 0.04, 0.0)[min(gap.count("\n"), 2)]
