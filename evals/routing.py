"""How often questions go the right way (passage, list, count, compare, need); with --fit, learns it.

    python evals/routing.py                # the held-back half of evals/ruting.yaml
    python evals/routing.py --split tune   # the other, with each question that went astray
    python evals/routing.py --fit          # writes router.json of retrieval

What is learnt is a softmax regression on the meaning of a question (its centred vector) and on its form
(catalogue/form.py), from the tune rows of evals/ruting.yaml, from those of the question sets whose kind tells the way,
and from the needs of evals/behov.yaml. The n-grams that weigh most are kept and fitted once more. Each tune row is
foretold from others, five parts in turn; questions that mean nearly the same are in the same part. What the rules add
is fitted on what is foretold of the rows that were written after the rules: the others they know, and a fit would
believe them too much. For the same reason only the figures of what is held back count.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.csgraph import connected_components
from scipy.special import log_softmax

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.form import marks
from raufoss_assistant.catalogue.meanings import centred
from raufoss_assistant.catalogue.routing import KINDS, Kind, Route, route
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.evaluation.sets import default_sets
from raufoss_assistant.index.encoder import Vectors
from raufoss_assistant.retrieval.router import Softmax, likeliest
from raufoss_assistant.settings import Settings

QUESTIONS, NEEDS, SETS = Path("evals/ruting.yaml"), Path("evals/behov.yaml"), Path("evals/sett")
WEIGHTS = Path("src/raufoss_assistant/retrieval/router.json")
WAYS: dict[str, Kind] = {
    "liste": "list",
    "telling": "count",
    "sammenligning": "compare",
    "fakta": "passage",
    "dato": "passage",
    "alias": "passage",
    "språk": "passage",
    "uten svar": "passage",
    "injeksjon": "passage",
}
"""The way of questions of a kind in the sets; the kinds that are not here may go several."""
OF_RECORDS = ("list", "count", "compare")
AFTER_RULES = 700
"""Number of the first row that was written after the rules."""
PENALTY = 0.1
"""Of the weights' squares."""
GRAMS = 4000
"""N-grams that are kept."""
ALIKE = 0.8
"""Cosine of centred vectors from which two questions are in the same part."""
PARTS = 5
CAUTION = 1.5
"""Added where the rules say passage: the rows written after the rules aim at their faults, and what is learnt of these
took passages from nine of 150 turns of the tune half of evals/samtaler.yaml, which nothing is learnt from."""
Row = dict[str, Any]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Known:
    """Questions whose way is known.

    Attributes:
        questions: as they were put.
        ways: the right one of each, as its place in `KINDS`.
        routed: how many of them, first, are rows of evals/ruting.yaml.
        after: which of those were written after the rules, shape (routed,).
        vectors: as queries, shape (questions, width).
        marks: of the form, one a question.
        rules: where the rules send each.
    """

    questions: list[str]
    ways: NDArray[np.int64]
    routed: int
    after: NDArray[np.bool_]
    vectors: Vectors
    marks: list[dict[str, float]]
    rules: list[Route]


def known(assistant: Assistant, catalogue: Catalogue) -> Known:
    """All that is learnt from."""
    asked = rows(QUESTIONS, "tune")
    pairs: list[tuple[str, Kind]] = [(row["question"], row["route"]) for row in asked]
    for each in (each for set_ in default_sets(SETS) for each in set_.questions if each.split == "tune"):
        way = WAYS.get(each.kind)
        if way and not each.history and (each.records or way not in OF_RECORDS):
            pairs.append((each.question, way))
    pairs += [(row["need"], "need") for row in rows(NEEDS, "tune")]
    questions = [question for question, _ in pairs]
    return Known(
        questions,
        np.array([KINDS.index(way) for _, way in pairs]),
        len(asked),
        np.array([int(row["id"].removeprefix("R")) >= AFTER_RULES for row in asked]),
        assistant.encoder.queries(questions),
        [marks(each, catalogue.records) for each in questions],
        [route(each, catalogue) for each in questions],
    )


def rows(file: Path, split: str) -> list[Row]:
    """The rows of a half."""
    found: list[Row] = yaml.safe_load(file.read_text("utf-8"))
    return [row for row in found if row["split"] == split]


def fit(given: Known, chosen: NDArray[np.int64], encoder: str) -> Softmax:
    """What is learnt of the chosen questions."""
    centre = given.vectors[chosen].mean(0).astype(np.float64)
    meaning = csr_matrix(centred(given.vectors[chosen], centre))
    counts = Counter(mark for place in chosen for mark in given.marks[place])
    names = sorted(mark for mark, count in counts.items() if count > 1)
    form = _matrix([given.marks[place] for place in chosen], names)
    ways = given.ways[chosen]
    weights = _regression(hstack([meaning, form]).tocsr(), ways)[meaning.shape[1] : -1]
    spread = np.sqrt(np.asarray(form.power(2).sum(0)).ravel())
    kept = np.sort(np.argsort(-np.abs(weights).max(1) * spread)[:GRAMS])
    found = _regression(hstack([meaning, form[:, kept]]).tocsr(), ways).round(2)
    width = meaning.shape[1]
    formed = {names[place]: weights for place, weights in zip(kept, found[width:-1], strict=True)}
    return Softmax(encoder, centre.round(4), found[:width], formed, found[-1], np.zeros(len(KINDS)))


def _matrix(marked: Sequence[dict[str, float]], names: Sequence[str]) -> csr_matrix:
    places = {name: place for place, name in enumerate(names)}
    cells = [
        (row, places[mark], worth) for row, each in enumerate(marked) for mark, worth in each.items() if mark in places
    ]
    down, across, worths = zip(*cells, strict=True)
    return csr_matrix((worths, (down, across)), shape=(len(marked), len(names)))


def _regression(seen: csr_matrix, ways: NDArray[np.int64]) -> Floats:
    """Weights of the columns, and the bias last, shape (columns + 1, kinds); the bias has no penalty."""
    columns, wanted = seen.shape[1], np.eye(len(KINDS))[ways]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(columns + 1, len(KINDS))
        logits = seen @ weights[:-1] + weights[-1]
        logits -= logits.max(1, keepdims=True)
        chances = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        total = -float(np.log(chances[wanted > 0] + 1e-12).sum()) + PENALTY * float((weights[:-1] ** 2).sum()) / 2
        slope = np.vstack([seen.T @ (chances - wanted) + PENALTY * weights[:-1], (chances - wanted).sum(0)])
        return total, slope.ravel()

    found = minimize(loss, np.zeros((columns + 1) * len(KINDS)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    weights: Floats = found.x.reshape(columns + 1, len(KINDS))
    return weights


def foretold(given: Known) -> Floats:
    """The logits of each row of evals/ruting.yaml, by what is learnt of the other parts, shape (routed, kinds)."""
    seen = centred(given.vectors, given.vectors.mean(0).astype(np.float64))
    groups, group = connected_components(csr_matrix(seen @ seen.T > ALIKE))
    part = np.random.default_rng(0).integers(0, PARTS, groups)[group]
    logits = np.zeros((given.routed, len(KINDS)))
    for each in range(PARTS):
        learnt = fit(given, np.flatnonzero(part != each), "")
        for place in np.flatnonzero(part[: given.routed] == each):
            logits[place] = learnt.logits(given.vectors[place], given.marks[place])
    return logits


def weight_of_rules(given: Known, logits: Floats) -> Floats:
    """What the rules add to the kind that they say, by the rows that were written after them, shape (kinds,)."""
    said, wanted = _said(given)[given.after], np.eye(len(KINDS))[given.ways[: given.routed][given.after]]

    def loss(weights: Floats) -> float:
        chances = log_softmax(logits[given.after] + said * weights, axis=1)
        return -float(chances[wanted > 0].sum()) + float(weights @ weights)

    found: Floats = minimize(loss, np.zeros(len(KINDS))).x.round(2)
    found[KINDS.index("passage")] += CAUTION
    return found


def _said(given: Known) -> Floats:
    """1 for the kind that the rules say of each row of evals/ruting.yaml, shape (routed, kinds)."""
    return np.array([[float(ruled.kind == kind) for kind in KINDS] for ruled in given.rules[: given.routed]])


def write(learnt: Softmax) -> None:
    """Keep what is learnt."""
    fields = {
        "encoder": learnt.encoder,
        "rules": learnt.rules.tolist(),
        "bias": learnt.bias.tolist(),
        "centre": learnt.centre.tolist(),
        "meaning": learnt.meaning.tolist(),
        "form": {mark: weights.tolist() for mark, weights in learnt.form.items()},
    }
    WEIGHTS.write_text(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def report(asked: Sequence[Row], ways: Sequence[Kind], title: str, *, each: bool) -> None:
    """Print the share that went right, in all and by way, and what was taken for what."""
    went = list(zip(asked, ways, strict=True))
    print(f"{title}: {mean([float(row['route'] == way) for row, way in went])}, {len(went)} spørsmål")
    for wanted, total in sorted(Counter(row["route"] for row in asked).items()):
        right = sum(way == wanted for row, way in went if row["route"] == wanted)
        print(f"  {wanted:<8} {right} av {total}")
    for (wanted, way), count in Counter((row["route"], way) for row, way in went if row["route"] != way).items():
        print(f"  {wanted} ble {way}: {count}")
    for row, way in went:
        if each and row["route"] != way:
            print(f"{row['id']} {row['route']} → {way}: {row['question']}")


def main() -> None:
    """Report on a half, or learn from the other."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--fit", action="store_true", help="learn from the tune rows")
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is asked")
    given = arguments.parse_args()
    assistant = Assistant(Settings.from_environment())
    with assistant.knowledge() as knowledge:
        catalogue = knowledge.catalogue
        if given.fit:
            everything, asked = known(assistant, catalogue), rows(QUESTIONS, "tune")
            report(asked, [ruled.kind for ruled in everything.rules[: len(asked)]], "Reglene alene", each=False)
            logits = foretold(everything)
            rules = weight_of_rules(everything, logits)
            ways = [
                likeliest(each, ruled, question, catalogue).kind
                for each, ruled, question in zip(
                    logits + _said(everything) * rules, everything.rules, everything.questions, strict=False
                )
            ]
            report(asked, ways, "Riktig vei, lært av andre deler", each=True)
            learnt = fit(everything, np.arange(len(everything.questions)), str(assistant.encoder.identity))
            write(replace(learnt, rules=rules))
            return
        asked = rows(QUESTIONS, given.split)
        ways = [knowledge.router.route(row["question"]).kind for row in asked]
        report(asked, ways, f"Riktig vei ({given.split})", each=given.split == "tune")


if __name__ == "__main__":
    main()
