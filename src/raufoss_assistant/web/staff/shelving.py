"""Changes to the files of the corpus, none of which ever leaves half a file or loses an earlier edition at once."""

from __future__ import annotations

import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import yaml

from raufoss_assistant.documents import locate, scan
from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.files import SIDECAR, sidecar
from raufoss_assistant.documents.properties import parse_yaml
from raufoss_assistant.errors import DocumentError, RaufossError, UsageError, reason
from raufoss_assistant.settings import Settings

BIN = "papirkurv"
"""Folder among the data where deleted and replaced files lie for a while."""
DAYS_IN_BIN = 30


class Shelving:
    """Puts files into the corpus, replaces them, describes them and takes them out. What goes, lies in the bin a while.

    Paths are relative to the corpus, as everywhere.

    Example:
        >>> shelving = Shelving(settings)
        >>> shelving.put(Path("/tmp/lean.pdf"), "kurs/lean.pdf", {"date": "2026-02-06"})
        >>> shelving.delete("kurs/lean.pdf")
    """

    def __init__(self, settings: Settings) -> None:
        self._corpus = settings.corpus_dir
        self._bin = settings.data_dir / BIN
        self._lock = threading.RLock()

    def holds(self, path: str) -> bool:
        """Whether there is such a file."""
        try:
            return locate(self._corpus, path).is_file()
        except DocumentError:
            return False

    def put(self, file: Path, path: str, facts: Mapping[str, str], *, replace: bool = False) -> None:
        """Copy a file into the corpus, with what is said of it.

        Raises:
            UsageError: there is one already, and it is not to be replaced.
            RaufossError: the corpus or the bin cannot be written.
        """
        with self._lock, _told(path):
            present = self.holds(path)
            if present and not replace:
                raise UsageError(f"«{path}» finnes fra før. Kryss av for «Erstatt», eller gi filen et annet navn.")
            target = self._file(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            if present:
                self._keep(target)
            try:
                if facts:
                    self.describe(path, facts)
                _write(target, file)
            except BaseException:
                if not present:
                    target.with_name(target.name + SIDECAR).unlink(missing_ok=True)
                raise

    def describe(self, path: str, facts: Mapping[str, str]) -> None:
        """Write facts into the sidecar of a document; what else stands there stays, and an empty fact goes.

        Raises:
            UsageError: the sidecar there is cannot be read, so nothing is changed.
            RaufossError: it cannot be written.
        """
        with self._lock, _told(path):
            file = self._file(path)
            beside = sidecar(file)
            known: dict[str, object] = {}
            if beside:
                fields, problems = parse_yaml(decode(beside.read_bytes()), f"Følgefilen «{path}{SIDECAR}»")
                if problems:
                    raise UsageError(f"{problems[0]}. Rett den først; ingenting er endret.")
                known = dict(fields)
            known |= {**facts, "updated": date.today().isoformat()}
            filled = {name: value for name, value in known.items() if value}
            text = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=1000)
            _write(beside or file.with_name(file.name + SIDECAR), text)

    def delete(self, path: str) -> None:
        """Move a document and its sidecar to the bin.

        Raises:
            DocumentError: there is no such document.
            RaufossError: it cannot be moved.
        """
        with self._lock, _told(path):
            if path not in scan(self._corpus).files:
                raise DocumentError(f"«{path}» finnes ikke lenger. Last siden på nytt.")
            file = locate(self._corpus, path)
            self._keep(file)
            file.unlink()
            if beside := sidecar(file):
                beside.unlink()

    def _file(self, path: str) -> Path:
        """Where a document lies, or will lie."""
        return locate(self._corpus, path) if self.holds(path) else self._corpus / path

    def _keep(self, file: Path) -> None:
        """Lay a copy of a file and its sidecar into the bin, and empty the bin of what is old."""
        self._empty_bin()
        folder = self._bin / f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}" / file.parent.name
        folder.mkdir(parents=True)
        for each in (file, sidecar(file)):
            if each:
                shutil.copy2(each, folder / each.name)

    def _empty_bin(self) -> None:
        if not self._bin.is_dir():
            return
        for folder in self._bin.iterdir():
            if time.time() - folder.stat().st_mtime > DAYS_IN_BIN * 86400:
                shutil.rmtree(folder, ignore_errors=True)


def _write(target: Path, content: Path | str) -> None:
    """Write a file aside, under a name that indexing passes over, and put it in its place in one step."""
    aside = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}")
    try:
        if isinstance(content, Path):
            shutil.copyfile(content, aside)
        else:
            aside.write_text(content, "utf-8")
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Tell in Norwegian what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise RaufossError(f"«{path}» kunne ikke lagres: {reason(error)}. Ingenting er endret.") from error
