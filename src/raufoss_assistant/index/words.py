"""The word side of the index: BM25 over stemmed terms, kept on disk by bm25s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.index.lexicon import MISSPELT, Lexicon
from raufoss_assistant.norwegian.analyse import terms

_EMPTY = "empty"


class WordIndex:
    """BM25 (Lucene's variant, k1 = 1.5, b = 0.75) over passages, scored as a share of the query's ideal.

    The ideal is what a passage full of every query term would get: the sum of the terms' inverse document
    frequencies. Terms that no passage holds count in the ideal, so the share also tells how much of the query
    the collection knows. It is an absolute scale, about 0..1, equal for short and long queries.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).

    Example:
        >>> index = WordIndex.build(["Roboter sveiser.", "Kurs i sveising for lærlinger."])
        >>> index.shares("sveisekurs for lærling").argmax()
        np.int64(1)
    """

    def __init__(self, engine: bm25s.BM25 | None, passages: int) -> None:
        self._engine = engine
        self._passages = passages
        if engine is not None:
            frequency = np.diff(engine.scores["indptr"])
            self._idf = np.log1p((passages - frequency + 0.5) / (frequency + 0.5))
            self._lexicon = Lexicon(engine.vocab_dict)
            self._unknown_idf = float(np.log1p((passages + 0.5) / 0.5))

    @classmethod
    def build(cls, texts: Sequence[str], analyse: Callable[[str], list[str]] = terms) -> WordIndex:
        """Index the texts; a row's number is its place in the sequence."""
        tokens = [analyse(text) for text in texts]
        if not any(tokens):
            return cls(None, len(texts))
        engine = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        engine.index(tokens, show_progress=False, create_empty_token=True)
        return cls(engine, len(texts))

    def save(self, folder: Path) -> None:
        """Write the index to a new folder."""
        folder.mkdir(parents=True)
        if self._engine is None:
            (folder / _EMPTY).touch()
        else:
            self._engine.save(folder, corpus=None)

    @classmethod
    def load(cls, folder: Path, passages: int) -> WordIndex:
        """Read what `save` wrote, for a collection of that many passages."""
        empty = (folder / _EMPTY).exists()
        return cls(None if empty else bm25s.BM25.load(folder, load_corpus=False, mmap=True), passages)

    def idf(self, term: str) -> float:
        """Inverse document frequency of a stemmed term; the highest for one that no passage holds."""
        if self._engine is None:
            return 0.0
        known = self._engine.vocab_dict.get(term)
        return self._unknown_idf if known is None else float(self._idf[known])

    def shares(self, query: str) -> NDArray[np.float32]:
        """Each passage's BM25 score as a share of the ideal; zeros where the query has no terms.

        Returns:
            Array of shape (passages,), values about 0..1.
        """
        if self._engine is None:
            return np.zeros(self._passages, dtype=np.float32)
        asked = terms(query)
        meant = [self._lexicon.readings(term) for term in asked]
        ideal = sum(self.idf(_whole(term, readings)) for term, readings in zip(asked, meant, strict=True))
        scores = np.zeros(self._passages, dtype=np.float32)
        if not ideal:
            return scores
        for known, weight in (reading for readings in meant for reading in readings):
            scores += weight * self._engine.get_scores_from_ids([self._engine.vocab_dict[known]])
        return scores / np.float32(ideal)


def _whole(term: str, readings: Sequence[tuple[str, float]]) -> str:
    """The term whose rarity counts: of a misspelt one, what it is taken for."""
    return readings[0][0] if readings and readings[0][1] == MISSPELT else term
