"""Matching a need with records: meaning, words, concepts and examples in one score, hard limits apart from it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.catalogue.catalogue import Catalogue, searchable
from raufoss_assistant.catalogue.concepts import Concept, concepts_of
from raufoss_assistant.catalogue.examples import examples
from raufoss_assistant.catalogue.limits import Misfit, misfits
from raufoss_assistant.catalogue.meanings import Vectors
from raufoss_assistant.catalogue.needs import Needs, profile
from raufoss_assistant.catalogue.telling import Telling
from raufoss_assistant.index.words import WordIndex
from raufoss_assistant.model import Language, Record, Statement
from raufoss_assistant.retrieval.learnt import Learnt

_MOST_CONCEPTS, _MOST_MENTIONS = 2.0, 4.0
_SIZES = (1.0, 8.0, 35.0, 150.0)
"""Numbers of employees tried where a need does not say how many."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a record; the weights are in weights.json, in this order.

    Attributes:
        meaning: cosine of need and record.
        words: BM25 of the need over the records' texts, as a share of its ideal.
        concepts: concepts that both have, each less the more records it speaks for; at most 2.
        mentions: the same, counted as often as the need speaks of them; at most 4.
        shared: 1 where they share a concept.
        learnt: worth foretold by examples of needs, by the whole need and by its clause that speaks most for it.
        kind_learnt: worth foretold of all records of its type.
        service, course, funding, organisation: 1 for a record of that type.
        funding_wished: 1 for funding where money is asked for.
        funding_for_apprentice: 1 for funding where the need is about an apprentice.
        course_wished: 1 for a course where the need is to learn.
        course_of_ones_own: the same, where it does not speak of a company's size.
        course_for_company: 1 for a course where it does.
        service_without_money: 1 for a service where no money is asked for.
        flagged: number of soft misfits.
    """

    meaning: float
    words: float
    concepts: float
    mentions: float
    shared: float
    learnt: float
    kind_learnt: float
    service: float
    course: float
    funding: float
    organisation: float
    funding_wished: float
    funding_for_apprentice: float
    course_wished: float
    course_of_ones_own: float
    course_for_company: float
    service_without_money: float
    flagged: float


@dataclass(frozen=True, slots=True)
class Match:
    """A record that fits a need.

    Attributes:
        record: the course, service, funding scheme or catapult.
        score: chance, 0..1, that it is of use.
        parts: what each piece of evidence adds to the score's logit.
        reasons: what they share, each with the statement that says so.
        misfits: what does not fit; where one of them is hard, the record is ruled out.
    """

    record: Record
    score: float
    parts: dict[str, float]
    reasons: tuple[tuple[Concept, Statement], ...]
    misfits: tuple[Misfit, ...]

    @property
    def ruled_out(self) -> bool:
        """Whether a hard limit is broken."""
        return any(misfit.hard for misfit in self.misfits)


@dataclass(frozen=True, slots=True)
class Matching:
    """What came of a need: its profile and concepts, what fits, what is ruled out, and what to ask back, or None."""

    needs: Needs
    concepts: tuple[str, ...]
    matches: tuple[Match, ...]
    excluded: tuple[Match, ...]
    ask: str | None


class Matcher:
    """Ranks the records of a catalogue for needs.

    Example:
        >>> matcher = Matcher(catalogue, encoder.passages)
        >>> vector = encoder.queries(["trenger hjelp med sveising"])[0]
        >>> matcher.match("trenger hjelp med sveising", vector, date.today(), "nb").matches[0].record.id
        'sveising'
    """

    def __init__(self, catalogue: Catalogue, vectors: Vectors, telling: Telling | None = None) -> None:
        self._telling = telling
        self.records = catalogue.offered()
        texts = [searchable(record) for record in self.records]
        self._vectors = vectors(texts) if texts else np.zeros((0, 0), dtype=np.float32)
        self._words = WordIndex.build(texts)
        self._learnt = Learnt(self.records, examples(), vectors) if texts else None

    def match(self, need: str, vector: NDArray[np.float32], today: date, language: Language) -> Matching:
        """Rank all records for a need; those that break a hard limit are apart, in the same order.

        Args:
            need: as somebody wrote it.
            vector: the need's unit vector as a query.
            today: the day that deadlines and ages are held against.
            language: of the misfits' reasons.
        """
        needs, concepts = self.needs(need, today), concepts_of(need)
        ranked = self._ranked(need, vector, needs, today, language)
        fitting = tuple(each for each in ranked if not each.ruled_out)
        excluded = tuple(each for each in ranked if each.ruled_out)
        ask = None
        if needs.employees is None and self._turns_on_size(fitting):
            ask = "employees"
        return Matching(needs, tuple(each.name for each in concepts), fitting, excluded, ask)

    def about(self, text: str, vector: NDArray[np.float32]) -> list[tuple[Record, float]]:
        """How much each record is about a text: the worth that examples foretell, and the cosine from the mean record.

        Args:
            text: a few words or a sentence.
            vector: its unit vector as a query.
        """
        if self._learnt is None:
            return []
        centre = self._vectors.mean(0)
        rows, asked = self._vectors - centre, vector - centre
        cosines = rows @ asked / (np.linalg.norm(rows, axis=1) * np.linalg.norm(asked))
        worths = np.maximum(*self._learnt.worths(text)) + cosines
        return [(record, float(worth)) for record, worth in zip(self.records, worths, strict=True)]

    def needs(self, need: str, today: date) -> Needs:
        """The profile of a need."""
        return profile(need, today, self._telling)

    def evidence(
        self, need: str, vector: NDArray[np.float32], needs: Needs, today: date, language: Language = "nb"
    ) -> list[tuple[Record, Evidence, list[Misfit]]]:
        """The evidence for each record, and what does not fit.

        Args:
            need: as somebody wrote it.
            vector: the need's unit vector as a query.
            needs: its profile.
            today: the day that deadlines are held against.
            language: of the misfits' reasons.
        """
        concepts = concepts_of(need)
        if self._learnt is None:
            return []
        meaning, words = self._vectors @ vector, self._words.shares(need)
        whole, clause = self._learnt.worths(need)
        kinds = {record.type: 0.0 for record in self.records}
        for row, record in enumerate(self.records):
            kinds[record.type] += float(whole[row])
        found = []
        for row, record in enumerate(self.records):
            wrong = misfits(record, need, needs, today, language)
            shared = [(each, 1 / math.sqrt(spread(each, self.records))) for each in concepts if each.told(record)]
            mentions = sum(min(len(each.need.findall(need)), 3) * share for each, share in shared)
            kind, wishes = record.type, needs.wishes
            evidence = Evidence(
                meaning=float(meaning[row]),
                words=float(words[row]),
                concepts=min(sum(share for _, share in shared), _MOST_CONCEPTS),
                mentions=min(mentions, _MOST_MENTIONS),
                shared=float(bool(shared)),
                learnt=float(whole[row] + clause[row]),
                kind_learnt=kinds[kind],
                service=float(kind == "service"),
                course=float(kind == "course"),
                funding=float(kind == "funding"),
                organisation=float(kind == "organisation"),
                funding_wished=float(kind == "funding" and "fund" in wishes),
                funding_for_apprentice=float(kind == "funding" and "recruit" in wishes),
                course_wished=float(kind == "course" and "learn" in wishes),
                course_of_ones_own=float(kind == "course" and "learn" in wishes and needs.employees is None),
                course_for_company=float(kind == "course" and needs.employees is not None),
                service_without_money=float(kind == "service" and "fund" not in wishes),
                flagged=float(sum(not each.hard for each in wrong)),
            )
            found.append((record, evidence, wrong))
        return found

    def _ranked(
        self, need: str, vector: NDArray[np.float32], needs: Needs, today: date, language: Language
    ) -> list[Match]:
        concepts, found = concepts_of(need), []
        for record, evidence, wrong in self.evidence(need, vector, needs, today, language):
            parts = {name: value * weights()[name] for name, value in asdict(evidence).items() if value}
            logit = max(min(weights()["intercept"] + sum(parts.values()), 30.0), -30.0)
            told = {name: round(part, 4) for name, part in parts.items()}
            reasons = tuple((each, said) for each in concepts if (said := each.told(record)))
            found.append(Match(record, 1 / (1 + math.exp(-logit)), told, reasons, tuple(wrong)))
        return sorted(found, key=lambda each: -each.score)

    def _turns_on_size(self, fitting: Sequence[Match]) -> bool:
        """Whether the best three would be others for some number of employees."""
        best = [match.record for match in fitting[:3]]
        return any(
            misfit.hard
            for record in best
            for size in _SIZES
            for misfit in misfits(record, "", Needs(employees=size), date.min)
        )


@lru_cache(maxsize=512)
def spread(concept: Concept, records: tuple[Record, ...]) -> int:
    """Number of the records that a concept speaks for, at least 1."""
    return max(sum(concept.told(record) is not None for record in records), 1)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each piece of evidence, and the intercept; made by evals/needs.py."""
    raw = resources.files("raufoss_assistant.retrieval").joinpath("weights.json").read_text("utf-8")
    found: dict[str, float] = json.loads(raw)
    missing = {field.name for field in fields(Evidence)} - set(found)
    if missing:
        raise ValueError(f"weights.json lacks {', '.join(sorted(missing))}: run evals/needs.py --fit")
    return found
