"""From rows to figures: each metric as a mean with its interval, over all and per kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.metrics import auroc_estimate, mean
from raufoss_assistant.evaluation.model import Estimate, Row

JUDGED = "judge_"
"""In front of the name of a score that a language model gave."""
Summary = Mapping[str, Estimate]


def summarise(rows: Sequence[Row]) -> tuple[Summary, Mapping[str, Summary]]:
    """Each metric over the rows that it applies to, and the same per kind.

    `auroc` is the chance that the confidence is higher for what is answerable than for what has no answer; it is there
    where both are.

    Raises:
        EvaluationError: no row has a score, or a score or a confidence is not a finite number; neither may pass
            unseen as a mean.
    """
    for row in rows:
        _check(row)
    if not any(row.scores for row in rows):
        raise EvaluationError("Ingen spørsmål ble målt, så det finnes ingen tall. Se om settene har noen spørsmål.")
    kinds = dict.fromkeys(row.question.kind for row in rows)
    by_kind: dict[str, Summary] = {kind: _means([row for row in rows if row.question.kind == kind]) for kind in kinds}
    return _means(rows), by_kind


def measures(row: Row) -> dict[str, float]:
    """All scores of a row under their names in the summary."""
    return {**row.scores, **{f"{JUDGED}{name}": value for name, value in row.judged.items()}}


def sides(rows: Sequence[Row]) -> tuple[list[Row], list[bool]]:
    """The rows whose confidence says something, and whether each is answerable."""
    decided = [row for row in rows if row.scores.keys() & {"answered", "refused"}]
    return decided, ["answered" in row.scores for row in decided]


def _check(row: Row) -> None:
    for name, value in (("confidence", row.confidence), *measures(row).items()):
        if not math.isfinite(value):
            raise EvaluationError(
                f"Spørsmål {row.question.id}: målet {name} er {value}, ikke et tall, og kan ikke regnes med. "
                "Meld fra til dem som utvikler assistenten."
            )


def _means(rows: Sequence[Row]) -> Summary:
    scored = [measures(row) for row in rows]
    names = dict.fromkeys(name for scores in scored for name in scores)
    found = {name: mean([scores[name] for scores in scored if name in scores]) for name in names}
    decided, answerable = sides(rows)
    if any(answerable) and not all(answerable):
        found["auroc"] = auroc_estimate([row.confidence for row in decided], answerable)
    return found
