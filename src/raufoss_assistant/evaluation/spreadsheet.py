"""Question sets in Excel workbooks: read as a person sees them, and added to without touching what is there."""

from __future__ import annotations

import copy
import io
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

from raufoss_assistant.documents.extract import Limits, unpacked
from raufoss_assistant.documents.sheet import shown
from raufoss_assistant.errors import DocumentError, UsageError
from raufoss_assistant.evaluation.entries import Entries, Head, filled
from raufoss_assistant.evaluation.fields import folded
from raufoss_assistant.evaluation.rows import Unreadable

SHEET = "Spørsmål"
"""Name of the sheet that holds the questions; in a workbook without it, the first sheet that is not hidden."""
_NUMBER_FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?")


def read(data: bytes) -> Entries:
    """The rows of a workbook; numbers and dates become text, formulas what they last gave.

    Raises:
        UsageError: it is no workbook, or it has no head.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would lose if it saved
        head, rows = _table(_opened(data, data_only=True), _opened(data))
    return head.entries(rows)


def appended(data: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The workbook with rows added below its last one, formatted as that one.

    Args:
        data: the workbook.
        rows: texts by key.

    Raises:
        UsageError: it cannot be read, has no column for a text, or holds what would be lost when it is saved.
    """
    with warnings.catch_warnings(record=True) as lost:
        warnings.simplefilter("always")
        book = _opened(data)
    if any("will be removed" in str(warning.message) for warning in lost):
        raise UsageError("har nedtrekkslister eller formatering som ville gått tapt; legg radene til i Excel i stedet")
    sheet = question_sheet(book)
    head, below = _table(book, book)
    last = max([head.number, *(number for number, cells in below if any(map(filled, cells)))])
    for number, values in enumerate(rows, last + 1):
        for place, text in enumerate(head.cells(values), 1):
            cell = sheet.cell(number, place)
            above = sheet.cell(last, place) if last > head.number else sheet.column_dimensions[cell.column_letter]
            if not cell.has_style and above.has_style:
                cell._style = copy.copy(above._style)
            put(cell, text)
    return saved(book)


def question_sheet(book: Any) -> Any:
    """The sheet of a workbook that holds the questions."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return next((sheet for sheet in visible if folded(sheet.title) == folded(SHEET)), visible[0])


def put(cell: Any, text: str) -> None:
    """Write a text into a cell as text; «=1+1» stays what it is, also when somebody edits the cell.

    Raises:
        UsageError: it has a character that no workbook can hold.
    """
    try:
        cell.value = text or None
    except IllegalCharacterError as error:
        raise UsageError("kan ikke lagre et usynlig styretegn; bruk en fil som slutter på .yaml") from error
    if text:
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = text[0] in "=+-@\t"


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _opened(data: bytes, *, data_only: bool = False) -> Any:
    try:
        return openpyxl.load_workbook(unpacked(data, Limits()), data_only=data_only)
    except DocumentError as error:
        raise UsageError(f"kan ikke åpnes: {error}") from error
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise UsageError("er ikke en arbeidsbok som kan leses; åpne den i Excel og lagre den på nytt") from error


def _table(book: Any, formulas: Any) -> tuple[Head, list[tuple[int, list[object]]]]:
    """The head and the numbered rows below it; the head is the first row that is not empty."""
    sheets = question_sheet(book), question_sheet(formulas)
    lines = enumerate(zip(*(sheet.iter_rows() for sheet in sheets), strict=True), 1)
    rows = [(number, [_seen(*pair) for pair in zip(*cells, strict=True)]) for number, cells in lines]
    first = next((place for place, (_, cells) in enumerate(rows) if any(map(filled, cells))), None)
    if first is None:
        raise UsageError(f"har ingenting i arket «{sheets[0].title}»; begynn med malen evals/mal.xlsx")
    return Head.of(*rows[first]), rows[first + 1 :]


def _seen(cell: Any, formula: Any) -> object:
    """A cell's value as the reader of the sheet sees it."""
    if formula.data_type == "f" and cell.value is None and cell.data_type != "str":  # "str": the answer is no text
        return Unreadable("formelen har ikke noe svar lagret; åpne fila i Excel og lagre den, eller skriv verdien selv")
    if cell.data_type == "e":
        return Unreadable(f"cellen viser feilen {cell.value}; skriv verdien selv")
    format_ = _NUMBER_FORMAT.fullmatch(cell.number_format)
    if format_ and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        grouped, decimals = format_.groups()
        text = f"{cell.value:{',' if grouped else ''}.{len(decimals or '')}f}"
        return text.replace(",", "\u00a0").replace(".", ",")
    return shown(cell.value, cell.number_format)
