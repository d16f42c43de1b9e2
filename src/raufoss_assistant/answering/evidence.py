"""How well a unit answers a question, and whether anything does: features on absolute scales, two logistic rules."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache
from importlib import resources
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.answering.antecedent import with_lead
from raufoss_assistant.answering.expectation import Expectation
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.index.encoder import Encoder, Scale
from raufoss_assistant.index.words import WordIndex
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.norwegian.synonyms import akin
from raufoss_assistant.retrieval.passage_reader import SECONDS, PassageReader

_AKIN = 0.7
"""What a term that usually means the same counts for."""
READ_ALONE = 8
"""Units of all passages that the reader reads by themselves."""


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a unit; each on a scale that means the same for every question.

    Attributes:
        passage: the passage's retrieval score.
        cosine: shifted cosine of question and unit: 0 unrelated, 1 nearly the same.
        coverage: share of the question's term weight (idf) found in the unit; a term that usually means the same counts
            for less.
        context: the same for the whole passage with its title and headings.
        rarest: 1 where the passage holds the question's rarest term, less where only one that usually means the same.
        heading: shifted cosine of question and the line above the passage: its nearest heading, else its title.
        met: 1 where the question asks for a kind of thing (an amount, a time, …) and the unit holds one.
        unmet: 1 where the question asks for a kind of thing and the unit holds none.
        numbers: share of the question's numbers and codes that the passage lacks; 0 where it has none.
        length: natural logarithm of the unit's number of words.
        reader: chance that the passage answers, by the reader; 0 where it was not read.
        placed: chance that the answer's place is in the passage, by the reader, times the share of it in the unit.
        alone: chance that the unit answers, by the reader, where it reads the unit by itself under its headings, with
            the sentence before where it leans on that; 0 where it did not.
        logit: the same as the reader's score, in quarters; -2 where it did not.
        inside: chance that the answer's place is in the unit, read by itself; 0 where it was not.
        whole: the reader's score of the passage, in quarters; -2 where it was not read.
    """

    passage: float
    cosine: float
    coverage: float
    context: float
    rarest: float
    heading: float
    met: float
    unmet: float
    numbers: float
    length: float
    reader: float
    placed: float
    alone: float = 0.0
    logit: float = -2.0
    inside: float = 0.0
    whole: float = -2.0

    @property
    def promise(self) -> float:
        """How far a unit deserves to be read by itself."""
        return 0.3 * self.passage + self.cosine + self.coverage + 0.3 * self.met + self.placed


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic rule: weights in the order of `Features`, for as many of them as it takes, then the intercept.

    Made by evals/calibrate.py.
    """

    weights: tuple[float, ...]

    def probability(self, *features: Features) -> float:
        """Chance, 0..1."""
        values = chain.from_iterable(map(astuple, features))
        logit = self.weights[-1] + sum(w * x for w, x in zip(self.weights[:-1], values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The two rules and the threshold of refusal.

    Attributes:
        selection: chance that a unit answers, given that some unit of the passages does.
        answerable: chance that the best unit answers at all, from its features and those of its company.
        threshold: below this chance the question is refused.
    """

    selection: Rule
    answerable: Rule
    threshold: float


@lru_cache(maxsize=2)
def calibration(*, read: bool) -> Calibration:
    """The rules that evals/calibrate.py wrote, for passages that the reader has read and for those it has not."""
    raw = json.loads(resources.files("raufoss_assistant.answering").joinpath("calibration.json").read_text("utf-8"))
    if raw["features"] != [field.name for field in fields(Features)]:
        raise RaufossError("calibration.json passer ikke til programmet. Kjør evals/calibrate.py på nytt.")
    rules = raw["read" if read else "unread"]
    return Calibration(Rule(tuple(rules["selection"])), Rule(tuple(rules["answerable"])), rules["threshold"])


def measure(
    question: str,
    candidates: Sequence[Unit],
    words: WordIndex,
    encoder: Encoder,
    reader: PassageReader | None = None,
    *,
    seconds: float = SECONDS,
) -> list[Features]:
    """Features of each unit for the question; with a reader, the most promising are read, as time allows."""
    measured = _measured(question, candidates, words, encoder)
    if reader is None:
        return measured
    promising = sorted(range(len(measured)), key=lambda at: -measured[at].promise)[:READ_ALONE]
    alone = [with_lead(candidates[at]) for at in promising]
    readings = reader.read(question, [replace(unit.hit.chunk, text=unit.quote) for unit in alone], seconds=seconds)
    for at, unit, reading in zip(promising, alone, readings, strict=False):
        own = reading.span is None or unit.start + reading.span[1] > candidates[at].start
        read = replace(measured[at], alone=reading.chance, logit=reading.score / 4, inside=own * (1 - reading.nowhere))
        measured[at] = read
    return measured


def company(features: Sequence[Features]) -> Features:
    """The mean of what was measured of the units that were read by themselves; of all where none was.

    A best unit that stands out among poor ones is another thing than one among many that fit as well.
    """
    read = [each for each in features if each.alone > 0] or features
    return Features(*np.mean([astuple(each) for each in read], axis=0).tolist())


def _measured(question: str, candidates: Sequence[Unit], words: WordIndex, encoder: Encoder) -> list[Features]:
    if not candidates:
        return []
    asked = list(dict.fromkeys(terms(question)))
    weights = np.array([words.idf(term) for term in asked])
    rarest = asked[int(weights.argmax())]
    numbers = [term for term in asked if any(letter.isdigit() for letter in term)]
    expectation = Expectation.of(question)
    asks = expectation.kind != "other"
    passages = {unit.hit.chunk.id: unit.hit for unit in candidates}
    above = [(hit.chunk.heading or (hit.properties.title,))[-1] for hit in passages.values()]
    vector = encoder.queries([question])[0]
    similar = _shifted(encoder.scale, encoder.passages([unit.quote for unit in candidates] + above) @ vector)
    headings = dict(zip(passages, similar[len(candidates) :], strict=True))
    contexts = {id_: set(terms(hit.chunk.searchable)) for id_, hit in passages.items()}
    features = []
    for unit, cosine in zip(candidates, similar[: len(candidates)], strict=True):
        held, around = set(terms(unit.quote)), contexts[unit.hit.chunk.id]
        features.append(
            Features(
                passage=unit.hit.score,
                cosine=cosine,
                coverage=_share(asked, weights, held),
                context=_share(asked, weights, around),
                rarest=_held(rarest, around),
                heading=headings[unit.hit.chunk.id],
                met=float(asks and expectation.met_by(unit.quote)),
                unmet=float(asks and not expectation.met_by(unit.quote)),
                numbers=sum(number not in around for number in numbers) / max(len(numbers), 1),
                length=math.log(len(unit.quote.split()) + 1),
                reader=unit.hit.reading.chance if unit.hit.reading else 0.0,
                placed=_placed(unit),
                whole=unit.hit.reading.score / 4 if unit.hit.reading else -2.0,
            )
        )
    return features


def _shifted(scale: Scale, cosines: NDArray[np.float32]) -> list[float]:
    return [scale.shifted(cosine) for cosine in cosines.tolist()]


def _placed(unit: Unit) -> float:
    reading = unit.hit.reading
    if reading is None or reading.span is None:
        return 0.0
    first, last = reading.span
    inside = min(last, unit.end) - max(first, unit.start)
    return (1 - reading.nowhere) * max(inside, 0) / max(last - first, 1)


def _share(asked: Sequence[str], weights: NDArray[np.float64], held: set[str]) -> float:
    return float(sum(weight * _held(term, held) for term, weight in zip(asked, weights, strict=True)) / weights.sum())


def _held(term: str, held: set[str]) -> float:
    """How far a term is among those held: 1, or less where only one is that usually means the same."""
    return 1.0 if term in held else 0.0 if akin(term).isdisjoint(held) else _AKIN
