"""Records as tables in Markdown, each row with the numbers of its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from raufoss_assistant.answering.citations import stands
from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Citation, Language, Record, RecordType, Statement
from raufoss_assistant.norwegian.sentences import sentences

_LONGEST_CELL = 160
_UNKNOWN = {"nb": "ikke oppgitt", "nn": "ikkje oppgjeve", "en": "not stated"}


class Sources:
    """The citations of an answer while it is written; each place in the documents has one number.

    Example:
        >>> sources = Sources(manifest)
        >>> sources.cite(record.said("price"), "25 000 kroner")
        1
    """

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._numbers: dict[tuple[str, int | None, int], int] = {}
        self.citations: list[Citation] = []

    def cite(self, statement: Statement, span: str | None = None) -> int | None:
        """The number of a statement's citation; None where its quote does not stand in the document."""
        place = (statement.document, statement.page, statement.start)
        if place not in self._numbers:
            made = self._citation(statement, span)
            if made is None:
                return None
            self._numbers[place] = made.n
            self.citations.append(made)
        return self._numbers[place]

    def _citation(self, statement: Statement, span: str | None) -> Citation | None:
        chunks = self._manifest.chunks_of(statement.document)
        holding = (each for each in chunks if each.page == statement.page and each.start <= statement.start < each.end)
        chunk = next(holding, None)
        if chunk is None:
            return None
        at = statement.start - chunk.start
        quote = chunk.text[at : at + len(statement.quote)]
        if not stands(quote, chunk, self._manifest):
            return None
        short = span if span and span in quote and span != quote else None
        return Citation(len(self.citations) + 1, chunk, statement.properties, quote, short, 1.0)

    def marks(self, statements: Sequence[Statement | None]) -> str:
        """The numbers of several statements, as « [1] [2]»."""
        numbers = dict.fromkeys(self.cite(each, brief(each)) for each in statements if each is not None)
        return "".join(f" [{n}]" for n in numbers if n is not None)


def listed(records: Sequence[Record], fields: Sequence[str], sources: Sources, language: Language) -> str:
    """A table with a row for each record: its name, the fields, and where they stand."""
    kinds = schema(records[0].type)
    labels = [kinds.fields[field].label[language] for field in fields]
    rows = [[kinds.nouns[language][0].capitalize(), *labels]]
    for record in records:
        statements = [record.said(field) for field in fields]
        about = next(filter(None, statements), record.statements[0])
        cells = [cell(record, field, language) for field in fields]
        cited = [each for field in fields for each in told(record, field)]
        rows.append([f"{_safe(record.name)}{sources.marks(cited) or sources.marks([about])}", *cells])
    return _table(rows)


def compared(records: Sequence[Record], fields: Sequence[str], sources: Sources, language: Language) -> str:
    """A table with a column for each record and a row for each field, each cell with where it stands."""
    kinds = schema(records[0].type)
    rows = [["", *(_safe(record.name) for record in records)]]
    for field in fields:
        said = [record.said(field) for record in records]
        cells = [
            f"{cell(record, field, language)}{sources.marks([each])}"
            for record, each in zip(records, said, strict=True)
        ]
        rows.append([kinds.fields[field].label[language], *cells])
    return _table(rows)


def told(record: Record, field: str) -> list[Statement]:
    """What holds for a field, and what other tables say of it that differs, newest first; empty where nothing is."""
    statement = record.said(field)
    if statement is None:
        return []
    value = statement.value
    others = [
        other
        for other in record.all(field)
        if other.cell
        and not other.outdated
        and other.value
        and value
        and (other.value.low, other.value.high) != (value.low, value.high)
    ]
    return [statement, *others]


def cell(record: Record, field: str, language: Language) -> str:
    """What a record says of a field, short; where current tables differ, all that they say, newest first."""
    statement = record.said(field)
    if statement is None or not tells(statement, record.type):
        return _UNKNOWN[language]
    return "; ".join(dict.fromkeys(_safe(brief(each)) for each in told(record, field)))


def tells(statement: Statement, type_: RecordType) -> bool:
    """Whether a statement has a value, or a text that still tells the reader something («Pris etter tilbud»)."""
    if statement.value is not None or not schema(type_).fields[statement.field].reads:
        return True
    return not re.search(r"ikke oppgitt|ikkje oppgje|not stated|ikke tatt med", statement.text, re.IGNORECASE)


def brief(statement: Statement) -> str:
    """What a statement says: a cell whole, of prose the first sentence, cut where it is long."""
    start, end = (sentences(statement.text) or [(0, 0)])[0]
    text = statement.text if statement.cell else statement.text[start:end].removesuffix(".").removeprefix("- ")
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1].rsplit(" ", 1)[0] + " …"


def _safe(text: str) -> str:
    return literal(text).replace("|", "\\|")


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
