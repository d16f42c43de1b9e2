"""Whether a source sentence tells a claim in other words: the reader judges, within bounds that are checked.

The reader was trained on claims beside their sources too (training/README.md): most of the untrue ones differ from
theirs by one small thing. It is trusted only where numbers, limits, names, negations and modal verbs are those of the
source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from raufoss_assistant.answering.antecedent import with_lead
from raufoss_assistant.answering.claim_kinds import ALTERNATIVE, addresses, kinds_of
from raufoss_assistant.answering.claim_limits import limits
from raufoss_assistant.answering.claim_words import Word, read_words
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.retrieval.passage_reader import PassageReader

SURE = 0.9
"""Chance from which a claim counts as told: none of the untrue replies of evals/modellsvar.yaml that rules are made on
has a sentence above it."""
_READ = 3
"""Source sentences at most that a claim is read beside, those that share most words with it first."""
_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Judge:
    """The reader as a judge of claims.

    Example:
        >>> Judge(reader).support("Fabrikken kom i drift i 2020.", units(hit))
        Unit(…)
    """

    reader: PassageReader

    def support(self, claim: str, sources: Sequence[Unit]) -> Unit | None:
        """The source sentence that surely tells the claim, or None."""
        said = read_words(claim)
        near = [unit for unit in sources if _within_bounds(said, unit)]
        near = sorted(near, key=lambda unit: -_shared(said, unit))[:_READ]
        passages = [replace(unit.hit.chunk, text=with_lead(unit).quote) for unit in near]
        readings = self.reader.read(claim, passages, seconds=_SECONDS)
        surest = max(zip(readings, near, strict=False), key=lambda pair: pair[0].chance, default=None)
        return surest[1] if surest and surest[0].chance >= SURE else None


def _within_bounds(said: Sequence[Word], unit: Unit) -> bool:
    """Whether numbers with their limits, names, negations, modal verbs and conditions of a claim are the source's."""
    told = read_words(with_lead(unit).readable)
    around = {word.key for word in (*told, *read_words(f"{unit.hit.properties.title} {unit.hit.chunk.context}"))}
    names = {word.key for word in said[1:] if word.name and word.topical and not word.number}
    if not names <= around or (kinds_of(told) ^ kinds_of(said)) - {ALTERNATIVE} or addresses(said) > addresses(told):
        return False
    return all(
        any(word.key == other.key and limits(said, at) == limits(told, place) for place, other in enumerate(told))
        for at, word in enumerate(said)
        if word.number
    )


def _shared(said: Sequence[Word], unit: Unit) -> int:
    """How many of a claim's terms a source sentence has."""
    return len({word.key for word in said if word.topical} & {word.key for word in read_words(unit.readable)})
