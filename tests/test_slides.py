import io

import pptx
import pytest
from pptx.util import Cm

from raufoss_assistant.documents.extract import Limits
from raufoss_assistant.documents.slides import read
from raufoss_assistant.errors import DocumentError


def show() -> bytes:
    presentation = pptx.Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text = "Katapult"
    frame = first.placeholders[1].text_frame
    frame.text = "Prøv før du investerer"
    inner = frame.add_paragraph()
    inner.text, inner.level = "robotcelle", 1
    first.notes_slide.notes_text_frame.text = "Husk å nevne prisen."
    second = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = second.shapes.add_table(2, 2, 0, 0, Cm(10), Cm(3)).table
    for n, text in enumerate(["Kurs", "Pris", "Lean", "4000"]):
        table.cell(n // 2, n % 2).text = text
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Cm(3), Cm(1)).text_frame.text = "i en gruppe"
    presentation.slides.add_slide(presentation.slide_layouts[6])
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def test_a_page_per_slide():
    extract = read(show(), Limits())
    assert [page.number for page in extract.pages] == [1, 2, 3]
    assert extract.pages[0].text == "Katapult\n\n- Prøv før du investerer\n  - robotcelle\n\nHusk å nevne prisen."
    assert [block.kind for block in extract.pages[0].blocks] == ["heading", "list", "paragraph"]
    assert extract.pages[1].text == "Kurs | Pris\nLean | 4000\n\ni en gruppe"
    assert extract.pages[1].blocks[0].header == "Kurs | Pris"
    assert extract.title == "Katapult"


def test_slide_without_text_warns():
    extract = read(show(), Limits())
    assert extract.pages[2].quality == 0.0
    assert extract.warnings == ("lysbilde 3: ingen tekst funnet",)


def test_too_many_slides():
    with pytest.raises(DocumentError, match="3 lysbilder; grensen er 2"):
        read(show(), Limits(pages=2))
