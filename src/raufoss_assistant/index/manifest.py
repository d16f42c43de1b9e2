"""The manifest: which documents and passages an index holds, in one SQLite file beside the vectors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from raufoss_assistant.errors import IndexUnavailableError
from raufoss_assistant.model import Block, Chunk, Document, Page, Properties

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE chunk (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, position INTEGER NOT NULL, page INTEGER,
    heading TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, context TEXT NOT NULL);
CREATE INDEX chunk_document ON chunk (document, position);
CREATE TABLE document (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, properties TEXT NOT NULL, pages TEXT NOT NULL, warnings TEXT NOT NULL);
"""
_DATES = ("date", "updated", "valid_from", "valid_to")
_COLUMNS = "id, document, position, page, heading, text, start, end, context"


class Manifest:
    """Documents with their extracted text, and passages by row; a document's row is written after its passages.

    Rows number the passages from 0 in the order they were added: the same order as in the word index.

    Example:
        >>> manifest = Manifest.create(tmp_path / "manifest.sqlite", {"model": "e5-small"})
        >>> manifest.add(document, chunks)
        >>> manifest.commit()
        >>> manifest.chunks([0])[0].document
        'klynge/om.md'
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def create(cls, file: Path, meta: dict[str, str]) -> Manifest:
        """A new manifest; meta is kept as it is (model identity, versions)."""
        connection = sqlite3.connect(file)
        connection.executescript(_SCHEMA)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        return cls(connection)

    @classmethod
    def open(cls, file: Path) -> Manifest:
        """Open for reading, from any thread.

        Raises:
            IndexUnavailableError: the file is missing or is no manifest.
        """
        try:
            connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            connection.execute("SELECT 1 FROM document LIMIT 1")
        except sqlite3.Error as error:
            raise IndexUnavailableError("Indeksen er skadet. Kjør «raufoss index» for å bygge den på nytt.") from error
        return cls(connection)

    def add(self, document: Document, chunks: Sequence[Chunk]) -> None:
        """Append a document's passages, then the document itself."""
        first = self.size()
        self._db.executemany(
            f"INSERT INTO chunk (row, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            [
                (
                    first + i,
                    c.id,
                    c.document,
                    c.position,
                    c.page,
                    json.dumps(c.heading),
                    c.text,
                    c.start,
                    c.end,
                    c.context,
                )
                for i, c in enumerate(chunks)
            ],
        )
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?)",
            (
                document.path,
                document.sha256,
                json.dumps(asdict(document.properties), default=str),
                json.dumps([asdict(page) for page in document.pages]),
                json.dumps(document.warnings),
            ),
        )

    def commit(self) -> None:
        """Make what was added last."""
        self._db.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def meta(self) -> dict[str, str]:
        """What was given to `create`."""
        return dict(self._db.execute("SELECT key, value FROM meta"))

    def size(self) -> int:
        """Number of passages."""
        return int(self._db.execute("SELECT count(*) FROM chunk").fetchone()[0])

    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each document by its path."""
        return dict(self._db.execute("SELECT path, sha256 FROM document"))

    def document(self, path: str) -> Document | None:
        """The document with its extracted text, or None."""
        row = self._db.execute("SELECT * FROM document WHERE path = ?", (path,)).fetchone()
        return _document(row) if row else None

    def documents(self) -> Iterator[Document]:
        """All documents by path."""
        return map(_document, self._db.execute("SELECT * FROM document ORDER BY path"))

    def properties(self) -> dict[str, Properties]:
        """Properties of each document by its path."""
        rows = self._db.execute("SELECT path, properties FROM document")
        return {path: _properties(properties) for path, properties in rows}

    def ids(self) -> list[str]:
        """Passage ids by row."""
        return [row[0] for row in self._db.execute("SELECT id FROM chunk ORDER BY row")]

    def chunks(self, rows: Iterable[int]) -> list[Chunk]:
        """The passages in those rows, in the order asked."""
        query = f"SELECT {_COLUMNS} FROM chunk WHERE row = ?"  # noqa: S608
        return [_chunk(self._db.execute(query, (row,)).fetchone()) for row in rows]

    def chunks_of(self, path: str) -> list[Chunk]:
        """A document's passages in order."""
        query = f"SELECT {_COLUMNS} FROM chunk WHERE document = ? ORDER BY position"  # noqa: S608
        return [_chunk(row) for row in self._db.execute(query, (path,))]


def _chunk(row: tuple[str, str, int, int | None, str, str, int, int, str]) -> Chunk:
    id_, document, position, page, heading, text, start, end, context = row
    return Chunk(id_, document, position, page, tuple(json.loads(heading)), text, start, end, context)


def _properties(raw: str) -> Properties:
    values = json.loads(raw)
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Properties(**{**values, "sources": tuple(values["sources"])})


def _document(row: tuple[str, str, str, str, str]) -> Document:
    path, sha256, properties, pages, warnings = row
    return Document(
        path=path,
        sha256=sha256,
        properties=_properties(properties),
        pages=tuple(_page(page) for page in json.loads(pages)),
        warnings=tuple(json.loads(warnings)),
    )


def _page(values: dict[str, object]) -> Page:
    blocks = tuple(Block(**block) for block in values.pop("blocks"))  # type: ignore[attr-defined]
    return Page(**values, blocks=blocks)  # type: ignore[arg-type]
