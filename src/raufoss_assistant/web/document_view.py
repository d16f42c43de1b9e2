"""The extracted text of a document as HTML, with a quote marked; what the document says is shown, never obeyed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import lxml.html
from lxml import etree
from markdown_it import MarkdownIt

from raufoss_assistant.documents.locating import locate_quote
from raufoss_assistant.model import Block, Document, Page
from raufoss_assistant.onboarding.definitions import table_rows
from raufoss_assistant.web.links import Place
from raufoss_assistant.web.panel import plain, unbroken

_MARKDOWN = (".md", ".markdown")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({"p", "li", "td", "th", "pre", "blockquote", *_HEADINGS})
_SCROLLED = {"class": "tabell", "tabindex": "0", "role": "region", "aria-label": "Tabell"}
_BULLET = re.compile(r"[-*•–]\s+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML.

    Attributes:
        html: headings from h2 on, paragraphs, lists and tables; nothing in it is loaded from anywhere.
        marked: whether the quote was found; then the first part of it is `mark#sitat`.
    """

    html: str
    marked: bool = False


def rendered(document: Document, side: int | None = None, place: Place | None = None) -> Rendered:
    """All pages of a document, one below the other.

    Args:
        document: no PDF.
        side: number of the page that has the quote, or None for a document without pages.
        place: where the quote stands in the text of that page, or None for no quote.

    Example:
        >>> rendered(document).html
        '<section><h2>Ambisjon</h2><p>Klyngen vil være et senter.</p></section>'
    """
    parts, marked = [], False
    for page in document.pages:
        body = _parsed(_html(document, page))
        quote = place.quote(page) if place and page.number == side else None
        if place and quote:
            marked = _mark(body, _as_shown(document, quote), place.start / len(page.text))
        _mend(body, document.properties.title)
        name = f' id="side-{page.number}"' if page.number else ""
        parts.append(f"<section{name}>{_number(document, page)}{_inner(body)}</section>")
    return Rendered("".join(parts), marked)


def page_text(page: Page) -> str:
    """The text of one page of a PDF, for those who cannot see its image."""
    body = _parsed("".join(_block(page, block) for block in page.blocks))
    _mend(body, "")
    return _inner(body)


def _parsed(html: str) -> Any:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _inner(body: Any) -> str:
    return escape(body.text or "") + "".join(lxml.html.tostring(child, encoding="unicode") for child in body)


def _number(document: Document, page: Page) -> str:
    if page.number is None:
        return ""
    return f'<p class="sidetall">{"Lysbilde" if document.path.lower().endswith(".pptx") else "Side"} {page.number}</p>'


def _html(document: Document, page: Page) -> str:
    if document.path.lower().endswith(_MARKDOWN):
        return str(_markdown().render(page.text))
    return "".join(_block(page, block) for block in page.blocks)


def _as_shown(document: Document, quote: str) -> str:
    """The words of a quote as they are read on the page: in Markdown, without addresses of links."""
    if not document.path.lower().endswith(_MARKDOWN):
        return quote
    return _read(_parsed(_markdown().render(quote)))[0]


@cache
def _markdown() -> MarkdownIt:
    """Markdown without HTML; of an image, its description is shown."""
    parser = MarkdownIt("commonmark").enable("table")
    for name in ("html_block", "html_inline"):
        parser.add_render_rule(name, lambda *_: "")
    parser.add_render_rule("image", lambda _, tokens, n, *__: escape(tokens[n].content))
    return parser


def _block(page: Page, block: Block) -> str:
    text = page.text[block.start : block.end]
    if block.kind == "heading":
        return f"<h{block.level}>{plain(text)}</h{block.level}>"
    if block.kind == "table":
        head, *rest = (cells for _, _, cells in table_rows(text))
        header = "".join(f"<th>{plain(cell)}</th>" for cell in head)
        rows = "".join(f"<tr>{''.join(f'<td>{plain(cell)}</td>' for cell in cells)}</tr>" for cells in rest)
        return f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    if block.kind == "list":
        return f"<ul>{''.join(map(_item, filter(str.strip, text.splitlines())))}</ul>"
    return f"<p>{plain(text)}</p>"


def _item(line: str) -> str:
    """An item of a list; a number is part of what it says."""
    text = line.strip()
    depth = (len(line) - len(line.lstrip())) // 2
    deeper = f' style="margin-left:{depth * 1.2:.1f}em"' if depth else ""
    bullet = _BULLET.match(text)
    return f"<li{deeper}>{plain(text[bullet.end() :])}</li>" if bullet else f'<li class="nr"{deeper}>{plain(text)}</li>'


def _mark(body: Any, quote: str, share: float) -> bool:
    """Mark a quote where it stands, in all elements that it goes through; whether it was found."""
    text, pieces = _read(body)
    found = locate_quote(quote, text, share)
    if found is None:
        return False
    attributes = {"id": "sitat"}
    for start, element, kind in pieces:
        said = getattr(element, kind)
        low, high = max(found[0] - start, 0), min(found[1] - start, len(said))
        if low >= high or not said[low:high].strip():
            continue
        mark = lxml.html.Element("mark", attributes)
        mark.text, mark.tail = said[low:high], said[high:]
        setattr(element, kind, said[:low])
        if kind == "text":
            element.insert(0, mark)
        else:
            element.getparent().insert(element.getparent().index(element) + 1, mark)
        attributes = {}
    return True


def _read(body: Any) -> tuple[str, list[tuple[int, Any, str]]]:
    """The text of an element, a line for each paragraph, item and cell.

    With it all pieces of text: where each begins, and the element that has it as its text, or as its tail.
    """
    parts: list[str] = []
    pieces: list[tuple[int, Any, str]] = []
    length = 0
    for event, element in etree.iterwalk(body, ("start", "end")):
        if element.tag in _BLOCKS:
            parts.append("\n")
            length += 1
        kind = "text" if event == "start" else "tail"
        if said := getattr(element, kind):
            pieces.append((length, element, kind))
            parts.append(said)
            length += len(said)
    return "".join(parts), pieces


def _mend(body: Any, title: str) -> None:
    """Headings under that of the page, none skipped; links to the web only; tables that can be scrolled."""
    headings = list(body.iter(*_HEADINGS))
    if headings and " ".join(headings[0].text_content().split()) == title and headings[0].find(".//mark") is None:
        headings.pop(0).drop_tree()
    above, deeper = 1, any(heading.tag == "h1" for heading in headings)
    for heading in headings:
        above = min(int(heading.tag[1]) + deeper, above + 1, 6)
        heading.tag = f"h{above}"
    for link in list(body.iter("a")):
        address = link.get("href", "")
        if address.startswith(("https://", "http://")):
            link.attrib.update({"rel": "noopener noreferrer", "target": "_blank"})
        else:
            link.drop_tag()
    for table in list(body.iter("table")):
        for cell in table.iter("th"):
            cell.set("scope", "col")
        around = lxml.html.Element("div", _SCROLLED)
        around.tail, table.tail = table.tail, None
        table.getparent().replace(table, around)
        around.append(table)
    for element in body.iter():
        element.text = element.text and unbroken(element.text)
        element.tail = element.tail and unbroken(element.tail)
