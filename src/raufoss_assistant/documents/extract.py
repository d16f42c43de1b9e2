"""What every loader gives, and the pieces it is put together from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from raufoss_assistant.documents.quality import quality
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.model import Block, BlockKind, Page
from raufoss_assistant.norwegian.text import normalise

GAP = "\n\n"
"""Stands between the blocks of a page."""
_BLANKS = re.compile(r"[ \n]+")
_TRAILING = re.compile(r"[ |]+$")
_MADE_UP_TITLE = re.compile(
    r"(microsoft (word|powerpoint|excel)\b.*|(powerpoint|word|excel)-?\s?presentasjon|powerpoint presentation"
    r"|(document|dokument|presentation|presentasjon|bok|book|ark|sheet)\s?\d*|untitled.*|uten (navn|tittel).*"
    r"|.*\.(docx?|pptx?|xlsx?|pdf|indd|html?))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a loader may take on.

    Attributes:
        pages: documents with more pages or slides are refused.
        unpacked_mb: packed files (docx, pptx, xlsx) that unpack to more megabytes are refused.
    """

    pages: int = 2000
    unpacked_mb: int = 1000


@dataclass(frozen=True, slots=True)
class Extract:
    """What a loader found in a file.

    Attributes:
        pages: at least one; without page numbers where the format has none.
        title: the first heading or the file's own title, or None.
        metadata: front matter: field names and values as they are written.
        warnings: Norwegian sentences on what was odd.
    """

    pages: tuple[Page, ...]
    title: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place on a page; the fields are those of Block."""

    kind: BlockKind
    text: str
    level: int = 0
    header: str = ""


def compose(number: int | None, pieces: Iterable[Piece]) -> Page:
    r"""Set pieces one below the other on a page, a blank line between them; empty ones are passed over.

    Example:
        >>> page = compose(1, [Piece("heading", "Kurs", 1), Piece("paragraph", "Lean på to dager.")])
        >>> page.text, page.blocks[1].start
        ('Kurs\n\nLean på to dager.', 6)
    """
    texts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        text = normalise(piece.text).strip("\n")
        if not text.strip():
            continue
        blocks.append(Block(piece.kind, at, at + len(text), piece.level, normalise(piece.header)))
        texts.append(text)
        at += len(text) + len(GAP)
    text = GAP.join(texts)
    return Page(number, text, tuple(blocks), quality(text))


def one_line(text: str) -> str:
    """Normalise a text and put it on one line; a no-break space stays."""
    return _BLANKS.sub(" ", normalise(text)).strip()


def table(rows: Iterable[Sequence[str]]) -> Piece | None:
    r"""Write a table with a row a line and « | » between cells; the first row is the header.

    Empty rows and columns go. A table without text is None.

    Example:
        >>> table([["Kurs", "", "Pris"], ["Lean", "", "4000"]])
        Piece(kind='table', text='Kurs | Pris\nLean | 4000', level=0, header='Kurs | Pris')
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return None
    width = max(map(len, cells))
    used = [n for n in range(width) if any(len(row) > n and row[n] for row in cells)]
    lines = [_TRAILING.sub("", " | ".join(row[n] if n < len(row) else "" for n in used)) for row in cells]
    return Piece("table", "\n".join(lines), header=lines[0] if len(lines) > 1 else "")


def main_heading(pages: Iterable[Page]) -> str | None:
    """Text of the highest heading, the first of equals, on the first page that has one; or None."""
    for page in pages:
        headings = [block for block in page.blocks if block.kind == "heading"]
        if headings:
            block = min(headings, key=lambda block: block.level)
            return one_line(page.text[block.start : block.end])
    return None


def own_title(title: object) -> str | None:
    """Return the title among a file's document properties, or None where a program made it up («Dokument1»)."""
    text = one_line(title) if isinstance(title, str) else ""
    letters = sum(character.isalpha() for character in text)
    return None if letters < 3 or _MADE_UP_TITLE.fullmatch(text) else text


def unpacked(data: bytes, limits: Limits) -> io.BytesIO:
    """Open a packed Office file, unless it is damaged, locked or a zip bomb.

    Raises:
        DocumentError: it is no zip archive, or unpacks to more than the limit.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: an older format under a new name, or encrypted
        raise DocumentError("filen er passordbeskyttet eller i et eldre Office-format; lagre den på nytt uten passord")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise DocumentError("filen er skadet: den er ikke en gyldig Office-fil") from error
    if total > limits.unpacked_mb * 1_000_000:
        raise DocumentError(f"utpakket er filen større enn grensen på {limits.unpacked_mb} MB")
    return io.BytesIO(data)
