from raufoss_assistant.documents.extract import Piece
from raufoss_assistant.documents.pdf_lines import Cell, Line
from raufoss_assistant.documents.pdf_tables import with_tables

LEADING = 1.2


def line(y: float, *cells: tuple[float, str], bold: bool = False) -> Line:
    letters = sum(len(text) for _, text in cells)
    return Line(y, 10, [Cell(x, x + 5 * len(text), text) for x, text in cells], letters if bold else 0, letters)


def found(*lines: Line) -> list[str]:
    return [element.text for element in with_tables(lines, LEADING)]


def test_rows_between_paragraphs():
    elements = with_tables(
        [
            line(300, (50, "Et avsnitt som går over hele bredden av siden")),
            line(280, (50, "Kurs"), (150, "Pris"), bold=True),
            line(262, (50, "Lean"), (150, "4000")),
            line(244, (50, "CNC"), (150, "12500")),
            line(200, (50, "Et nytt avsnitt som går over hele bredden")),
        ],
        LEADING,
    )
    assert elements[1] == Piece("table", "Kurs | Pris\nLean | 4000\nCNC | 12500", header="Kurs | Pris")
    assert len(elements) == 3


def test_cells_of_several_lines():
    rows = [
        line(280, (50, "Kurs"), (150, "Om")),
        line(262, (50, "Lean"), (150, "Flyt i små-")),
        line(250, (150, "bedrifter")),
        line(232, (50, "CNC for"), (150, "Maskin")),
        line(220, (50, "nye"), (150, "og verktøy")),
    ]
    assert found(*rows) == ["Kurs | Om\nLean | Flyt i småbedrifter\nCNC for nye | Maskin og verktøy"]


def test_a_cell_painted_to_its_end_before_the_next_one():
    rows = [
        line(280, (50, "Kurs"), (150, "Pris")),
        line(262, (50, "CNC for")),
        line(250, (50, "nye")),
        line(262, (150, "12500")),
        line(232, (50, "Lean"), (150, "4000")),
    ]
    assert found(*rows) == ["Kurs | Pris\nCNC for nye | 12500\nLean | 4000"]


def test_a_row_of_empty_cells_is_no_end():
    rows = [
        line(280, (50, "Kilde"), (150, "System")),
        line(262, (50, "Arv"), (150, "Nei")),
        line(244, (50, "Vilkår")),
        line(226, (50, "Merk"), (150, "Alltid")),
    ]
    assert found(*rows) == ["Kilde | System\nArv | Nei\nVilkår\nMerk | Alltid"]


def test_one_line_with_a_gap_is_no_table():
    assert found(line(280, (50, "Versjon 5"), (300, "side 1")), line(262, (50, "Tekst"))) == [
        "Versjon 5 side 1",
        "Tekst",
    ]


def test_balanced_columns_of_running_text_are_no_table():
    left = [line(300 - 12 * n, (50, "venstre spalte har tekst")) for n in range(4)]
    right = [line(300 - 12 * n, (250, "høyre spalte har tekst")) for n in range(4)]
    assert found(*left, *right) == [cell.text for cell in [*left, *right]]


def test_headers_without_bold_need_figures_below():
    table = [line(280, (50, "Kurs"), (150, "Pris")), line(262, (50, "Lean"), (150, "4000"))]
    pairs = [line(280, (50, "Kilde"), (150, "System")), line(262, (50, "Arv"), (150, "Nei"))]
    assert with_tables(table, LEADING)[0].header == "Kurs | Pris"
    assert with_tables(pairs, LEADING)[0].header == ""
