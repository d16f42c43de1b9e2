import numpy as np
import pytest

from raufoss_assistant.index.vectors import VectorStore


def unit(n, dimension=8, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_nearest_agrees_with_brute_force(tmp_path):
    vectors = unit(200)
    store = VectorStore.create(tmp_path / "v")
    store.add([f"p{i}" for i in range(200)], vectors)
    query = unit(1, seed=1)[0]
    found = store.nearest(query, 5)
    best = np.argsort(-(vectors @ query))[:5]
    assert list(found) == [f"p{i}" for i in best]
    assert list(found.values()) == pytest.approx((vectors @ query)[best], abs=1e-5)
    store.close()


def test_cosines_of_named_passages(tmp_path):
    vectors = unit(3)
    store = VectorStore.create(tmp_path / "v")
    store.add(["a", "b", "c"], vectors)
    assert store.cosines(vectors[1], ["c", "b"])["b"] == pytest.approx(1.0, abs=1e-5)
    assert store.cosines(vectors[1], []) == {}
    store.close()


def test_it_lasts(tmp_path):
    store = VectorStore.create(tmp_path / "v")
    store.add(["a"], unit(1))
    store.close()
    again = VectorStore.open(tmp_path / "v")
    assert again.count() == 1
    again.close()


def test_an_empty_store_finds_nothing(tmp_path):
    store = VectorStore.create(tmp_path / "v")
    assert store.nearest(unit(1)[0], 3) == {}
    store.close()
