"""The embedded model as an ONNX graph for onnxruntime on CPU: one text in; its unit vector, or a reading, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from raufoss_assistant.index.weights import BLOCK, Quantised, Weights

_MICROSOFT = "com.microsoft"
_Peaks = Mapping[str, NDArray[np.float32]]
"""Loudest activation of each channel, by the name of the matrix it is multiplied with."""


def sentence_graph(weights: Weights, examples: Iterable[Sequence[int]]) -> onnx.ModelProto:
    """The encoder with mean pooling and L2 normalisation.

    Input: `input_ids` int32 (1, tokens), at most `shape.positions` of them. Output: `embedding` float32 (1, width).

    One text at a time, without padding: attention needs no mask then, which onnxruntime's fused kernel rewards, and
    a text's vector does not depend on what else is embedded. The word embeddings stay in 4 bits, as they came. The
    other matrices are multiplied in integers: activations of 8 bits with one scale for the text, weights of 7 bits
    (8 overflow on processors without VNNI) with a scale per output column.

    One scale for all activations suffers from the few channels that are ten times as loud as the rest. As in
    SmoothQuant (Xiao et al., 2023), loud channels are turned down and their weights up by the same factor, which
    changes nothing but the rounding. How loud each is comes from running the model on `examples`, lists of token ids.
    """
    return _quietened(weights, [{"input_ids": np.array([tokens], np.int32)} for tokens in examples], _sentence)


def reader_graph(weights: Weights, examples: Iterable[tuple[Sequence[int], int]]) -> onnx.ModelProto:
    """The encoder with the reader's heads: whether a passage answers a question, and where.

    Inputs: `input_ids` as in `sentence_graph`, which tells how it is run, the question's tokens first; `asked` int64
    (1,), how many those are; examples are pairs of these. Outputs: `score` float32 (1, 1), the logit of «answers», from
    the first token, the means of question and passage and their product; `span` float32 (1, tokens, 2), the logits of
    the answer's first and last token.

    Raises:
        KeyError: the weights have no such heads.
        ValueError: the heads have other shapes than this model needs.
    """
    inputs = [{"input_ids": np.array([tokens], np.int32), "asked": np.array([asked])} for tokens, asked in examples]
    return _quietened(weights, inputs, _reading)


_Head = Callable[["_Graph", Weights, str], None]
"""Adds what comes after the layers to the graph, given the name of the last hidden states."""


def _quietened(weights: Weights, examples: Iterable[dict[str, NDArray[Any]]], head: _Head) -> onnx.ModelProto:
    """Model with loud channels turned down, as measured on the examples, which are inputs of the model."""
    probe = _model(weights, None, head)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.name.endswith(".peak")]
    runs = [session.run(names, example) for example in examples]
    return _model(weights, {name: np.max(peaks, axis=0) for name, *peaks in zip(names, *runs, strict=True)}, head)


def _model(weights: Weights, peaks: _Peaks | None, head: _Head) -> onnx.ModelProto:
    graph = _Graph(peaks)
    hidden = _embeddings(graph, weights)
    for layer in range(weights.shape.layers):
        hidden = _layer(graph, weights, hidden, f"l{layer}.")
    head(graph, weights, hidden)
    return graph.model()


def _sentence(graph: _Graph, weights: Weights, hidden: str) -> None:
    summed = graph.add("ReduceSum", [hidden, graph.constant("tokens", np.array([1], np.int64))], keepdims=0)
    graph.add("LpNormalization", [summed], output="embedding", axis=-1, p=2)
    graph.gives("embedding", [1, weights.shape.width])


def _reading(graph: _Graph, weights: Weights, hidden: str) -> None:
    width = weights.shape.width
    for name, needed in (("score", (1, 4 * width)), ("span", (2, width))):
        if weights.heads[f"{name}.w"].shape != needed or weights.heads[f"{name}.b"].shape != needed[:1]:
            raise ValueError(f"the head {name} does not fit")
    graph.takes("asked", TensorProto.INT64, [1])
    axis, zero = graph.constant("tokens", np.array([1], np.int64)), graph.constant("start", np.array([0], np.int64))
    end = graph.add("Shape", ["input_ids"], start=1, end=2)
    first = graph.add("Gather", [hidden, graph.constant("first", np.array(0, np.int64))], axis=1)
    question, passage = (
        graph.add("ReduceMean", [graph.add("Slice", [hidden, *ends, axis]), axis], keepdims=0)
        for ends in ((zero, "asked"), ("asked", end))
    )
    pooled = graph.add("Concat", [first, question, passage, graph.add("Mul", [question, passage])], axis=-1)
    heads: list[tuple[str, str, list[int | str]]] = [("score", pooled, [1, 1]), ("span", hidden, [1, "tokens", 2])]
    for name, value, shape in heads:
        matrix = graph.constant(f"{name}.w", np.ascontiguousarray(weights.heads[f"{name}.w"].T))
        bias = graph.constant(f"{name}.b", weights.heads[f"{name}.b"])
        graph.add("Add", [graph.add("MatMul", [value, matrix]), bias], output=name)
        graph.gives(name, shape)


def _embeddings(graph: _Graph, weights: Weights) -> str:
    """Words, positions and token type 0, added and normalised."""
    shape, vectors = weights.shape, weights.vectors
    words = weights.matrices["emb.word"]
    rows = [
        graph.quantised("word", words),
        "input_ids",
        graph.constant("word.scale", words.scales.astype(np.float16)),
    ]
    half = graph.add("GatherBlockQuantized", rows, _MICROSOFT, block_size=BLOCK, gather_axis=0, quantize_axis=1)
    embedded = graph.add("Cast", [half], to=TensorProto.FLOAT)
    table = vectors["emb.pos"].reshape(shape.positions, shape.width) + vectors["emb.type"][: shape.width]
    length = graph.add("Shape", ["input_ids"], start=1, end=2)
    zero = graph.constant("zero", np.array([0], np.int64))
    positions = graph.add("Slice", [graph.constant("position", table), zero, length, zero])
    return _normalised(graph, weights, graph.add("Add", [embedded, positions]), "emb.ln")


def _layer(graph: _Graph, weights: Weights, hidden: str, prefix: str) -> str:
    """One transformer layer: attention and feed-forward, each added to its input and normalised after (post-LN).

    Sum and normalisation are two nodes: onnxruntime's fused SkipLayerNormalization takes five times as long.
    """
    packed = _linear(graph, weights, hidden, prefix, ["q", "k", "v"])
    parts = graph.add_many("Split", [packed], 3, axis=-1, num_outputs=3)
    context = graph.add("MultiHeadAttention", parts, _MICROSOFT, num_heads=weights.shape.heads)
    attended = _linear(graph, weights, context, prefix, ["ao"])
    middle = _normalised(graph, weights, graph.add("Add", [attended, hidden]), f"{prefix}aln")
    inner = graph.add("Gelu", [_linear(graph, weights, middle, prefix, ["fi"])])
    outer = _linear(graph, weights, inner, prefix, ["fo"])
    return _normalised(graph, weights, graph.add("Add", [outer, middle]), f"{prefix}oln")


def _linear(graph: _Graph, weights: Weights, value: str, prefix: str, names: list[str]) -> str:
    """Value times the matrices side by side, plus their biases."""
    name = prefix + "".join(names)
    dense = np.concatenate([weights.dense(f"{prefix}{part}") for part in names])
    bias = np.concatenate([weights.vectors[f"{prefix}{part}.b"] for part in names])
    value, factors = graph.smoothed(f"{name}.peak", value)
    dense *= factors
    scales = np.abs(dense).max(axis=1) / np.float32(63)
    whole = np.rint(dense / scales[:, None]).astype(np.int8)
    inputs = [
        value,
        graph.constant(f"{name}.w", np.ascontiguousarray(whole.T)),
        graph.constant(f"{name}.scale", scales),
        "",
        graph.constant(f"{name}.b", bias),
    ]
    return graph.add("DynamicQuantizeMatMul", inputs, _MICROSOFT)


def _normalised(graph: _Graph, weights: Weights, value: str, name: str) -> str:
    norm = [graph.constant(f"{name}.{part}", weights.vectors[f"{name}.{part}"]) for part in "wb"]
    return graph.add("LayerNormalization", [value, *norm], axis=-1, epsilon=weights.shape.epsilon)


class _Graph:
    """Nodes and constants, gathered in order; outputs get numbered names.

    Without peaks, the graph measures them and gives them as further outputs.
    """

    def __init__(self, peaks: _Peaks | None) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._peaks = peaks
        self._inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "tokens"])]
        self._outputs: list[onnx.ValueInfoProto] = []

    def smoothed(self, name: str, value: str) -> tuple[str, NDArray[np.float32] | np.float32]:
        """The value with its loud channels turned down, and the factors by which they were.

        The factors are powers of two, so that they are exact and do not hang on the last bit of a peak.
        """
        if self._peaks is None:
            self.gives(name, None)
            axes = self.constant(f"{name}.axes", np.array([0, 1], np.int64))
            self.add("ReduceMax", [self.add("Abs", [value]), axes], output=name, keepdims=0)
            return value, np.float32(1)
        loudness = np.sqrt(self._peaks[name] + np.float32(1e-6))
        factors = np.exp2(np.rint(np.log2(loudness / np.median(loudness)))).astype(np.float32)
        return self.add("Mul", [value, self.constant(f"{name}.factor", 1 / factors)]), factors

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        self._constants.append(numpy_helper.from_array(values, name))
        return name

    def quantised(self, name: str, matrix: Quantised) -> str:
        """A matrix of signed 4-bit numbers, two in a byte, the first in the low half."""
        signed = matrix.values ^ 8
        packed = signed[:, ::2] | (signed[:, 1::2] << 4)
        self._constants.append(
            helper.make_tensor(name, TensorProto.INT4, matrix.values.shape, packed.tobytes(), raw=True)
        )
        return name

    def add(
        self, operator: str, inputs: list[str], domain: str = "", output: str = "", **attributes: int | float
    ) -> str:
        """Append a node with one output and return that output's name."""
        output = output or f"value{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], output, domain=domain, **attributes))
        return output

    def add_many(self, operator: str, inputs: list[str], outputs: int, **attributes: int) -> list[str]:
        """Append a node with several outputs and return their names."""
        names = [f"value{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, inputs, names, names[0], **attributes))
        return names

    def takes(self, name: str, kind: int, shape: list[int | str]) -> None:
        """Add an input beside the token ids."""
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))

    def gives(self, name: str, shape: list[int | str] | None) -> None:
        """Make a value of the graph one of its outputs."""
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def model(self) -> onnx.ModelProto:
        graph = helper.make_graph(self._nodes, "e5-small", self._inputs, self._outputs, self._constants)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)
