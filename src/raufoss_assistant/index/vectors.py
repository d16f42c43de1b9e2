"""The vector side of the index: a Chroma collection on disk, fed with our own embeddings."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from numpy.typing import NDArray

_COLLECTION = "passages"
_HEADER = struct.Struct("=iQQQQ")
"""Start of hnswlib's header.bin: version, offset, capacity, elements, bytes of an element."""


class VectorStore:
    """Passage vectors by id, searched by cosine.

    Example:
        >>> store = VectorStore.create(tmp_path)
        >>> store.add(["a", "b"], np.eye(2, dtype=np.float32))
        >>> store.nearest(np.array([1.0, 0.0], dtype=np.float32), 1)
        {'a': 1.0}
    """

    def __init__(self, client: Client, collection: chromadb.Collection) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> VectorStore:
        """A new, empty store in that folder.

        Every vector is written to the graph's files at once, so that no later process has any left to write.
        """
        client = _client(folder)
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_construction": 200,
                    "ef_search": 200,
                    "batch_size": 1,
                    "sync_threshold": 1,
                }
            },
        )
        return cls(client, collection)

    @classmethod
    def open(cls, folder: Path) -> VectorStore:
        """The store that `create` made."""
        client = _client(folder)
        return cls(client, client.get_collection(_COLLECTION, embedding_function=None))

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add unit vectors of shape (len(ids), dimension), in as few calls as Chroma takes."""
        batch = self._client.get_max_batch_size()
        for start in range(0, len(ids), batch):
            self._collection.add(ids=list(ids[start : start + batch]), embeddings=vectors[start : start + batch])

    def count(self) -> int:
        """Number of vectors."""
        return int(self._collection.count())

    def nearest(self, vector: NDArray[np.float32], k: int) -> dict[str, float]:
        """The k ids nearest to a unit vector with their cosines, best first."""
        size = self.count()
        if not size:
            return {}
        found = self._collection.query(query_embeddings=vector[None, :], n_results=min(k, size), include=["distances"])
        distances = cast(list[list[float]], found["distances"])
        return {id_: 1.0 - distance for id_, distance in zip(found["ids"][0], distances[0], strict=True)}

    def cosines(self, vector: NDArray[np.float32], ids: Sequence[str]) -> dict[str, float]:
        """Cosine of a unit vector with each of those passages."""
        if not ids:
            return {}
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], (np.asarray(found["embeddings"]) @ vector).tolist(), strict=True))

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards."""
        self._client.close()


def erase_slack(folder: Path) -> None:
    """Cut what a closed store's files hold beyond its vectors.

    hnswlib writes the first hundred places of a new graph from memory that it has not cleared, with whatever the
    process had in it: texts of deleted documents too (chroma-core/chroma#7688).
    """
    for header in folder.glob("*/header.bin"):
        *_, elements, size = _HEADER.unpack(header.read_bytes()[: _HEADER.size])
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            file = header.with_name(name)
            if file.stat().st_size > elements * each:
                os.truncate(file, elements * each)


def _client(folder: Path) -> Client:
    return cast(Client, chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False)))
