"""The frozen dataclasses that cross rooms. They hold data only."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from raufoss_assistant.stages import Generation

Language = Literal["nb", "nn", "en"]
Status = Literal["answered", "not_found", "clarify"]
Role = Literal["user", "assistant"]
BlockKind = Literal["heading", "paragraph", "list", "table"]
FileStatus = Literal["added", "updated", "deleted", "unchanged", "failed"]
RecordType = Literal["course", "service", "funding", "organisation", "company", "equipment"]


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known about a document beside its text.

    Attributes:
        title: shown to users; from the front matter, else the first heading, else the file's name.
        kind: kind of document: klynge, kurs, katapult, finansiering, onboarding, or the top folder's name.
        owner: who answers for the content, or None.
        date: the day the facts were true, or None where unknown.
        updated: the day the document was last changed by its owner, or None.
        language: nb, nn or en.
        sources: addresses the facts come from.
        valid_from: first day the content applies, or None.
        valid_to: last day the content applies, or None.
        supersedes: corpus-relative path of the document this one replaces, or None.
        example: True where the content is made up to show what such a document looks like («Eksempeldata»).
    """

    title: str
    kind: str
    owner: str | None = None
    date: dt.date | None = None
    updated: dt.date | None = None
    language: Language = "nb"
    sources: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    supersedes: str | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A structural piece of a page's text: text[start:end].

    Attributes:
        kind: heading, paragraph, list (one or more items, a line each) or table (a row a line).
        start, end: offset of the first character in the page's text, and after the last.
        level: 1-6 for a heading, else 0.
        header: for a table, the text of its header row (verbatim in the page), else "".
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    header: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The extracted text of one page, slide or whole unpaged file, with its structure.

    Attributes:
        number: 1-based page or slide number, or None for formats without pages.
        text: NFC-normalised text; every quote must stand in it letter for letter.
        blocks: structure in order of position; together they cover all that is not blank.
        quality: share of the text that looks like language, 0..1; 0.0 for a page without text.
    """

    number: int | None
    text: str
    blocks: tuple[Block, ...] = ()
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus, read.

    Attributes:
        path: relative to the corpus, NFC, with forward slashes; the document's identity.
        sha256: hex digest of the file's bytes and of its sidecar's, if any.
        properties: title, kind, dates, …
        pages: at least one.
        warnings: Norwegian sentences on what was odd: a page without text, a field that could not be read.
    """

    path: str
    sha256: str
    properties: Properties
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of one document, never across a page or a heading.

    Attributes:
        id: hash of document path, position and text.
        document: path of the document.
        position: 0-based order within the document.
        page: page number, or None.
        heading: headings above the passage, outermost first.
        text: verbatim slice of the page's text.
        start, end: offset of the slice in the page's text, and after it.
        context: what is embedded and searched in front of the text: title, headings and, for a table cut
            by row, its header.
    """

    id: str
    document: str
    position: int
    page: int | None
    heading: tuple[str, ...]
    text: str
    start: int
    end: int
    context: str

    @property
    def searchable(self) -> str:
        """The text that is embedded and indexed."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of one passage for a question.

    Attributes:
        score: logit of «this passage answers»; comparable across questions.
        span: first character of the likeliest answer in the passage's text and the one after its last, or None where
            the passage's text was cut away.
        nowhere: chance, 0..1, that the answer's place is nowhere in the passage, by the heads that mark the place.
    """

    score: float
    span: tuple[int, int] | None
    nowhere: float

    @property
    def chance(self) -> float:
        """The score as a chance, 0..1."""
        return 1 / (1 + math.exp(-max(min(self.score, 30.0), -30.0)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query.

    Attributes:
        chunk: the passage.
        properties: those of its document.
        score: combined score on an absolute scale; higher is better.
        words: BM25 as a share of the query's ideal, about 0..1.
        cosine: cosine of query and passage vectors.
        reading: what the reader says of it, or None where it was not read.
    """

    chunk: Chunk
    properties: Properties
    score: float
    words: float
    cosine: float
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim stands.

    Attributes:
        n: the number shown as [n] in the answer.
        chunk: the passage quoted from.
        properties: those of its document.
        quote: stands letter for letter in the document's extracted text.
        span: the short answer inside the quote, or None.
        score: how well the quote answers, 0..1.
    """

    n: int
    chunk: Chunk
    properties: Properties
    quote: str
    span: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        text: as the user wrote it.
        meant: as it would be asked by itself.
        language: to answer in.
        named: as meant, with today's names for earlier ones and nicknames; "" where it has none of them.
        names: names in it.
    """

    text: str
    meant: str
    language: Language
    named: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What the text of a record's field means.

    Attributes:
        low, high: least and greatest number, in the field's unit (kroner, days, …, TRL, year); None where open.
        marks: what is no number: terms of the text, or how the numbers are meant («from», «upto», «all», …).
    """

    low: float | None = None
    high: float | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Statement:
    """What one place in the documents says of one field of a record.

    Attributes:
        field: key of the field, see `raufoss_assistant.catalogue.schema`.
        text: as it is written, on one line.
        value: what it means, or None where that is not known.
        cell: whether it stands in a table, which tells of one field alone, and not in prose.
        broken: True where it should have a value of its kind and does not («ring oss», «TRL 4-»).
        document: path of the document.
        page: page number, or None.
        start: offset of the quote in the page's text.
        quote: stands letter for letter there; for a table, the whole row.
        properties: those of the document.
        outdated: whether the document is superseded or has expired.
    """

    field: str
    text: str
    value: Value | None
    cell: bool
    broken: bool
    document: str
    page: int | None
    start: int
    quote: str
    properties: Properties
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A course, service, funding scheme, catapult, company or machine, with all that the documents say of it.

    Attributes:
        type: what it is.
        id: short name for programs, unique within its type.
        name: as the catalogue writes it.
        code: code of a course, or None.
        listed: whether it stands in an overview; False where only a page of its own tells of it.
        statements: of all its fields, the newest first, outdated ones last.

    Example:
        >>> record.said("price").text
        'Fra 25 000 kroner'
    """

    type: RecordType
    id: str
    name: str
    code: str | None
    listed: bool
    statements: tuple[Statement, ...]

    def __hash__(self) -> int:
        """By what is unique; to hash all statements would cost more than what is looked up by it."""
        return hash((self.type, self.id))

    def all(self, field: str) -> tuple[Statement, ...]:
        """What is said of a field, the newest first."""
        return tuple(each for each in self.statements if each.field == field)

    def said(self, field: str) -> Statement | None:
        """What holds for a field, or None: the newest in a table that is understood, else in a table, else in prose."""
        current = [each for each in self.all(field) if not each.outdated]
        cells = [each for each in current if each.cell]
        among = cells or current
        return next((each for each in among if each.value), among[0] if among else None)

    def told(self, field: str) -> str:
        """What holds for a field in words: of a table with a row for each item, all items; "" where nothing does."""
        said = self.said(field)
        if said is None:
            return ""
        rows = (each.text for each in self.all(field) if each.cell and each.document == said.document)
        return "; ".join(dict.fromkeys(rows)) if said.cell else said.text

    def value(self, field: str) -> Value | None:
        """What holds for a field, understood, or None."""
        statement = self.said(field)
        return statement.value if statement else None

    @property
    def example(self) -> bool:
        """Whether it is made up to show what such a record looks like («Eksempeldata»)."""
        return any(each.properties.example for each in self.statements)


@dataclass(frozen=True, slots=True)
class Answer:
    """The assistant's answer to one question.

    Attributes:
        question: as the user wrote it.
        search_query: what was searched for.
        status: answered, not_found or clarify.
        text: Markdown with [1], [2] …
        language: language of the assistant's own words.
        responder: extractive or generative.
        confidence: 0..1, calibrated chance that the documents answer the question.
        citations: in the order of their numbers; with status not_found, empty.
        nearest: the nearest passages, best first; shown where nothing answers.
        records: what a list, a count, a comparison or a match is about, in the order of the answer.
        filters: what the list was narrowed by, as shown to the reader.
        choices: with status clarify, what the question may mean, each a question of its own.
        timings_ms: milliseconds per stage.
        generation: what a language model's reply came to; None where none was asked.
    """

    question: str
    search_query: str
    status: Status
    text: str
    language: Language
    responder: Literal["extractive", "generative"]
    confidence: float
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    records: tuple[Record, ...] = ()
    filters: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    generation: Generation | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file while indexing.

    Attributes:
        path: relative to the corpus.
        status: what was done with it.
        pages, chunks: number of pages, of passages.
        error: what is wrong with the file, Norwegian, or None.
        unread: fields of records in it that should hold a value and do not, a Norwegian line each.
    """

    path: str
    status: FileStatus
    pages: int
    chunks: int
    error: str | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing did: a report per file, passages now in the index, how many were embedded, seconds."""

    files: tuple[FileReport, ...]
    chunks: int
    embedded: int
    seconds: float

    def count(self, status: FileStatus) -> int:
        """Number of files with that status."""
        return sum(report.status == status for report in self.files)
