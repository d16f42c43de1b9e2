"""Vectors already computed, so that no text is embedded twice and an interrupted indexing loses little."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class VectorCache:
    """Unit vectors by model and text hash, in one SQLite file. It keeps no text.

    Example:
        >>> cache = VectorCache(tmp_path / "vectors.sqlite", "e5-small")
        >>> cache.put(["en tekst"], np.ones((1, 2), dtype=np.float32))
        >>> sorted(cache.get(["en tekst", "en annen"]))
        ['en tekst']
    """

    def __init__(self, file: Path, model: str) -> None:
        self._model = model
        self._db = sqlite3.connect(file)
        self._db.execute("CREATE TABLE IF NOT EXISTS vector (key TEXT PRIMARY KEY, value BLOB NOT NULL)")

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._model}\0{text}".encode()).hexdigest()

    def get(self, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors known, by text."""
        found = {}
        for text in texts:
            row = self._db.execute("SELECT value FROM vector WHERE key = ?", (self._key(text),)).fetchone()
            if row:
                found[text] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def put(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Keep the vectors; what is written here survives a crash."""
        rows = [(self._key(text), vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget all vectors but those of these texts."""
        with self._db:
            self._db.execute("CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY)")
            self._db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((self._key(text),) for text in texts))
            self._db.execute("DELETE FROM vector WHERE key NOT IN (SELECT key FROM wanted)")
            self._db.execute("DROP TABLE wanted")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
