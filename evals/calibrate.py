"""Fit the extractive responder and its refusals: python evals/calibrate.py --benchmarks FOLDER [--write].

Two logistic rules (which unit answers, does any) and a threshold. The questions of evals/kalibrering.yaml, which the
reader was not trained on, and of evals/sett are asked over corpus/: which unit answers is fitted on the former and on
the split `tune` of the latter; whether any does, and the threshold, on the former alone. NorQuAD's anchored questions
are asked twice: with all articles, and with their own left out, where they have no answer any more unless its text
stands elsewhere; fitted on the articles that are for the reader's development. Reported on the split `test` and on the
articles held back. `--write` replaces the rules in use.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from raufoss_assistant.answering.evidence import Features, measure
from raufoss_assistant.answering.units import Unit, units
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.external import ANCHORED, external_sets
from raufoss_assistant.evaluation.matching import holds
from raufoss_assistant.evaluation.metrics import auroc, mean
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.sets import default_sets, read_set
from raufoss_assistant.knowledge import PASSAGES_READ
from raufoss_assistant.model import Hit
from raufoss_assistant.retrieval.reranking import READER_WEIGHT
from raufoss_assistant.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from sources import split_of

KEPT = 0.86
"""Share of the questions to calibrate on that are still answered; they are harder than most."""
OWN_WEIGHT = 4.0
UNSEEN = Path(__file__).parent / "kalibrering.yaml"
UNHURRIED = 10**9
"""Milliseconds for the reader: a busy machine shall give the same rules."""
SETS = Path(__file__).parent / "sett"
NEVER_READ = {field.name: field.default for field in fields(Features) if isinstance(field.default, float)}
TARGET = Path("src/raufoss_assistant/answering/calibration.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked once.

    Attributes:
        source: "own" or "norquad".
        reported: figures are given on it, and nothing is fitted on it.
        unseen: the reader was not trained on it.
        answerable: whether the documents answer it.
        features: of the units of its passages, a row each.
        right: which of them answer.
    """

    source: str
    reported: bool
    unseen: bool
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
    features = measure(
        text, candidates, assistant.index().words, assistant.encoder, assistant.reader, seconds=UNHURRIED
    )
    return candidates, np.array([astuple(each) for each in features])


def norquad(assistant: Assistant, questions: list[Question]) -> Iterator[Asked]:
    """Every question that stands alone, of an article that the reader was not trained on, with and without it."""
    for question in questions:
        (path,), (answer,) = question.documents, question.must_contain
        split = split_of(path)
        if split == "train" or ANCHORED not in question.tags:
            continue
        with assistant.knowledge() as knowledge:
            hits = knowledge.passages(question.question, PASSAGES_READ + 20)
        without = [hit for hit in hits if hit.chunk.document != path]
        for answerable, found in ((True, hits), (False, without)):
            if not answerable and any(answer in hit.chunk.text for hit in found[:PASSAGES_READ]):
                continue
            candidates, features = measured(assistant, question.question, found)
            right = [unit.hit.chunk.document == path and answer in unit.quote for unit in candidates]
            yield Asked("norquad", split == "held", True, answerable, features, np.array(right))


def own(assistant: Assistant, questions: list[Question], *, unseen: bool) -> Iterator[Asked]:
    """Our own questions; those whose answer is that the documents do not tell are left out."""
    for question in questions:
        answerable = question.status == "answered"
        if question.history or (not answerable and "sier selv" in (question.note or "")):
            continue
        with assistant.knowledge() as knowledge:
            text = knowledge.understanding.spelt(question.question)
            hits = knowledge.passages(text, PASSAGES_READ)
        candidates, features = measured(assistant, text, hits)
        sources = {document.partition("#")[0] for document in question.documents}
        right = [
            answerable
            and unit.hit.chunk.document in sources
            and any(holds(unit.quote, wanted) for wanted in question.must_contain)
            for unit in candidates
        ]
        yield Asked("own", question.split == "test", unseen, answerable, features, np.array(right))


def unread(asked: Asked) -> Asked:
    """The same, as it would be without the reader."""
    features = asked.features.copy()
    if len(features):
        at = {field.name: number for number, field in enumerate(fields(Features))}
        features[:, at["passage"]] -= READER_WEIGHT * features[:, at["reader"]]
        for name in ("reader", "placed", "alone", "logit", "inside"):
            features[:, at[name]] = NEVER_READ.get(name, 0.0)
    return replace(asked, features=features)


def read_alone(asked: Asked) -> Asked:
    """The same, with only the units that were read by themselves: an answer is one of them."""
    if not len(asked.features):
        return asked
    at = [field.name for field in fields(Features)].index("alone")
    read = asked.features[:, at] > 0
    return replace(asked, features=asked.features[read], right=asked.right[read])


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
    unseen = [one for one in fitting if one.unseen]
    answerable = rule(
        np.array([best(one, selection) for one in unseen]),
        np.array([one.answerable for one in unseen]),
        np.array([one.weight for one in unseen]),
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


def gathered(benchmarks: Path, work: Path, limit: int | None) -> list[Asked]:
    """All questions asked, with what was measured of them."""
    articles_set = external_sets(benchmarks / "norquad", work, limit)[0]
    assert articles_set.extra
    articles = Assistant(Settings(corpus_dir=articles_set.extra, data_dir=work / "data", reader_ms=UNHURRIED))
    articles.build()
    ours = [question for set_ in default_sets(SETS) if set_.extra is None for question in set_.questions]
    assistant = Assistant(replace(Settings.from_environment(), reader_ms=UNHURRIED))
    asked = [*own(assistant, ours, unseen=False), *own(assistant, list(read_set(UNSEEN).questions), unseen=True)]
    asked += norquad(articles, list(articles_set.questions))
    return asked


def main() -> None:
    """Gather, fit, report, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds norquad/")
    arguments.add_argument("--work", type=Path, default=Path(".cache/calibrate"), help="folder for articles and index")
    arguments.add_argument("--limit", type=int, help="only the first N questions of NorQuAD")
    arguments.add_argument("--again", action="store_true", help="fit from what the last run measured")
    arguments.add_argument("--write", action="store_true", help="replace the rules in use")
    given = arguments.parse_args()
    kept = given.work / "asked.pickle"
    if given.again:
        asked = pickle.loads(kept.read_bytes())
    else:
        asked = gathered(given.benchmarks, given.work, given.limit)
        kept.write_bytes(pickle.dumps(asked))
    names = [field.name for field in fields(Features)]
    rules: dict[str, object] = {"features": names}
    for name, rows in (("read", list(map(read_alone, asked))), ("unread", list(map(unread, asked)))):
        rules[name] = calibrated(name, rows, names)
    if given.write:
        TARGET.write_text(json.dumps(rules, indent=2) + "\n", "utf-8")


def calibrated(name: str, asked: list[Asked], names: list[str]) -> dict[str, object]:
    """The two rules and the threshold, fitted, shown and reported on."""
    fitting = [one for one in asked if not one.reported and len(one.right)]
    selection, answerable = fit(fitting)
    kept = [
        float(chances(best(one, selection), answerable))
        for one in fitting
        if one.answerable and one.source == "own" and one.unseen
    ]
    threshold = round(float(np.quantile(kept, 1 - KEPT)), 4)
    for part, weights in (("selection", selection), ("answerable", answerable)):
        print(f"{name}, {part}", dict(zip([*names, "intercept"], weights, strict=True)))
    print(f"{name}, threshold", threshold)
    for source in ("norquad", "own"):
        print(f"{name}, {source}, held back: ", end="")
        reported = [one for one in asked if one.source == source and one.reported and len(one.right)]
        report(reported, selection, answerable, threshold)
    return {"selection": selection, "answerable": answerable, "threshold": threshold}


if __name__ == "__main__":
    main()
