"""Question sets in Excel workbooks."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.rows import Unreadable
from raufoss_assistant.evaluation.spreadsheet import appended, question_sheet, read, saved


def workbook(*rows, title="Spørsmål"):
    """A workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def rows(data):
    """The values of each row, those filled in."""
    return [{key: value for key, value in row.values.items() if value} for row in read(data).rows]


def test_cells_are_read_as_a_person_sees_them():
    book = workbook(["Spørsmål", "Må inneholde"])
    for value, number_format, seen in (
        (60, "General", "60"),
        (4000, "General", "4000"),
        (4000, "#,##0", "4\u00a0000"),
        (7.5, "0.00", "7,50"),
        (7.5, "General", "7,5"),
        (0.19, "0%", "19\u00a0%"),
        (dt.date(2024, 2, 6), "dd.mm.yyyy", "6. februar 2024"),
        (dt.datetime(2024, 2, 6, 12, 30), "dd.mm.yyyy hh:mm", "6. februar 2024 kl. 12:30"),
        (True, "General", "ja"),
        ("=1+1", "@", Unreadable),
    ):
        book.active.append([str(seen)])
        cell = book.active.cell(book.active.max_row, 2, value)
        cell.number_format = number_format
    for row in rows(saved(book))[:-1]:
        assert row["question"] == row["must_contain"]
    assert "Excel" in rows(saved(book))[-1]["must_contain"].reason


def cached(book, *, result):
    """A workbook's bytes with a stored result in the cell of its one formula, as Excel writes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = re.sub(
                    rb'<c r="B2"><f>(.*?)</f>.*?</c>', rf'<c r="B2" t="str"><f>\1</f><v>{result}</v></c>'.encode(), data
                )
                assert b't="str"' in data
            new.writestr(name, data)
    return packed.getvalue()


def test_a_formula_counts_for_what_it_last_gave():
    book = workbook(["Spørsmål", "Merknad"], ["Hva?", '="a"&"b"'])
    assert rows(cached(book, result="ab")) == [{"question": "Hva?", "note": "ab"}]
    assert rows(cached(book, result="")) == [{"question": "Hva?"}]


def test_a_cell_that_shows_an_error_is_told():
    book = workbook(["Spørsmål"], ["#N/A"])
    assert "#N/A" in rows(saved(book))[0]["question"].reason


def test_the_sheet_is_found_and_empty_rows_passed_over():
    book = workbook(["Noe annet"], title="Om")
    sheet = book.create_sheet("SPØRSMÅL ")
    for row in ([], ["", "Spørsmål"], [], ["", "Hva?"], ["", "  "]):
        sheet.append(row)
    assert [(row.place, row.values) for row in read(saved(book)).rows] == [("rad 4", {"question": "Hva?"})]


def test_without_a_sheet_of_that_name_the_first_visible_one_counts():
    book = workbook(["Skjult"], title="Skjult")
    book.create_sheet("Ark2").append(["Spørsmål"])
    book.active.sheet_state = "hidden"
    assert question_sheet(book).title == "Ark2"


@pytest.mark.parametrize(("data", "message"), [(b"hei", "kan ikke åpnes"), (b"", "kan ikke åpnes")])
def test_what_is_no_workbook_is_told(data, message):
    with pytest.raises(UsageError, match=message):
        read(data)


def test_an_archive_that_is_no_workbook_is_told():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "hei")
    with pytest.raises(UsageError, match="lagre den på nytt"):
        read(packed.getvalue())


def test_an_empty_sheet_is_told():
    with pytest.raises(UsageError, match=r"mal\.xlsx"):
        read(saved(workbook()))


def test_rows_are_added_below_the_last_one_and_look_like_it():
    book = workbook(["Id", "Spørsmål"], ["K1", "Hva?"], ["=1+1", None])
    sheet = book.active
    sheet["B2"].font, sheet["B2"].fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].font = Font(italic=True)
    sheet.column_dimensions["B"].width = 70
    sheet["B20"].font = Font(bold=True)  # a row that is formatted but empty
    sheet.conditional_formatting.add("A1:A9", openpyxl.formatting.rule.FormulaRule(["A1=1"], font=Font(bold=True)))
    after = openpyxl.load_workbook(io.BytesIO(appended(saved(book), [{"id": "K2", "question": "Når?"}] * 2))).active
    assert [cell.value for cell in after["B"]][:5] == ["Spørsmål", "Hva?", None, "Når?", "Når?"]
    assert after["A3"].data_type == "f"
    assert after["B2"].fill.fgColor.rgb == "00FFFF00"
    assert after["B2"].font.bold
    assert after["B4"].font.italic and after["B5"].font.italic
    assert after.column_dimensions["B"].width == 70
    assert len(after.conditional_formatting) == 1


@pytest.mark.parametrize("text", ["=1+1", "+47 61", "-60", "@SUM(A1)", "\t=1+1", "#N/A", "'=1+1", "TRUE", "1/2"])
def test_no_spreadsheet_takes_a_text_for_anything_else(text):
    data = appended(saved(workbook(["Spørsmål"])), [{"question": text}])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    assert rows(data) == [{"question": text}]
    again = appended(data, [{"question": "Hva?"}])
    assert rows(again) == [{"question": text}, {"question": "Hva?"}]
    assert openpyxl.load_workbook(io.BytesIO(again)).active["A2"].data_type == "s"


def test_a_control_character_is_told():
    with pytest.raises(UsageError, match="styretegn"):
        appended(saved(workbook(["Spørsmål"])), [{"question": "Hva\x00?"}])


def test_what_saving_would_lose_is_not_touched():
    packed = io.BytesIO()
    lists = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with (
        zipfile.ZipFile(io.BytesIO(saved(workbook(["Spørsmål"], ["Hva?"])))) as old,
        zipfile.ZipFile(packed, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</worksheet>", lists))
    assert rows(packed.getvalue()) == [{"question": "Hva?"}]
    with pytest.raises(UsageError, match="gått tapt"):
        appended(packed.getvalue(), [{"question": "Når?"}])


@settings(max_examples=30)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n\t"), min_size=1
        ).filter(str.strip),
        min_size=1,
    )
)
def test_any_text_comes_back(texts):
    values = [{"question": text} for text in texts]
    assert rows(appended(saved(workbook(["Spørsmål"])), values)) == values
