"""Shares of questions, with intervals that hold for few questions too."""

from __future__ import annotations

from collections.abc import Iterable

from scipy.stats import binomtest

from raufoss_assistant.evaluation.model import Estimate, Row


def share(outcomes: Iterable[bool]) -> Estimate | None:
    """The share that is true with its 95 % interval (Wilson 1927), or None without outcomes.

    Unlike the bootstrap's, the interval has a width also where all or none are true.

    Example:
        >>> share([True, True, True]).low > 0.4
        True
    """
    counted = [bool(outcome) for outcome in outcomes]
    if not counted:
        return None
    interval = binomtest(sum(counted), len(counted)).proportion_ci(method="wilson")
    return Estimate(sum(counted) / len(counted), float(interval.low), float(interval.high), len(counted))


def right(rows: Iterable[Row]) -> Estimate | None:
    """Share right of the questions that the documents answer."""
    return share(row.ok for row in rows if row.question.status == "answered")


def refused(rows: Iterable[Row]) -> Estimate | None:
    """Share refused of the questions that the documents do not answer."""
    return share(row.status == "not_found" for row in rows if row.question.status == "not_found")
