"""Which value a part of a question asks for, by the meaning of phrases that are known: linear in their vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.catalogue.phrases import Phrase, Wish, phrases
from raufoss_assistant.model import RecordType

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Unit vectors of texts as passages, shape (texts, width)."""
_RIDGE = 0.6
"""Penalty on the squares of what is learnt, for centred unit vectors; set by leaving each phrase out in turn."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a part of a question asks for most likely.

    Attributes:
        wish: the value.
        chance: how sure that is, about 0..1.
    """

    wish: Wish
    chance: float


class Meanings:
    """Tells the value that words mean: ridge regression on the vectors of phrases, one output a value.

    Source: Hoerl and Kennard, Ridge Regression (1970).

    Example:
        >>> meanings = Meanings(encoder.passages)
        >>> meanings.of(["mens jeg beholder stillingen min"], "course")[0].wish.value
        'deltid'
    """

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._learnt: dict[RecordType, _Heads] = {}

    def of(self, parts: Sequence[str], type_: RecordType) -> list[Meant | None]:
        """The likeliest wish of each part; None where the type has no phrases."""
        heads = self._learnt.get(type_)
        if heads is None:
            heads = self._learnt.setdefault(type_, _Heads(phrases().of_type(type_), self._vectors))
        if not parts or not heads.wishes:
            return [None for _ in parts]
        return heads.meant(self._vectors(parts))


class _Heads:
    """What is learnt of the phrases of a type."""

    def __init__(self, known: Sequence[Phrase], vectors: Vectors) -> None:
        self.wishes = tuple(dict.fromkeys(each.wish for each in known if each.wish))
        if not self.wishes:
            return
        wanted = np.array([[float(each.wish == wish) for wish in self.wishes] for each in known])
        raw = vectors([each.text for each in known]).astype(np.float64)
        self._centre, self._usual = raw.mean(0), wanted.mean(0)
        rows = self._centred(raw)
        inverse = np.linalg.inv(rows @ rows.T + _RIDGE * np.eye(len(known)))
        self._heads: NDArray[np.float64] = rows.T @ inverse @ (wanted - self._usual)

    def meant(self, raw: NDArray[np.float32]) -> list[Meant | None]:
        """The likeliest wish for each row of vectors, shape (parts, width)."""
        chances = self._centred(raw.astype(np.float64)) @ self._heads + self._usual
        return [Meant(self.wishes[int(row.argmax())], float(row.max())) for row in chances]

    def _centred(self, raw: NDArray[np.float64]) -> NDArray[np.float64]:
        moved = raw - self._centre
        unit: NDArray[np.float64] = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return unit
