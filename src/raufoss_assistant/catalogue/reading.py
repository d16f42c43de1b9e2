"""What documents say of things: rows of overviews, tables of facts, and sections that tell of one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.catalogue.names import titled
from raufoss_assistant.catalogue.schema import Field, Schema, schema, schemas, tells_facts, unknown
from raufoss_assistant.catalogue.values import parse
from raufoss_assistant.model import Block, Document, Page, RecordType, Statement

_RULE = re.compile(r"[\s|:-]*-[\s|:-]*$")
_LABELLED = re.compile(r"([^\W\d_][^:\n]{1,40}): (?=\S)")
_CELL = re.compile(r"(?<!\\)\|")
_CLAUSE = re.compile(r"[^.,;()]+")
_OVERVIEW = 2
"""Columns that are fields of a type, beside the name, that make a table an overview of such things."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A thing named in a table, with what is said of it there.

    Attributes:
        type: what it is.
        name: as it is written.
        listed: whether it stands in an overview.
        statements: what is said.
    """

    type: RecordType
    name: str
    listed: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record that sections may tell of: its type, its number among the records, and what it may be called."""

    type: RecordType
    number: int
    aliases: tuple[str, ...]


def tabled(document: Document, *, outdated: bool) -> Iterator[Sighting]:
    """What the tables of a document name: a row a thing, or a table of facts a thing."""
    for page in document.pages:
        place = _Place(document, page, outdated)
        for block in page.blocks:
            if block.kind == "table" and (rows := list(_rows(page, block))):
                yield from _facts(rows, place) or _overview(rows, place)


def told(document: Document, subjects: Sequence[Subject], *, outdated: bool) -> list[tuple[int, Statement]]:
    """What the sections of a document say of things with a known name: the thing's number and a statement.

    A section belongs to the thing that its nearest heading names, else to those of the title; it tells of the field
    that a heading below names, or that its own first words name («Målgruppe: …»); the first section of a thing with
    neither tells what it is about, and others whatever else there is. A section that should hold a value of its field,
    does not, and does not say that it is missing either, is broken.
    """
    said: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    headings: list[tuple[int, str]] = []
    named: dict[str, list[Subject]] = {}
    for page in document.pages:
        place = _Place(document, page, outdated)
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.kind == "heading":
                headings = [each for each in headings if each[0] < block.level]
                headings.append((block.level, text))
            elif block.kind in ("paragraph", "list"):
                path = [document.properties.title, *(heading for _, heading in headings)]
                for heading in path:
                    if heading not in named:
                        named[heading] = [each for each in subjects if titled(heading, each.aliases)]
                for number, statement in _section(path, text, block.start, named, place):
                    said[number, statement.field].append(statement)
    for (_, field), statements in said.items():
        if _values(field) and not any(each.value or _missing(each.text) for each in statements):
            statements[0] = replace(statements[0], broken=True)
    return [(number, statement) for (number, _), statements in said.items() for statement in statements]


@dataclass(frozen=True, slots=True)
class _Place:
    document: Document
    page: Page
    outdated: bool

    def statement(self, field: Field, text: str, start: int, quote: str, *, cell: bool) -> Statement:
        """A statement of this page; a cell must hold a value of its field, if it has any, prose need not."""
        line = " ".join(text.split())
        value = parse(field.reads, " ".join(_known(line)))
        broken = cell and bool(field.reads) and value is None and not unknown().search(line)
        properties = self.document.properties
        return Statement(
            field.key,
            line,
            value,
            cell,
            broken,
            self.document.path,
            self.page.number,
            start,
            quote,
            properties,
            self.outdated,
        )


def _known(text: str) -> Iterable[str]:
    """The text without the clauses that say that something is not known."""
    if not unknown().search(text):
        return [text]
    return [clause for clause in _CLAUSE.findall(text) if not unknown().search(clause)]


def _missing(text: str) -> bool:
    """Whether the first sentence says that the value is not known."""
    return bool(unknown().search(text.partition(". ")[0]))


def _values(field: str) -> bool:
    """Whether a field of that key holds numbers, so that prose without any is broken."""
    return any(each.fields[field].reads in ("trl", "money", "duration") for each in schemas() if field in each.fields)


def _section(
    path: Sequence[str], text: str, start: int, named: Mapping[str, Sequence[Subject]], place: _Place
) -> Iterator[tuple[int, Statement]]:
    if re.match("eksempeldata", text, re.IGNORECASE):
        return
    depth = next((depth for depth in range(len(path) - 1, -1, -1) if named[path[depth]]), None)
    if depth is None:
        return
    for subject in named[path[depth]]:
        kinds = schema(subject.type)
        fields = next(filter(None, map(kinds.fields_called, reversed(path[depth + 1 :]))), [])
        label = _LABELLED.match(text)
        at = start
        if not fields and label and (fields := kinds.fields_called(label[1])):
            at += label.end()
        if not fields:
            first = len(path) == depth + 1 or (depth == 0 and len(path) == 2)
            fields = [kinds.fields["about" if first else "more"]]
        for paragraph in text[at - start :].split("\n\n"):
            made = [place.statement(field, paragraph, at, paragraph, cell=False) for field in fields]
            yield subject.number, next((each for each in made if each.value), made[0])
            at += len(paragraph) + 2


def _rows(page: Page, block: Block) -> Iterator[tuple[int, str, list[str]]]:
    """Offset, text and cells of each row of a table."""
    at = block.start
    for line in page.text[block.start : block.end].splitlines(keepends=True):
        row = line.strip()
        if row and not _RULE.match(row):
            inner = row.removeprefix("|").removesuffix("|") if row.startswith("|") else row
            yield at + line.index(row), row, [cell.strip().replace("\\|", "|") for cell in _CELL.split(inner)]
        at += len(line)


_Rows = Sequence[tuple[int, str, list[str]]]


def _facts(rows: _Rows, place: _Place) -> list[Sighting]:
    """The thing that a table of two columns tells facts of."""
    if len(rows[0][2]) != 2 or not tells_facts(rows[0][2][0]):
        return []
    pairs = [(at, row, cells[0], cells[1]) for at, row, cells in rows[1:] if len(cells) == 2]
    for kinds in schemas():
        named = next((pair for pair in pairs if kinds.names_things(pair[2])), None)
        if named is not None:
            said = [_said(kinds, label, cell, (at, row), place) for at, row, label, cell in pairs]
            at, row, label, name = named
            if unit := kinds.fields.get("unit"):
                said.append(place.statement(unit, label, at, row, cell=True))
            return [Sighting(kinds.type, name, listed=False, statements=tuple(filter(None, said)))]
    return []


def _overview(rows: _Rows, place: _Place) -> list[Sighting]:
    """The things that an overview names, a row each; where its first column names other things, those too."""
    header, found = rows[0][2], list[Sighting]()
    for kinds in schemas():
        name = next((column for column, cell in enumerate(header) if kinds.names_things(cell)), None)
        others = [cell for column, cell in enumerate(header) if column != name and cell.casefold() != "kode"]
        fields = sum(bool(kinds.fields_called(cell)) for cell in others) - (kinds.partial and _dated(kinds, others))
        if name is None or not fields or (found and name):
            continue
        for at, row, short in rows[1:]:
            cells = [*short, *[""] * (len(header) - len(short))]
            if len(cells) == len(header) and cells[name]:
                pairs = (pair for column, pair in enumerate(zip(header, cells, strict=True)) if column != name)
                said = (_said(kinds, label, cell, (at, row), place) for label, cell in pairs)
                found.append(Sighting(kinds.type, cells[name], fields >= _OVERVIEW, tuple(filter(None, said))))
    return found


def _dated(kinds: Schema, headers: Sequence[str]) -> bool:
    """Whether a column says when the others were so, which is nothing more told of a thing."""
    return any(field.key == "as_of" for header in headers for field in kinds.fields_called(header))


def _said(kinds: Schema, label: str, cell: str, row: tuple[int, str], place: _Place) -> Statement | None:
    fields = kinds.fields_called(label)
    return place.statement(fields[0], cell, *row, cell=True) if fields and cell else None
