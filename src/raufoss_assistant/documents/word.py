"""Word documents: headings by style, paragraphs, lists and tables in the order they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph

from raufoss_assistant.documents.extract import (
    Extract,
    Limits,
    Piece,
    compose,
    main_heading,
    one_line,
    own_title,
    table,
    unpacked,
)

_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|tittel", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|innh|inh)\w* ?\d", re.IGNORECASE)
_LIST = re.compile(r"list|punktliste|punktmerket|nummerert|liste", re.IGNORECASE)
_WORDS = (
    "./descendant::*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
    "[not(ancestor::w:pPr or ancestor::w:txbxContent or ancestor::w:moveFrom or ancestor::w:r/w:rPr/w:vanish)]"
)
_TRANSPARENT = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")}


def read(data: bytes, limits: Limits) -> Extract:
    """Read a Word document. Its table of contents, text boxes, headers, hidden and deleted text are left out."""
    document = docx.Document(unpacked(data, limits))
    page = compose(None, _join_items(_Body(document).pieces(document.element.body)))
    return Extract((page,), main_heading((page,)) or own_title(document.core_properties.title))


class _Body:
    """Goes through a document's body once and counts the items of numbered lists."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.counters: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def pieces(self, element: Any) -> Iterator[Piece]:
        for child in element:
            if child.tag == qn("w:p"):
                yield self._paragraph(Paragraph(child, self.document))
            elif child.tag == qn("w:tbl"):
                if piece := table(
                    [_cell(cell) for cell in row.xpath(_parts("tc"))] for row in child.xpath(_parts("tr"))
                ):
                    yield piece
            elif child.tag in _TRANSPARENT and not _is_contents(child):
                yield from self.pieces(child)

    def _paragraph(self, paragraph: Any) -> Piece:
        text = _text(paragraph._p)
        styles = list(_styles(paragraph))
        names = [style.name or "" for style in styles]
        if any(map(_CONTENTS.match, names)) or not text:
            return Piece("paragraph", "")
        if level := _level(paragraph, styles):
            return Piece("heading", text, level)
        numbering = _first(element.pPr.numPr for element in _elements(paragraph, styles) if element.pPr is not None)
        unnumbered = numbering is not None and numbering.numId is not None and numbering.numId.val == 0
        if unnumbered or (numbering is None and not any(map(_LIST.match, names))):
            return Piece("paragraph", text)
        depth, mark = self._mark(numbering)
        return Piece("list", f"{'  ' * depth}{mark} {text}")

    def _mark(self, numbering: Any) -> tuple[int, str]:
        """How deep an item stands, and its bullet or number."""
        if numbering is None or numbering.numId is None:
            return 0, "-"
        number_id, depth = str(numbering.numId.val), numbering.ilvl.val if numbering.ilvl is not None else 0
        if _number_format(self.document, number_id, depth) in (None, "bullet", "none"):
            return depth, "-"
        counters = self.counters[number_id]
        counters[depth] = counters.get(depth, 0) + 1
        for deeper in [level for level in counters if level > depth]:
            del counters[deeper]
        return depth, f"{counters[depth]}."


def _is_contents(control: Any) -> bool:
    gallery = control.find("w:sdtPr/w:docPartObj/w:docPartGallery", nsmap)
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _parts(name: str) -> str:
    """Path to the rows of a table or the cells of a row, also those in a content control."""
    return f"./w:{name} | ./w:sdt/w:sdtContent/w:{name}"


def _text(paragraph: Any) -> str:
    parts = (node.text or "" if node.tag == qn("w:t") else _stand_in(node.tag) for node in paragraph.xpath(_WORDS))
    return one_line("".join(parts))


def _stand_in(tag: str) -> str:
    return "-" if tag == qn("w:noBreakHyphen") else " "


def _cell(cell: Any) -> str:
    """Text of a cell; the lower parts of one that spans rows are empty."""
    if cell.xpath("./w:tcPr/w:vMerge[not(@w:val='restart')]"):
        return ""
    return " ".join(filter(None, map(_text, cell.xpath(".//w:p"))))


def _styles(paragraph: Any) -> Iterator[Any]:
    """Give a paragraph's style and those it is based on."""
    style = paragraph.style
    for _ in range(10):
        if style is None:
            return
        yield style
        style = style.base_style


def _elements(paragraph: Any, styles: list[Any]) -> Iterator[Any]:
    yield paragraph._p
    yield from (style.element for style in styles)


def _level(paragraph: Any, styles: list[Any]) -> int:
    """Level of a heading, 0 for other paragraphs; by the name of the style, else by its outline level."""
    for style in styles:
        if found := _HEADING.match(style.name or ""):
            return min(int(found[1]), 6)
        if _TITLE.fullmatch(style.name or ""):
            return 1
    outline = _first(_first(element.xpath("./w:pPr/w:outlineLvl/@w:val")) for element in _elements(paragraph, styles))
    return min(int(outline) + 1, 6) if outline is not None and int(outline) < 9 else 0


def _first(values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _number_format(document: Any, number_id: str, depth: int) -> Any:
    """Return bullet, decimal, …, from the document's numbering definitions."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None
    abstract = _first(numbering.xpath(f"./w:num[@w:numId='{int(number_id)}']/w:abstractNumId/@w:val"))
    if abstract is None:
        return None
    path = f"./w:abstractNum[@w:abstractNumId='{int(abstract)}']/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val"
    return _first(numbering.xpath(path))


def _join_items(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Make one list of items that follow one another."""
    items: list[str] = []
    for piece in pieces:
        if piece.kind == "list":
            items.append(piece.text)
        elif piece.text:
            if items:
                yield Piece("list", "\n".join(items))
                items = []
            yield piece
    if items:
        yield Piece("list", "\n".join(items))
