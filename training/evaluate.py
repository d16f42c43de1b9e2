"""Measure the reader on what it was not trained on: python training/evaluate.py --benchmarks FOLDER [--limit N].

How much the reader's chance weighs beside the hybrid score is chosen on the development split and reported on what is
held back. Prints Markdown tables; the ranges are bootstrap intervals of 95 percent.
"""

from __future__ import annotations

import argparse
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from gather import Collection, holds, own_split
from network import Reader
from safetensors.torch import load_file
from sources import QUESTIONS, Asked, law_questions, norquad_questions, read_lines, split_of
from tokenizers import Tokenizer

from raufoss_assistant.evaluation.metrics import auroc, mean, ndcg, reciprocal_rank
from raufoss_assistant.index.embedded import TOKENIZER, unpacked, weights_file
from raufoss_assistant.index.weights import Weights
from raufoss_assistant.model import Chunk, Hit, Reading
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.retrieval.passage_reader import ADAPTER, CANDIDATES, Pair, PassageReader
from raufoss_assistant.settings import Settings

DEPTH = 40
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
KEPT = 0.95


@dataclass(frozen=True, slots=True)
class Read:
    """A question with the passages found for it and the readings of the first of them.

    Attributes:
        asked: the question.
        hits: best first.
        readings: of the first hits.
        right: ids of the passages, or of the documents, that answer.
        seconds: that the reading took.
    """

    asked: Asked
    hits: list[Hit]
    readings: list[Reading]
    right: set[str]
    seconds: float

    def ranked(self, weight: float) -> list[int]:
        """Places of the hits, ordered by hybrid score and weighted chance."""
        chances = [reading.chance for reading in self.readings] + [0.0] * (len(self.hits) - len(self.readings))
        return sorted(range(len(self.hits)), key=lambda at: -self.hits[at].score - weight * chances[at])

    def passages(self, weight: float) -> list[str]:
        """Ids of the passages in that order."""
        return [self.hits[at].chunk.id for at in self.ranked(weight)]

    def documents(self, weight: float) -> list[str]:
        """Their documents, each once."""
        return list(dict.fromkeys(self.hits[at].chunk.document for at in self.ranked(weight)))

    def evidence(self, weight: float) -> float:
        """Best hybrid score with weighted chance."""
        pairs = zip(self.hits, self.readings, strict=False)
        return max(hit.score + weight * reading.chance for hit, reading in pairs)


def read(place: Collection, reader: PassageReader, asked: Asked, *, left_out: bool = False) -> Read:
    """Retrieve and read; `left_out` removes the passages of the question's own document."""
    hits = [hit for hit in place.hits(asked.text, DEPTH) if not (left_out and hit.chunk.document == asked.document)]
    began = time.perf_counter()
    readings = reader.read(asked.text, [hit.chunk for hit in hits[:CANDIDATES]], seconds=1e9)
    seconds = time.perf_counter() - began
    right = {asked.document}
    if asked.answer:
        answer = normalise(asked.answer).strip()
        right = {chunk.id for chunk in place.chunks_of(asked.document) if answer in chunk.text}
    return Read(asked, hits[:20], readings, right, seconds)


def own_questions() -> list[Asked]:
    """Our own questions over the documents of corpus/ that are for development."""
    rows = [row for file in sorted(QUESTIONS.glob("*.jsonl")) for row in read_lines(file)]
    return [
        Asked(row["question"], row["document"], row["answer"])
        for row in rows
        if row["source"] == "raufoss" and row["answer"] and own_split(row["document"]) == "dev"
    ]


def token_f1(found: str, wanted: str) -> float:
    """Harmonic mean of precision and recall over words, as SQuAD counts them (Rajpurkar et al., 2016)."""
    ours, theirs = ("".join(c if c.isalnum() else " " for c in text.lower()).split() for text in (found, wanted))
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def span_f1(one: Read, weight: float, *, given: bool) -> float | None:
    """Of the span in the first passage, or in the right one; None where that was not read."""
    order = [at for at in one.ranked(weight) if at < len(one.readings)]
    if given:
        order = [at for at in order if one.hits[at].chunk.id in one.right]
    if not order:
        return None
    span = one.readings[order[0]].span
    return token_f1(one.hits[order[0]].chunk.text[slice(*span)] if span else "", one.asked.answer or "")


def ranking(name: str, rows: Sequence[Read], weight: float, order: Callable[[Read, float], list[str]]) -> None:
    """A row of the table."""
    ranked = [(order(one, weight), one.right) for one in rows]
    values = [
        mean([float(bool({*ids[:1]} & right)) for ids, right in ranked]),
        mean([float(bool({*ids[:5]} & right)) for ids, right in ranked]),
        mean([reciprocal_rank(ids, right) for ids, right in ranked]),
        mean([ndcg(ids, right) for ids, right in ranked]),
    ]
    print(f"| {name} | {weight} | " + " | ".join(map(str, values)) + " |", flush=True)


def refusals(name: str, kept: Sequence[float], gone: Sequence[float], threshold: float | None = None) -> float:
    """A row on how well evidence tells what is answerable; returns the threshold at 95 percent kept."""
    at = float(np.quantile(kept, 1 - KEPT)) if threshold is None else threshold
    score = auroc([*kept, *gone], [True] * len(kept) + [False] * len(gone))
    refused, keeps = np.mean(np.array(gone) < at), np.mean(np.array(kept) >= at)
    print(f"| {name} | {score:.3f} | {refused:.3f} | {keeps:.3f} | {at:.2f} |", flush=True)
    return at


def agreement(passages: Sequence[tuple[str, Chunk]], reader: PassageReader) -> None:
    """How near the quantised reader is to float32."""
    network = Reader(Weights.read(weights_file()), torch.float32).eval()
    network.load(load_file(ADAPTER))
    tokenizer = Tokenizer.from_file(str(unpacked(Settings.from_environment().model_dir) / TOKENIZER))
    exact, ours = [], []
    with torch.no_grad():
        for question, chunk in passages:
            pair = Pair.of(tokenizer, question, chunk.context, chunk.text)
            exact.append(float(torch.sigmoid(network([pair])[0][0])))
            ours.append(reader.read(question, [chunk])[0].chance)
    off = np.abs(np.array(exact) - ours)
    print(f"int8 and float32, {len(off)} passages: chance off by {off.mean():.3f}, most {off.max():.3f}, ", end="")
    print(f"correlation {np.corrcoef(exact, ours)[0, 1]:.4f}", flush=True)


def sample(questions: Sequence[Asked], split: str, limit: int) -> list[Asked]:
    """So many of the split's questions that stand alone, drawn with a fixed seed."""
    fitting = [one for one in questions if one.anchored and split_of(one.document) == split]
    return random.Random(0).sample(fitting, min(limit, len(fitting)))


def chosen(sets: Sequence[Sequence[Read]]) -> float:
    """The weight with the best mean reciprocal rank over those sets."""

    def value(weight: float) -> float:
        ranks = [[reciprocal_rank(one.passages(weight), one.right) for one in rows] for rows in sets if rows]
        return float(np.mean([np.mean(values) for values in ranks]))

    return max(WEIGHTS, key=value)


def main() -> None:
    """Read, choose, report."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds norquad/ and lovdata_nn/")
    arguments.add_argument("--limit", type=int, default=10_000, help="questions of each set at most")
    given = arguments.parse_args()
    reader = PassageReader.load(Settings.from_environment())
    corpus, articles, laws = (Collection(name, given.benchmarks) for name in ("raufoss", "norquad", "lovdata"))
    questions = list(norquad_questions(given.benchmarks))
    own = [read(corpus, reader, one) for one in own_questions()[: given.limit]]
    development = [read(articles, reader, one) for one in sample(questions, "dev", given.limit)]
    weight = chosen([development, own])
    print("| set | weight | hit@1 | hit@5 | MRR@10 | nDCG@10 |\n| --- | --- | --- | --- | --- | --- |")
    for name, rows in (("NorQuAD, dev", development), ("own, dev", own)):
        for each in WEIGHTS:
            ranking(f"{name} ({len(rows)})", rows, each, Read.passages)
    held = [read(articles, reader, one) for one in sample(questions, "held", given.limit)]
    for each in (0.0, weight):
        ranking(f"NorQuAD, held back ({len(held)})", held, each, Read.passages)
    headings = sample(list(law_questions(given.benchmarks)), "held", given.limit)
    sections = [read(laws, reader, one) for one in headings]
    for each in (0.0, weight):
        ranking(f"nynorsk laws, held back ({len(sections)})", sections, each, Read.documents)
    for name, right in (("first passage", False), ("right passage given", True)):
        values = [value for one in held if (value := span_f1(one, weight, given=right)) is not None]
        print(f"span F1, {name} ({len(values)}): {mean(values)}", flush=True)
    without(articles, reader, development, held, weight)
    seconds = [one.seconds for one in held]
    print(f"reading {CANDIDATES} passages: median {np.median(seconds):.2f} s, p95 {np.quantile(seconds, 0.95):.2f} s")
    agreement([(one.asked.text, hit.chunk) for one in held[:15] for hit in one.hits[:4]], reader)


def without(
    articles: Collection, reader: PassageReader, development: list[Read], held: list[Read], weight: float
) -> None:
    """A fifth of the articles left out: how well their questions are told from the others."""
    print("| evidence, answerable against left out | AUROC | refused | kept | threshold |")
    print("| --- | --- | --- | --- | --- |")
    kinds: dict[str, Callable[[Read], float]] = {
        "hybrid score": lambda one: one.hits[0].score,
        "reader's best score": lambda one: max(reading.score for reading in one.readings),
        "reader's best place": lambda one: -min(reading.nowhere for reading in one.readings),
        f"hybrid + {weight} × chance": lambda one: one.evidence(weight),
    }
    thresholds: dict[str, float] = {}
    for name, rows in (("dev", development), ("held back", held)):
        gone = [one for one in rows if zlib.crc32(one.asked.document.encode()) % 5 == 1]
        kept = [one for one in rows if one not in gone]
        asked_again = [read(articles, reader, one.asked, left_out=True) for one in gone]
        unanswerable = [one for one in asked_again if not any(holds(h.chunk, one.asked.answer or "") for h in one.hits)]
        for kind, evidence in kinds.items():
            at = refusals(
                f"{kind}, {name} ({len(kept)} / {len(unanswerable)})",
                [evidence(one) for one in kept],
                [evidence(one) for one in unanswerable],
                thresholds.get(kind),
            )
            thresholds.setdefault(kind, at)


if __name__ == "__main__":
    main()
