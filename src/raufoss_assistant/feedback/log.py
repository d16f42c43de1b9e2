"""Feedback on disk: one SQLite file beside the index, that no indexing touches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from raufoss_assistant.errors import RaufossError, UsageError, reason
from raufoss_assistant.feedback.masking import masked
from raufoss_assistant.feedback.model import Entry, Exchange, Importance, Opinion, Source, State
from raufoss_assistant.model import Turn

FILE = "feedback.sqlite"
LONGEST_TEXT = 2000
"""Characters kept of what a visitor writes in one field."""
_VERSION = 1
_PATIENCE = 10.0
"""Seconds to wait while another process writes."""
_SCHEMA = f"""
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, rating TEXT NOT NULL, reasons TEXT NOT NULL,
    comment TEXT NOT NULL, expected TEXT NOT NULL, question TEXT NOT NULL, search_query TEXT NOT NULL,
    history TEXT NOT NULL, status TEXT NOT NULL, answer TEXT NOT NULL, language TEXT NOT NULL, confidence REAL NOT NULL,
    sources TEXT NOT NULL, generation TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL, importance TEXT,
    cause TEXT, note TEXT);
PRAGMA user_version = {_VERSION};
"""


class FeedbackLog:
    """The opinions stored so far. Safe to share between threads and processes: each call opens the file for itself.

    Every method raises RaufossError where the file is damaged, of a newer version or out of reach; such a file is left
    as it is. The file is made with the first opinion.

    Example:
        >>> log = FeedbackLog(Path("data"))
        >>> log.entry(log.add(exchange, Opinion("down", ("wrong",)))).state
        'ny'
    """

    def __init__(self, data_dir: Path) -> None:
        self.file = data_dir / FILE

    def add(self, exchange: Exchange, opinion: Opinion) -> int:
        """Store an opinion, personal data masked in all that the visitor wrote; returns its number."""
        exchange = replace(
            exchange,
            question=masked(exchange.question),
            search_query=masked(exchange.search_query),
            history=tuple(Turn(turn.role, masked(turn.content)) for turn in exchange.history),
        )
        values = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "rating": opinion.rating,
            "reasons": _json(opinion.reasons),
            "comment": masked(opinion.comment[:LONGEST_TEXT]).strip(),
            "expected": masked(opinion.expected[:LONGEST_TEXT]).strip(),
            "question": exchange.question,
            "search_query": exchange.search_query,
            "history": _json([asdict(turn) for turn in exchange.history]),
            "status": exchange.status,
            "answer": exchange.text,
            "language": exchange.language,
            "confidence": exchange.confidence,
            "sources": _json([asdict(source) for source in exchange.sources]),
            "generation": exchange.index,
            "model": exchange.model,
            "state": "ny",
        }
        places = ", ".join(f":{name}" for name in values)
        statement = f"INSERT INTO feedback ({', '.join(values)}) VALUES ({places})"  # noqa: S608 - our own names
        with self._open(write=True) as db:
            return int(db.execute(statement, values).lastrowid or 0)

    def entries(self) -> list[Entry]:
        """All of them, oldest first; none where nothing has been stored."""
        return self._entries("SELECT * FROM feedback ORDER BY id")

    def entry(self, id_: int) -> Entry:
        """The one with that number.

        Raises:
            UsageError: there is none.
        """
        for entry in self._entries("SELECT * FROM feedback WHERE id = ?", id_):
            return entry
        raise UsageError(f"Det finnes ingen tilbakemelding med nummer {id_}. «raufoss feedback --all» viser alle.")

    def mark(
        self,
        id_: int,
        *,
        state: State | None = None,
        importance: Importance | None = None,
        cause: str | None = None,
        note: str | None = None,
    ) -> Entry:
        """Set what staff made of it, where given; returns the entry as it is now.

        Raises:
            UsageError: there is none with that number.
        """
        self.entry(id_)
        values = (state, importance, cause, note, id_)
        with self._open(write=True) as db:
            db.execute(
                "UPDATE feedback SET state = coalesce(?, state), importance = coalesce(?, importance),"
                " cause = coalesce(?, cause), note = coalesce(?, note) WHERE id = ?",
                values,
            )
        return self.entry(id_)

    def delete(self, id_: int) -> None:
        """Remove it for good, so that what it held is overwritten in the file; nothing where it is gone already."""
        if self.file.exists():
            with self._open(write=True) as db:
                db.execute("DELETE FROM feedback WHERE id = ?", (id_,))

    def _entries(self, query: str, *values: int) -> list[Entry]:
        if not self.file.exists():
            return []
        with self._open() as db:
            return [_entry(row) for row in db.execute(query, values)]

    @contextmanager
    def _open(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """The file, checked; what is written in the block is kept where the block ends well."""
        try:
            if write and not self.file.exists():
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.touch(mode=0o600)
            with closing(sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)) as db:
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA secure_delete = ON")
                db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                self._check(db)
                yield db
                db.commit()
        except sqlite3.OperationalError as error:
            raise RaufossError(f"Kommer ikke til tilbakemeldingene i {self.file}: {_cause(error)}") from error
        except sqlite3.DatabaseError as error:
            raise self._damaged() from error
        except OSError as error:
            raise RaufossError(f"Kan ikke skrive {self.file}: {reason(error)}.") from error

    def _check(self, db: sqlite3.Connection) -> None:
        if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version == 0 and not tables:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
        elif version > _VERSION:
            raise RaufossError(f"{self.file} er laget av en nyere utgave av programmet. Oppdater programmet.")
        elif version != _VERSION:
            raise self._damaged()

    def _damaged(self) -> RaufossError:
        return RaufossError(
            f"Fila med tilbakemeldinger, {self.file}, er skadet eller er noe annet enn den skal være. "
            "Den er ikke rørt. Legg en sikkerhetskopi i stedet, eller flytt den bort, så lages en ny."
        )


def _cause(error: sqlite3.OperationalError) -> str:
    if "locked" in str(error):
        return "en annen prosess skriver der. Prøv igjen om litt."
    return "mappa og fila må kunne leses og skrives, og disken må ha plass."


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        time=datetime.fromisoformat(row["time"]),
        exchange=Exchange(
            question=row["question"],
            search_query=row["search_query"],
            history=tuple(Turn(**turn) for turn in json.loads(row["history"])),
            status=row["status"],
            text=row["answer"],
            language=row["language"],
            confidence=row["confidence"],
            sources=tuple(Source(**source) for source in json.loads(row["sources"])),
            index=row["generation"],
            model=row["model"],
        ),
        opinion=Opinion(row["rating"], tuple(json.loads(row["reasons"])), row["comment"], row["expected"]),
        state=row["state"],
        importance=row["importance"],
        cause=row["cause"],
        note=row["note"],
    )
