"""Hybrid retrieval: words and vectors added on absolute scales."""

from __future__ import annotations

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from raufoss_assistant.index.encoder import Encoder
from raufoss_assistant.index.store import Index
from raufoss_assistant.model import Hit
from raufoss_assistant.settings import Retrieval

WORDS_WEIGHT = 3.0
"""Weight of BM25 as a share of its ideal, beside the shifted cosine (design.md, section 5)."""


class HybridRetriever(BaseRetriever):
    """Ranks passages by 3 × BM25 share + the cosine on the encoder's scale, for the candidates of both sides.

    Both parts have a meaning of their own, so the sum also tells how good the best match is; reciprocal ranks and
    per-question min-max would throw that away. With the method "words" or "vectors" only that part counts.

    Example:
        >>> retriever = HybridRetriever(index, encoder)
        >>> retriever.hits("Hvor stor er Læringsfabrikken?", 3)[0].properties.title
        'Læringsfabrikken'
    """

    def __init__(self, index: Index, encoder: Encoder, candidates: int = 60, method: Retrieval = "hybrid") -> None:
        super().__init__()
        self._index = index
        self._encoder = encoder
        self._candidates = candidates
        self._by_words = method != "vectors"
        self._by_vectors = method != "words"

    def hits(self, query: str, k: int) -> list[Hit]:
        """The k best passages, best first; fewer where the index holds fewer."""
        index = self._index
        if not index.ids:
            return []
        depth = min(max(self._candidates, k), len(index.ids))
        shares = index.words.shares(query)
        vector = self._encoder.queries([query])[0]
        best = np.argpartition(-shares, depth - 1)[:depth] if self._by_words else ()
        by_words = [index.ids[row] for row in best if shares[row] > 0]
        cosines = index.vectors.nearest(vector, depth) if self._by_vectors else {}
        cosines |= index.vectors.cosines(vector, [id_ for id_ in by_words if id_ not in cosines])
        ranked = sorted(
            (
                self._by_words * WORDS_WEIGHT * float(shares[index.rows[id_]])
                + self._by_vectors * self._encoder.scale.shifted(cosine),
                index.rows[id_],
                cosine,
            )
            for id_, cosine in cosines.items()
        )[::-1][:k]
        chunks = index.manifest.chunks(row for _, row, _ in ranked)
        return [
            Hit(passage, index.properties[passage.document], score, float(shares[row]), cosine)
            for (score, row, cosine), passage in zip(ranked, chunks, strict=True)
        ]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """LlamaIndex's interface: the ten best passages as nodes."""
        return [node(hit) for hit in self.hits(query_bundle.query_str, 10)]


def node(hit: Hit) -> NodeWithScore:
    """A passage as LlamaIndex's parts take it."""
    metadata = {"document": hit.chunk.document, "title": hit.properties.title, "page": hit.chunk.page}
    return NodeWithScore(node=TextNode(id_=hit.chunk.id, text=hit.chunk.text, metadata=metadata), score=hit.score)
