"""A source: front matter and a plain Markdown body, read and checked."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

FORMATS = ("pdf", "docx", "html", "pptx", "xlsx")
LAYOUTS = ("brochure", "catalogue", "report", "notice")
SIDECAR_KEYS = {  # in the order in which they are written
    "title": str,
    "kind": str,
    "owner": str,
    "date": date,
    "updated": date,
    "language": str,
    "sources": list,
    "valid_from": date,
    "valid_to": date,
    "supersedes": str,
    "eksempel": bool,
}
MAKER_KEYS = {"format": str, "layout": str, "encoding": str}
REQUIRED = ("title", "kind", "owner", "date", "updated", "language", "format")
CHOICES = {
    "format": FORMATS,
    "layout": LAYOUTS,
    "language": ("nb", "nn", "en"),
    "encoding": ("utf-8", "windows-1252"),
}
NORWEGIAN_MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)

_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:,\d+)?(?:[ \u00a0]?%)?")
_CAPTION = re.compile(r"(Tabell|Table) \d+\b")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


class SourceError(Exception):
    """A source that cannot be made into a document; says which file, which key or line, and why."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its depth (0 = outermost) and text."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items, numbered or not."""

    items: tuple[Item, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table: header row, rows of the same length, and the paragraph «Tabell 1: …» that stands above it, if any."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def column(self, index: int) -> list[str]:
        """The cells of a column, without its header."""
        return [row[index] for row in self.rows]

    def shares(self) -> list[float]:
        """The columns' shares of the width, by the length of their cells; they add up to 1."""
        weights = []
        for number, header in enumerate(self.header):
            lengths = [len(header), *map(len, self.column(number))]
            weights.append((max(12, *lengths) + sum(lengths) / len(lengths)) ** 0.5)
        return [weight / sum(weights) for weight in weights]

    def numeric(self, index: int) -> bool:
        """True where all cells of a column that hold something are amounts: numbers that are not years."""
        cells = [cell for cell in self.column(index) if cell not in ("", "–", "-")]
        years = all(re.fullmatch("(19|20)[0-9]{2}", cell) for cell in cells)
        return not years and all(_NUMBER.fullmatch(cell) for cell in cells)


Block = Heading | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a level 2 heading; the first one of a body may have no title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be made.

    Attributes:
        name: folder and name without suffix, e.g. klynge/om-klyngen.
        meta: the front matter.
        title: the body's level 1 heading, else the title of the front matter.
        lead: the paragraphs before the first section.
        blocks: all of the body after title and lead.
    """

    name: str
    meta: dict[str, Any]
    title: str
    lead: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]

    @property
    def output(self) -> str:
        """Path of the document, relative to the corpus."""
        return f"{self.name}.{self.meta['format']}"

    @property
    def example(self) -> bool:
        """True where the document is made up."""
        return bool(self.meta.get("eksempel"))

    @property
    def sidecar(self) -> bytes:
        """The front matter as YAML, without the keys that only concern the making."""
        kept = {key: self.meta[key] for key in SIDECAR_KEYS if key in self.meta}
        return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000).encode()

    def sections(self) -> list[Section]:
        """The blocks, cut at each level 2 heading."""
        sections: list[Section] = []
        title, blocks = "", list[Block]()
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 2:
                sections.append(Section(title, tuple(blocks)))
                title, blocks = block.text, []
            else:
                blocks.append(block)
        sections.append(Section(title, tuple(blocks)))
        return [section for section in sections if section.title or section.blocks]


def read(path: Path, root: Path) -> Source:
    """Read and check the source at path.

    Raises:
        SourceError: the front matter or the body is not as it should be.
    """
    name = path.relative_to(root).with_suffix("").as_posix()
    if not path.is_file():
        raise SourceError(f"{name}.md: no such source")
    match = _FRONT_MATTER.fullmatch(path.read_text(encoding="utf-8"))
    if not match:
        raise SourceError(f"{name}.md: no front matter between --- lines")
    try:
        meta = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise SourceError(f"{name}.md: front matter is not YAML: {error}") from error
    _check(name, meta)
    try:
        blocks = tuple(_captioned(_blocks(SyntaxTreeNode(_MARKDOWN.parse(match[2])))))
    except ValueError as error:
        raise SourceError(f"{name}.md: {error} of the body") from error
    title = meta["title"]
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
        title, blocks = blocks[0].text, blocks[1:]
    if any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        raise SourceError(f"{name}.md: more than one level 1 heading, or one that is not first")
    lead: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        lead.append(block)
    return Source(name, meta, title, tuple(lead), blocks[len(lead) :])


def value(text: str) -> float:
    """The number that a text, written the Norwegian way, consists of; a per cent sign is ignored."""
    return float(re.sub(r"[^\d,-]", "", text.replace("−", "-")).replace(",", "."))


def spoken_date(day: date, language: str) -> str:
    """The day as a reader writes it; 1 January stands for a year whose day is unknown."""
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    if language == "en":
        return f"{day.day} {calendar.month_name[day.month]} {day.year}"
    return f"{day.day}. {NORWEGIAN_MONTHS[day.month - 1]} {day.year}"


def _check(name: str, meta: Any) -> None:
    def require(condition: bool, key: str, why: str) -> None:
        if not condition:
            raise SourceError(f"{name}.md: {key}: {why}")

    require(isinstance(meta, dict), "front matter", "not a mapping")
    for key in REQUIRED:
        require(key in meta, key, "missing")
    known = SIDECAR_KEYS | MAKER_KEYS
    for key, content in meta.items():
        require(key in known, key, "unknown key")
        require(type(content) is known[key], key, f"{content!r} is not of type {known[key].__name__}")
        if key in CHOICES:
            require(content in CHOICES[key], key, f"{content!r} is none of {', '.join(CHOICES[key])}")
    folder = Path(name).parent.name
    require(meta["kind"] == folder, "kind", f"{meta['kind']!r} is not the folder, {folder!r}")
    require(("layout" in meta) == (meta["format"] == "pdf"), "layout", "is for pdf, and pdf only")
    require("encoding" not in meta or meta["format"] == "html", "encoding", "is for html only")
    require(bool(meta.get("sources")) or meta.get("eksempel", False), "sources", "missing")
    for source in meta.get("sources", []):
        require(str(source).startswith(("https://", "http://")), "sources", f"{source!r} is no address")


def _blocks(tree: SyntaxTreeNode) -> Iterator[Block]:
    for node in tree.children:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1]), _text(node))
            case "paragraph":
                yield Paragraph(_text(node))
            case "bullet_list":
                yield Listing(tuple(_items(node)), ordered=False)
            case "ordered_list" if len(node.children) == 1:  # a paragraph that begins with a date
                yield Paragraph(f"{node.children[0].info}{node.markup} {_text(node)}")
            case "ordered_list":
                yield Listing(tuple(_items(node)), ordered=True)
            case "table":
                header, *rows = (tuple(map(_text, row.children)) for part in node.children for row in part.children)
                yield Table(header, tuple(rows))
            case other:
                raise ValueError(f"{other} is not plain Markdown, line {(node.map or (0, 0))[0] + 1}")


def _captioned(blocks: Iterator[Block]) -> Iterator[Block]:
    """Move the paragraphs that are captions into the tables below them."""
    waiting: Paragraph | None = None
    for block in blocks:
        if waiting and isinstance(block, Table):
            yield replace(block, caption=waiting.text)
        elif waiting:
            yield from (waiting, block)
        elif not (isinstance(block, Paragraph) and _CAPTION.match(block.text)):
            yield block
        waiting = block if not waiting and isinstance(block, Paragraph) and _CAPTION.match(block.text) else None
    if waiting:
        yield waiting


def _items(node: SyntaxTreeNode, depth: int = 0) -> Iterator[Item]:
    for item in node.children:
        yield Item(depth, " ".join(_text(child) for child in item.children if child.type == "paragraph"))
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                yield from _items(child, depth + 1)
            elif child.type != "paragraph":
                raise ValueError(f"{child.type} in a list, line {(child.map or (0, 0))[0] + 1}")


def _text(node: SyntaxTreeNode) -> str:
    """The text of a node without its markup."""
    if not node.children:
        return " " if node.type in ("softbreak", "hardbreak") else node.content
    return "".join(_text(child) for child in node.children)
