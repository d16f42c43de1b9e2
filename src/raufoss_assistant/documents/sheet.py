"""Spreadsheets and comma-separated files: a table per sheet, values as Norwegian readers write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import Extract, Limits, Piece, compose, own_title, table, unpacked
from raufoss_assistant.norwegian.dates import long_date

_SEPARATORS = ";\t,|"  # a Norwegian Excel writes semicolons


def read(data: bytes, limits: Limits) -> Extract:
    """Read an Excel workbook; hidden sheets are left out, formulas show the value last computed."""
    book = openpyxl.load_workbook(unpacked(data, limits), read_only=True, data_only=True)
    try:
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        pieces = [piece for sheet in book.worksheets if sheet.title not in hidden for piece in _sheet(sheet)]
        warnings = tuple(f"arket «{name}» er skjult og er ikke tatt med" for name in hidden)
        return Extract((compose(None, pieces),), own_title(book.properties.title), warnings=warnings)
    finally:
        book.close()


def read_csv(data: bytes, _limits: Limits) -> Extract:
    """Read a comma-separated file; the separator is the one of ; tab , | that parts the lines most evenly."""
    text = decode(data)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    piece = table(list(rows))
    return Extract((compose(None, [piece] if piece else []),))


def shown(value: object, number_format: str = "General") -> str:
    r"""Write a cell's value as a Norwegian reader would.

    Example:
        >>> shown(7.5), shown(4000.0), shown(0.19, "0%"), shown(date(2024, 2, 6))
        ('7,5', '4000', '19\xa0%', '6. februar 2024')
    """
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int | float):
        return f"{_number(value * 100)}\u00a0%" if "%" in number_format else _number(value)
    if isinstance(value, date | time | timedelta):
        return _moment(value)
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}" if abs(value) >= 0.001 else f"{value:.12f}"
    return text.rstrip("0").rstrip(".").replace(".", ",")


def _moment(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return long_date(value.date()) + (f" kl. {value:%H:%M}" if value.time() != time() else "")
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _sheet(sheet: Any) -> Iterator[Piece]:
    sheet.reset_dimensions()  # the size a file states of itself may be a million empty rows
    rows = ([shown(cell.value, getattr(cell, "number_format", "")) for cell in row] for row in sheet.iter_rows())
    if piece := table(rows):
        yield Piece("heading", sheet.title, 1)
        yield piece


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def evenness(separator: str) -> tuple[float, int]:
        counts = [line.count(separator) for line in lines]
        most = max(counts, default=0)
        return (sum(count == counts[0] for count in counts) / len(counts) if most and counts[0] else 0.0, most)

    return max(_SEPARATORS, key=evenness)
