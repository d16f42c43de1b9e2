import math

import pytest

from raufoss_assistant.evaluation.metrics import (
    auroc,
    auroc_estimate,
    first_hit,
    graded_ndcg,
    mean,
    ndcg,
    reciprocal_rank,
)


def test_mean_and_its_interval():
    estimate = mean([0.0, 1.0] * 50)
    assert estimate.value == 0.5
    assert 0.38 < estimate.low < 0.5 < estimate.high < 0.62
    assert estimate.n == 100
    assert mean([0.0, 1.0] * 50) == estimate


def test_no_rows_is_an_error():
    with pytest.raises(ValueError, match="no values"):
        mean([])


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_number_never_enters_a_mean(value):
    with pytest.raises(ValueError, match="finite"):
        mean([1.0, value])
    with pytest.raises(ValueError, match="finite"):
        auroc_estimate([1.0, value], [True, False])


def test_ndcg_by_hand():
    assert ndcg(["a", "b", "c"], {"a"}) == 1.0
    assert ndcg(["b", "a"], {"a"}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["b", "a", "c"], {"a", "c"}) == pytest.approx((0.63093 + 0.5) / (1 + 0.63093), abs=1e-4)
    assert ndcg(["x"] * 10 + ["a"], {"a"}) == 0.0
    assert ndcg(["x"], set()) == 0.0


def test_graded_ndcg_agrees_with_scikit_learn():
    from sklearn.metrics import ndcg_score

    gains = {"a": 3.0, "b": 2.0, "c": 1.0, "d": 0.0}
    ranked = ["c", "a", "d", "b"]
    theirs = ndcg_score([[gains[id_] for id_ in ranked]], [[4, 3, 2, 1]], k=3)
    assert graded_ndcg(ranked, gains, k=3) == pytest.approx(theirs)


def test_first_hit_and_reciprocal_rank():
    assert first_hit(["x", "a"], {"a"}) == 1
    assert first_hit(["x"], {"a"}) is None
    assert reciprocal_rank(["x", "a"], {"a"}) == 0.5
    assert reciprocal_rank(["x"] * 10 + ["a"], {"a"}) == 0.0


def test_auroc_by_hand():
    assert auroc([0.9, 0.8, 0.1], [True, True, False]) == 1.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    with pytest.raises(ValueError, match="both"):
        auroc([0.1], [True])


def test_auroc_and_its_interval():
    scores, positive = [0.9, 0.8, 0.3, 0.7, 0.6, 0.4, 0.2, 0.1] * 10, [True, True, True, False] * 20
    estimate = auroc_estimate(scores, positive)
    assert estimate.value == auroc(scores, positive)
    assert estimate.low < estimate.value < estimate.high
    assert estimate.n == 80
    assert auroc_estimate(scores, positive) == estimate
    assert auroc_estimate([0.9, 0.8, 0.1], [True, True, False]).low == 1.0
