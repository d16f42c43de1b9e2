"""Shares against published intervals, and which questions they count."""

import pytest

from raufoss_assistant.evaluation.shares import refused, right, share
from run_samples import sample_row


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(hits, n, low, high):
    """Newcombe (1998), table I, method 3."""
    found = share([True] * hits + [False] * (n - hits))
    assert (found.value, found.n) == (hits / n, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_nothing_to_share():
    assert share([]) is None


def test_right_and_refused_count_what_is_theirs():
    rows = [
        sample_row("A", ok=True),
        sample_row("B", ok=False),
        sample_row("D", ok=False, expected="not_found"),
        sample_row("E", ok=False, expected="not_found", status="answered"),
        sample_row("F", ok=True, expected="clarify"),
    ]
    assert (right(rows).value, right(rows).n) == (0.5, 2)
    assert (refused(rows).value, refused(rows).n) == (0.5, 2)
