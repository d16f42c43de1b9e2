"""Two runs side by side, question by question: what became better or worse, and by more than chance would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.stats import binomtest, permutation_test

from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation.labels import metric
from raufoss_assistant.evaluation.metrics import auroc
from raufoss_assistant.evaluation.model import Change, Comparison, Fingerprint, Question, Row, Run
from raufoss_assistant.evaluation.summary import sides

LEVEL = 0.05
"""A fall that chance would make more seldom than this is no chance."""
FEWEST = 6
"""Questions below which no fall can be told from chance: 2 × 0.5⁵ = 0.0625 > 0.05."""
_DIFFERENT = {
    "documents": "Dokumentene er ikke de samme",
    "rules": "Reglene for når assistenten svarer er ikke de samme",
    "commit": "Koden er ikke den samme",
    "version": "Versjonen er ikke den samme",
    "model": "Modellen er ikke den samme",
}
_SPELT_OUT = frozenset({"commit", "version", "model"})
"""Where both values tell a person something; of the others only that they differ."""


def compare(before: Run, after: Run) -> Comparison:
    """Compare a run with an earlier one over the questions that both asked with the same wording and expectation.

    The assistant gives the same answer twice, so what is noise in a figure is which questions happen to be in the set:
    had others been chosen, as many might have gone the other way. The test asks how often so large a difference would
    come about if each question that changed were as likely to rise as to fall: the exact McNemar test for outcomes of 0
    and 1 (McNemar 1947), else a test over the signs of the differences (Fisher 1935), for `auroc` one that swaps the
    two confidences of a question, all with a fixed seed. A metric is worse where its mean fell and that chance is below
    `LEVEL`. Metrics are compared over the rows that both runs have a score for; scores by a language model are left
    out, since they are not the same twice.

    Raises:
        EvaluationError: the runs have no question in common.
    """
    earlier = {row.question.id: row for row in before.rows}
    later = {row.question.id: row for row in after.rows}
    same = [id_ for id_ in later if id_ in earlier and _asked(earlier[id_].question) == _asked(later[id_].question)]
    if not same:
        raise EvaluationError(
            "Kjøringene har ingen spørsmål til felles, så de kan ikke sammenlignes. Bruk de samme settene i begge."
        )
    pairs = [(earlier[id_], later[id_]) for id_ in same]
    changes = tuple(_changes(pairs))
    won = tuple(row.question.id for former, row in pairs if row.ok and not former.ok)
    lost = tuple(row.question.id for former, row in pairs if former.ok and not row.ok)
    return Comparison(
        before=before.fingerprint,
        changes=changes,
        won=won,
        lost=lost,
        same=len(same) - len(won) - len(lost),
        uncompared=tuple(sorted({*earlier, *later}.difference(same))),
        remarks=tuple(_remarks(before.fingerprint, after.fingerprint, changes)),
    )


def _asked(question: Question) -> tuple[object, ...]:
    """What makes two questions the same: wording and expectation, not tags, split and note."""
    return (
        question.question,
        question.kind,
        question.status,
        question.language,
        question.history,
        question.documents,
        question.records,
        question.must_contain,
        question.must_not_contain,
        question.answer,
    )


def _changes(pairs: Sequence[tuple[Row, Row]]) -> Iterator[Change]:
    for name in dict.fromkeys(name for _, row in pairs for name in row.scores):
        both = [(one.scores[name], two.scores[name]) for one, two in pairs if name in one.scores and name in two.scores]
        if both:
            former, latter = np.array(both).T
            yield _change(name, former.mean(), latter.mean(), _chance(former, latter), len(both))
    decided, answerable = sides([row for _, row in pairs])
    if any(answerable) and not all(answerable):
        confidences = {row.question.id: row.confidence for row, _ in pairs}
        former = np.array([confidences[row.question.id] for row in decided])
        latter = np.array([row.confidence for row in decided])
        p = _chance_of_auroc(former, latter, answerable)
        yield _change("auroc", auroc(former, answerable), auroc(latter, answerable), p, len(decided))


def _change(name: str, before: float, after: float, p: float, n: int) -> Change:
    return Change(name, float(before), float(after), p, n, worse=bool(after < before and p < LEVEL))


def _chance(former: np.ndarray, latter: np.ndarray) -> float:
    """Two-sided p of a paired difference; questions that did not change say nothing and are left out."""
    differences = (latter - former)[latter != former]
    if not differences.size:
        return 1.0
    if np.isin(np.concatenate([former, latter]), (0.0, 1.0)).all():
        return float(binomtest(int((differences > 0).sum()), differences.size).pvalue)
    if differences.size == 1:
        return 1.0
    found = permutation_test(
        (differences,), np.mean, permutation_type="samples", vectorized=True, n_resamples=9999, rng=0
    )
    return float(found.pvalue)


def _chance_of_auroc(former: np.ndarray, latter: np.ndarray, answerable: Sequence[bool]) -> float:
    if (former == latter).all():
        return 1.0
    found = permutation_test(
        (former, latter),
        lambda one, two: auroc(two, answerable) - auroc(one, answerable),
        permutation_type="samples",
        vectorized=False,
        n_resamples=999,
        rng=0,
    )
    return float(found.pvalue)


def _remarks(before: Fingerprint, after: Fingerprint, changes: Sequence[Change]) -> Iterator[str]:
    for name, remark in _DIFFERENT.items():
        one, two = getattr(before, name), getattr(after, name)
        if one != two:
            yield f"{remark}: {one or 'ukjent'} før, {two or 'ukjent'} nå." if name in _SPELT_OUT else f"{remark}."
    yield from _chosen(before.settings, after.settings)
    few = [metric(change.metric).name for change in changes if change.n < FEWEST]
    if few:
        named = ", ".join(few) if len(few) < len(changes) or len(few) == 1 else "det gjelder alle målene her"
        yield f"Med færre enn {FEWEST} spørsmål kan et fall ikke skilles fra tilfeldigheter: {named}."


def _chosen(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        one, two = before.get(name, "ikke valgt"), after.get(name, "ikke valgt")
        if one != two:
            yield f"Innstillingen {name} er ikke den samme: {one} før, {two} nå."
