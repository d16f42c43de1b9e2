"""The frozen dataclasses of an evaluation: what is asked and expected, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from raufoss_assistant.model import Language, Status, Turn

Kind = Literal[
    "fakta",
    "liste",
    "telling",
    "sammenligning",
    "behov",
    "oppfølging",
    "dato",
    "uten svar",
    "injeksjon",
    "språk",
    "alias",
]
Split = Literal["tune", "test"]
Stage = Literal[
    "not_indexed",
    "not_retrieved",
    "not_ranked",
    "wrongly_refused",
    "not_answered",
    "wrong_source",
    "wrongly_answered",
    "wrong_language",
]
"""Where an answer went wrong, in the order that a question passes: see `grading`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row of a question set.

    Attributes:
        id: unique over all sets that are run together.
        question: as a user would write it.
        kind: what sort of question it is.
        status: what the assistant should do.
        language: language the answer should be in, or None where it does not matter.
        history: earlier turns, oldest first.
        documents: documents that are a right source, each "path" or, with a page, "path#4"; one of them is enough.
        records: names of the courses, services or funding that belong in the answer, best first for `behov`;
            alternatives within one parted by «|».
        must_contain: all must be in the answer; alternatives within one parted by «|».
        must_not_contain: none may be in the answer.
        answer: a short right answer in one's own words, or None; compared by token F1.
        tags: free words to choose questions by.
        split: `tune` may be looked at while the assistant is made; `test` only measures.
        note: for the one who reads the set.
    """

    id: str
    question: str
    kind: Kind
    status: Status = "answered"
    language: Language | None = None
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    answer: str | None = None
    tags: tuple[str, ...] = ()
    split: Split = "tune"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that are asked over the same documents.

    Attributes:
        name: shown in the report; the file's name without its ending.
        questions: at least one.
        extra: folder of documents to be indexed beside the corpus for this set only, or None.
        alone: True where `extra` is indexed instead of the corpus.
    """

    name: str
    questions: tuple[Question, ...]
    extra: Path | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage found for a question.

    `right` where it stands in a right document (and page) and holds what is asked for.
    """

    document: str
    page: int | None
    heading: str | None
    score: float
    text: str
    right: bool
    right_document: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer.

    `verified` where the quote stands letter for letter in the document's extracted text; `right` where it is from an
    expected document (and page).
    """

    document: str
    page: int | None
    title: str
    date: str | None
    quote: str
    verified: bool
    right: bool
    span: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one question.

    Attributes:
        question: as it was asked.
        set: name of its set.
        ok: all that was expected came true.
        status, language, text, confidence, search_query: of the answer.
        citations: of the answer.
        records: names of the answer's records.
        retrieved: the first ten passages for the searched text.
        scores: value per metric, for the metrics that apply to this question; never NaN.
        faults: what is wrong, Norwegian, in short; empty where ok.
        stage: where it went wrong, or None where ok.
        suspicions: signs that the expectation itself is wrong, Norwegian.
        judged: scores by a language model, where one is set; apart from `scores`.
        timings_ms: per stage.
    """

    question: Question
    set: str
    ok: bool
    status: Status
    language: Language
    text: str
    confidence: float
    search_query: str
    citations: tuple[Cited, ...]
    retrieved: tuple[Retrieved, ...]
    scores: Mapping[str, float]
    records: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    stage: Stage | None = None
    suspicions: tuple[str, ...] = ()
    judged: Mapping[str, float] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % percentile bootstrap interval over n questions."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What was measured, so that nobody compares apples with pears.

    Attributes:
        date: ISO date and time of the run.
        commit: of the code, with «+» where it had uncommitted changes; "" where it is not a checkout.
        version: of the package.
        documents: digest over path and content of all documents in the index.
        questions: digest over all questions asked.
        model: identity of the encoder.
        rules: digest of the calibrated rules of answering.
        settings: what was chosen for this run beside the defaults.
    """

    date: str
    commit: str
    version: str
    documents: str
    questions: str
    model: str
    rules: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """An evaluation.

    Attributes:
        fingerprint: what was measured.
        rows: one a question, in the order of the sets.
        summary: each metric over the rows that it applies to.
        by_kind: the same per kind.
        performance: seconds, milliseconds and megabytes; not the same from run to run, hence apart.
    """

    fingerprint: Fingerprint
    rows: tuple[Row, ...]
    summary: Mapping[str, Estimate]
    by_kind: Mapping[str, Mapping[str, Estimate]]
    performance: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in two runs, over the n questions that both asked.

    `p` is the chance of so large a difference, either way, if nothing had changed (paired test); `worse` where the
    metric fell by more than its noise.
    """

    metric: str
    before: float
    after: float
    p: float
    n: int
    worse: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run beside an earlier one, question by question.

    Attributes:
        before: fingerprint of the earlier run.
        changes: one a metric.
        won, lost: ids that became right, ids that became wrong.
        same: number of questions that are right or wrong as before.
        uncompared: ids that only one of the runs asked, or that were reworded in between.
        remarks: what else is not the same in the two runs (documents, model, code …), Norwegian.
    """

    before: Fingerprint
    changes: tuple[Change, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]
    same: int
    uncompared: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether any metric fell by more than its noise."""
        return any(change.worse for change in self.changes)
