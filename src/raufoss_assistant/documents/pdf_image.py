"""A page of a PDF as an image, with a quote marked; to be run in a child process, for pdfium parses anything."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from raufoss_assistant.documents.locating import locate_quote
from raufoss_assistant.errors import DocumentError

WIDTH = 1280
"""Pixels."""
MARK = (254, 240, 138)
"""Colour of a marked quote's ground, where the paper is white."""
_EDGE = (202, 138, 4)
_MOST_PIXELS = 6_000_000
_TALLEST = 16_000
"""Pixels; WebP takes no more than 16,383."""
_MARGIN = 3
"""Pixels between a line of the quote and the edge of its mark."""
_QUALITY = 85

Box = tuple[int, int, int, int]


def paint(file: str, page: int, quote: str, share: float) -> dict[str, Any]:
    """A page as {"webp": base64, "width", "height", "marks"}; see `raufoss_assistant.documents.reader.PageImage`.

    Args:
        file: where the PDF lies.
        page: number of the page, from 1.
        quote: what to mark, or "".
        share: how far into the page's text it is expected, 0..1.

    Raises:
        DocumentError: there is no such page.
    """
    with pypdfium2.PdfDocument(Path(file)) as document:
        if not 1 <= page <= len(document):
            raise DocumentError(f"PDF-en har ingen side {page}")
        sheet = document[page - 1]
        width, height = sheet.get_size()
        bitmap = sheet.render(scale=min(WIDTH / width, _TALLEST / height, math.sqrt(_MOST_PIXELS / (width * height))))
        position = bitmap.get_posconv(sheet)
        image = bitmap.to_pil().convert("RGB")
        marks = _joined(_box(position, *edges) for edges in _runs(sheet.get_textpage(), quote, share))
    packed = io.BytesIO()
    _marked(image, marks).save(packed, "WEBP", quality=_QUALITY, method=2)
    encoded = base64.b64encode(packed.getvalue()).decode("ascii")
    return {"webp": encoded, "width": image.width, "height": image.height, "marks": marks}


def _runs(text: pypdfium2.PdfTextPage, quote: str, share: float) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of each run of letters of a quote, in points of the page."""
    painted = "".join(chr(raw.FPDFText_GetUnicode(text, place)) for place in range(text.count_chars()))
    if found := locate_quote(quote, painted, share):
        start, end = found
        for number in range(text.count_rects(start, end - start)):
            yield text.get_rect(number)


def _box(position: Any, left: float, bottom: float, right: float, top: float) -> Box:
    """The same in pixels, whichever way the page is turned."""
    (x, y), (other_x, other_y) = position.to_bitmap(left, top), position.to_bitmap(right, bottom)
    low, high = min(x, other_x) - _MARGIN, max(x, other_x) + _MARGIN
    return low, min(y, other_y) - _MARGIN, high, max(y, other_y) + _MARGIN


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes side by side as one: the runs of a line, which end where the type changes."""
    joined: list[Box] = []
    for left, top, right, bottom in boxes:
        if joined:
            before_left, before_top, before_right, before_bottom = joined[-1]
            height = min(bottom - top, before_bottom - before_top)
            overlap = min(bottom, before_bottom) - max(top, before_top)
            if overlap > height / 2 and -height < left - before_right < height:
                joined[-1] = before_left, min(top, before_top), right, max(bottom, before_bottom)
                continue
        joined.append((left, top, right, bottom))
    return joined


def _marked(image: Image.Image, marks: list[Box]) -> Image.Image:
    """The image as if the boxes were marked with a pen; the edge shows on dark ground too."""
    if not marks:
        return image
    ground = Image.new("RGB", image.size, "white")
    pen = ImageDraw.Draw(ground)
    for box in marks:
        pen.rectangle(box, fill=MARK)
    marked = ImageChops.multiply(image, ground)
    edges = ImageDraw.Draw(marked)
    for left, _, right, bottom in marks:
        edges.line((left, bottom, right, bottom), fill=_EDGE, width=2)
    return marked
