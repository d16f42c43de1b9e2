"""The spreadsheet that staff write questions in: heads, choices to pick from, two examples, an explanation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.fields import FIELDS
from raufoss_assistant.evaluation.labels import KINDS
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.rows import cells
from raufoss_assistant.evaluation.spreadsheet import SHEET, put, saved

EXAMPLES = (
    Question(
        "eksempel-1",
        "Hvor stor er Læringsfabrikken?",
        "fakta",
        language="nb",
        documents=("klynge/laeringsfabrikken.md", "klynge/laeringsfabrikken-brosjyre.pdf"),
        must_contain=("1 500|1500",),
        answer="Læringsfabrikken er 1 500 kvadratmeter.",
        tags=("eksempel",),
        note="Et spørsmål som dokumentene svarer på.",
    ),
    Question(
        "eksempel-2",
        "Hva koster det å være medlem i klyngen?",
        "uten svar",
        "not_found",
        tags=("eksempel",),
        note="Et spørsmål som dokumentene ikke svarer på. Da skal assistenten si fra.",
    ),
)
"""The rows of the template; they are true of the documents that come along."""
_WIDTHS: Mapping[str, int] = {
    "id": 14,
    "question": 45,
    "history": 40,
    "documents": 38,
    "must_contain": 26,
    "answer": 36,
}
_WIDTH = 20
_LAST = 1000
"""Row that the drop-down lists reach down to."""
_HEAD = {
    "font": Font(bold=True, color="FFFFFF"),
    "fill": PatternFill("solid", fgColor="1F3A5F"),
    "alignment": Alignment(vertical="top", wrap_text=True),
}
_MANY = (
    "Flere verdier i én celle: skriv en på hver linje (Alt+Enter), eller skill dem med semikolon. Står det et "
    'semikolon i selve verdien, setter du verdien i anførselstegn: "a; b".'
)


def empty() -> bytes:
    """A workbook with the heads of a question set and no rows."""
    return saved(_book(()))


def write_template(path: Path) -> None:
    """Write the template of a question set.

    Raises:
        UsageError: there is a file of that name already.
    """
    if path.exists():
        raise UsageError(f"{path} finnes fra før; velg et annet navn, eller flytt den gamle fila.")
    path.write_bytes(saved(_book(EXAMPLES)))


def _book(questions: tuple[Question, ...]) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _line(sheet, [field.head for field in FIELDS], **_HEAD)
    for column, field in enumerate(FIELDS, 1):
        letter = get_column_letter(column)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _WIDTHS.get(field.key, _WIDTH)
        dimension.number_format = "@"  # what is typed stays as it is: no dates made of 1/2, no formulas run
        dimension.alignment = Alignment(vertical="top", wrap_text=True)
        if field.words:
            choice = DataValidation(
                "list", formula1=f'"{",".join(field.words)}"', allow_blank=True, showErrorMessage=True
            )
            choice.errorTitle, choice.error = field.head, "Velg fra lista, eller la cellen stå tom."
            choice.add(f"{letter}2:{letter}{_LAST}")
            sheet.add_data_validation(choice)
    for question in questions:
        texts = cells(question)
        _line(sheet, [texts.get(field.key, "") for field in FIELDS])
    sheet.freeze_panes = "C2"
    _explanation(book.create_sheet("Forklaring"))
    return book


def _explanation(sheet: Any) -> None:
    """What goes in each column, and what the kinds of questions are."""
    bold = {"font": Font(bold=True)}
    _line(sheet, ["Kolonne", "Hva du skriver", "Velg blant"], **_HEAD)
    for field in FIELDS:
        _line(sheet, [field.head, field.help, ", ".join(field.words)])
    _line(sheet, [])
    _line(sheet, ["Flere verdier", _MANY])
    _line(sheet, [])
    _line(sheet, ["Type", "Når den passer"], **bold)
    for kind, label in KINDS.items():
        _line(sheet, [kind, label.explanation])
    for letter, width in zip("ABC", (20, 90, 45), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _line(sheet: Any, texts: list[str], **style: Any) -> None:
    """Write a row of texts below the last one."""
    number = sheet.max_row + 1 if sheet["A1"].value else 1
    for column, text in enumerate(texts or [""], 1):
        cell = sheet.cell(number, column)
        put(cell, text)
        for name, value in {"alignment": Alignment(vertical="top", wrap_text=True), **style}.items():
            setattr(cell, name, value)
