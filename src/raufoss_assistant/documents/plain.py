"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

import re

from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import Extract, Limits, Piece, compose
from raufoss_assistant.norwegian.text import join_lines, normalise

_BLANK_LINES = re.compile(r"\n[ \n]*\n")
_ITEM = re.compile(r"\s*([-*•–]|\d{1,3}[.)])\s+\S")


def read(data: bytes, _limits: Limits) -> Extract:
    """Read a text file; wrapped lines of a paragraph are joined, the items of a list keep a line each."""
    paragraphs = _BLANK_LINES.split(normalise(decode(data)))
    return Extract((compose(None, map(_piece, paragraphs)),))


def _piece(paragraph: str) -> Piece:
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if not any(map(_ITEM.match, lines)):
        return Piece("paragraph", join_lines(lines))
    items: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line) or not items:
            items.append([line])
        else:
            items[-1].append(line)
    return Piece("list", "\n".join(map(join_lines, items)))
