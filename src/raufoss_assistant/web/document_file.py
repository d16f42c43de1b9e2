"""The documents that visitors may open: those of the index whose file still lies in the corpus."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.documents import fingerprint, locate
from raufoss_assistant.errors import DocumentError
from raufoss_assistant.model import Document, Properties


@dataclass(frozen=True, slots=True)
class Found:
    """A document that may be opened.

    Attributes:
        document: as it was indexed.
        file: where it lies, inside the corpus.
        changed: whether the file is no longer the one that was indexed.
        successor: path and properties of the document that supersedes it, or None.
        expired: whether its last day of validity has passed.
    """

    document: Document
    file: Path
    changed: bool
    successor: tuple[str, Properties] | None = None
    expired: bool = False


def find(assistant: Assistant, path: str) -> Found | None:
    """The document of a path, or None where the index or the corpus has it no more.

    The path is compared with those of the index, letter for letter: nothing else in the corpus, or outside it, can be
    reached by it.

    Raises:
        IndexUnavailableError: there is no index.

    Example:
        >>> find(assistant, "klynge/om.md").document.properties.title
        'Om klyngen'
        >>> find(assistant, "../README.md") is None
        True
    """
    path = unicodedata.normalize("NFC", path)
    with assistant.knowledge() as knowledge:
        document = knowledge.index.manifest.document(path)
        known = knowledge.index.properties
    if document is None:
        return None
    corpus = assistant.settings.corpus_dir
    try:
        file = locate(corpus, path)
        changed = fingerprint(file) != document.sha256
    except DocumentError:
        return None
    if not file.resolve().is_relative_to(corpus.resolve()):
        return None
    successors = ((other, each) for other, each in known.items() if each.supersedes == path)
    last = document.properties.valid_to
    return Found(document, file, changed, next(successors, None), last is not None and last < date.today())
