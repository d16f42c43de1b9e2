"""PowerPoint presentations: a title slide and one slide per section."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Cm, Pt

from corpus_maker.archive import describe, fixed
from corpus_maker.source import Block, Heading, Listing, Paragraph, Section, Source, Table, spoken_date

INK = RGBColor(0x12, 0x35, 0x5B)
GREY = RGBColor(0x5A, 0x64, 0x70)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
AMBER = RGBColor(0xFF, 0xC8, 0x45)
WIDTH, HEIGHT, EDGE = Cm(33.867), Cm(19.05), Cm(2)
TITLE_SLIDE, TITLE_AND_CONTENT = 0, 1  # layouts of python-pptx's own template


def make(source: Source) -> bytes:
    """The presentation as .pptx, the same bytes each time."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    describe(deck.core_properties, source)
    _title_slide(deck, source)
    first, *rest = source.sections() or [Section("", ())]
    sections = [first, *rest] if first.title else [Section(source.title, first.blocks), *rest]
    for section in sections:
        if section.blocks:
            _slide(deck, section, source)
    stream = BytesIO()
    deck.save(stream)
    return fixed(stream.getvalue(), source.meta["updated"])


def _title_slide(deck: Any, source: Source) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = INK
    title, subtitle = slide.placeholders
    _place(title, EDGE, Cm(4), WIDTH - 2 * EDGE, Cm(5))
    _write(title.text_frame, [(source.title, 40, False)], WHITE)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    title.text_frame.paragraphs[0].font.bold = True
    _place(subtitle, EDGE, Cm(9.8), WIDTH - 2 * EDGE, Cm(7))
    origin = f"{source.meta['owner']}, {spoken_date(source.meta['date'], source.meta['language'])}"
    _write(subtitle.text_frame, [*((part.text, 20, False) for part in source.lead), (origin, 14, False)], WHITE)
    if source.example:
        _badge(slide)


def _slide(deck: Any, section: Section, source: Source) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_AND_CONTENT])
    title, body = slide.placeholders
    _place(title, EDGE, Cm(1.2), WIDTH - 2 * EDGE, Cm(2.4))
    _write(title.text_frame, [(section.title, 30, False)], INK)
    title.text_frame.paragraphs[0].font.bold = True
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    lines = [line for block in section.blocks for line in _lines(block)]
    tables = [block for block in section.blocks if isinstance(block, Table)]
    top = Cm(4)
    if lines:
        size = next(size for size in (24, 20, 16, 12) if size == 12 or _height(lines, size) < Cm(13 - 9 * bool(tables)))
        tall = _height(lines, size)
        _place(body, EDGE, top, WIDTH - 2 * EDGE, tall)
        _write(body.text_frame, [(text, size, bullet) for text, bullet in lines], None)
        top += tall + Cm(0.4)
    else:
        body._element.getparent().remove(body._element)
    for table in tables:
        top += _table(slide, table, top) + Cm(0.6)
    foot = slide.shapes.add_textbox(EDGE, HEIGHT - Cm(1.4), WIDTH - 2 * EDGE, Cm(0.8))
    _write(foot.text_frame, [(f"{source.title}  |  {source.meta['owner']}", 10, False)], GREY)
    if source.example:
        _badge(slide)


def _height(lines: list[tuple[str, bool]], size: int) -> int:
    """About the height that lines take at a size in points."""
    return int(Cm(sum(len(text) // (1700 // size) + 1.4 for text, _ in lines) * size * 0.043 + 0.3))


def _lines(block: Block) -> list[tuple[str, bool]]:
    """The lines of a block and whether each is an item of a list."""
    match block:
        case Heading(_, text) | Paragraph(text):
            return [(text, False)]
        case Listing(items, _):
            return [(item.text, True) for item in items]
        case Table():
            return [(block.caption, False)] if block.caption else []


def _write(frame: Any, lines: list[tuple[str, float, bool]], colour: RGBColor | None) -> None:
    frame.word_wrap = True
    for number, (text, size, bullet) in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = text
        paragraph.font.size = Pt(size)
        paragraph.space_after = Pt(size * 0.4)
        paragraph.alignment = 1  # left
        if colour is not None:
            paragraph.font.color.rgb = colour
        if not bullet:  # python-pptx cannot take a placeholder's bullets away
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.insert_element_before(properties.makeelement(f"{{{properties.nsmap['a']}}}buNone"), "a:tabLst")


def _table(slide: Any, content: Table, top: int) -> int:
    """Add a table and return its height."""
    tall = int(Cm(0.95)) * (len(content.rows) + 1)
    shape = slide.shapes.add_table(len(content.rows) + 1, len(content.header), EDGE, top, WIDTH - 2 * EDGE, tall)
    for column, share in zip(shape.table.columns, content.shares(), strict=True):
        column.width = int((WIDTH - 2 * EDGE) * share)
    for row, texts in zip(shape.table.rows, (content.header, *content.rows), strict=True):
        row.height = Cm(0.95)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.text_frame.paragraphs[0].font.size = Pt(16 if len(content.rows) < 11 else 12)
    return tall


def _badge(slide: Any) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, WIDTH - EDGE - Cm(4), Cm(0.5), Cm(4), Cm(0.8))
    shape.fill.solid()
    shape.fill.fore_color.rgb = AMBER
    shape.line.fill.background()
    shape.text_frame.text = "Eksempeldata"
    shape.text_frame.paragraphs[0].font.size = Pt(12)
    shape.text_frame.paragraphs[0].font.color.rgb = RGBColor(0, 0, 0)


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height
