"""Records as a file for a spreadsheet: CSV as a Norwegian Excel opens it, or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.model import Record
from raufoss_assistant.norwegian.dates import long_date

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def rows(records: Sequence[Record]) -> Iterator[list[str]]:
    """A header, then a row for each record: its name, whether it is an example, its fields, its date and document.

    Fields that none of them has are left out. A text that a spreadsheet would take for a formula gets an apostrophe in
    front (OWASP, CSV injection).
    """
    types = dict.fromkeys(record.type for record in records)
    told = {each.field for record in records for each in record.statements}
    fields = {key: each.label["nb"] for type_ in types for key, each in schema(type_).fields.items() if key in told}
    fields.pop("more", None)
    yield ["Navn", "Type", "Eksempeldata", *fields.values(), "Dato", "Dokument"]
    for record in records:
        first = record.statements[0]
        day = first.properties.date
        yield [
            _safe(record.name),
            schema(record.type).nouns["nb"][0],
            "ja" if record.example else "nei",
            *(_safe(record.told(key)) for key in fields),
            long_date(day) if day else "ukjent",
            first.document,
        ]


def as_csv(records: Sequence[Record]) -> bytes:
    """The rows with semicolons, in UTF-8 with a byte order mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows(records))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(records: Sequence[Record]) -> bytes:
    """The rows as a workbook of one sheet, the header in bold and kept in view."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Raufoss-assistenten"
    for row in rows(records):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, _WIDEST)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(text: str) -> str:
    plain = text.removeprefix("- ")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
