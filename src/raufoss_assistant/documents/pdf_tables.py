"""Tables among the lines of a PDF page, found by cells that stand below one another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from raufoss_assistant.documents.extract import Piece
from raufoss_assistant.documents.pdf_lines import Cell, Line
from raufoss_assistant.norwegian.text import join_lines

_NEAR = 12  # lines
_JUMP = 8  # lines
_LOOSE = 1.15  # times the usual distance of lines: a new row


@dataclass(slots=True)
class _Column:
    x: float
    end: float

    def holds(self, cell: Cell) -> bool:
        return cell.x < self.end and self.x < cell.end


def with_tables(lines: Sequence[Line], leading: float, words: Collection[str] = ()) -> list[Line | Piece]:
    """Replace runs of lines that are a table with that table.

    Args:
        lines: of one page, as painted.
        leading: the document's usual distance between lines, in type sizes.
        words: the document's, for words divided at a line's end.
    """
    lines = _rejoined(lines)
    found: list[Line | Piece] = []
    at = 0
    while at < len(lines):
        columns, end = _grow(lines, at, leading)
        if sum(len(line.cells) > 1 for line in lines[at:end]) >= 2:
            found.append(_table(lines[at:end], columns, leading, words))
            at = end
        else:
            found.append(lines[at])
            at += 1
    return found


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """Put the cells of a row on one line, where the program painted a cell of several lines to its end first."""
    found: list[Line] = []
    for n, line in enumerate(lines):
        near = [*found[-_NEAR:], *lines[n + 1 : n + _NEAR]]
        beside = next(
            (k for k in range(len(found) - 1, max(-1, len(found) - _JUMP), -1) if _beside(found[k], line)), -1
        )
        if beside >= 0 and any(len(other.cells) > 1 and _starts_at(other.cells[1:], line.x) for other in near):
            found[beside] = replace(found[beside], cells=[*found[beside].cells, *line.cells])
        else:
            found.append(line)
    return found


def _beside(left: Line, line: Line) -> bool:
    return abs(left.y - line.y) < 0.4 * line.size and line.x > left.cells[-1].end


def _starts_at(cells: Sequence[Cell], x: float) -> bool:
    return any(abs(cell.x - x) < 2 for cell in cells)


def _grow(lines: Sequence[Line], at: int, leading: float) -> tuple[list[_Column], int]:
    """Follow a table down from its first line; its columns, and the number of the line after it."""
    columns = [_Column(cell.x, cell.end) for cell in lines[at].cells]
    end = at + 1
    rows_apart = 0.0  # the widest distance of rows so far, in type sizes
    while len(columns) > 1 and end < len(lines):
        line = lines[end]
        gap = (lines[end - 1].y - line.y) / line.size
        if not 0 < gap < 3 * leading or not _fits(line, columns):
            break
        below = lines[end + 1] if end + 1 < len(lines) else None
        if len(line.cells) == 1 and not _belongs(line, below, columns, gap / leading, rows_apart / leading):
            break
        rows_apart = max(rows_apart, gap)
        for cell in line.cells:
            _widen(cell, columns, line.size)
        end += 1
    return columns, end


def _belongs(line: Line, below: Line | None, columns: Sequence[_Column], gap: float, rows_apart: float) -> bool:
    """Whether a line of one cell is part of the table above it: the rest of a cell, or a row of empty cells.

    Distances are in usual distances of lines.
    """
    if _index(line.cells[0], columns, line.size):
        return gap <= 1.6
    if gap <= _LOOSE:
        return rows_apart > _LOOSE
    return gap <= 1.05 * rows_apart and below is not None and len(below.cells) > 1 and _fits(below, columns)


def _fits(line: Line, columns: Sequence[_Column]) -> bool:
    places = [_index(cell, columns, line.size) for cell in line.cells]
    if len(places) == 1:
        return places[0] is not None and (places[0] > 0 or line.cells[0].end < columns[-1].x)
    return len({place for place in places if place is not None}) >= 2


def _index(cell: Cell, columns: Sequence[_Column], size: float) -> int | None:
    """Column that a cell begins at, else the first it overlaps."""
    by_start = (n for n, column in enumerate(columns) if abs(cell.x - column.x) < 0.6 * size)
    return next(by_start, next((n for n, column in enumerate(columns) if column.holds(cell)), None))


def _widen(cell: Cell, columns: list[_Column], size: float) -> None:
    place = _index(cell, columns, size)
    if place is None:
        columns.append(_Column(cell.x, cell.end))
        columns.sort(key=lambda column: column.x)
        return
    column, right = columns[place], columns[place + 1].x if place + 1 < len(columns) else float("inf")
    column.x, column.end = min(column.x, cell.x), max(column.end, min(cell.end, right))


def _table(lines: Sequence[Line], columns: Sequence[_Column], leading: float, words: Collection[str]) -> Piece:
    """Gather lines to rows: by distance where rows stand further apart than lines, else by their cells."""
    rows: list[list[list[str]]] = []
    gaps = [above.y - line.y for above, line in pairwise(lines)]
    close = min(_LOOSE * min(gaps), _LOOSE * leading * lines[0].size)
    padded = max(gaps) > close
    for gap, line in zip([float("inf"), *gaps], lines, strict=True):
        places = [_index(cell, columns, line.size) or 0 for cell in line.cells]
        goes_on = gap <= close if padded else (len(places) == 1 and places[0] > 0)
        if not goes_on:
            rows.append([[] for _ in columns])
        for place, cell in zip(places, line.cells, strict=True):
            rows[-1][place].append(cell.text)
    texts = [" | ".join(filter(None, (join_lines(cell, words) for cell in row))) for row in rows]
    return Piece("table", "\n".join(texts), header=texts[0] if _has_header(lines, texts) else "")


def _has_header(lines: Sequence[Line], rows: Sequence[str]) -> bool:
    """A first row in bold, or one of words alone above rows with figures."""
    if len(rows) < 2:
        return False
    if lines[0].is_bold and not lines[-1].is_bold:
        return True
    return not re.search(r"\d", rows[0]) and all(re.search(r"\d", row) for row in rows[1:])
