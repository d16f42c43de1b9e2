"""The index on disk: generations side by side, one of them current, swapped in one step."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, ReadWriteLock, Timeout

from raufoss_assistant.errors import IndexBusyError, IndexUnavailableError, reason
from raufoss_assistant.index.encoder import EncoderIdentity
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.index.vectors import VectorStore
from raufoss_assistant.index.words import WordIndex

FORMAT = "3"
_POINTER = "current"
_READERS = "readers.db"
_REBUILD = "Kjør «raufoss index» for å bygge den på nytt."


class Index:
    """A generation of the index, open for reading: manifest, vectors and words that belong together.

    Example:
        >>> index = Index.open(Path("data"), encoder.identity)
        >>> index.words.shares("kurs i sveising").shape == (index.manifest.size(),)
        True
    """

    def __init__(self, folder: Path, lock: ReadWriteLock) -> None:
        self.folder = folder
        self._lock = lock
        self.manifest = Manifest.open(folder / "manifest.sqlite")
        self.ids = self.manifest.ids()
        self.rows = {id_: row for row, id_ in enumerate(self.ids)}
        self.properties = self.manifest.properties()
        self.words = WordIndex.load(folder / "words", len(self.ids))
        self.vectors = VectorStore.open(folder / "vectors")
        if self.vectors.count() != len(self.ids):
            raise IndexUnavailableError(f"Indeksen er skadet: vektorer og utdrag stemmer ikke overens. {_REBUILD}")

    @classmethod
    def open(cls, data_dir: Path, identity: EncoderIdentity) -> Index:
        """Open the current generation.

        Raises:
            IndexUnavailableError: there is none, it is damaged, or it was made with another embedding model.
        """
        folder = current_generation(data_dir)
        if folder is None:
            raise IndexUnavailableError("Det finnes ingen indeks ennå. Kjør «raufoss index» først.")
        check_identity(folder, identity)
        try:
            lock = ReadWriteLock(folder / _READERS, is_singleton=False)
            lock.acquire_read()
        except (OSError, sqlite3.Error) as error:
            raise IndexUnavailableError(f"Kan ikke åpne indeksen i {data_dir}: mappa må kunne skrives i.") from error
        try:
            return cls(folder, lock)
        except IndexUnavailableError:
            lock.close()
            raise
        except Exception as error:
            lock.close()
            raise IndexUnavailableError(f"Indeksen er skadet ({type(error).__name__}). {_REBUILD}") from error

    def is_current(self) -> bool:
        """Whether no newer generation has been swapped in."""
        return current_generation(self.folder.parent.parent) == self.folder

    def close(self) -> None:
        """Let go of the generation, so that it can be removed once it is no longer current."""
        self.vectors.close()
        self.manifest.close()
        self._lock.close()  # ends the hold from any thread; release would be for the one that took it


def generations_dir(data_dir: Path) -> Path:
    """Folder that holds the generations."""
    return data_dir / "index"


def vector_cache(data_dir: Path) -> Path:
    """File with the vectors of all texts of the current generation, and of the records read from it."""
    return generations_dir(data_dir) / "vectors.sqlite"


def current_generation(data_dir: Path) -> Path | None:
    """Folder of the current generation, or None where nothing is indexed."""
    try:
        name = (generations_dir(data_dir) / _POINTER).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    folder = generations_dir(data_dir) / name
    return folder if name and folder.is_dir() else None


def check_identity(folder: Path, identity: EncoderIdentity) -> None:
    """Raise IndexUnavailableError where the generation was made by another model or an older layout."""
    manifest = Manifest.open(folder / "manifest.sqlite")
    try:
        meta = manifest.meta()
    finally:
        manifest.close()
    if meta.get("format") != FORMAT:
        raise IndexUnavailableError(f"Indeksen er laget av en annen utgave av programmet. {_REBUILD}")
    if meta.get("model") != str(identity):
        raise IndexUnavailableError(
            f"Indeksen er laget med modellen {meta.get('model')}, men {identity} er valgt. {_REBUILD}"
        )


def publish(data_dir: Path, folder: Path) -> None:
    """Make a finished generation the current one, in one step that survives a crash."""
    pointer = generations_dir(data_dir) / _POINTER
    draft = pointer.with_suffix(".new")
    with draft.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(pointer)


def remove_unused(data_dir: Path) -> None:
    """Delete every generation that is neither current nor open in some process; to be called by the writer."""
    current = current_generation(data_dir)
    for folder in generations_dir(data_dir).iterdir():
        if folder.is_dir() and folder != current and not _in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def tidy(data_dir: Path) -> None:
    """Delete what no process uses any more, unless someone is writing; for a reader that moved on."""
    with suppress(IndexBusyError, IndexUnavailableError), writer(data_dir):
        remove_unused(data_dir)


def _in_use(folder: Path) -> bool:
    lock = ReadWriteLock(folder / _READERS, blocking=False, is_singleton=False)
    try:
        lock.acquire_write()
    except Timeout:
        return True
    except (OSError, sqlite3.Error):
        return False
    else:
        lock.release()
        return False
    finally:
        lock.close()


@contextmanager
def writer(data_dir: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold the right to write the index; who does not get it within `patience` seconds is refused.

    Raises:
        IndexBusyError: another process holds it.
        IndexUnavailableError: the folder cannot be written.
    """
    folder = generations_dir(data_dir)
    holder = folder / "writer.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "writer.lock", timeout=patience)
        lock.acquire()
    except Timeout as error:
        since = holder.read_text("utf-8") if holder.exists() else "ukjent prosess"
        raise IndexBusyError(f"En annen indeksering er i gang ({since}). Vent til den er ferdig.") from error
    except OSError as error:
        raise IndexUnavailableError(
            f"Kan ikke skrive i {data_dir}: {reason(error)}. Velg en annen mappe med --data."
        ) from error
    try:
        holder.write_text(f"prosess {os.getpid()}, startet kl. {datetime.now():%H.%M}", "utf-8")
        yield
    finally:
        lock.release()
