"""Runs made by hand, for tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace

from raufoss_assistant.evaluation.model import Cited, Fingerprint, Question, Retrieved, Row, Run
from raufoss_assistant.evaluation.summary import summarise

PASSAGE = Retrieved(
    document="finansiering/skattefunn.md", page=None, heading="SkatteFUNN › Satser", score=4.25,
    text="SkatteFUNN gir 19 prosent av godkjente kostnader tilbake.", right=True, right_document=True,
)  # fmt: skip
CITED = Cited(
    document="finansiering/skattefunn.md", page=None, title="SkatteFUNN", date="2023-01-01",
    quote="SkatteFUNN gir 19 prosent av godkjente kostnader tilbake.", verified=True, right=True,
)  # fmt: skip


def sample_row(id_="F1", *, ok=True, expected="answered", status=None, stage=None, question=None, **changed):
    """A row that is right, or wrong at a stage."""
    asked = Question(
        id=id_,
        question="Hvor mye gir SkatteFUNN?",
        kind="fakta" if expected == "answered" else "uten svar",
        status=expected,
        language="nb",
        documents=("finansiering/skattefunn.md",) if expected == "answered" else (),
        must_contain=("19 prosent|19 %",) if expected == "answered" else (),
    )
    row = Row(
        question=replace(asked, **(question or {})),
        set="finansiering",
        ok=ok,
        status=status or expected,
        language="nb",
        text="SkatteFUNN gir 19 prosent av godkjente kostnader tilbake. [1]",
        confidence=0.82,
        search_query="Hvor mye gir SkatteFUNN?",
        citations=(CITED,),
        retrieved=(PASSAGE,),
        scores={"right": float(ok)},
        faults=() if ok else ("mangler «19 prosent»",),
        stage=None if ok else stage or "not_answered",
        timings_ms={"retrieval": 9.5, "answering": 120.0, "total": 129.5},
    )
    return replace(row, **changed)


def sample_run(rows=None, date="2026-11-25T04:20:00", **marks):
    """A run over rows; two right and one wrong, if none are given."""
    rows = rows or [sample_row("F1"), sample_row("F2", ok=False), sample_row("U1", expected="not_found")]
    mark = Fingerprint(
        date=date, commit="688fb2f", version="0.1.0", documents="4f1d2a99c0ffee00", questions="77aa", model="e5-small/9f3c",
        rules="ab12", settings={"retrieval": "hybrid"},
    )  # fmt: skip
    timed = {"retrieval_p50_ms": 9.5, "retrieval_p95_ms": 23.0, "total_p50_ms": 1129.5, "total_p95_ms": 1316.0}
    return Run(
        replace(mark, **marks), tuple(rows), *summarise(rows), {**timed, "seconds": 61.25, "peak_rss_mb": 1234.5}
    )
