"""Deterministic measures of rankings and refusals, each mean with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.evaluation.model import Estimate


def mean(values: Sequence[float], resamples: int = 1000) -> Estimate:
    """Mean of per-question values, resampled with a fixed seed (Efron 1979).

    Raises:
        ValueError: there are no values; an evaluation without rows is a mistake.

    Example:
        >>> mean([1.0, 1.0]).low
        1.0
    """
    if not len(values):
        raise ValueError("no values to average")
    array = np.asarray(values, dtype=float)
    random = np.random.default_rng(0)
    means = [array[random.integers(0, len(array), len(array))].mean() for _ in range(resamples)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(array.mean()), float(low), float(high), len(array))


def first_hit(ranked: Sequence[str], relevant: set[str]) -> int | None:
    """0-based rank of the first relevant id, or None."""
    return next((rank for rank, id_ in enumerate(ranked) if id_ in relevant), None)


def ndcg(ranked: Sequence[str], relevant: set[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain at k with binary relevance (Järvelin and Kekäläinen 2002)."""
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    gained = sum(discounts[rank] for rank, id_ in enumerate(ranked[:k]) if id_ in relevant)
    return float(gained / discounts[: len(relevant)].sum()) if relevant else 0.0


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Chance that a positive scores above a negative, ties counted half (Mann-Whitney).

    Raises:
        ValueError: one of the groups is empty.
    """
    values, truth = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    if truth.all() or not truth.any():
        raise ValueError("both groups are needed")
    above: NDArray[np.bool_] = values[truth][:, None] > values[~truth][None, :]
    ties: NDArray[np.bool_] = values[truth][:, None] == values[~truth][None, :]
    return float(above.mean() + ties.mean() / 2)
