"""Which way a question goes: what the rules say, and what was learnt of the meaning and the form of questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.form import marks
from raufoss_assistant.catalogue.meanings import centred
from raufoss_assistant.catalogue.routing import KINDS, Kind, Route, route, routed
from raufoss_assistant.index.encoder import Encoder

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Softmax:
    """Softmax regression over the kinds of answer, in the order of `KINDS`; made by evals/routing.py.

    Attributes:
        encoder: whose vectors it was learnt on.
        centre: mean of the questions' vectors, shape (width,).
        meaning: weights of a centred unit vector, shape (width, kinds).
        form: weights of what marks the form, each of shape (kinds,).
        bias: shape (kinds,).
        rules: what it adds to the logit of a kind that the rules say so, shape (kinds,).

    Example:
        >>> learnt().logits(vector, marks("Hvor mange kurs har dere?", catalogue.records)).argmax()
        2
    """

    encoder: str
    centre: Floats
    meaning: Floats
    form: Mapping[str, Floats]
    bias: Floats
    rules: Floats

    def logits(self, vector: NDArray[np.float32], marked: Mapping[str, float]) -> Floats:
        """The logit of each kind, but for what the rules add, shape (kinds,).

        Args:
            vector: of the question, as a query.
            marked: see `raufoss_assistant.catalogue.form.marks`.
        """
        found: Floats = self.bias + centred(vector[None], self.centre)[0] @ self.meaning
        for mark, worth in marked.items():
            if (weights := self.form.get(mark)) is not None:
                found = found + worth * weights
        return found


class Router:
    """Tells which way questions go. Where the encoder is another than that of the weights, the rules decide alone.

    Example:
        >>> Router(catalogue, encoder).route("Er det noe dere kan hjelpe en møbelfabrikk med?").kind
        'need'
    """

    def __init__(self, catalogue: Catalogue, encoder: Encoder) -> None:
        self._catalogue = catalogue
        self._encoder = encoder
        found = learnt()
        self._learnt = found if found and found.encoder == str(encoder.identity) else None

    def route(self, question: str) -> Route:
        """The likeliest way that the question tells all of: the type of a list, the records of a comparison.

        For lists of companies and equipment the rules decide: what was learnt has seen none.
        """
        ruled = route(question, self._catalogue)
        if self._learnt is None or not question.strip() or _unlearnt(ruled):
            return ruled
        logits = self._learnt.logits(
            self._encoder.queries([question])[0], marks(question, self._catalogue.records)
        ) + self._learnt.rules * (np.array(KINDS) == ruled.kind)
        return likeliest(logits, ruled, question, self._catalogue)


def _unlearnt(ruled: Route) -> bool:
    return ruled.kind in ("list", "count") and ruled.type in ("company", "equipment")


def likeliest(logits: Floats, ruled: Route, question: str, catalogue: Catalogue) -> Route:
    """The route of the kind with the highest logit for which the question tells the records."""
    ranked: list[Kind] = [KINDS[place] for place in np.argsort(-logits, kind="stable")]
    ways = (ruled if kind == ruled.kind else routed(kind, question, catalogue) for kind in ranked)
    return next(way for way in ways if way)


@lru_cache(maxsize=1)
def learnt() -> Softmax | None:
    """What was learnt, or None where nothing was."""
    file = resources.files("raufoss_assistant.retrieval").joinpath("router.json")
    if not file.is_file():
        return None
    raw = json.loads(file.read_text("utf-8"))
    return Softmax(
        encoder=raw["encoder"],
        centre=np.array(raw["centre"]),
        meaning=np.array(raw["meaning"]),
        form={mark: np.array(weights) for mark, weights in raw["form"].items()},
        bias=np.array(raw["bias"]),
        rules=np.array(raw["rules"]),
    )
