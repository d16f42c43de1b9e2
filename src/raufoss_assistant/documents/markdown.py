"""Markdown with front matter. The text stays as it is in the file, so that quotes stand there letter for letter."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import Extract, Limits, main_heading
from raufoss_assistant.documents.properties import parse_yaml
from raufoss_assistant.documents.quality import quality
from raufoss_assistant.model import Block, BlockKind, Page
from raufoss_assistant.norwegian.text import normalise

_FRONT_MATTER = re.compile(r"\s*---[ ]*\n(?P<fields>.*?)(?:^|\n)(?:---|\.\.\.)[ ]*(?:\n|$)", re.DOTALL)
_PARSER = MarkdownIt("commonmark").enable("table")
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "blockquote_open": "paragraph",
    "fence": "paragraph",
    "code_block": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
}


def read(data: bytes, _limits: Limits) -> Extract:
    """Read a Markdown file; its HTML blocks and rules are in the text, but in no block."""
    text = normalise(decode(data))
    found = _FRONT_MATTER.match(text)
    fields, warnings = parse_yaml(found["fields"], "hodet i filen") if found else ({}, ())
    body = (text[found.end() :] if found else text).strip("\n")
    page = Page(None, body, _blocks(body), quality(body))
    return Extract((page,), main_heading((page,)), fields, warnings)


def _blocks(text: str) -> tuple[Block, ...]:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    blocks = []
    tokens = _PARSER.parse(text)
    for n, token in enumerate(tokens):
        if token.level or token.map is None or token.type not in _KINDS:
            continue
        first, last = token.map
        start, end = starts[first], starts[last] - 1
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        kind = _KINDS[token.type]
        if kind == "heading":
            start, end = _heading(text, start, end, tokens[n + 1].content)
        if start < end:
            header = lines[first].strip() if kind == "table" else ""
            blocks.append(Block(kind, start, end, int(token.tag[1]) if kind == "heading" else 0, header))
    return tuple(blocks)


def _heading(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Where the words of a heading stand, without its marks."""
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else (start, end)
