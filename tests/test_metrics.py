import pytest

from raufoss_assistant.evaluation.metrics import auroc, first_hit, mean, ndcg


def test_mean_and_its_interval():
    estimate = mean([0.0, 1.0] * 50)
    assert estimate.value == 0.5
    assert 0.38 < estimate.low < 0.5 < estimate.high < 0.62
    assert estimate.n == 100
    assert mean([0.0, 1.0] * 50) == estimate


def test_no_rows_is_an_error():
    with pytest.raises(ValueError, match="no values"):
        mean([])


def test_ndcg_by_hand():
    assert ndcg(["a", "b", "c"], {"a"}) == 1.0
    assert ndcg(["b", "a"], {"a"}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["b", "a", "c"], {"a", "c"}) == pytest.approx((0.63093 + 0.5) / (1 + 0.63093), abs=1e-4)
    assert ndcg(["x"] * 10 + ["a"], {"a"}) == 0.0


def test_first_hit():
    assert first_hit(["x", "a"], {"a"}) == 1
    assert first_hit(["x"], {"a"}) is None


def test_auroc_by_hand():
    assert auroc([0.9, 0.8, 0.1], [True, True, False]) == 1.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    with pytest.raises(ValueError, match="both"):
        auroc([0.1], [True])
