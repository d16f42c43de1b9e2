"""Uploaded files: what they may be called, and whether they can be read, before they come near the corpus."""

from __future__ import annotations

import re
import shutil
import time
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import Extract
from raufoss_assistant.documents.files import LOADERS
from raufoss_assistant.documents.properties import properties
from raufoss_assistant.errors import DocumentError, UsageError, reason
from raufoss_assistant.model import Document
from raufoss_assistant.settings import Settings

FIELDS = {
    "title": "Tittel",
    "date": "Dato",
    "owner": "Eier",
    "valid_to": "Siste gyldige dag",
    "supersedes": "Avløser",
    "eksempel": "Eksempeldata",
}
"""What staff may say of a document, by the name of the field in its sidecar."""
_TYPES = "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), Markdown (.md), ren tekst (.txt), CSV eller HTML"
_OLD_OFFICE = {".doc": ".docx", ".ppt": ".pptx", ".xls": ".xlsx"}
_TEXT = (".md", ".markdown", ".txt", ".csv", ".html", ".htm")
_LONGEST_NAME = 80
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ł": "l"})
_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file that can become a document.

    Attributes:
        file: where it is laid aside.
        name: what it will be called.
        document: as it was read; its path is the name alone.
    """

    file: Path
    name: str
    document: Document


class Intake:
    """Lays uploaded files aside and reads them there. What is not fetched within an hour goes.

    Example:
        >>> with DocumentReader(settings) as reader:
        ...     Intake(settings).receive(Path("/tmp/Lean for alle.PDF"), reader).name
        'lean-for-alle.pdf'
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data_dir / "opplasting"

    def receive(self, file: Path, reader: DocumentReader) -> Received:
        """Move an uploaded file aside and read it; one that cannot be used is gone afterwards.

        Raises:
            UsageError: its name or its type cannot be used.
            DocumentError: it is empty, too large, damaged, or without text.
        """
        self._forget_old()
        aside = self._folder / uuid.uuid4().hex
        try:
            name = file_name(file.name)
            aside.mkdir(parents=True)
            laid = Path(shutil.move(file, aside / name))
            document = reader.read(aside, name)
            if laid.suffix in _TEXT and "\0" in decode(laid.read_bytes()):
                raise DocumentError("filen er ikke tekst, selv om navnet sier det")
            return Received(laid, name, document)
        except OSError as error:
            shutil.rmtree(aside, ignore_errors=True)
            raise DocumentError(f"filen kunne ikke legges til side ({reason(error)})") from error
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        finally:
            file.unlink(missing_ok=True)

    def forget(self, received: Received) -> None:
        """Delete a file that is laid aside."""
        shutil.rmtree(received.file.parent, ignore_errors=True)

    def _forget_old(self) -> None:
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def file_name(called: str) -> str:
    """A name as the corpus wants it: small letters from a to z, digits and hyphens.

    Raises:
        UsageError: it holds a folder, is hidden, has no letter or digit, or is of a type that cannot be read.

    Example:
        >>> file_name("Lærlingtilskot 2025 (ny).PDF")
        'laerlingtilskot-2025-ny.pdf'
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in called)[:_LONGEST_NAME]
    if re.search(r"[/\\\0]", called) or called.startswith("."):
        raise UsageError(
            f"Filnavnet «{shown}» kan ikke brukes. Gi filen et vanlig navn, uten mappe og uten punktum først."
        )
    stem, suffix = Path(called).stem, Path(called).suffix.lower()
    if suffix in _OLD_OFFICE:
        raise UsageError(
            f"Filtypen {suffix} er for gammel. Åpne filen i Office og lagre den som {_OLD_OFFICE[suffix]}."
        )
    if suffix not in LOADERS:
        raise UsageError(f"«{shown}» er ikke av en type som kan leses. Bruk {_TYPES}.")
    letters = unicodedata.normalize("NFC", stem).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-")
    if not name:
        raise UsageError(
            f"Filnavnet «{shown}» har verken bokstaver eller tall. Gi filen et navn som sier hva den handler om."
        )
    return name + suffix


def checked(path: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The fields that are filled in, for the sidecar of a document; days are written as 2026-02-06.

    Raises:
        UsageError: one cannot be used; the message says what to write.
    """
    filled = {name: value.strip() for name, value in facts.items() if value.strip()}
    known, warnings = properties(path, Extract(()), filled)
    if warnings:
        raise UsageError(" ".join(map(_explained, warnings)))
    days = {name: getattr(known, name) for name in ("date", "valid_to") if name in filled}
    return filled | {name: day.isoformat() for name, day in days.items()}


def _explained(warning: str) -> str:
    """The warning about a field that is left out of a document, as the reason why a form is not accepted."""
    found = re.fullmatch(r"feltet «(\w+)» er utelatt: (.*)", warning, re.DOTALL)
    return f"{FIELDS.get(found[1], found[1])}: {found[2]}." if found else f"{warning[:1].upper()}{warning[1:]}."
