"""What the sentences of a need tell, by meaning: how mature a technology is, and how many people there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.numpy import load_file

from raufoss_assistant.catalogue.meanings import Vectors, centred
from raufoss_assistant.norwegian.sentences import sentences

Floats = NDArray[np.float64]
STAGES: dict[str, tuple[float, float]] = {
    "1-2": (1.0, 2.0),
    "3": (3.0, 3.0),
    "4": (4.0, 4.0),
    "5-6": (5.0, 6.0),
    "7-8": (7.0, 8.0),
    "9": (9.0, 9.0),
}
"""Least and most level of the TRL scale, as in corpus/katapult/trl-forklart.md; those together that are told alike."""
COUNTS = 0.6
"""Least chance that a sentence counts the people."""


class Telling:
    """Reads what need not be said in any fixed words: «ingen andre enn oss har sett den i drift».

    A network with one hidden layer, over the vectors of a sentence and of the text it stands in; training in
    training/train_telling.py.

    Args:
        vectors: of texts as passages.
        weights: "centre", shape (2 × width,); "inner.weight", "inner.bias", "outer.weight" and "outer.bias" of the
            layers. What comes out: no stage, each of `STAGES`, and that the people are counted.

    Example:
        >>> telling = Telling.of(encoder.passages, str(encoder.identity))
        >>> telling.read("Den har stått i drift hos en kunde siden mars.")[0].argmax()
        4
    """

    def __init__(self, vectors: Vectors, weights: Mapping[str, Floats]) -> None:
        self._vectors = vectors
        self._weights = weights

    @classmethod
    def of(cls, vectors: Vectors, encoder: str) -> Telling | None:
        """One that reads with what is learnt; None where that was learnt on another encoder's vectors."""
        learnt_on, weights = _learnt()
        return cls(vectors, weights) if learnt_on == encoder else None

    def read(self, text: str) -> tuple[Floats, str | None]:
        """How likely each of `STAGES` is told, and the sentence that counts the people, or None.

        Returns:
            Chances of shape (stages,) that add up to at most 1, of the sentence that surest tells a stage.
        """
        told = [text[start:end] for start, end in sentences(text)]
        if not told:
            return np.zeros(len(STAGES)), None
        logits = self._logits(features(self._vectors([*told, text]).astype(np.float64)))
        odds = np.exp(logits[:, :-1] - logits[:, :-1].max(1, keepdims=True))
        chances = odds / odds.sum(1, keepdims=True)
        counts = 1 / (1 + np.exp(-logits[:, -1]))
        counting = told[int(counts.argmax())] if counts.max() >= COUNTS else None
        stages: Floats = chances[chances[:, 0].argmin(), 1:]
        return stages, counting

    def _logits(self, rows: Floats) -> Floats:
        weights = self._weights
        inner = np.maximum(seen(rows, weights["centre"]) @ weights["inner.weight"].T + weights["inner.bias"], 0)
        found: Floats = inner @ weights["outer.weight"].T + weights["outer.bias"]
        return found


def features(vectors: Floats) -> Floats:
    """Each sentence's vector beside that of the whole text, which stands last, shape (sentences, 2 × width)."""
    *each, whole = vectors
    return np.hstack([np.stack(each), np.repeat(whole[None], len(each), axis=0)])


def seen(rows: Floats, centre: Floats) -> Floats:
    """Features from their centre, each half of length 1."""
    half = len(centre) // 2
    return np.hstack([centred(rows[:, :half], centre[:half]), centred(rows[:, half:], centre[half:])])


@lru_cache(maxsize=1)
def _learnt() -> tuple[str, dict[str, Floats]]:
    """The encoder's identity and the weights that training/train_telling.py wrote."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/telling.safetensors")
    with resources.as_file(file) as path:
        weights = {name: value.astype(np.float64) for name, value in load_file(path).items()}
        with safe_open(path, "np") as kept:
            return kept.metadata()["encoder"], weights
