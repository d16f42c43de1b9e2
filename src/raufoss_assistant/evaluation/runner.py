"""Asking question sets: each over its own documents, each answer graded, all of it measured."""

from __future__ import annotations

import hashlib
import resource
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import EvaluationError, UsageError
from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.fingerprint import fingerprint, unlike_default
from raufoss_assistant.evaluation.grading import grade
from raufoss_assistant.evaluation.model import Question, QuestionSet, Row, Run
from raufoss_assistant.evaluation.summary import summarise
from raufoss_assistant.index.build import Progress, Silence
from raufoss_assistant.index.store import Index
from raufoss_assistant.knowledge import PASSAGES_READ
from raufoss_assistant.model import Answer, Document, Hit, Turn
from raufoss_assistant.settings import Settings
from raufoss_assistant.stages import Generation

_READER_MS = 10**9
"""Time for the reader: enough, so that a busy machine gives the same figures."""
DEPTH = 50
"""Passages looked through for a right one."""


class Subject(Protocol):
    """What is evaluated; an `Assistant` is one."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question."""

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """Give the k passages that fit a query best."""

    def document(self, path: str) -> Document | None:
        """Give a document of the index."""

    def index(self) -> Index:
        """Give the index that is asked."""


class Judging(Protocol):
    """A language model that scores answers."""

    def scores(self, row: Row) -> Mapping[str, float]:
        """Scores of a row by name, 0..1."""


def run(
    sets: Sequence[QuestionSet],
    settings: Settings,
    subject: Subject | None = None,
    progress: Progress | None = None,
    *,
    judge: Judging | None = None,
    chosen: Mapping[str, str] | None = None,
    like: Assistant | None = None,
) -> Run:
    """Ask every question and grade every answer; twice gives the same figures, performance and date excepted.

    A set with documents of its own is asked over an index of its own, kept and updated under the data folder; the
    corpus and its index are only read.

    Args:
        sets: what is asked; ids are unique over all of them.
        settings: of the assistant.
        subject: what is asked over the corpus, instead of an assistant with those settings.
        progress: told how far it has come.
        judge: scores the answers too, apart from the other figures.
        chosen: what was chosen for this run beside the defaults, for its fingerprint.
        like: whose encoder and reader are used, so that they are not loaded twice.

    Raises:
        EvaluationError: there are no questions, or a figure is not a number.
        IndexUnavailableError: the corpus is not indexed.
        UsageError: a question cannot be asked.
    """
    began = time.perf_counter()
    progress = progress or Silence()
    if not any(set_.questions for set_ in sets):
        raise EvaluationError("Det er ingen spørsmål å stille. Velg et sett som har noen.")
    with ExitStack() as opened:
        subjects = _subjects(sets, settings, subject, progress, opened, first=like)
        progress.stage("Stiller spørsmål", sum(len(set_.questions) for set_ in sets))
        written: list[Generation] = []
        rows = [
            row
            for set_, asked in zip(sets, subjects, strict=True)
            for row in _rows(set_, asked, progress, judge, written)
        ]
        questions = [row.question for row in rows]
        mark = fingerprint(
            questions,
            list(dict.fromkeys(asked.index() for asked in subjects)),
            {**unlike_default(settings), **(chosen or {})},
        )
    summary, by_kind = summarise(rows)
    performance = {**_performance(rows, time.perf_counter() - began), **_written(written)}
    return Run(mark, tuple(rows), summary, by_kind, performance)


def _rows(
    set_: QuestionSet, subject: Subject, progress: Progress, judge: Judging | None, written: list[Generation]
) -> list[Row]:
    """What came of each question of a set; what a language model's replies came to is added to the list of them."""
    document = cache(subject.document)
    rows = []
    for question in set_.questions:
        try:
            answer, hits = _asked(question, subject)
        except UsageError as error:
            raise UsageError(f"Spørsmål {question.id} i settet {set_.name}: {error}") from error
        written += [answer.generation] if answer.generation else []
        row = grade(question, set_.name, answer, hits, reads=PASSAGES_READ, document=document)
        rows.append(replace(row, judged=judge.scores(row)) if judge else row)
        progress.advance()
    return rows


def _asked(question: Question, subject: Subject) -> tuple[Answer, list[Hit]]:
    """The answer and the passages found for it; without words where the question is for search only."""
    if SEARCH_ONLY not in question.tags:
        answer = subject.ask(question.question, question.history)
        return answer, subject.search(answer.search_query, DEPTH)
    began = time.perf_counter()
    hits = subject.search(question.question, DEPTH)
    spent = {"retrieval": round(1000 * (time.perf_counter() - began), 1)}
    language = question.language or "nb"
    asked = question.question
    return Answer(asked, asked, question.status, "", language, "extractive", 0.0, timings_ms=spent), hits


def _subjects(
    sets: Sequence[QuestionSet],
    settings: Settings,
    given: Subject | None,
    progress: Progress,
    opened: ExitStack,
    *,
    first: Assistant | None,
) -> list[Subject]:
    """What each set is asked; those over the same documents share one, and all share one encoder and one reader."""
    known: dict[tuple[Path | None, bool], Subject] = {} if given is None else {(None, False): given}
    for set_ in sets:
        documents = (set_.extra, set_.alone)
        if documents in known:
            continue
        assistant = Assistant(replace(_over(set_, settings), reader_ms=_READER_MS))
        opened.enter_context(closing(assistant))
        if first is None:
            first = assistant
        assistant.encoder, assistant.reader = first.encoder, first.reader
        if set_.extra is not None:
            assistant.build(progress)
        known[documents] = assistant
    return [known[set_.extra, set_.alone] for set_ in sets]


def _over(set_: QuestionSet, settings: Settings) -> Settings:
    """Settings with the set's own documents, beside a copy of the corpus or alone, and an index of its own.

    A file of the set takes the place of one in the corpus that has the same path.
    """
    if set_.extra is None:
        return settings
    if not set_.extra.is_dir():
        raise UsageError(f"Settet {set_.name} skal ha dokumenter i mappen {set_.extra}, men den finnes ikke.")
    place = f"{set_.extra.resolve()}{' alone' if set_.alone else ''}"
    folder = settings.data_dir / "eval" / f"{set_.extra.name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    if set_.alone:
        return replace(settings, corpus_dir=set_.extra, data_dir=folder)
    corpus = folder / "corpus"
    shutil.rmtree(corpus, ignore_errors=True)
    for source in (settings.corpus_dir, set_.extra):
        shutil.copytree(source, corpus, dirs_exist_ok=True)
    return replace(settings, corpus_dir=corpus, data_dir=folder)


def _performance(rows: Sequence[Row], seconds: float) -> dict[str, float]:
    """Milliseconds per stage in the median and at the 95th percentile, seconds in all, megabytes at the peak."""
    found: dict[str, float] = {}
    for stage in dict.fromkeys(stage for row in rows for stage in row.timings_ms):
        spent = [row.timings_ms[stage] for row in rows if stage in row.timings_ms]
        for share in (50, 95):
            found[f"{stage}_p{share}_ms"] = float(np.percentile(spent, share))
    found["seconds"] = seconds
    found["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _written(replies: Sequence[Generation]) -> dict[str, float]:
    """What a language model read and wrote in all, how soon, and what became of it; nothing where none was asked."""
    if not replies:
        return {}
    firsts = [reply.first_token_ms for reply in replies if reply.first_token_ms is not None]
    found = {f"first_token_p{share}_ms": float(np.percentile(firsts, share)) for share in (50, 95) if firsts}
    found["model_replies"] = float(len(replies))
    found["model_replies_unused"] = float(sum(reply.fault is not None for reply in replies))
    for name in ("tokens_in", "tokens_out", "shown", "replaced", "dropped"):
        found[f"model_{name}"] = float(sum(getattr(reply, name) for reply in replies))
    return found
