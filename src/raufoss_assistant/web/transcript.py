"""A conversation to keep or to send on, as Markdown or PDF: each answer with its sources and their quotes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

import typst
from markdown_it import MarkdownIt
from markdown_it.token import Token

from raufoss_assistant.contract import heading
from raufoss_assistant.model import Citation
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.web.history import Answered
from raufoss_assistant.web.panel import KINDS, quoted

TITLE = "Samtale med Raufoss-assistenten"
_ABOUT = "Svarene er hentet fra klyngens egne dokumenter. Under hvert svar står kildene, med dato og sitat."
_TEMPLATE = Path(__file__).with_name("transcript.typ")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")
_NARROWEST, _WIDEST = 9, 36
"""Letters of a cell by which columns share the width of a table."""
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

Json = dict[str, Any]


def as_markdown(conversation: Sequence[Answered], now: dt.datetime) -> str:
    """The conversation as Markdown, fetched at that time."""
    parts = [f"# {TITLE}", f"Hentet {_moment(now)}. {_ABOUT}"]
    for each in conversation:
        parts += [f"## {_escaped(each.asked)}", f"*Svar fra {each.when}*", each.shown]
        if each.answer.citations:
            parts += ["**Kilder**", *map(_source_lines, each.answer.citations)]
    return "\n\n".join(parts) + "\n"


def as_pdf(conversation: Sequence[Answered], now: dt.datetime) -> bytes:
    """The conversation as a PDF, fetched at that time. All that is written reaches Typst as data, nothing as markup."""
    document = {
        "title": TITLE,
        "about": f"Hentet {_moment(now)}. {_ABOUT}",
        "answers": [
            {
                "asked": " ".join(each.asked.split()),
                "when": f"Svar fra {each.when}",
                "blocks": list(_blocks(_markdown.parse(each.shown))),
                "sources": [_source(citation) for citation in each.answer.citations],
            }
            for each in conversation
        ],
    }
    pdf = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        timestamp=int(now.timestamp()),
    )
    return bytes(pdf)


def _moment(now: dt.datetime) -> str:
    return f"{long_date(now.date())} kl. {now:%H.%M}"


def _source(citation: Citation) -> Json:
    properties, chunk = citation.properties, citation.chunk
    day = long_date(properties.date) if properties.date else "ukjent dato"
    page = f"side {chunk.page}" if chunk.page is not None else None
    kind = KINDS.get(properties.kind, properties.kind.capitalize())
    return {
        "n": citation.n,
        "title": " ".join(properties.title.split()),
        "facts": ", ".join(filter(None, (kind, day, page, heading(chunk.heading)))),
        "example": properties.example,
        "quote": unescape(quoted(citation.quote)),
        "document": chunk.document,
    }


def _source_lines(citation: Citation) -> str:
    source = _source(citation)
    example = " **Eksempeldata.**" if source["example"] else ""
    return (
        f"{source['n']}. **{_escaped(source['title'])}**. {_escaped(source['facts'])}.{example}\n"
        f"   {_escaped(source['document'])}\n\n   > {_escaped(source['quote'])}"
    )


def _escaped(text: str) -> str:
    r"""Text on one line that Markdown shows as it is.

    Example:
        >>> print(_escaped("*Hva*?"))
        \*Hva\*?
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _blocks(tokens: Sequence[Token]) -> Iterator[Json]:
    """The paragraphs, lists and tables of Markdown; what is of another kind is a paragraph."""
    rows: list[list[list[Json]]] = []
    lists: list[str] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append("list" if token.type.startswith("bullet") else "steps")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "table_close":
                yield {"kind": "table", "rows": rows, "widths": _widths(rows)}
                rows = []
            case "inline" if rows:
                rows[-1].append(_runs(token))
            case "inline":
                yield {"kind": lists[-1] if lists else "paragraph", "runs": _runs(token), "depth": len(lists)}
            case "fence" | "code_block" | "html_block":
                yield {"kind": "paragraph", "runs": [{"text": token.content, "strong": False}], "depth": 0}


def _widths(rows: Sequence[Sequence[Sequence[Json]]]) -> list[int]:
    """The share of each column in the width of a table: by its longest cell, within bounds."""
    longest = (max(sum(len(run["text"]) for run in cell) for cell in column) for column in zip(*rows, strict=True))
    return [min(max(length, _NARROWEST), _WIDEST) for length in longest]


def _runs(inline: Token) -> list[Json]:
    """The text of a block in pieces that are bold or not."""
    runs: list[Json] = []
    strong = 0
    for token in inline.children or ():
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        text = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if text:
            runs.append({"text": text, "strong": strong > 0})
    return runs
