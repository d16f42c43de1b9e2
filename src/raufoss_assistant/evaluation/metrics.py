"""Deterministic measures of rankings and refusals, each mean with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from raufoss_assistant.evaluation.model import Estimate

Id = TypeVar("Id", bound=Hashable)


def mean(values: Sequence[float], resamples: int = 1000) -> Estimate:
    """Mean of per-question values, resampled with a fixed seed (Efron 1979).

    Raises:
        ValueError: there are no values, or one of them is not a finite number; either is a mistake.

    Example:
        >>> mean([1.0, 1.0]).low
        1.0
    """
    array = np.asarray(values, dtype=float)
    if not array.size:
        raise ValueError("no values to average")
    if not np.isfinite(array).all():
        raise ValueError("a value is not a finite number")
    drawn = np.random.default_rng(0).integers(0, array.size, (resamples, array.size))
    return _estimate(float(array.mean()), array[drawn].mean(axis=1), array.size)


def first_hit(ranked: Sequence[Id], relevant: Set[Id]) -> int | None:
    """0-based rank of the first relevant id, or None."""
    return next((rank for rank, id_ in enumerate(ranked) if id_ in relevant), None)


def reciprocal_rank(ranked: Sequence[Id], relevant: Set[Id], k: int = 10) -> float:
    """1 / rank of the first relevant id among the first k, or 0; its mean is MRR@k.

    Example:
        >>> reciprocal_rank(["b", "a"], {"a"})
        0.5
    """
    first = first_hit(ranked[:k], relevant)
    return 0.0 if first is None else 1.0 / (first + 1)


def ndcg(ranked: Sequence[Id], relevant: Set[Id], k: int = 10) -> float:
    """Normalised discounted cumulative gain at k with binary relevance (Järvelin and Kekäläinen 2002)."""
    return graded_ndcg(ranked, dict.fromkeys(relevant, 1.0), k)


def graded_ndcg(ranked: Sequence[Id], gains: Mapping[Id, float], k: int = 10) -> float:
    """The same where some ids are worth more than others; 0 where nothing is relevant.

    Example:
        >>> graded_ndcg(["best", "good"], {"best": 2.0, "good": 1.0})
        1.0
    """
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    ideal = sorted(gains.values(), reverse=True)[:k]
    gained = sum(discounts[rank] * gains.get(id_, 0.0) for rank, id_ in enumerate(ranked[:k]))
    return float(gained / (discounts[: len(ideal)] @ np.array(ideal))) if ideal else 0.0


def auroc(scores: ArrayLike, positive: Sequence[bool]) -> float:
    """Chance that a positive scores above a negative, ties counted half (Mann-Whitney).

    Raises:
        ValueError: one of the groups is empty.
    """
    return float(_won(scores, positive).mean())


def auroc_estimate(scores: Sequence[float], positive: Sequence[bool], resamples: int = 1000) -> Estimate:
    """AUROC with its interval; positives and negatives are resampled each for themselves, with a fixed seed.

    Raises:
        ValueError: one of the groups is empty, or a score is not a finite number.

    Example:
        >>> auroc_estimate([0.9, 0.8, 0.1], [True, True, False]).value
        1.0
    """
    if not np.isfinite(np.asarray(scores, dtype=float)).all():
        raise ValueError("a score is not a finite number")
    won = _won(scores, positive)
    random = np.random.default_rng(0)
    rows, columns = (random.multinomial(n, np.full(n, 1 / n), resamples).astype(float) for n in won.shape)
    values: NDArray[np.float64] = ((rows @ won) * columns).sum(axis=1) / won.size
    return _estimate(float(won.mean()), values, len(scores))


def _won(scores: ArrayLike, positive: Sequence[bool]) -> NDArray[np.float64]:
    """For each positive (row) and negative (column): 1 where the positive scores higher, .5 where equal."""
    values, truth = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    if truth.all() or not truth.any():
        raise ValueError("both groups are needed")
    difference = values[truth][:, None] - values[~truth][None, :]
    return (np.sign(difference) + 1) / 2  # type: ignore[no-any-return]


def _estimate(value: float, resampled: NDArray[np.float64], n: int) -> Estimate:
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Estimate(value, float(low), float(high), n)
