"""Web pages: headings, paragraphs, lists and tables, without navigation, scripts and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PreformattedString, Tag

from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import (
    Extract,
    Limits,
    Piece,
    compose,
    main_heading,
    one_line,
    own_title,
    table,
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEFT_OUT = _names(
    "script style noscript template nav header footer aside head title svg iframe object button select input "
    "textarea dialog canvas audio video"
)
_ROLES_LEFT_OUT = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog"})
_BLOCKS = _names(
    "html body main article section div p blockquote pre address figure figcaption dl dt dd details summary form "
    "fieldset hr center"
)
_INLINE = _names("a abbr b cite code em i kbd mark q s small span strong sub sup time u var")
_HEADING = re.compile(r"h([1-6])")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def read(data: bytes, _limits: Limits) -> Extract:
    """Read a web page; its title is the first heading, else the title element."""
    declared = EncodingDetector.find_declared_encoding(data, is_html=True, search_entire_document=False)
    soup = BeautifulSoup(decode(data, declared), "lxml")
    title = soup.title.get_text() if soup.title else None
    page = compose(None, _Walk().pieces(soup))
    return Extract((page,), main_heading((page,)) or own_title(title))


class _Walk:
    """Goes through a page once and gathers running text until a block begins or ends."""

    def __init__(self) -> None:
        self.running: list[str] = []

    def pieces(self, node: Tag) -> Iterator[Piece]:
        for child in node.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # comments, declarations
                    self.running.append(str(child))
            elif isinstance(child, Tag) and not _left_out(child):
                yield from self._element(child)
        if node.name in _BLOCKS or node.name == "[document]":
            yield from self._flush()

    def _element(self, tag: Tag) -> Iterator[Piece]:
        heading = _HEADING.fullmatch(tag.name)
        if heading is None and tag.name not in ("ul", "ol", "table"):
            if tag.name in _BLOCKS:
                yield from self._flush()
            elif tag.name == "br":
                self.running.append(" ")
            yield from self.pieces(tag)
            return
        yield from self._flush()
        if heading:
            yield Piece("heading", _text(tag), int(heading[1]))
        elif tag.name == "table":
            rows = ([_text(cell) for cell in row.find_all(["th", "td"], recursive=False)] for row in _rows(tag))
            caption = tag.find("caption")
            if isinstance(caption, Tag):
                yield Piece("paragraph", _text(caption))
            if piece := table(rows):
                yield piece
        else:
            yield Piece("list", "\n".join(_items(tag, "")))

    def _flush(self) -> Iterator[Piece]:
        text = one_line("".join(self.running))
        self.running.clear()
        if text:
            yield Piece("paragraph", text)


def _left_out(tag: Tag) -> bool:
    if tag.name == "header" and tag.find_parent(["main", "article"]):
        return False  # an article's own header holds its heading
    return (
        tag.name in _LEFT_OUT
        or tag.get("role") in _ROLES_LEFT_OUT
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_INVISIBLE.search(str(tag.get("style", ""))))
        or _is_skip_link(tag)
    )


def _is_skip_link(tag: Tag) -> bool:
    """Whether it is a link past the navigation, which stands before all content (WCAG 2.4.1)."""
    return tag.name == "a" and tag.parent is not None and tag.parent.name == "body" and str(tag.get("href"))[:1] == "#"


def _text(tag: Tag, without: tuple[str, ...] = ()) -> str:
    return one_line("".join(_parts(tag, without)))


def _parts(tag: Tag, without: tuple[str, ...]) -> Iterator[str]:
    """Text inside an element; a space stands around what is not part of a running line."""
    for child in tag.children:
        if isinstance(child, NavigableString):
            if not isinstance(child, PreformattedString):
                yield str(child)
        elif isinstance(child, Tag) and child.name not in without and not _left_out(child):
            apart = "" if child.name in _INLINE else " "
            yield apart
            yield from _parts(child, without)
            yield apart


def _rows(tag: Tag) -> list[Tag]:
    """Rows of a table, not those of tables inside it."""
    return [row for row in tag.find_all("tr") if row.find_parent("table") is tag and not _left_out(row)]


def _items(tag: Tag, indent: str) -> Iterator[str]:
    for number, item in enumerate((i for i in tag.find_all("li", recursive=False) if not _left_out(i)), 1):
        if text := _text(item, without=("ul", "ol")):
            yield f"{indent}{f'{number}.' if tag.name == 'ol' else '-'} {text}"
        for inner in item.find_all(["ul", "ol"]):
            if inner.find_parent("li") is item:
                yield from _items(inner, indent + "  ")
