"""What a need asks for, by the meaning of needs that are known: linear in their vectors, learnt when first used."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.catalogue.concepts import concepts
from raufoss_assistant.catalogue.examples import Example
from raufoss_assistant.catalogue.meanings import Vectors, centred
from raufoss_assistant.model import Record

_RIDGE = 2.0
"""Penalty on the squares of what is learnt, for centred unit vectors; set on the tune half of evals/behov.yaml."""
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=(?:og|men|så|som|eller|vi|jeg|eg|me|i|and|but|so|or|we)\b)", re.IGNORECASE)
_LEAST_WORDS = 3
"""Of a clause that is looked at by itself."""


class Learnt:
    """Foretells the worth of each record for a need: ridge regression on the vectors of examples.

    Source: Hoerl and Kennard, Ridge Regression (1970); left out in turn as by Allen's PRESS (1974).

    Example:
        >>> learnt = Learnt(catalogue.offered(), examples(), encoder.passages)
        >>> records[learnt.worths("Skjøtene våre blir porøse")[0].argmax()].id
        'sveising'
    """

    def __init__(self, records: Sequence[Record], known: Sequence[Example], vectors: Vectors) -> None:
        self._vectors_of = vectors
        self._known = {each.text: row for row, each in enumerate(known)}
        wanted = _targets(records, known)
        raw = vectors([each.text for each in known]).astype(np.float64)
        self._centre, self._usual = raw.mean(0), wanted.mean(0)
        self._rows = centred(raw, self._centre)
        self._inverse = np.linalg.inv(self._rows @ self._rows.T + _RIDGE * np.eye(len(known)))
        self._dual = self._inverse @ (wanted - self._usual)
        self._heads: NDArray[np.float64] = self._rows.T @ self._dual

    def worths(self, need: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each record its worth by the whole need, and by that clause of it that speaks most for the record.

        A need that is itself an example is foretold from all others, so that the weights can be set on it.

        Returns:
            Two arrays of shape (records,), about 0..1.
        """
        spoken = [need, *clauses(need)]
        found = centred(self._vectors_of(spoken), self._centre) @ self._without(need) + self._usual
        whole: NDArray[np.float64] = found[0]
        return whole, found[1:].max(0)

    def _without(self, need: str) -> NDArray[np.float64]:
        """What is learnt, shape (width, records), from all examples but this one."""
        row = self._known.get(need)
        if row is None:
            return self._heads
        less = self._dual - np.outer(self._inverse[:, row], self._dual[row] / self._inverse[row, row])
        less[row] = 0.0
        left: NDArray[np.float64] = self._rows.T @ less
        return left


def clauses(need: str) -> list[str]:
    """The sentences and coordinate clauses of a need that say something; the need itself where there are none.

    Example:
        >>> clauses("Vi er ni på verkstedet. Vi sveiser tanker, men skjøtene lekker.")
        ['Vi er ni på verkstedet.', 'Vi sveiser tanker', 'men skjøtene lekker.']
    """
    found = [part.strip() for part in _CLAUSE.split(need)]
    return [part for part in found if len(part.split()) >= _LEAST_WORDS] or [need]


def _targets(records: Sequence[Record], known: Sequence[Example]) -> NDArray[np.float64]:
    """Worth of each record for each example: the highest of the concepts that speak for it, shared where many do."""
    told = {each.name: np.array([float(each.told(record) is not None) for record in records]) for each in concepts()}
    wanted = np.zeros((len(known), len(records)))
    for row, example in enumerate(known):
        for name, worth in example.concepts.items():
            share = 1.0 if len(example.concepts) > 1 else 1 / math.sqrt(max(told[name].sum(), 1))
            wanted[row] = np.maximum(wanted[row], worth * share * told[name])
    return wanted
