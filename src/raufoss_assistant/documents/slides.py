"""Presentations: a page per slide; the notes come last on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

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
from raufoss_assistant.errors import DocumentError

_LEFT_OUT = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER}
_RUNNING_TEXT = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY}


def read(data: bytes, limits: Limits) -> Extract:
    """Read a presentation; a slide's title is a heading, several paragraphs in one frame are a list."""
    show = pptx.Presentation(unpacked(data, limits))
    if len(show.slides) > limits.pages:
        raise DocumentError(f"presentasjonen har {len(show.slides)} lysbilder; grensen er {limits.pages}")
    pages = tuple(compose(number, _slide(slide)) for number, slide in enumerate(show.slides, 1))
    warnings = tuple(f"lysbilde {page.number}: ingen tekst funnet" for page in pages if not page.text)
    return Extract(pages, own_title(show.core_properties.title) or main_heading(pages), warnings=warnings)


def _slide(slide: Any) -> Iterator[Piece]:
    title = slide.shapes.title
    if title is not None:
        yield Piece("heading", one_line(title.text_frame.text), 1)
    for shape in _flat(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield Piece("paragraph", one_line(slide.notes_slide.notes_text_frame.text))


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _shape(shape: Any) -> Iterator[Piece]:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _LEFT_OUT:
        return
    if getattr(shape, "has_table", False) and shape.has_table:
        piece = table([cell.text for cell in row.cells] for row in shape.table.rows)
        if piece:
            yield piece
    elif shape.has_text_frame:
        paragraphs = [(paragraph.level, one_line(paragraph.text)) for paragraph in shape.text_frame.paragraphs]
        paragraphs = [(level, text) for level, text in paragraphs if text]
        if kind in _RUNNING_TEXT and len(paragraphs) > 1:
            yield Piece("list", "\n".join(f"{'  ' * level}- {text}" for level, text in paragraphs))
        else:
            yield from (Piece("paragraph", text) for _, text in paragraphs)
