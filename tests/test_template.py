"""The spreadsheet that staff write questions in."""

import io
from pathlib import Path

import openpyxl
import pytest

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.fields import FIELDS
from raufoss_assistant.evaluation.labels import KINDS
from raufoss_assistant.evaluation.sets import read_set
from raufoss_assistant.evaluation.template import EXAMPLES, empty, write_template
from raufoss_assistant.norwegian.text import normalise

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "evals" / "mal.xlsx"


def cells(path):
    """Value, and what matters of the looks, of every cell of every sheet."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, cell.font.bold, cell.alignment.wrap_text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def test_the_kept_template_is_what_the_function_makes(tmp_path):
    write_template(tmp_path / "mal.xlsx")
    assert cells(KEPT) == cells(tmp_path / "mal.xlsx")
    kept, made = (openpyxl.load_workbook(path)["Spørsmål"] for path in (KEPT, tmp_path / "mal.xlsx"))
    assert {name: dimension.width for name, dimension in kept.column_dimensions.items()} == {
        name: dimension.width for name, dimension in made.column_dimensions.items()
    }
    assert [(choice.formula1, str(choice.sqref)) for choice in kept.data_validations.dataValidation] == [
        (choice.formula1, str(choice.sqref)) for choice in made.data_validations.dataValidation
    ]


def test_the_template_is_a_question_set_with_its_two_examples():
    assert read_set(KEPT).questions == EXAMPLES


def test_the_examples_are_true_of_the_documents_that_come_along():
    answered, refused = EXAMPLES
    for document in answered.documents:
        assert (ROOT / "corpus" / document).exists()
    text = normalise((ROOT / "corpus" / answered.documents[0]).read_text("utf-8")).replace("\u00a0", " ")
    assert any(part in text for part in answered.must_contain[0].split("|"))
    assert answered.answer in text or "1 500 kvadratmeter" in text
    assert "heller ikke funnet hva medlemskapet koster" in (ROOT / "corpus/klynge/nce-manufacturing.md").read_text(
        "utf-8"
    )
    assert refused.status == "not_found"


def test_choices_are_picked_from_lists_and_the_head_stays_in_sight():
    sheet = openpyxl.load_workbook(KEPT)["Spørsmål"]
    choices = {str(choice.sqref): choice.formula1 for choice in sheet.data_validations.dataValidation}
    for column, field in enumerate(FIELDS, 1):
        letter = openpyxl.utils.get_column_letter(column)
        assert choices.get(f"{letter}2:{letter}1000") == (f'"{",".join(field.words)}"' if field.words else None)
    assert all(len(formula) <= 255 for formula in choices.values())  # Excel takes no more
    assert sheet.freeze_panes == "C2"


def test_the_second_sheet_explains_each_column():
    told = [(row[0].value, row[1].value) for row in openpyxl.load_workbook(KEPT)["Forklaring"].iter_rows()]
    assert told[1 : len(FIELDS) + 1] == [(field.head, field.help) for field in FIELDS]
    assert {name for name, _ in told} >= set(KINDS)


def test_what_is_typed_stays_text():
    sheet = openpyxl.load_workbook(io.BytesIO(empty())).active
    assert sheet.max_row == 1
    assert {sheet.column_dimensions[letter].number_format for letter in "ABCN"} == {"@"}


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    (tmp_path / "mal.xlsx").write_text("mitt")
    with pytest.raises(UsageError, match="finnes fra før"):
        write_template(tmp_path / "mal.xlsx")
    assert (tmp_path / "mal.xlsx").read_text() == "mitt"
