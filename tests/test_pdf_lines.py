import io

import pypdf
import typst
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from raufoss_assistant.documents.pdf_lines import Line, page_lines


def lines_of(content: bytes) -> list[Line]:
    """Lines of a page with the given painting commands; font /F is Helvetica."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(400, 400)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return page_lines(pypdf.PdfReader(buffer).pages[0], {})


def painted(*pieces: tuple[float, float, str]) -> bytes:
    commands = (f"BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in pieces)
    return "".join(commands).encode("cp1252")


def test_words_painted_one_by_one_make_a_line():
    (line,) = lines_of(painted((50, 300, "Kurs"), (73, 300, " "), (76, 300, "i"), (78, 300, " "), (81, 300, "måling")))
    assert line.text == "Kurs i måling"
    assert (line.x, line.y, line.size, len(line.cells)) == (50, 300, 10, 1)


def test_wide_gaps_part_cells():
    (line,) = lines_of(painted((50, 300, "Kurs"), (150, 300, "Pris"), (250, 300, "Sted")))
    assert [cell.text.strip() for cell in line.cells] == ["Kurs", "Pris", "Sted"]
    assert 70 < line.cells[0].end < 74  # Helvetica: K 667, u 556, r 333, s 500 thousandths of 10 points


def test_bullets_belong_to_their_text():
    (line,) = lines_of(painted((50, 300, "•"), (70, 300, "sko og hjelm")))
    assert [cell.text for cell in line.cells] == ["• sko og hjelm"]


def test_columns_painted_after_one_another_stay_apart():
    lines = lines_of(painted((50, 300, "venstre"), (50, 288, "spalte"), (200, 300, "høyre"), (200, 288, "spalte")))
    assert [line.text for line in lines] == ["venstre", "spalte", "høyre", "spalte"]


def test_figures_in_groups_are_held_together_and_others_are_not():
    lines = lines_of(
        painted((50, 300, "60 bedrifter, 4 000 ansatte, 12 500 000 kr"), (50, 280, "i 2024 300 kurs, 7,5 100"))
    )
    assert [line.text for line in lines] == [
        "60 bedrifter, 4\u00a0000 ansatte, 12\u00a0500\u00a0000 kr",
        "i 2024 300 kurs, 7,5 100",
    ]


def test_raised_figures_stay_in_their_line():
    (line,) = lines_of(painted((50, 300, "260 m")) + b"BT /F 6 Tf 1 0 0 1 76 304 Tm (2) Tj ET")
    assert line.text.replace(" ", "") == "260m2"


def test_bold():
    page = pypdf.PdfReader(io.BytesIO(typst.compile(b"*Hele linjen* \\\n*Bare* noe av den"))).pages[0]
    assert [line.is_bold for line in page_lines(page, {})] == [True, False]
