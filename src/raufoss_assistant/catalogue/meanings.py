"""What the words of a question mean: values, by phrases that are known, and which records they are about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, pstdev
from typing import Any

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.catalogue.wordings import Phrase, Wish, phrases
from raufoss_assistant.model import Record, RecordType

Vectors = Callable[[Sequence[str]], NDArray[np.float32]]
"""Unit vectors of texts as passages, shape (texts, width)."""
Worths = Callable[[str], Sequence[tuple[Record, float]]]
"""How much each record is about a text, on one scale for all texts."""
_CLEAR, _CLEARER = 0.6, 1.5
"""Least product of the best record's worth and of how far it stands out from the others, in their deviations: where a
question asks for nothing else, and where it does."""
_SHARE = 0.8
"""Of the best record's worth, from which others are about the text too; both set on tune rows of oversikter.yaml."""
_LEAST = 3
"""Records among which one can stand out."""
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
    """Tells the value that words mean, and the records that they are about.

    Values are told by ridge regression on the vectors of phrases, one output a value.
    Source: Hoerl and Kennard, Ridge Regression (1970).

    Args:
        vectors: of texts as passages.
        worths: of the records for a text.

    Example:
        >>> meanings = Meanings(encoder.passages, matcher.about)
        >>> meanings.of(["mens jeg beholder stillingen min"], "course")[0].wish.value
        'deltid'
    """

    def __init__(self, vectors: Vectors, worths: Worths) -> None:
        self._vectors = vectors
        self._worths = worths
        self._learnt: dict[RecordType, _Heads] = {}

    def of(self, parts: Sequence[str], type_: RecordType) -> list[Meant | None]:
        """The likeliest wish of each part; None where the type has no phrases."""
        heads = self._learnt.get(type_)
        if heads is None:
            heads = self._learnt.setdefault(type_, _Heads(phrases().of_type(type_), self._vectors))
        if not parts or not heads.wishes:
            return [None for _ in parts]
        return heads.meant(self._vectors(parts))

    def about(self, words: str, type_: RecordType, *, beside: bool = False) -> frozenset[str]:
        """Identities of the records of a type that words are about; none where no record stands out.

        Args:
            words: of a question.
            type_: of the records.
            beside: whether the question asks for something else too, so that the words may well be about nothing.

        Example:
            >>> meanings.about("avfall fra produksjonen", "service")
            frozenset({'sirkulaer-okonomi'})
        """
        worths = {record.id: worth for record, worth in self._worths(words) if record.type == type_}
        best, *others = sorted(worths.values(), reverse=True) or [0.0]
        least = _CLEARER if beside else _CLEAR
        if len(others) < _LEAST or best * (best - mean(others)) < least * pstdev(others):
            return frozenset()
        return frozenset(id_ for id_, worth in worths.items() if worth >= _SHARE * best)


class _Heads:
    """What is learnt of the phrases of a type."""

    def __init__(self, known: Sequence[Phrase], vectors: Vectors) -> None:
        self.wishes = tuple(dict.fromkeys(each.wish for each in known if each.wish))
        if not self.wishes:
            return
        wanted = np.array([[float(each.wish == wish) for wish in self.wishes] for each in known])
        raw = vectors([each.text for each in known]).astype(np.float64)
        self._centre, self._usual = raw.mean(0), wanted.mean(0)
        rows = centred(raw, self._centre)
        inverse = np.linalg.inv(rows @ rows.T + _RIDGE * np.eye(len(known)))
        self._heads: NDArray[np.float64] = rows.T @ inverse @ (wanted - self._usual)

    def meant(self, raw: NDArray[np.float32]) -> list[Meant | None]:
        """The likeliest wish for each row of vectors, shape (parts, width)."""
        chances = centred(raw, self._centre) @ self._heads + self._usual
        return [Meant(self.wishes[int(row.argmax())], float(row.max())) for row in chances]


def centred(vectors: NDArray[np.floating[Any]], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """Vectors seen from a centre, of length 1, shape (texts, width)."""
    moved = vectors.astype(np.float64) - centre
    unit: NDArray[np.float64] = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return unit
