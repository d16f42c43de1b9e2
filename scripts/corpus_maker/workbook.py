"""Excel workbooks: one sheet per section."""

from __future__ import annotations

import math
import re
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from corpus_maker.archive import fixed
from corpus_maker.source import Block, Heading, Listing, Paragraph, Section, Source, SourceError, Table, value

ABOUT = {"nb": "Om dokumentet", "nn": "Om dokumentet", "en": "About"}
HEAD = PatternFill("solid", start_color="12355B")
WIDEST = 50  # letters in a column


def make(source: Source) -> bytes:
    """The workbook as .xlsx, the same bytes each time.

    Raises:
        SourceError: a section's title cannot be the name of a sheet.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    properties, updated = workbook.properties, source.meta["updated"]
    properties.title, properties.creator = source.title, source.meta["owner"]
    properties.created = datetime(updated.year, updated.month, updated.day)
    about = [Section(ABOUT[source.meta["language"]], (Heading(1, source.title), *source.lead))] if source.lead else []
    for section in (*about, *source.sections()):
        if not section.title or len(section.title) > 31 or re.search(r"[\[\]:*?/\\]", section.title):
            raise SourceError(
                f"{source.name}.md: ## {section.title}: cannot be the name of a sheet (31 letters, no / or :)"
            )
        _fill(workbook.create_sheet(section.title), section)
    stream = BytesIO()
    workbook.save(stream)
    return fixed(stream.getvalue(), updated)


def _fill(sheet: Any, section: Section) -> None:
    """Write the tables first, so that a sheet's first row is its header, and then the text."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    for table in tables:
        _append(sheet, table)
    for text in (line for block in section.blocks for line in _lines(block)):
        sheet.append([text])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=not tables, vertical="top")
    if tables:
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
    else:
        sheet.column_dimensions["A"].width = 90
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _append(sheet: Any, table: Table) -> None:
    if sheet.max_row > 1:
        sheet.append([])
    sheet.append(table.header)
    columns = range(len(table.header))
    for cell, _ in zip(sheet[sheet.max_row], columns, strict=False):
        cell.font, cell.fill = Font(name="Calibri", bold=True, color="FFFFFF"), HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    widths = [min(WIDEST, max(map(len, (table.header[i], *table.column(i)))) + 3) for i in columns]
    sides = ["right" if table.numeric(i) else "left" for i in columns]
    for number, width in enumerate(widths, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = max(width, dimension.width)
    for row in table.rows:
        sheet.append([_cell(text) for text in row])
        lines = max(math.ceil(len(text) / (width - 2)) for text, width in zip(row, widths, strict=True))
        sheet.row_dimensions[sheet.max_row].height = 15.5 * max(1, lines)
        for cell, text, side in zip(sheet[sheet.max_row], row, sides, strict=False):
            cell.alignment = Alignment(horizontal=side, wrap_text=True, vertical="top")
            if isinstance(cell.value, (int, float)) and "\u00a0" in text:
                cell.number_format = "#,##0"


def _cell(text: str) -> str | int | float:
    """A whole or decimal number as a number, all else, with per cent signs and leading zeros, as text."""
    if not re.fullmatch(r"-?(0|[1-9]\d{0,2}([ \u00a0]\d{3})*|[1-9]\d*)(,\d+)?", text):
        return text
    return value(text) if "," in text else int(value(text))


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(_, text) | Paragraph(text):
            return [text]
        case Listing(items, _):
            return [item.text for item in items]
        case Table():
            return []
