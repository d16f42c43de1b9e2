"""The same questions asked with other settings, and one table of what came of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import labels, terminal
from raufoss_assistant.evaluation.gate import LEVEL, compare
from raufoss_assistant.evaluation.model import Change, Estimate, QuestionSet, Run
from raufoss_assistant.evaluation.runner import run
from raufoss_assistant.evaluation.summary import JUDGED
from raufoss_assistant.index.build import Progress
from raufoss_assistant.settings import Settings, read

_ALIASES = {"encoder": "embedding_model"}
_SAME_FOR_ALL = re.compile(r".*_dir|host|port|max_.*|parse_.*|llm_.*|reader_ms|.*_(?:password|origins)")
"""Settings that must not vary: they bear on the documents and the machine, not on the answers."""
_NAMES = sorted(
    {*Settings.__dataclass_fields__, *_ALIASES} - {*filter(_SAME_FOR_ALL.fullmatch, Settings.__dataclass_fields__)}
)
_TIMED = ("retrieval_p50_ms", "total_p50_ms")
_NOTE = (
    "Etter intervallet: forskjellen fra første variant, over spørsmål som begge har tall for; "
    f"* der den er større enn tilfeldigheter ville gitt (p < {labels.decimal(LEVEL)})."
)

Table = list[tuple[str, ...]]
"""A head and rows, all of the same length."""


def variants(specifications: Sequence[str], settings: Settings) -> list[tuple[str, Settings]]:
    """The settings with every combination of the values, each with what it is called.

    Variants with another encoder get an index of their own under the data folder.

    Args:
        specifications: such as «retrieval=hybrid,words».
        settings: what all variants have in common.

    Raises:
        UsageError: a setting or a value of it does not exist.

    Example:
        >>> [name for name, _ in variants(["retrieval=words,vectors"], Settings())]
        ['retrieval=words', 'retrieval=vectors']
    """
    chosen: dict[str, list[tuple[str, object]]] = {}
    for specification in specifications:
        name, _, values = specification.partition("=")
        parts = list(filter(None, dict.fromkeys(map(str.strip, values.split(",")))))
        if not parts:
            raise UsageError(f"«{specification}» må skrives navn=verdi,verdi, for eksempel retrieval=hybrid,words.")
        if name not in _NAMES:
            raise UsageError(f"«{name}» kan ikke sammenlignes. Dette kan: {', '.join(_NAMES)}.")
        field = _ALIASES.get(name, name)
        if field in chosen:
            raise UsageError(f"«{name}» er nevnt to ganger. Skriv alle verdiene etter hverandre, med komma mellom.")
        chosen[field] = [(f"{name}={part}", _value(field, part, name)) for part in parts]
    found = []
    for combination in product(*chosen.values()):
        changed = {field: value for field, (_, value) in zip(chosen, combination, strict=True)}
        variant = replace(settings, **changed)  # type: ignore[arg-type]
        found.append((", ".join(told for told, _ in combination), _with_own_index(variant, settings)))
    return found


def measure(
    specifications: Sequence[str],
    settings: Settings,
    sets: Sequence[QuestionSet],
    progress: Progress | None = None,
    chosen: Mapping[str, str] | None = None,
) -> dict[str, Run]:
    """A run of the sets with each of the `variants`; the corpus is indexed for those with an index of their own.

    Raises:
        RaufossError: as `variants`, `run` and `Assistant.build` do.
    """
    runs = {}
    for name, variant in variants(specifications, settings):
        if variant.data_dir != settings.data_dir and any(set_.extra is None for set_ in sets):
            with closing(Assistant(variant)) as assistant:
                assistant.build(progress)
        runs[name] = run(sets, variant, progress=progress, chosen=chosen)
    return runs


def table(runs: Mapping[str, Run]) -> Table:
    """A metric a row and a variant a column: mean, 95 % interval and difference to the first variant.

    The difference is over the questions that both have a score for, and has a star where it is larger than chance
    would give (`gate.compare`); so it need not be that of the two means.
    """
    first, *others = runs.values()
    changes = [{change.metric: change for change in compare(first, other).changes} for other in others]
    names = sorted(dict.fromkeys(name for run in runs.values() for name in run.summary), key=labels.importance)
    found: Table = [("Mål", *runs)]
    for name in names:
        cells = [_figure(first.summary.get(name))]
        for other, changed in zip(others, changes, strict=True):
            cells.append(" ".join([_figure(other.summary.get(name)), *_difference(changed.get(name))]))
        found.append((_called(name), *cells))
    for name in _TIMED:
        if all(name in run.performance for run in runs.values()):
            timed = [labels.decimal(run.performance[name], 0) for run in runs.values()]
            found.append((labels.performance(name), *timed))
    return found


def lines(cells: Table) -> Iterator[str]:
    """The table for a terminal."""
    yield from terminal.table(cells[0], cells[1:])
    yield from ("", _NOTE)


def markdown(cells: Table) -> str:
    """The table as Markdown."""
    rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
    rule = "| --- |" + " ---: |" * (len(cells[0]) - 1)
    return "\n".join([rows[0], rule, *rows[1:], "", _NOTE.replace("*", "\\*")]) + "\n"


def _value(field: str, text: str, name: str) -> object:
    if field == "embedding_model" and text.startswith(("/", ".")) and not Path(text).is_dir():
        raise UsageError(f"{name}: mappen {text} finnes ikke. Gi e5-small, et navn på Hugging Face eller en mappe.")
    return read(field, text, name)


def _with_own_index(variant: Settings, settings: Settings) -> Settings:
    encoder = variant.embedding_model
    if encoder == settings.embedding_model:
        return variant
    folder = f"{Path(encoder).name}-{hashlib.sha256(encoder.encode()).hexdigest()[:8]}"
    return replace(variant, data_dir=settings.data_dir / "eval" / folder)


def _called(name: str) -> str:
    return (labels.judge(name.removeprefix(JUDGED)) if name.startswith(JUDGED) else labels.metric(name)).name


def _figure(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    low, high = labels.decimal(estimate.low, 3), labels.decimal(estimate.high, 3)
    return f"{labels.decimal(estimate.value, 3)} ({low}–{high})"


def _difference(change: Change | None) -> Iterator[str]:
    if change is not None:
        by = change.after - change.before
        yield f"{'−' if by < 0 else '+'}{labels.decimal(abs(by), 3)}{'*' if change.p < LEVEL else ''}"
