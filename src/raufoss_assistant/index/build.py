"""Building and updating the index: read what changed, embed what is new, write aside, swap in."""

from __future__ import annotations

import shutil
import time
import uuid
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np

from raufoss_assistant.catalogue.catalogue import Catalogue, searchable
from raufoss_assistant.catalogue.examples import examples
from raufoss_assistant.catalogue.wordings import phrases
from raufoss_assistant.documents import DocumentReader, fingerprint, locate, scan
from raufoss_assistant.documents.chunking import chunk
from raufoss_assistant.errors import DocumentError, IndexUnavailableError
from raufoss_assistant.index import store
from raufoss_assistant.index.cache import VectorCache
from raufoss_assistant.index.encoder import Encoder
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.index.vectors import VectorStore, erase_slack
from raufoss_assistant.index.words import WordIndex
from raufoss_assistant.model import Chunk, Document, FileReport, IndexReport
from raufoss_assistant.settings import Settings

PIPELINE = "9"
"""To be raised when reading, chunking or the terms change, so that every file is read again."""
_EMBED_AT_ONCE = 256
_PATIENCE = 1.0
"""Seconds to wait for a reader that removes what it no longer uses, which takes a moment."""


class Progress(Protocol):
    """Told how far the indexing has come."""

    def stage(self, name: str, total: int) -> None:
        """A stage of that many steps begins; the name is Norwegian."""

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""


class Silence:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document that shall be in the index, with its passages."""

    document: Document
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class _Former:
    """What the index held before: its manifest, whether it can be kept as it is, and digests of files read as today."""

    manifest: Manifest | None = None
    whole: bool = False
    known: frozenset[tuple[str, str]] = frozenset()

    def entry(self, path: str) -> _Entry | None:
        """The former edition of a document."""
        document = self.manifest.document(path) if self.manifest else None
        return _Entry(document, tuple(self.manifest.chunks_of(path))) if self.manifest and document else None

    def paths(self) -> list[str]:
        """Paths of all former documents."""
        return sorted(self.manifest.fingerprints()) if self.manifest else []


def build(settings: Settings, encoder: Encoder, progress: Progress | None = None) -> IndexReport:
    """Bring the index in line with the corpus.

    Unchanged files are not read again and unchanged passages are not embedded again. The new index is written
    aside and swapped in when it is whole; if anything fails, the old one stays as it was. A file that can no
    longer be read keeps its former edition.

    Raises:
        CorpusError: the corpus folder is missing.
        IndexBusyError: another process is indexing.
        ModelError: the encoder failed.
    """
    began = time.perf_counter()
    progress = progress or Silence()
    found = scan(settings.corpus_dir)
    with store.writer(settings.data_dir, _PATIENCE):
        store.remove_unused(settings.data_dir)
        former = _former(settings, encoder)
        try:
            outcomes = _read_all(settings, found.files, former, progress)
            outcomes += [_failed(path, reason, former) for path, reason in found.problems]
            outcomes += _missing(former, {*found.files}, [path for path, _ in found.problems])
        finally:
            if former.manifest:
                former.manifest.close()
        entries = sorted((entry for entry, _ in outcomes if entry), key=lambda entry: entry.document.path)
        catalogue = Catalogue.of((entry.document for entry in entries), date.today())
        unread = _unread(catalogue)
        made = (replace(report, unread=tuple(unread[report.path])) for _, report in outcomes if report)
        reports = sorted(made, key=lambda report: report.path)
        changed = not former.whole or any(report.status in ("added", "updated", "deleted") for report in reports)
        embedded = _write(settings, encoder, entries, catalogue, progress) if changed else 0
        store.remove_unused(settings.data_dir)
    return IndexReport(
        files=tuple(reports),
        chunks=sum(len(entry.chunks) for entry in entries),
        embedded=embedded,
        seconds=time.perf_counter() - began,
    )


def _former(settings: Settings, encoder: Encoder) -> _Former:
    folder = store.current_generation(settings.data_dir)
    if folder is None:
        return _Former()
    try:
        manifest = Manifest.open(folder / "manifest.sqlite")
    except IndexUnavailableError:
        return _Former()
    meta = manifest.meta()
    if meta.get("format") != store.FORMAT:
        manifest.close()
        return _Former()
    same = meta.get("pipeline") == PIPELINE
    known = frozenset(manifest.fingerprints().items()) if same else frozenset()
    try:
        store.Index.open(settings.data_dir, encoder.identity).close()
    except IndexUnavailableError:
        return _Former(manifest, whole=False, known=known)
    return _Former(manifest, whole=same, known=known)


def _unread(catalogue: Catalogue) -> dict[str, list[str]]:
    """Fields of records that should hold a value and do not, by the path of their document."""
    found: dict[str, list[str]] = defaultdict(list)
    for remark in catalogue.remarks():
        found[remark.document].append(f"«{remark.record}»: {remark.field} kan ikke leses: «{remark.text}»")
    return found


_Outcome = tuple[_Entry | None, FileReport | None]


def _read_all(settings: Settings, paths: Sequence[str], former: _Former, progress: Progress) -> list[_Outcome]:
    progress.stage("Leser dokumenter", len(paths))
    outcomes = []
    with DocumentReader(settings) as reader:
        for path in paths:
            outcomes.append(_read(settings.corpus_dir, path, reader, former))
            progress.advance()
    return outcomes


def _read(corpus: Path, path: str, reader: DocumentReader, former: _Former) -> _Outcome:
    before = former.entry(path)
    try:
        if before and (path, fingerprint(locate(corpus, path))) in former.known:
            return before, _report(before, "unchanged")
        document = reader.read(corpus, path)
    except DocumentError as error:
        return _failed(path, str(error), former)
    chunks = chunk(document)
    if not chunks:
        return _failed(path, "ingen tekst funnet", former)
    entry = _Entry(document, chunks)
    return entry, _report(entry, "updated" if before else "added")


def _report(entry: _Entry, status: str) -> FileReport:
    document = entry.document
    warnings = "; ".join(document.warnings) or None
    return FileReport(document.path, status, len(document.pages), len(entry.chunks), warnings)  # type: ignore[arg-type]


def _failed(path: str, reason: str, former: _Former) -> _Outcome:
    before = former.entry(path)
    if before is None:
        return None, FileReport(path, "failed", 0, 0, reason)
    kept = f"{reason} (forrige utgave er beholdt i indeksen)"
    return before, FileReport(path, "failed", len(before.document.pages), len(before.chunks), kept)


def _missing(former: _Former, present: set[str], unreadable: Sequence[str]) -> list[_Outcome]:
    """Former documents whose files are not listed: gone, unless they lie in a folder that cannot be read."""
    outcomes: list[_Outcome] = []
    for path in former.paths():
        if path in present or path in unreadable:
            continue
        hidden = any(path.startswith(f"{folder}/") for folder in unreadable)
        outcomes.append((former.entry(path), None) if hidden else (None, FileReport(path, "deleted", 0, 0)))
    return outcomes


def _write(
    settings: Settings, encoder: Encoder, entries: Sequence[_Entry], catalogue: Catalogue, progress: Progress
) -> int:
    """Write a new generation and make it current; returns how many passages were embedded."""
    folder = store.generations_dir(settings.data_dir) / f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
    chunks = [passage for entry in entries for passage in entry.chunks]
    texts = [passage.searchable for passage in chunks]
    records = [searchable(record) for record in catalogue.offered()]
    records += [*(each.text for each in examples()), *(each.text for each in phrases().all)] if records else []
    with closing(VectorCache(store.vector_cache(settings.data_dir), str(encoder.identity))) as cache:
        embedded = _embed([*texts, *records], encoder, cache, progress)
        vectors = cache.get(texts)
        folder.mkdir()
        try:
            progress.stage("Skriver indeksen", 3)
            with closing(VectorStore.create(folder / "vectors")) as kept:
                if texts:
                    kept.add([passage.id for passage in chunks], np.stack([vectors[text] for text in texts]))
            erase_slack(folder / "vectors")
            progress.advance()
            WordIndex.build(texts).save(folder / "words")
            progress.advance()
            meta = {"format": store.FORMAT, "pipeline": PIPELINE, "model": str(encoder.identity)}
            with closing(Manifest.create(folder / "manifest.sqlite", meta)) as manifest:
                for entry in entries:
                    manifest.add(entry.document, entry.chunks)
                manifest.commit()
            progress.advance()
            store.publish(settings.data_dir, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        cache.keep_only([*texts, *records])
    return embedded


def _embed(texts: Sequence[str], encoder: Encoder, cache: VectorCache, progress: Progress) -> int:
    """Embed the texts that the cache lacks, longest first; each batch is kept before the next begins."""
    known = cache.get(texts)
    new = sorted({text for text in texts if text not in known}, key=len, reverse=True)
    progress.stage("Regner ut vektorer", len(new))
    for start in range(0, len(new), _EMBED_AT_ONCE):
        batch = new[start : start + _EMBED_AT_ONCE]
        cache.put(batch, encoder.passages(batch, progress.advance))
    return len(new)
