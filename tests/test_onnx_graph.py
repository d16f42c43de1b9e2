import numpy as np
import onnxruntime
import pytest
from onnx import numpy_helper

from raufoss_assistant.index.onnx_graph import reader_graph, sentence_graph
from raufoss_assistant.index.weights import Pieces, Quantised, Shape, Weights

SHAPE = Shape(width=32, layers=2, heads=2, inner=64, vocabulary=50, positions=16, epsilon=1e-12)


def random_weights(loud: float = 1.0) -> Weights:
    """A tiny model; the first inner neuron of each layer is so many times as loud as the others."""
    random = np.random.default_rng(7)

    def matrix(rows: int, columns: int) -> Quantised:
        scales = random.uniform(0.02, 0.06, (rows, columns // 32)).astype(np.float16).astype(np.float32)
        return Quantised(random.integers(0, 16, (rows, columns), dtype=np.uint8), scales)

    matrices = {"emb.word": matrix(50, 32)}
    vectors = {"emb.pos": random.normal(0, 0.1, 16 * 32), "emb.type": random.normal(0, 0.1, 64)}
    norms = ["emb.ln"]
    for layer in range(2):
        for part in ("q", "k", "v", "ao"):
            matrices[f"l{layer}.{part}.w"] = matrix(32, 32)
        matrices[f"l{layer}.fi.w"], matrices[f"l{layer}.fo.w"] = matrix(64, 32), matrix(32, 64)
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            vectors[f"l{layer}.{part}.b"] = random.normal(0, 0.1, 64 if part == "fi" else 32)
        vectors[f"l{layer}.fi.b"][0] = loud
        norms += [f"l{layer}.aln", f"l{layer}.oln"]
    for norm in norms:
        vectors[f"{norm}.w"], vectors[f"{norm}.b"] = random.normal(1, 0.1, 32), random.normal(0, 0.1, 32)
    as_float32 = {name: value.astype(np.float32) for name, value in vectors.items()}
    return Weights(SHAPE, Pieces((), 0, 2, 1, 3), matrices, as_float32)


def by_hand(weights: Weights, tokens: list[int]) -> np.ndarray:
    """BERT written out with torch, as an independent opinion."""
    torch = pytest.importorskip("torch")
    dense = {name: torch.tensor(matrix.dense()) for name, matrix in weights.matrices.items()}
    vectors = {name: torch.tensor(value) for name, value in weights.vectors.items()}
    functional = torch.nn.functional

    def norm(value, name):
        return functional.layer_norm(value, (32,), vectors[f"{name}.w"], vectors[f"{name}.b"], 1e-12)

    def linear(value, name):
        return functional.linear(value, dense[f"{name}.w"], vectors[f"{name}.b"])

    count = len(tokens)
    words = dense["emb.word"][tokens]
    hidden = norm(words + vectors["emb.pos"].reshape(16, 32)[:count] + vectors["emb.type"][:32], "emb.ln")
    for layer in ("l0", "l1"):
        query, key, value = (linear(hidden, f"{layer}.{part}").reshape(count, 2, 16).transpose(0, 1) for part in "qkv")
        context = functional.scaled_dot_product_attention(query, key, value).transpose(0, 1).reshape(count, 32)
        hidden = norm(hidden + linear(context, f"{layer}.ao"), f"{layer}.aln")
        inner = functional.gelu(linear(hidden, f"{layer}.fi"))
        hidden = norm(hidden + linear(inner, f"{layer}.fo"), f"{layer}.oln")
    return functional.normalize(hidden.mean(0), dim=0).numpy()


def run(weights: Weights, examples: list[list[int]], tokens: list[int]) -> np.ndarray:
    session = onnxruntime.InferenceSession(sentence_graph(weights, examples).SerializeToString())
    return session.run(None, {"input_ids": np.array([tokens], np.int32)})[0][0]


@pytest.mark.parametrize("tokens", [[0], [0, 2], [0, 5, 9, 2], [0, *range(10, 24), 2]])
def test_graph_agrees_with_bert_by_hand(tokens: list[int]) -> None:
    weights = random_weights()
    vector = run(weights, [[0, 7, 2]], tokens)
    assert vector.shape == (32,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert vector @ by_hand(weights, tokens) > 0.997


def test_loud_channels_are_turned_down_by_powers_of_two() -> None:
    weights = random_weights(loud=300.0)
    model = sentence_graph(weights, [[0, 20, 21, 2]])
    factors = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in model.graph.initializer
        if tensor.name.endswith(".factor")
    }
    assert len(factors) == 8
    assert factors["l0.fo.peak.factor"][0] <= np.median(factors["l0.fo.peak.factor"]) / 8
    assert all(np.all(np.log2(values) % 1 == 0) for values in factors.values())


def test_a_loud_channel_does_not_drown_the_others() -> None:
    weights = random_weights(loud=300.0)
    tokens = [0, 11, 12, 13, 2]
    assert run(weights, [[0, 20, 21, 2]], tokens) @ by_hand(weights, tokens) > 0.997


def test_a_channel_that_is_never_heard_gives_finite_vectors() -> None:
    weights = random_weights(loud=-1000.0)
    assert np.isfinite(run(weights, [[0, 2]], [0, 11, 12, 2])).all()


def test_the_readers_graph_gives_a_score_of_both_parts_and_a_place_for_each_token() -> None:
    random = np.random.default_rng(3)
    heads = {"score.w": random.normal(size=(1, 128)), "score.b": np.ones(1), "span.w": random.normal(size=(2, 32))}
    heads["span.b"] = np.array([0.5, -0.5])
    weights = random_weights().adapted({name: value.astype(np.float32) for name, value in heads.items()})
    session = onnxruntime.InferenceSession(reader_graph(weights, [([0, 20, 2, 30, 2], 3)]).SerializeToString())
    tokens = np.array([[0, 11, 12, 2, 13, 14, 2]], np.int32)
    (early, places), (late, same) = (
        session.run(["score", "span"], {"input_ids": tokens, "asked": np.array([asked])}) for asked in (2, 4)
    )
    assert places.shape == (1, 7, 2)
    assert early.shape == (1, 1)
    assert early != late
    assert np.array_equal(places, same)


def test_a_reader_needs_heads() -> None:
    with pytest.raises(KeyError):
        reader_graph(random_weights(), [([0, 2], 1)])


def test_an_adapter_works_as_if_it_were_in_the_matrix() -> None:
    weights = random_weights()
    random = np.random.default_rng(5)
    thin = {"l1.fi.down": random.normal(size=(4, 32)), "l1.fi.up": random.normal(size=(64, 4)) * 0.1}
    adapted = weights.adapted({name: value.astype(np.float32) for name, value in thin.items()})
    plain = weights.matrices["l1.fi.w"].dense()
    assert np.allclose(adapted.dense("l1.fi") - plain, thin["l1.fi.up"] @ thin["l1.fi.down"], atol=1e-5)
    assert np.array_equal(weights.dense("l1.fi"), plain)
    assert not np.allclose(run(weights, [[0, 7, 2]], [0, 5, 2]), run(adapted, [[0, 7, 2]], [0, 5, 2]), atol=0.01)
