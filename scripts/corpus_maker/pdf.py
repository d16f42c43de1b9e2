"""PDF documents, set by Typst from document.typ with the fonts that are shipped."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from corpus_maker.source import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Source,
    SourceError,
    Table,
    spoken_date,
    value,
)

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
COLOURS = {
    "klynge": "#12355b",
    "kurs": "#0b5d5b",
    "katapult": "#8a3b12",
    "finansiering": "#2f5d34",
    "onboarding": "#5b2a57",
}
WORDS = {
    "nb": {"page": "Side", "of": "av", "contents": "Innhold", "table": "Tabell"},
    "nn": {"page": "Side", "of": "av", "contents": "Innhald", "table": "Tabell"},
    "en": {"page": "Page", "of": "of", "contents": "Contents", "table": "Table"},
}
SIZES = {  # points; a document takes the largest size that needs no more pages than the smallest one
    "brochure": (12.5, 11.75, 11, 10.5, 10),
    "catalogue": (10,),
    "report": (11,),
    "notice": (11, 10.5, 10, 9.5, 9, 8.5),
}


def make(source: Source) -> bytes:
    """The document as PDF, the same bytes each time.

    Raises:
        SourceError: Typst cannot set it, or a notice is too long for one page.
    """
    *larger, smallest = SIZES[source.meta["layout"]]
    pdf = _typeset(source, smallest)
    fewest = _pages(pdf)
    if source.meta["layout"] == "notice" and fewest > 1:
        raise SourceError(f"{source.name}.md: layout: too long for a notice of one page")
    fitting = (made for size in larger if _pages(made := _typeset(source, size)) == fewest)
    return next(fitting, pdf)


def _pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def _typeset(source: Source, size: float) -> bytes:
    updated = source.meta["updated"]
    language = source.meta["language"]
    document = {
        "title": source.title,
        "lead": [paragraph.text for paragraph in source.lead],
        "owner": source.meta["owner"],
        "date": spoken_date(source.meta["date"], language),
        "updated": [updated.year, updated.month, updated.day],
        "language": language,
        "layout": source.meta["layout"],
        "example": source.example,
        "colour": COLOURS.get(source.meta["kind"], "#333333"),
        "words": WORDS[language],
        "size": size,
        "blocks": [_block(block) for block in _numbered(source)],
    }
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(HERE / "document.typ"),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
            timestamp=int(datetime(updated.year, updated.month, updated.day, tzinfo=UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise SourceError(f"{source.name}.md: layout: {error}") from error
    if warnings:
        raise SourceError(f"{source.name}.md: layout: {'; '.join(str(warning.message) for warning in warnings)}")
    return bytes(pdf)


def _numbered(source: Source) -> list[Block]:
    """The blocks; the tables of a report that numbers none itself are numbered and named by their heading."""
    own = any(
        (isinstance(block, Table) and block.caption)
        or (isinstance(block, Heading) and re.match(r"(Tabell|Table) \d", block.text))
        for block in source.blocks
    )
    if source.meta["layout"] != "report" or own:
        return list(source.blocks)
    blocks: list[Block] = []
    topic, number = source.title, 0
    for block in source.blocks:
        match block:
            case Heading(_, text):
                topic = re.sub(r"^[\d.]+ ", "", text)
                blocks.append(block)
            case Table():
                number += 1
                word = WORDS[source.meta["language"]]["table"]
                blocks.append(replace(block, caption=f"{word} {number}: {topic}"))
            case _:
                blocks.append(block)
    return blocks


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level - 1, "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Listing(items, ordered):
            return {"kind": "list", "ordered": ordered, "items": _nested(list(items), 0)}
        case Table():
            return {"kind": "table", **_table(block)}


def _nested(items: list[Item], depth: int) -> list[dict[str, Any]]:
    """The items at a depth, each with the deeper ones that follow it."""
    starts = [i for i, item in enumerate(items) if item.depth == depth]
    return [
        {"text": items[start].text, "items": _nested(items[start + 1 : end], depth + 1)}
        for start, end in pairwise([*starts, len(items)])
    ]


def _table(table: Table) -> dict[str, Any]:
    longest = [max(map(len, (header, *table.column(i)))) for i, header in enumerate(table.header)]
    shares = table.shares()
    return {
        "header": table.header,
        "rows": table.rows,
        "numeric": [table.numeric(i) for i in range(len(longest))],
        "shares": [0 if length <= 13 or table.numeric(i) else shares[i] for i, length in enumerate(longest)],
        "wide": len(longest) > 3 or sum(longest) > 110,
        "caption": table.caption,
        "bars": _bars(table),
    }


def _bars(table: Table) -> list[float]:
    """The lengths, 0..1, of the bars that a table of names and amounts can be drawn as; empty for other tables."""
    if len(table.header) != 2 or len(table.rows) < 3 or not table.numeric(1):
        return []
    cells = table.column(1)
    if not all(cell[-1:].isdigit() for cell in cells) and not all(cell.endswith("%") for cell in cells):
        return []
    amounts = [value(cell) for cell in cells]
    if min(amounts) <= 0:
        return []
    return [amount / max(amounts) for amount in amounts]
