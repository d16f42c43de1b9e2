"""Fit the extractive responder and its refusals: python evals/calibrate.py --benchmarks FOLDER [--write].

Two logistic rules (which unit answers, does any) and a threshold. NorQuAD's anchored questions are asked twice: with
all articles, and with their own article left out, where they have no answer any more unless its text stands elsewhere.
The questions of evals/sett are asked over corpus/. Fitted on the NorQuAD articles with an even hash and on the split
`tune`; reported on the other articles and on the split `test`. `--write` replaces the rules in use.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
import yaml
from norquad import questions, write_articles
from sklearn.linear_model import LogisticRegression

from raufoss_assistant.answering.evidence import Features, measure
from raufoss_assistant.answering.units import Unit, units
from raufoss_assistant.assistant import PASSAGES_READ, Assistant
from raufoss_assistant.evaluation.metrics import auroc, mean
from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.settings import Settings

KEPT = 0.92
OWN_WEIGHT = 4.0
SETS = Path(__file__).parent / "sett"
TARGET = Path("src/raufoss_assistant/answering/calibration.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked once: the units of its passages, their features, which of them answer."""

    source: str
    fits: bool
    answerable: bool
    features: np.ndarray
    right: np.ndarray

    @property
    def weight(self) -> float:
        """Weight in the fit."""
        return OWN_WEIGHT if self.source == "own" else 1.0


def measured(assistant: Assistant, text: str, hits: list[Hit]) -> tuple[list[Unit], np.ndarray]:
    """The units of the passages and their features, a row each."""
    candidates = [unit for hit in hits[:PASSAGES_READ] for unit in units(hit)]
    features = measure(text, candidates, assistant.index().words, assistant.encoder)
    return candidates, np.array([astuple(each) for each in features])


def norquad(assistant: Assistant, folder: Path, limit: int | None) -> Iterator[Asked]:
    """Every anchored question, asked with and without its article."""
    retriever = HybridRetriever(assistant.index(), assistant.encoder)
    for question in [question for question in questions(folder) if question.anchored][:limit]:
        path, answer = f"{question.article}.md", normalise(question.answer).strip()
        fits = zlib.crc32(question.article.encode()) % 2 == 0
        hits = retriever.hits(question.text, PASSAGES_READ + 20)
        without = [hit for hit in hits if hit.chunk.document != path]
        for answerable, found in ((True, hits), (False, without)):
            if not answerable and any(answer in hit.chunk.text for hit in found[:PASSAGES_READ]):
                continue
            candidates, features = measured(assistant, question.text, found)
            right = [unit.hit.chunk.document == path and answer in unit.quote for unit in candidates]
            yield Asked("norquad", fits, answerable, features, np.array(right))


def own(assistant: Assistant) -> Iterator[Asked]:
    """The questions of evals/sett; those whose answer is that the documents do not tell are left out."""
    retriever = HybridRetriever(assistant.index(), assistant.encoder)
    for row in (row for file in sorted(SETS.glob("*.yaml")) for row in yaml.safe_load(file.read_text("utf-8"))):
        answerable = row["status"] == "answered"
        if not answerable and "sier selv" in row.get("note", ""):
            continue
        candidates, features = measured(assistant, row["question"], retriever.hits(row["question"], PASSAGES_READ))
        needed = [part.lower() for parts in row.get("must_contain", []) for part in parts.split("|")]
        right = [
            answerable
            and unit.hit.chunk.document in row["documents"]
            and any(part in " ".join(unit.quote.split()).lower() for part in needed)
            for unit in candidates
        ]
        yield Asked("own", row["split"] == "tune", answerable, features, np.array(right))


def rule(features: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> list[float]:
    """Weights and intercept of a logistic regression."""
    fitted = LogisticRegression(max_iter=2000).fit(features, labels, weights)
    return [round(float(weight), 4) for weight in (*fitted.coef_[0], fitted.intercept_[0])]


def chances(features: np.ndarray, weights: list[float]) -> np.ndarray:
    """Chance of each row."""
    return 1 / (1 + np.exp(-(features @ np.array(weights[:-1]) + weights[-1])))


def best(asked: Asked, selection: list[float]) -> np.ndarray:
    """Features of the unit that the selection rule prefers."""
    return asked.features[int(chances(asked.features, selection).argmax())]


def fit(fitting: list[Asked]) -> tuple[list[float], list[float]]:
    """The rules of selection and of answerability."""
    shown = [one for one in fitting if one.answerable and one.right.any()]
    selection = rule(
        np.concatenate([one.features for one in shown]),
        np.concatenate([one.right for one in shown]),
        np.concatenate([np.full(len(one.right), one.weight) for one in shown]),
    )
    answerable = rule(
        np.array([best(one, selection) for one in fitting]),
        np.array([one.answerable for one in fitting]),
        np.array([one.weight for one in fitting]),
    )
    return selection, answerable


def report(held: list[Asked], selection: list[float], answerable: list[float], threshold: float) -> None:
    """Figures on what nothing was fitted on."""
    reached = [one for one in held if one.answerable and one.right.any()]
    hit = [float(one.right[int(chances(one.features, selection).argmax())]) for one in reached]
    cosine = [float(one.right[int(one.features[:, 1].argmax())]) for one in reached]
    print(f"right unit first, where one was found: {mean(hit)} of {len(hit)} (by cosine alone {mean(cosine)})")
    scores = [float(chances(best(one, selection), answerable)) for one in held]
    truth = [one.answerable for one in held]
    refused = mean([float(score < threshold) for score, true in zip(scores, truth, strict=True) if not true])
    keeps = mean([float(score >= threshold) for score, true in zip(scores, truth, strict=True) if true])
    print(f"AUROC {auroc(scores, truth):.3f}, refused {refused}, kept {keeps}")


def main() -> None:
    """Gather, fit, report, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds norquad/")
    arguments.add_argument("--work", type=Path, default=Path(".cache/norquad"), help="folder for articles and index")
    arguments.add_argument("--limit", type=int, help="only the first N questions of NorQuAD")
    arguments.add_argument("--write", action="store_true", help="replace the rules in use")
    given = arguments.parse_args()
    write_articles(given.benchmarks / "norquad", given.work / "corpus")
    articles = Assistant(Settings(corpus_dir=given.work / "corpus", data_dir=given.work / "data"))
    articles.build()
    asked = list(own(Assistant(Settings.from_environment())))
    asked += norquad(articles, given.benchmarks / "norquad", given.limit)
    fitting = [one for one in asked if one.fits and len(one.right)]
    selection, answerable = fit(fitting)
    kept = [
        float(chances(best(one, selection), answerable)) for one in fitting if one.answerable and one.source == "own"
    ]
    threshold = round(float(np.quantile(kept, 1 - KEPT)), 4)
    names = [field.name for field in fields(Features)]
    for name, weights in (("selection", selection), ("answerable", answerable)):
        print(name, dict(zip([*names, "intercept"], weights, strict=True)))
    print("threshold", threshold)
    for source in ("norquad", "own"):
        print(f"{source}, held back: ", end="")
        report([one for one in asked if one.source == source and not one.fits], selection, answerable, threshold)
    if given.write:
        rules = {"features": names, "selection": selection, "answerable": answerable, "threshold": threshold}
        TARGET.write_text(json.dumps(rules, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
