import subprocess
import sys

import numpy as np
import pytest

from raufoss_assistant.index.vectors import VectorStore, erase_slack


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


@pytest.mark.parametrize("n", [1, 4, 99, 130])
def test_the_files_hold_the_vectors_and_nothing_else(tmp_path, n):
    vectors = unit(n)
    store = VectorStore.create(tmp_path / "v")
    store.add([f"p{i}" for i in range(n)], vectors)
    store.close()
    erase_slack(tmp_path / "v")
    graph = next((tmp_path / "v").glob("*/data_level0.bin"))
    links_and_label = 4 * (1 + 2 * 16) + 8
    assert graph.stat().st_size == n * (links_and_label + 4 * vectors.shape[1])
    assert graph.with_name("length.bin").stat().st_size == 4 * n

    before = {file.name: file.read_bytes() for file in graph.parent.iterdir()}
    search = (
        "import sys; from pathlib import Path; import numpy as np\n"
        "from raufoss_assistant.index.vectors import VectorStore\n"
        "store = VectorStore.open(Path(sys.argv[1]))\n"
        "print(*store.nearest(np.load(sys.argv[2])[-1], 1))\n"
        "store.close()"
    )
    np.save(tmp_path / "vectors.npy", vectors)
    command = [sys.executable, "-c", search, str(tmp_path / "v"), str(tmp_path / "vectors.npy")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == f"p{n - 1}"
    assert {file.name: file.read_bytes() for file in graph.parent.iterdir()} == before
