"""Fit the extractive responder and its refusals: python evals/calibrate.py --benchmarks FOLDER [--write].

Two logistic rules (which unit answers, does any) and a threshold. The questions of evals/kalibrering.yaml and of
evals/sett are asked over corpus/; fitted on the former and on the split `tune` of the latter. NorQuAD's anchored
questions are asked twice: with all articles, and with their own left out, where they have no answer any more unless its
text stands elsewhere; fitted on the articles that are for the reader's development. Reported on the split `test` and on
the articles held back. `--write` replaces the rules in use.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

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

KEPT = 0.96
"""Share of our own questions whose answer was found that are still answered; a little more than the 95 percent that are
wished of any, for the reader was trained on some of these."""
OWN_WEIGHT = 4.0
"""Weight of one of our own questions in the rule of selection; one of NorQuAD's has 1."""
PENALTY = 0.1
"""C of the rule of answerability; the lower, the nearer its weights are kept to 0."""
RIDGE = 0.001
"""Penalty on the squared weights of the rule of selection."""
UNSEEN = Path(__file__).parent / "kalibrering.yaml"
UNHURRIED = 10**9
"""Milliseconds for the reader: a busy machine shall give the same rules."""
OF_RECORDS = ("liste", "telling", "sammenligning", "behov")
"""Kinds of questions that records answer, not passages."""
SETS = Path(__file__).parent / "sett"
NEVER_READ = {field.name: field.default for field in fields(Features) if isinstance(field.default, float)}
TARGET = Path("src/raufoss_assistant/answering/calibration.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked once.

    Attributes:
        source: "own" or "norquad".
        reported: figures are given on it, and nothing is fitted on it.
        answerable: whether the documents answer it.
        features: of the units of its passages, a row each.
        right: which of them answer.
    """

    source: str
    reported: bool
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
            yield Asked("norquad", split == "held", answerable, features, np.array(right))


def own(assistant: Assistant, questions: list[Question]) -> Iterator[Asked]:
    """Our own questions for passages; those whose answer is that the documents do not tell are left out."""
    for question in questions:
        answerable = question.status == "answered"
        if question.kind in OF_RECORDS or question.history or (not answerable and "sier selv" in (question.note or "")):
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
        yield Asked("own", question.split == "test", answerable, features, np.array(right))


def unread(asked: Asked) -> Asked:
    """The same, as it would be without the reader."""
    features = asked.features.copy()
    if len(features):
        at = {field.name: number for number, field in enumerate(fields(Features))}
        features[:, at["passage"]] -= READER_WEIGHT * features[:, at["reader"]]
        for name in ("reader", "placed", "alone", "logit", "inside", "whole"):
            features[:, at[name]] = NEVER_READ.get(name, 0.0)
    return replace(asked, features=features)


def read_alone(asked: Asked) -> Asked:
    """The same, with only the units that were read by themselves: an answer is one of them."""
    if not len(asked.features):
        return asked
    at = [field.name for field in fields(Features)].index("alone")
    read = asked.features[:, at] > 0
    return replace(asked, features=asked.features[read], right=asked.right[read])


def _rounded(weights: np.ndarray, intercept: float) -> list[float]:
    return [round(float(weight), 4) for weight in (*weights, intercept)]


def listwise(shown: list[Asked]) -> np.ndarray:
    """Weights under which the units that answer are preferred to the others of the same question.

    The conditional logit of McFadden (1974), its likelihood summed over the units that answer; standardised features, a
    penalty on the squared weights. What tells units of one question apart is another thing than what tells right from
    wrong over all questions.
    """
    most = max(len(one.right) for one in shown)
    features = np.zeros((len(shown), most, shown[0].features.shape[1]))
    open_, right = np.full(features.shape[:2], -np.inf), np.full(features.shape[:2], -np.inf)
    for row, one in enumerate(shown):
        features[row, : len(one.right)] = one.features
        open_[row, : len(one.right)] = 0.0
        right[row, : len(one.right)][one.right] = 0.0
    spread = np.concatenate([one.features for one in shown]).std(axis=0)
    spread[spread == 0] = 1.0
    weights = np.array([one.weight for one in shown]) / sum(one.weight for one in shown)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ (values / spread)
        every, answering = scores + open_, scores + right
        lost = weights @ (logsumexp(every, axis=1) - logsumexp(answering, axis=1))
        pull = weights[:, None] * (softmax(every, axis=1) - softmax(answering, axis=1))
        slope = np.einsum("qu,quf->f", pull, features) / spread
        return lost + RIDGE * values @ values, slope + 2 * RIDGE * values

    return minimize(loss, np.zeros(features.shape[2]), jac=True, method="L-BFGS-B").x / spread


def chances(features: np.ndarray, weights: list[float]) -> np.ndarray:
    """Chance of each row."""
    return 1 / (1 + np.exp(-(features @ np.array(weights[:-1]) + weights[-1])))


def evidence(asked: Asked, selection: list[float]) -> np.ndarray:
    """Features of the unit that the selection rule prefers, and their mean over all."""
    best = int(chances(asked.features, selection).argmax())
    return np.concatenate([asked.features[best], asked.features.mean(axis=0)])


def balanced(asked: list[Asked]) -> np.ndarray:
    """Weights under which, of each source, the answerable weigh as much as the others."""
    kinds = [(one.source, one.answerable) for one in asked]
    each, sources = Counter(kinds), Counter(one.source for one in asked)
    return np.array([sources[kind[0]] / each[kind] / 2 for kind in kinds])


def fit(fitting: list[Asked]) -> tuple[list[float], list[float], float]:
    """The rules of selection and of answerability, and the threshold that keeps `KEPT` of our own answerable.

    The preferences among units become chances by Platt's scaling.
    Answerability is fitted on standardised features with a strong penalty, and the threshold set on chances that each
    question got from the others (five folds). Questions that the reader was trained on are among them: without them the
    rule is worse on what is held back, ours and NorQuAD's.
    """
    shown = [one for one in fitting if one.answerable and one.right.any()]
    preferred = listwise(shown)
    scores = np.concatenate([one.features @ preferred for one in shown])[:, None]
    every = np.concatenate([np.full(len(one.right), one.weight) for one in shown])
    scaled = LogisticRegression(C=np.inf).fit(scores, np.concatenate([one.right for one in shown]), every)
    selection = _rounded(preferred * scaled.coef_[0, 0], scaled.intercept_[0])
    proofs, truth, weights = (
        np.array([evidence(one, selection) for one in fitting]),
        np.array([one.answerable for one in fitting]),
        balanced(fitting),
    )
    model = make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=2000))
    fitted = model.fit(proofs, truth, logisticregression__sample_weight=weights)
    scaler, regression = fitted[0], fitted[1]
    raw = regression.coef_[0] / scaler.scale_
    answerable = _rounded(raw, regression.intercept_[0] - float(raw @ scaler.mean_))
    folds = KFold(5, shuffle=True, random_state=0)
    given = {"logisticregression__sample_weight": weights}
    fair = cross_val_predict(model, proofs, truth, cv=folds, params=given, method="predict_proba")[:, 1]
    ours = np.array([one.source == "own" and one.answerable and bool(one.right.any()) for one in fitting])
    return selection, answerable, round(float(np.quantile(fair[ours], 1 - KEPT)), 4)


def report(held: list[Asked], selection: list[float], answerable: list[float], threshold: float) -> None:
    """Figures on what nothing was fitted on."""
    reached = [one for one in held if one.answerable and one.right.any()]
    hit = [float(one.right[int(chances(one.features, selection).argmax())]) for one in reached]
    cosine = [float(one.right[int(one.features[:, 1].argmax())]) for one in reached]
    print(f"right unit first, where one was found: {mean(hit)} of {len(hit)} (by cosine alone {mean(cosine)})")
    scores = [float(chances(evidence(one, selection), answerable)) for one in held]
    truth = [one.answerable for one in held]
    refused = mean([float(score < threshold) for score, true in zip(scores, truth, strict=True) if not true])
    keeps = mean([float(score >= threshold) for score, true in zip(scores, truth, strict=True) if true])
    found = mean([float(s >= threshold) for s, one in zip(scores, held, strict=True) if one.right.any()])
    print(f"AUROC {auroc(scores, truth):.3f}, refused {refused}, kept {keeps}, of those found {found}")


def gathered(benchmarks: Path, work: Path, limit: int | None) -> list[Asked]:
    """All questions asked, with what was measured of them."""
    articles_set = external_sets(benchmarks / "norquad", work, limit)[0]
    assert articles_set.extra
    articles = Assistant(Settings(corpus_dir=articles_set.extra, data_dir=work / "data", reader_ms=UNHURRIED))
    articles.build()
    ours = [question for set_ in default_sets(SETS) if set_.extra is None for question in set_.questions]
    assistant = Assistant(replace(Settings.from_environment(), reader_ms=UNHURRIED))
    asked = [*own(assistant, ours), *own(assistant, list(read_set(UNSEEN).questions))]
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
    selection, answerable, threshold = fit(fitting)
    columns = [*names, *(f"mean {each}" for each in names), "intercept"]
    print(f"{name}, selection", dict(zip([*names, "intercept"], selection, strict=True)))
    print(f"{name}, answerable", dict(zip(columns, answerable, strict=True)))
    print(f"{name}, threshold", threshold)
    for source in ("norquad", "own"):
        print(f"{name}, {source}, held back: ", end="")
        reported = [one for one in asked if one.source == source and one.reported and len(one.right)]
        report(reported, selection, answerable, threshold)
    return {"selection": selection, "answerable": answerable, "threshold": threshold}


if __name__ == "__main__":
    main()
