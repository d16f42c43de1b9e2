"""Lines of a PDF page, put together from the pieces of text that its program painted, by where they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic._font import Font  # widths of letters; pypdf has no public way to them

from raufoss_assistant.documents.extract import one_line

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SPACE = 0.2  # em; a wider gap parts two words
_CELL = 0.8  # em; a wider gap parts two cells
_CELL_IN_TEXT = 3.0  # em; the same, after a piece whose spaces may be stretched
_SHARED_GLYPHS = {0xAD: "-", 0xA0: " "}  # characters that look alike are one glyph in a font, and come out as either
_GROUPS = re.compile(r"(?<![\d,.])\d{1,3}( \d{3})+(?![\d])")
_TYPICAL = 500.0  # thousandths of an em, where a letter's width is not known
_MARKER = re.compile(r"[•‣◦▪○●\-–*]|\d{1,3}[.)]|\d+(\.\d+)+\.?|[a-zA-Z][.)]|\(?[a-z]\)")


@dataclass(slots=True)
class Cell:
    """A run of text on a line without a wide gap: from x to end, in points."""

    x: float
    end: float
    text: str


@dataclass(slots=True)
class Line:
    """A line of text.

    Attributes:
        y: height of its baseline above the page's lower edge, in points.
        size: of its first letters, in points.
        cells: from left to right; one, except in tables and the like.
        bold: letters in bold type.
        letters: all letters.
    """

    y: float
    size: float
    cells: list[Cell] = field(default_factory=list)
    bold: int = 0
    letters: int = 0

    @property
    def text(self) -> str:
        """The whole line, cells parted by a space."""
        return _clean(" ".join(cell.text for cell in self.cells))

    @property
    def x(self) -> float:
        """Where it begins, in points from the left edge."""
        return self.cells[0].x

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is in bold type."""
        return self.letters > 0 and self.bold >= 0.9 * self.letters


def _clean(text: str) -> str:
    """Normalise; figures in groups of three are held together, as their author will have done."""
    return _GROUPS.sub(lambda figure: figure[0].replace(" ", "\u00a0"), one_line(text))


Fonts = dict[int, dict[str, float]]
"""Widths of the letters of each font, in thousandths of its size."""


def page_lines(page: PageObject, fonts: Fonts) -> list[Line]:
    """Read a page's lines, in the order in which they were painted: column by column where the program was sane.

    Pieces belong to one line while they stand at the same height and go to the right. That holds for programs that
    paint word by word, where pypdf's default mode gives a line per word, and keeps columns apart, where its layout
    mode mixes them.

    Args:
        page: the page.
        fonts: fonts met so far in the document; added to.
    """
    painter = _Painter(fonts)
    page.extract_text(visitor_text=painter.paint)
    for line in painter.lines:
        line.cells = _without_marker_gap([cell for cell in line.cells if cell.text.strip()])
        for cell in line.cells:
            cell.text = _clean(cell.text)
    return [line for line in painter.lines if line.cells]


class _Painter:
    """Takes pieces of text from pypdf as they are painted."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.lines: list[Line] = []
        self.broken = False  # pypdf saw a line end since the last piece
        self.running = False  # the last piece ended with a space of its own: its sentence goes on

    def paint(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        """Take a piece with its matrices, font and size; x and y are turned to the direction it is read in."""
        if not text.strip("\n"):
            self.broken = self.broken or bool(text)
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        right, up = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
        size *= math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        length = math.hypot(right, up)
        if not length or not size:
            return
        x, y = (x * right + y * up) / length, (y * right - x * up) / length
        for number, part in enumerate(text.translate(_SHARED_GLYPHS).split("\n")):
            if part:
                self._add(part, x, y - number * 1.2 * size, size, font)

    def _add(self, text: str, x: float, y: float, size: float, font: Any) -> None:
        blank = not text.strip()
        line = self.lines[-1] if self.lines else None
        if line is None or not _same_line(line, x, y, size):
            if blank:
                return
            line = Line(y, size)
            self.lines.append(line)
        name, width = self._measure(font, text.strip(), size)
        letters = sum(map(str.isalpha, text))
        line.letters += letters
        line.bold += letters if _BOLD.search(name) else 0
        if not line.cells:
            line.cells.append(Cell(x, x + width, text))
        else:
            self._go_on(line, text, x, width, size)
        self.broken = False
        self.running = not blank and text.endswith(" ")

    def _go_on(self, line: Line, text: str, x: float, width: float, size: float) -> None:
        """Add a piece to the last cell of a line, or begin a cell with it."""
        cell = line.cells[-1]
        gap = (x - cell.end) / size
        if not text.strip():
            cell.text += " "
            cell.end = x if -0.5 < gap <= _CELL else cell.end  # here the letters before it end
        elif gap > (_CELL_IN_TEXT if self.running else _CELL):
            line.cells.append(Cell(x, x + width, text))
        else:
            cell.text += f" {text}" if self.broken and gap > _SPACE else text
            stale = gap < -0.5  # a program that moves on without saying so
            cell.end = cell.end + width if stale else max(cell.end, x + width)

    def _measure(self, resource: Any, text: str, size: float) -> tuple[str, float]:
        """Name of a font, and width of a text in it, in points."""
        if resource is None:
            return "", _TYPICAL / 1000 * size * len(text)
        reference = getattr(resource, "indirect_reference", None)
        key = reference.idnum if reference else id(resource)
        if key not in self.fonts:
            self.fonts[key] = _widths(resource)
        widths = self.fonts[key]
        units = sum(widths.get(letter, _TYPICAL) for letter in text)
        return str(resource.get("/BaseFont", "")), units / 1000 * size


def _widths(resource: Any) -> dict[str, float]:
    try:
        font = Font.from_font_resource(resource)
    except Exception:  # a damaged font; its letters can still be right
        return {}
    codes = font.character_widths  # by code; the map tells which letters a code stands for
    letters = {letter: codes[code] for code, letter in font.character_map.items() if code in codes}
    return {letter: width for letter, width in {**codes, **letters}.items() if width > 0}


def _same_line(line: Line, x: float, y: float, size: float) -> bool:
    last = line.cells[-1] if line.cells else None
    return abs(y - line.y) <= 0.4 * max(size, line.size) and (last is None or x >= last.x - 1)


def _without_marker_gap(cells: list[Cell]) -> list[Cell]:
    """Join a bullet or number to what it marks; the gap after it parts no cells."""
    if len(cells) == 2 and _MARKER.fullmatch(cells[0].text.strip()):
        mark, item = cells
        return [Cell(mark.x, item.end, f"{mark.text.strip()} {item.text.strip()}")]
    return cells
