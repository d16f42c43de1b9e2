"""PDF files: headings, paragraphs, lists and tables, from where the letters stand and how large they are."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypdf import PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import RectangleObject

from raufoss_assistant.documents.extract import Extract, Limits, Piece, compose, main_heading, own_title
from raufoss_assistant.documents.pdf_lines import Fonts, Line, page_lines
from raufoss_assistant.documents.pdf_tables import with_tables
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.norwegian.sentences import ends_abbreviated, sentences
from raufoss_assistant.norwegian.text import join_lines, word_forms

_LARGER = 1.12  # times the size of running text: a heading
_CLAIM = 6  # words; a longer sentence in larger type is no heading («Prøv først. Invester etterpå.» is one)
_BOLD_CLAIM = 12  # words; the same, in bold
_MARGIN = 0.12  # of a page's height, at the top and at the bottom
_MARGIN_GAP = 3.0  # type sizes; further in than that, a line belongs to the text
_CONTENTS = re.compile(r"(\s?[.…]){5,}\s*\d+$")
_PAGE_NUMBER = re.compile(r"(side|page|s\.)?\s*[-–|]?\s*\d{1,4}\s*((av|of|/|\|)\s*\d{1,4})?\s*[-–|]?", re.IGNORECASE)
_BULLET = re.compile(r"([•‣◦▪○●*]|[-–](?= ))\s*(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,2}|[a-zæøå])[.)]\s+\S")
_CLAUSE = re.compile(r"\d+(\.\d+)+(\.?[a-z])?\.?\s+[A-ZÆØÅ«]")
_SENTENCE_END = (".", "!", "?", ":", ";")


def read(data: bytes, limits: Limits) -> Extract:
    """Read a PDF file page by page; running headers, footers, page numbers and tables of contents are left out.

    Raises:
        DocumentError: it needs a password, has too many pages or holds no text.
    """
    reader = PdfReader(io.BytesIO(data))
    _unlock(reader)
    if len(reader.pages) > limits.pages:
        raise DocumentError(f"PDF-en har {len(reader.pages)} sider; grensen er {limits.pages}")
    fonts: Fonts = {}
    lines, warnings = [], []
    for number, page in enumerate(reader.pages, 1):
        try:
            lines.append([line for line in page_lines(page, fonts) if not _CONTENTS.search(line.text)])
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            lines.append([])
            warnings.append(f"side {number}: kunne ikke leses ({type(error).__name__})")
    lines = _without_running_lines(lines, [page.mediabox for page in reader.pages])
    look = _Look.of([line for page in lines for line in page])
    pages = tuple(compose(number, _pieces(page, look)) for number, page in enumerate(lines, 1))
    if not any(page.text for page in pages):
        raise DocumentError("ingen tekst funnet (skannet?)")
    warnings += [f"side {page.number}: ingen tekst funnet (skannet?)" for page in pages if not page.text]
    title = own_title(reader.metadata.title) if reader.metadata else None
    return Extract(pages, main_heading(pages) or title, warnings=tuple(warnings))


def _unlock(reader: PdfReader) -> None:
    """Open with the empty password a file that only restricts printing or copying."""
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("PDF-en er passordbeskyttet; lagre den på nytt uten passord")
    except (DependencyError, NotImplementedError) as error:
        raise DocumentError("PDF-en er kryptert på en måte som ikke støttes; lagre den på nytt uten passord") from error


def _without_running_lines(pages: Sequence[Sequence[Line]], boxes: Sequence[RectangleObject]) -> list[list[Line]]:
    """Leave out what stands at the same height in the margin of most pages, and bare page numbers.

    Lines are taken off from the edge inwards, and only until one does not recur or stands well apart: below a heading
    of its own, a page may say the same as others.
    """
    margins = [_margins(page, box) for page, box in zip(pages, boxes, strict=True)]
    seen = Counter(
        key
        for n, page in enumerate(margins, 1)
        for key in {_key(line, n, len(pages)) for edge in page for line in edge}
    )
    often = max(2, 0.6 * sum(map(bool, pages)))
    kept = []
    for number, page in enumerate(pages, 1):
        runs = {id(line) for line in page if _times(seen, _key(line, number, len(pages))) >= often}
        left_out: set[int] = set()
        for edge in margins[number - 1]:
            for n, line in enumerate(edge):
                bare_number = n == 0 and _PAGE_NUMBER.fullmatch(line.text)
                if not bare_number and (id(line) not in runs or _heads_table(page, line, runs)):
                    break
                if n and abs(edge[n - 1].y - line.y) > _MARGIN_GAP * line.size:
                    break
                left_out.add(id(line))
        kept.append([line for line in page if id(line) not in left_out])
    return kept


def _margins(page: Sequence[Line], box: RectangleObject) -> tuple[list[Line], list[Line]]:
    """Give the lines in the upper and in the lower margin of a page, the outermost first."""
    depth = _MARGIN * float(box.height)
    upper = [line for line in page if line.y > float(box.top) - depth]
    lower = [line for line in page if line.y < float(box.bottom) + depth]
    return sorted(upper, key=lambda line: -line.y), sorted(lower, key=lambda line: line.y)


def _key(line: Line, page: int, pages: int) -> tuple[int, str]:
    """Where a line stands and what it says, but for the number of its page and that of all pages."""
    return round(line.y / 3), re.sub(rf"(?<![\d.,])({page}|{pages})(?![.,]?\d)", "#", line.text)


def _times(seen: Counter[tuple[int, str]], key: tuple[int, str]) -> int:
    height, text = key
    return seen[key] + max(seen[height - 1, text], seen[height + 1, text])


def _heads_table(page: Sequence[Line], line: Line, runs: set[int]) -> bool:
    """Whether a line has cells above those of the line painted next: a table's header, repeated on each page."""
    after = next((below for above, below in pairwise(page) if above is line), None)
    return after is not None and len(after.cells) == len(line.cells) > 1 and id(after) not in runs


@dataclass(frozen=True, slots=True)
class _Look:
    """How a document is set: size of running text, distance of lines in sizes, sizes of headings, bold, words."""

    body: float
    leading: float
    heading_sizes: tuple[float, ...]
    bold_tells: bool
    words: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Look:
        letters: Counter[float] = Counter()
        for line in lines:
            letters[_rounded(line.size)] += line.letters
        body = letters.most_common(1)[0][0] if letters else 10.0
        gaps = [(a.y - b.y) / b.size for a, b in pairwise(lines) if a.y > b.y and _alike(a, b)]
        close = sorted(gap for gap in gaps if 0.9 <= gap <= 2.0)
        larger = sorted({size for size in letters if size > _LARGER * body and letters[size] >= 3}, reverse=True)
        bold = sum(line.letters for line in lines if line.is_bold)
        leading = close[len(close) // 4] if close else 1.25  # a quarter from below: not the space after paragraphs
        words = word_forms(line.text for line in lines)
        return cls(body, leading, tuple(larger[:4]), bold < 0.4 * letters.total(), words)

    def level(self, line: Line, text: str) -> int:
        """Level of the heading that begins with a line, 0 where it is none."""
        if not any(map(str.isalpha, text)) or len(text.split()) > 25:
            return 0
        if line.size > _LARGER * self.body:
            if _is_prose(text, line.is_bold):
                return 0
            size = _rounded(line.size)
            return 1 + sum(larger > size for larger in self.heading_sizes)
        if len(text) > 140 or text.endswith((".", ",", ";")):
            return 0
        if line.is_bold and self.bold_tells:
            return len(self.heading_sizes) + 1
        return len(self.heading_sizes) + 2 if _CLAUSE.match(text) and not text.endswith(":") else 0


def _is_prose(text: str, bold: bool) -> bool:
    """Whether a text in larger type is an introduction of one or more sentences, rather than a heading."""
    if not text.endswith(".") or len(text.split()) <= (_BOLD_CLAIM if bold else _CLAIM):
        return False
    return not ends_abbreviated(text) or len(sentences(text)) > 1


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.1 * max(a.size, b.size)


@dataclass(slots=True)
class _Group:
    """Lines of one paragraph, heading or list item; `joined` where no space parts it from the group before."""

    lines: list[Line]
    item: bool = False
    joined: bool = False

    def text(self, words: frozenset[str]) -> str:
        return join_lines([line.text for line in self.lines], words)


def _pieces(lines: Sequence[Line], look: _Look) -> Iterator[Piece]:
    groups: list[_Group] = []
    for element in with_tables(lines, look.leading, look.words):
        if isinstance(element, Piece):
            yield from _blocks(groups, look)
            groups = []
            yield element
        elif groups and _goes_on(groups[-1], element, look):
            groups[-1].lines.append(element)
        else:
            apart = not groups or _gap(groups[-1].lines[-1], element, look) is not False
            item = _is_item(element, groups[-1] if groups else None, apart)
            groups.append(_Group([element], item, joined=not apart))
    yield from _blocks(groups, look)


def _gap(above: Line, line: Line, look: _Look) -> bool | None:
    """Whether there is more space than usual between two lines; None where the second stands higher: a new column."""
    distance = (above.y - line.y) / line.size
    return None if distance <= 0 else distance > 1.2 * look.leading


def _goes_on(group: _Group, line: Line, look: _Look) -> bool:
    """Whether a line goes on with the paragraph, heading or item above it."""
    above = group.lines[-1]
    gap = _gap(above, line, look)
    if gap or not _alike(above, line) or above.is_bold != line.is_bold:
        return False
    if _BULLET.match(line.text) or _CLAUSE.match(line.text) or _is_item(line, group, apart=False):
        return False
    unfinished = not above.text.endswith(_SENTENCE_END) and line.text[:1].islower()
    if gap is None:
        return unfinished
    hanging = group.item and not _stands_out(group, look)
    return unfinished or not hanging or line.x > group.lines[0].x + 0.3 * line.size


def _is_item(line: Line, before: _Group | None, apart: bool) -> bool:
    """Whether a line begins a list item; a number does so only where a date or a figure in a sentence cannot."""
    if _BULLET.match(line.text) or _CLAUSE.match(line.text):
        return True
    number = _NUMBER.match(line.text)
    if number is None:
        return False
    last = _NUMBER.match(before.lines[0].text) if before and before.item else None
    return apart or (last is not None and _ordinal(number[1]) == _ordinal(last[1]) + 1)


def _ordinal(mark: str) -> int:
    return int(mark) if mark.isdigit() else ord(mark)


def _blocks(groups: Iterable[_Group], look: _Look) -> Iterator[Piece]:
    items: list[str] = []
    ordered = list(groups)
    for n, group in enumerate(ordered):
        text = group.text(look.words)
        level = 0 if _BULLET.match(text) else look.level(group.lines[0], text)
        clause_among_items = group.item and not _stands_out(group, look) and _has_sibling(ordered, n)
        if level and not clause_among_items:
            yield from _list(items)
            items = []
            yield Piece("heading", text, min(level, 6))
        elif group.item:
            items.append(text)
        else:
            yield from _list(items)
            items = []
            yield Piece("paragraph", text)
    yield from _list(items)


def _list(items: Sequence[str]) -> Iterator[Piece]:
    if items:
        yield Piece("list", "\n".join(items))


def _stands_out(group: _Group, look: _Look) -> bool:
    line = group.lines[0]
    return line.size > _LARGER * look.body or (line.is_bold and look.bold_tells)


def _has_sibling(groups: Sequence[_Group], n: int) -> bool:
    """Whether an item follows or is followed by another, without space between them."""
    after = n + 1 < len(groups) and groups[n + 1].item and groups[n + 1].joined
    return after or (n > 0 and groups[n - 1].item and groups[n].joined)
