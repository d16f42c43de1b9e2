"""An evaluation in short, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from raufoss_assistant.evaluation import labels
from raufoss_assistant.evaluation.labels import decimal
from raufoss_assistant.evaluation.model import Comparison, Run
from raufoss_assistant.evaluation.summary import JUDGED

Cells = Sequence[str]


def told(run: Run) -> Iterator[str]:
    """Figures with intervals, right per kind, failures per stage, time, and suspicions."""
    names = sorted(run.summary, key=labels.importance)
    stages = Counter(row.stage for row in run.rows)
    parts = (
        (("Mål", "verdi", "95 %-intervall", "antall"), [(called(name), *_figures(run, name)) for name in names]),
        (("Type", "riktige", "av"), _kinds(run)),
        (
            ("Hvor det gikk galt", "antall"),
            [(label.name, str(stages[stage])) for stage, label in labels.STAGES.items() if stages[stage]],
        ),
        (("Svartid (ms)", "p50", "p95"), _times(run.performance)),
    )
    for head, rows in parts:
        if rows:
            yield from (*table(head, rows), "")
    yield from (" ".join(_spent(run.performance)), "")
    suspected = [f"- {row.question.id}: {sign}." for row in run.rows for sign in row.suspicions]
    if suspected:
        yield from ("Se på fasiten:", *suspected, "")


def compared(comparison: Comparison) -> Iterator[str]:
    """What became of the questions since the earlier run, and what else is not the same."""
    when = labels.moment(comparison.before.date)
    counts = f"{len(comparison.won)} vunnet, {len(comparison.lost)} tapt, {comparison.same} som før"
    apart = f", {len(comparison.uncompared)} kan ikke sammenlignes" if comparison.uncompared else ""
    yield f"Mot kjøringen {when}: {counts}{apart}."
    yield from (f"- {remark}" for remark in comparison.remarks)


def failed(comparison: Comparison) -> str:
    """One line that names the metrics that fell and the questions that were lost."""
    fell = "; ".join(
        f"{called(change.metric)} ({change.metric}) fra {decimal(change.before, 3)} til {decimal(change.after, 3)}"
        for change in comparison.changes
        if change.worse
    )
    return f"Dårligere enn grunnlaget: {fell}. Tapte spørsmål: {', '.join(comparison.lost) or 'ingen'}."


def table(head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """Lines whose first column is flush left and whose others are flush right.

    Example:
        >>> list(table(("Type", "av"), [("fakta", "133")]))
        ['Type    av', 'fakta  133']
    """
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        rest = (text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([row[0].ljust(widths[0]), *rest])


def _kinds(run: Run) -> list[Cells]:
    right = Counter(row.question.kind for row in run.rows if row.ok)
    return [(kind, str(right[kind]), str(n)) for kind, n in Counter(row.question.kind for row in run.rows).items()]


def _times(performance: Mapping[str, float]) -> list[Cells]:
    stages = [name.removesuffix("_p50_ms") for name in performance if name.endswith("_p50_ms")]
    return [
        (labels.PHASES.get(stage, stage), *(decimal(performance[f"{stage}_p{share}_ms"], 0) for share in (50, 95)))
        for stage in stages
    ]


def _spent(performance: Mapping[str, float]) -> Iterator[str]:
    seconds = decimal(performance["seconds"], 0)
    yield f"Hele kjøringen: {seconds} {'sekund' if seconds == '1' else 'sekunder'}."
    if "peak_rss_mb" in performance:
        yield f"Mest minne i bruk: {decimal(performance['peak_rss_mb'], 0)} MB."
    for name in performance:
        if name.startswith("model_"):
            yield f"{labels.performance(name)}: {decimal(performance[name], 0)}."


def called(name: str) -> str:
    """What a metric of a summary is called, a score by a language model too."""
    label = labels.judge(name.removeprefix(JUDGED)) if name.startswith(JUDGED) else labels.metric(name)
    return label.name


def _figures(run: Run, name: str) -> tuple[str, str, str]:
    estimate = run.summary[name]
    return decimal(estimate.value, 3), f"{decimal(estimate.low, 3)}–{decimal(estimate.high, 3)}", str(estimate.n)
