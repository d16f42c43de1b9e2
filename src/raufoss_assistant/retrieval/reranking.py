"""The hybrid's best passages, read and ranked again."""

from __future__ import annotations

from dataclasses import replace

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from raufoss_assistant.model import Hit
from raufoss_assistant.retrieval.hybrid import HybridRetriever, node
from raufoss_assistant.retrieval.passage_reader import CANDIDATES, PassageReader

READER_WEIGHT = 1.5
"""Weight of the chance that the passage answers, beside the hybrid's score (training/evaluate.py)."""


class ReadingRetriever(BaseRetriever):
    """Ranks the hybrid's passages by its score + 1.5 × the reader's chance that the passage answers.

    The chance is bounded, so that an unsure reader cannot outweigh both words and vectors; a passage that was not read,
    because it came too far down or the time was out, has none.

    Example:
        >>> retriever = ReadingRetriever(HybridRetriever(index, encoder), reader, seconds=0.9)
        >>> retriever.hits("Hvor stor er Læringsfabrikken?", 3)[0].reading.chance > 0.5
        True
    """

    def __init__(self, hybrid: HybridRetriever, reader: PassageReader, seconds: float) -> None:
        super().__init__()
        self._hybrid = hybrid
        self._reader = reader
        self._seconds = seconds

    def hits(self, query: str, k: int) -> list[Hit]:
        """The k best passages, best first; fewer where the index holds fewer."""
        found = self._hybrid.hits(query, max(k, CANDIDATES))
        readings = self._reader.read(query, [hit.chunk for hit in found], seconds=self._seconds)
        read = [
            replace(hit, score=hit.score + READER_WEIGHT * reading.chance, reading=reading)
            for hit, reading in zip(found, readings, strict=False)
        ]
        return sorted([*read, *found[len(read) :]], key=lambda hit: -hit.score)[:k]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """LlamaIndex's interface: the ten best passages as nodes."""
        return [node(hit) for hit in self.hits(query_bundle.query_str, 10)]
