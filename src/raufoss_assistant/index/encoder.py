"""From text to unit vectors: the embedded model, or any sentence-transformers model the user names."""

from __future__ import annotations

import asyncio
import os
from abc import abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from llama_index.core.embeddings import BaseEmbedding
from numpy.typing import NDArray
from pydantic import PrivateAttr

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index.embedded import ADAPTED_MARK, GRAPH, load_tokenizer, unpacked
from raufoss_assistant.settings import EMBEDDED_MODEL, Settings

Vectors = NDArray[np.float32]
"""Unit vectors, one a row, float32 of shape (texts, dimension)."""
Progress = Callable[[int], object]
"""Told how many more texts are done."""
_REMEMBERED = 8192
"""Texts; a vector takes 1.5 kB."""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What an index must agree on with the encoder that searches it.

    Attributes:
        name: of the model and its edition.
        dimension: of the vectors.
        normalised: True where the vectors have length 1.
    """

    name: str
    dimension: int
    normalised: bool = True

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension} tall{', lengde 1' if self.normalised else ''})"


@dataclass(frozen=True, slots=True)
class Scale:
    """What the cosine of two texts means under a model.

    Attributes:
        zero: of unrelated texts.
        unit: from unrelated to nearly the same text.
    """

    zero: float
    unit: float

    def shifted(self, cosine: float) -> float:
        """0 for unrelated, 1 for nearly the same.

        Example:
            >>> round(Scale(0.75, 0.15).shifted(0.9), 3)
            1.0
        """
        return (cosine - self.zero) / self.unit


E5 = Scale(0.75, 0.15)
"""Of multilingual-e5 as it is published (design.md, section 5)."""
ADAPTED = Scale(0.41, 0.3)
"""Of the embedded model with our adapter, which sets texts farther apart: the unit is that which ranks best on the
development split of NorQuAD and of corpus/, the zero that which keeps right passages where they were on E5's scale."""


class Encoder(BaseEmbedding):
    """A LlamaIndex embedding that embeds many texts at once and says which model it is. Safe to use from threads.

    A text longer than the model takes is cut; its first part is embedded.

    Example:
        >>> encoder = load_encoder(Settings())
        >>> encoder.queries(["Hvem leder katapulten?"]) @ encoder.passages(["Katapulten ledes av …"]).T
        array([[0.87]], dtype=float32)
    """

    @property
    @abstractmethod
    def identity(self) -> EncoderIdentity:
        """Stored with an index and checked when it is opened."""

    @property
    def scale(self) -> Scale:
        """What cosines of its vectors mean."""
        return E5

    @abstractmethod
    def _embed(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> Vectors:
        """Unit vectors of the texts, in order."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, (len(texts), dimension).

        Raises:
            ModelError: the model gave numbers that are not finite.
        """
        return self._checked(self._embed([_clean(text) for text in texts], query=True))

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors of passages, (len(texts), dimension); `progress` is told of texts as they are done.

        Raises:
            ModelError: the model gave numbers that are not finite.
        """
        return self._checked(self._embed([_clean(text) for text in texts], query=False, progress=progress))

    def _checked(self, vectors: Vectors) -> Vectors:
        if not np.isfinite(vectors).all():
            raise ModelError(f"Språkmodellen {self.identity.name} ga ugyldige vektorer. Indeksen er ikke endret.")
        return vectors

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self.queries([query])[0].tolist()
        return vector

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.passages(texts).tolist()
        return vectors

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


class OnnxEncoder(Encoder):
    """The embedded multilingual-e5-small, run by onnxruntime: one text a thread, as many threads as there are cores.

    The latest texts are remembered: the sentences of a passage are compared with every question that finds it.

    Example:
        >>> OnnxEncoder(unpacked(Settings().model_dir)).queries(["Hva er en katapult?"]).shape
        (1, 384)
    """

    _session: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()
    _identity: EncoderIdentity = PrivateAttr()
    _scale: Scale = PrivateAttr()
    _pool: Any = PrivateAttr()
    _remembered: Any = PrivateAttr()

    def __init__(self, folder: Path) -> None:
        """Load the model that `embedded.unpacked` made in that folder.

        Raises:
            ModelError: the folder is damaged.
        """
        super().__init__(model_name=folder.name)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(folder / GRAPH, options, providers=["CPUExecutionProvider"])
            self._tokenizer = load_tokenizer(folder)
        except Exception as error:  # neither library has a base class of its own
            raise ModelError(f"Språkmodellen i {folder} er skadet. Slett mappen og prøv igjen.") from error
        self._identity = EncoderIdentity(folder.name, self._session.get_outputs()[0].shape[1])
        self._scale = ADAPTED if ADAPTED_MARK in self._session.get_modelmeta().custom_metadata_map else E5
        self._pool = ThreadPoolExecutor(cores(), "encoder")
        self._remembered = lru_cache(_REMEMBERED)(self._one)

    @property
    def identity(self) -> EncoderIdentity:
        """Named after the folder, which is named after the weights and the way they are run."""
        return self._identity

    @property
    def scale(self) -> Scale:
        """Whether the adapter was merged in is written in the graph."""
        return self._scale

    def _embed(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), self._identity.dimension), np.float32)
        prefix = "query: " if query else "passage: "
        for row, vector in enumerate(self._pool.map(lambda text: self._remembered(prefix + text), texts)):
            vectors[row] = vector
            if progress:
                progress(1)
        return vectors

    def _one(self, text: str) -> Vectors:
        tokens = self._tokenizer.encode(text).ids
        result: Vectors = self._session.run(None, {"input_ids": np.array([tokens], np.int32)})[0][0]
        return result


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name; the embedded model is unpacked at first use.

    Raises:
        ModelError: the model cannot be made or loaded.
    """
    if settings.embedding_model != EMBEDDED_MODEL:
        from raufoss_assistant.index.sentence_encoder import SentenceTransformerEncoder  # noqa: PLC0415 - seconds

        return SentenceTransformerEncoder(settings.embedding_model)
    try:
        return _opened(unpacked(settings.model_dir))
    except ModelError:  # sizes are right, content is not
        return _opened(unpacked(settings.model_dir, thorough=True))


@lru_cache(maxsize=2)
def _opened(folder: Path) -> OnnxEncoder:
    """The one of this process: all who use the model share its threads and the texts that it remembers."""
    return OnnxEncoder(folder)


def _clean(text: str) -> str:
    """The text without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
