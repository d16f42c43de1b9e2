"""What documents there are, in the corpus and in the index, and how it stands with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.documents import fingerprint, locate, scan
from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.errors import DocumentError, IndexUnavailableError
from raufoss_assistant.knowledge import Knowledge
from raufoss_assistant.model import Document, Properties

State = Literal["i bruk", "utgått", "ny", "endret", "fjernet", "kan ikke leses"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A document, seen by staff.

    Attributes:
        path: relative to the corpus.
        state: «i bruk»: the index has it as it is; «utgått»: so it has, but it is superseded or has expired; «ny» and
            «endret»: the index lacks the file or its latest edition; «fjernet»: the file is gone, the index has it;
            «kan ikke leses»: the last indexing could not read it, or it is no document at all.
        properties: as indexed, or None where it is not.
        pages: number of pages, slides or 1.
        passages: number of passages.
        remarks: what is wrong with it, Norwegian.
    """

    path: str
    state: State
    properties: Properties | None = None
    pages: int = 0
    passages: int = 0
    remarks: tuple[str, ...] = ()


def holdings(assistant: Assistant, failed: Mapping[str, str]) -> list[Holding]:
    """All documents by path.

    Args:
        assistant: whose corpus and index are compared.
        failed: path of each file that the last indexing could not read, and why.

    Raises:
        CorpusError: the corpus is missing.

    Example:
        >>> [each.path for each in holdings(assistant, {}) if each.state == "ny"]
        ['kurs/lean.pdf']
    """
    found = scan(assistant.settings.corpus_dir)
    indexed: dict[str, Holding] = {}
    digests: dict[str, str] = {}
    try:
        with assistant.knowledge() as knowledge:
            indexed, digests = _indexed(knowledge)
    except IndexUnavailableError:
        pass  # nothing is indexed, and the health tab says why
    rows = [_state(assistant, path, indexed.get(path), digests.get(path), failed.get(path)) for path in found.files]
    rows += [Holding(path, "kan ikke leses", remarks=(why,)) for path, why in found.problems]
    gone = indexed.keys() - {each.path for each in rows}
    rows += [_with_state(indexed[path], "fjernet") for path in gone]
    return sorted(rows, key=lambda each: each.path)


def _indexed(knowledge: Knowledge) -> tuple[dict[str, Holding], dict[str, str]]:
    """What the index has, all of it in use or outdated, and the fingerprints it was read with."""
    manifest = knowledge.index.manifest
    old = outdated(knowledge.index.properties, date.today())
    unread: dict[str, list[str]] = defaultdict(list)
    for remark in knowledge.catalogue.remarks():
        unread[remark.document].append(f"«{remark.record}»: {remark.field} kan ikke leses: «{remark.text}»")
    documents = list(manifest.documents())
    rows = {
        each.path: Holding(
            each.path,
            "utgått" if each.path in old else "i bruk",
            each.properties,
            len(each.pages),
            len(manifest.chunks_of(each.path)),
            (*each.warnings, *unread[each.path]),
        )
        for each in documents
    }
    return rows, {each.path: each.sha256 for each in documents}


def _state(
    assistant: Assistant, path: str, indexed: Holding | None, digest: str | None, failure: str | None
) -> Holding:
    try:
        now = fingerprint(locate(assistant.settings.corpus_dir, path))
    except DocumentError as error:
        failure = str(error)
        now = None
    if indexed and now == digest:
        return indexed
    held = indexed or Holding(path, "ny")
    if failure:
        return _with_state(held, "kan ikke leses", failure)
    return _with_state(held, "endret" if indexed else "ny")


def _with_state(held: Holding, state: State, *remarks: str) -> Holding:
    return Holding(held.path, state, held.properties, held.pages, held.passages, (*remarks, *held.remarks))


def found_in(rows: Sequence[Holding], wish: str) -> list[Holding]:
    """The rows whose path, title, kind or state holds each word of a wish, whatever the case."""
    words = wish.casefold().split()
    return [each for each in rows if all(word in _text(each) for word in words)]


def _text(held: Holding) -> str:
    known = held.properties
    more = f"{known.title} {known.kind} {known.owner or ''}" if known else ""
    return f"{held.path} {held.state} {more} {'eksempeldata' if known and known.example else ''}".casefold()


def preview(assistant: Assistant, path: str) -> Document | None:
    """The document as it is indexed, or None."""
    try:
        return assistant.document(path)
    except IndexUnavailableError:
        return None
