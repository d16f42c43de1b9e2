import csv
import io

import pytest
from openpyxl import load_workbook

from raufoss_assistant.model import Properties, Record, Statement, Value
from raufoss_assistant.web.export import as_csv, as_xlsx, rows


def statement(field, text, *, value=None, cell=True, document="katapult/katalog.md", start=0):
    properties = Properties("Katalog", "katapult", example=True)
    return Statement(field, text, value, cell, False, document, None, start, text, properties)


def record(*statements, name="Sveising: prøvesveis"):
    return Record("service", "sveising", name, None, True, statements)


WELDING = record(
    statement("trl", "TRL 5–8", value=Value(5.0, 8.0)),
    statement("equipment", "Sveiserobot"),
    statement("equipment", "Sveisesimulator", start=20),
)


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_row_has_what_the_record_says_and_where():
    header, row = rows([WELDING])
    told = dict(zip(header, row, strict=True))
    assert told["Navn"] == "Sveising: prøvesveis"
    assert told["Eksempeldata"] == "ja"
    assert told["TRL"] == "TRL 5–8"
    assert told["Utstyr"] == "Sveiserobot; Sveisesimulator"
    assert told["Dato"] == "ukjent"
    assert told["Dokument"] == "katapult/katalog.md"
    assert "Pris" not in told


def test_csv_opens_with_norwegian_letters_in_excel():
    content = as_csv([WELDING])
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content)[1][0] == "Sveising: prøvesveis"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "@a", "-2+3"])
def test_no_cell_becomes_a_formula(text):
    content = as_csv([record(statement("deliverable", text))])
    assert f"'{text}" in read(content)[1]


def test_a_list_item_is_no_formula():
    content = as_csv([record(statement("deliverable", "- Målerapport", cell=False))])
    assert "Målerapport" in read(content)[1]


def test_xlsx_holds_the_same_rows():
    sheet = load_workbook(io.BytesIO(as_xlsx([WELDING]))).active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == list(rows([WELDING]))
    assert sheet.freeze_panes == "B2"
