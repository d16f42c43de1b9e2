from pathlib import Path

import numpy as np
import pytest

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index.embedded import weights_file
from raufoss_assistant.index.weights import Quantised, Weights


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.read(weights_file())


def test_shape_is_that_of_multilingual_e5_small(weights: Weights) -> None:
    shape = weights.shape
    assert (shape.width, shape.layers, shape.heads, shape.inner) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions) == (250037, 512)
    assert shape.epsilon == pytest.approx(1e-12)


def test_pieces_are_those_of_xlm_r(weights: Weights) -> None:
    pieces = weights.pieces
    assert [pieces.scored[number][0] for number in (pieces.bos, pieces.pad, pieces.eos, pieces.unk)] == [
        "<s>",
        "<pad>",
        "</s>",
        "<unk>",
    ]
    assert len(pieces.scored) == 250002
    assert {"▁og", "▁ikke", "ø"} <= {piece for piece, _ in pieces.scored}


def test_every_matrix_and_vector_has_its_shape(weights: Weights) -> None:
    shapes = {name: matrix.values.shape for name, matrix in weights.matrices.items()}
    assert shapes.pop("emb.word") == (250037, 384)
    for layer in range(12):
        assert [shapes.pop(f"l{layer}.{part}.w") for part in ("q", "k", "v", "ao")] == [(384, 384)] * 4
        assert shapes.pop(f"l{layer}.fi.w") == (1536, 384)
        assert shapes.pop(f"l{layer}.fo.w") == (384, 1536)
    assert not shapes
    assert weights.vectors["emb.pos"].shape == (512 * 384,)


def test_dense_undoes_the_blocks() -> None:
    values = np.arange(64, dtype=np.uint8).reshape(1, 64) % 16
    matrix = Quantised(values, np.array([[0.5, 2.0]], np.float32))
    dense = matrix.dense()
    assert dense[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert dense[0, 32:35].tolist() == [-16.0, -14.0, -12.0]


def test_first_block_is_unpacked_as_in_e5_c(weights: Weights) -> None:
    data = weights_file().read_bytes()
    start = 4638272  # of emb.word
    scale = np.frombuffer(data, "<f2", 1, start)[0]
    nibbles = data[start + 2 : start + 18]
    expected = [((byte & 15) - 8) * scale for byte in nibbles] + [((byte >> 4) - 8) * scale for byte in nibbles]
    matrix = weights.matrices["emb.word"]
    assert Quantised(matrix.values[:1], matrix.scales[:1]).dense()[0, :32] == pytest.approx(expected)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"noe helt annet")
    with pytest.raises(ModelError, match="er ikke en modellfil"):
        Weights.read(tmp_path / "x.bin")


@pytest.mark.parametrize("size", [4, 30, 100_000, 4_000_000, 60_000_000])
def test_cut_off_file_is_refused(tmp_path: Path, size: int) -> None:
    (tmp_path / "x.bin").write_bytes(weights_file().read_bytes()[:size])
    with pytest.raises(ModelError, match="er skadet"):
        Weights.read(tmp_path / "x.bin")


def test_trained_vectors_replace_its_own_and_the_rest_are_heads(weights: Weights) -> None:
    new = np.ones(384, np.float32)
    adapted = weights.adapted({"l0.aln.w": new, "score.b": np.ones(1, np.float32)})
    assert np.array_equal(adapted.vectors["l0.aln.w"], new)
    assert not np.array_equal(weights.vectors["l0.aln.w"], new)
    assert list(adapted.heads) == ["score.b"]


@pytest.mark.parametrize(
    ("name", "shape"),
    [("l0.aln.w", (383,)), ("l0.q.up", (384, 16)), ("l0.q.down", (16, 384)), ("l99.q.up", (384, 16))],
)
def test_what_does_not_fit_is_refused(weights: Weights, name: str, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=name.removesuffix(".up").removesuffix(".down")):
        weights.adapted({name: np.zeros(shape, np.float32)})
