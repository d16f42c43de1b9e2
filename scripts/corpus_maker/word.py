"""Word documents."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from corpus_maker.archive import describe, fixed
from corpus_maker.source import Block, Heading, Listing, Paragraph, Source, Table, spoken_date

INK = RGBColor(0x12, 0x35, 0x5B)
GREY = RGBColor(0x5A, 0x64, 0x70)
TEXT_WIDTH = Cm(16)


def make(source: Source) -> bytes:
    """The document as .docx, the same bytes each time."""
    document = Document()
    describe(document.core_properties, source)
    _style(document, source.meta["language"])
    _furniture(document, source)
    document.add_paragraph(source.title, style="Title")
    for block in (*source.lead, *source.blocks):
        _add(document, block)
    stream = BytesIO()
    document.save(stream)
    return fixed(stream.getvalue(), source.meta["updated"])


def _style(document: Any, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    styles = document.styles
    styles["Normal"].font.name = "Calibri"
    styles["Normal"].font.size = Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for locale in styles.element.xpath("w:docDefaults//w:lang"):
        locale.set(qn("w:val"), {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language])
    for name, size in (("Title", 26), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11), ("Caption", 9)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", Pt(size), INK
        for attribute in ("w:asciiTheme", "w:hAnsiTheme"):
            styles[name].element.rPr.rFonts.attrib.pop(qn(attribute), None)


def _furniture(document: Any, source: Source) -> None:
    section = document.sections[0]
    for name in ("Header", "Footer"):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(8.5), GREY
        style.paragraph_format.tab_stops.clear_all()
        style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    page, of = ("Page", "of") if source.meta["language"] == "en" else ("Side", "av")
    section.header.paragraphs[0].text = source.title + ("\tEksempeldata" if source.example else "")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{_origin(source)}\t{page} ")
    _field(footer.add_run(), "PAGE")
    footer.add_run(f" {of} ")
    _field(footer.add_run(), "NUMPAGES")


def _origin(source: Source) -> str:
    return f"{source.meta['owner']}, {spoken_date(source.meta['date'], source.meta['language'])}"


def _field(run: Any, code: str) -> None:
    """Add a field such as PAGE, which python-docx cannot."""
    for kind in ("begin", "instruction", "end"):
        element = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level - 1)
        case Paragraph(text):
            document.add_paragraph(text)
        case Listing(items, ordered):
            name = "List Number" if ordered else "List Bullet"
            for item in items:
                document.add_paragraph(item.text, style=f"{name} {item.depth + 1}" if item.depth else name)
        case Table():
            _add_table(document, block)


def _add_table(document: Any, content: Table) -> None:
    if content.caption:
        document.add_paragraph(content.caption, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(content.header), style="Light Grid Accent 1")
    table.autofit = False
    widths = [int(TEXT_WIDTH * share) for share in content.shares()]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate((content.header, *content.rows)):
        added = table.add_row()
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.text, cell.width = text, width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        if number == 0:
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
