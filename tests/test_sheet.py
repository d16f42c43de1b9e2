import datetime as dt
import io

import openpyxl
import pytest

from raufoss_assistant.documents.extract import Limits
from raufoss_assistant.documents.sheet import read, read_csv, shown


def workbook(*sheets: tuple[str, list[list[object]]], title: str | None = None, hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    book.properties.title = title
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_heading_and_a_table_per_sheet():
    data = workbook(
        ("Kurs", [["Kurs", None, "Pris"], [None, None, None], ["Lean", None, 4000], ["CNC", None, 7.5]]),
        ("Datoer", [["Start", dt.date(2024, 2, 6)], ["Slutt", dt.datetime(2024, 2, 7, 15, 30)]]),
        ("Tomt", []),
        title="Kursoversikt",
    )
    extract = read(data, Limits())
    (page,) = extract.pages
    assert page.text == (
        "Kurs\n\nKurs | Pris\nLean | 4000\nCNC | 7,5\n\n"
        "Datoer\n\nStart | 6. februar 2024\nSlutt | 7. februar 2024 kl. 15:30"
    )
    assert [(block.kind, block.header) for block in page.blocks][:2] == [("heading", ""), ("table", "Kurs | Pris")]
    assert extract.title == "Kursoversikt"
    assert page.number is None


def test_sheet_names_are_no_title():
    assert read(workbook(("Ark1", [["a", "b"]])), Limits()).title is None


def test_hidden_sheets_are_left_out_with_a_warning():
    extract = read(workbook(("Åpent", [["a"]]), ("Hemmelig", [["b"]]), hidden="Hemmelig"), Limits())
    assert "b" not in extract.pages[0].text.split()
    assert extract.warnings == ("arket «Hemmelig» er skjult og er ikke tatt med",)


def test_per_cent_as_people_see_it():
    book = openpyxl.Workbook()
    book.active["A1"] = 0.19
    book.active["A1"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    assert "19\u00a0%" in read(buffer.getvalue(), Limits()).pages[0].text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.5, "7,5"),
        (4000, "4000"),
        (4000.0, "4000"),
        (0.1 + 0.2, "0,3"),
        (-2.25, "-2,25"),
        (0.0000125, "0,0000125"),
        (True, "ja"),
        (None, ""),
        (dt.time(8, 5), "08:05"),
        (dt.timedelta(hours=26, minutes=3), "26:03"),
        ("=1+1", "=1+1"),
    ],
)
def test_values(value, text):
    assert shown(value) == text


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_comma_separated(separator, encoding):
    rows = [["Kurs", "Sted", "Målgruppe"], ["Lean", "Gjøvik", "små bedrifter"], ["CNC", "Raufoss", "operatører"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    (page,) = read_csv(text.encode(encoding), Limits()).pages
    assert page.text == "\n".join(" | ".join(row) for row in rows)
    assert page.blocks[0].header == "Kurs | Sted | Målgruppe"


def test_decimal_commas_and_quotes_do_not_mislead():
    (page,) = read_csv(b'Kurs;Timer\n"Lean; kort";7,5\nCNC;37,5\n', Limits()).pages
    assert page.text == "Kurs | Timer\nLean; kort | 7,5\nCNC | 37,5"
