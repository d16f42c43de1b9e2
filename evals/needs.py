"""How well needs are matched with records, on evals/behov.yaml; with --fit, sets the weights on its tune half.

    python evals/needs.py          # nDCG@5 on what is held back, limits broken in the first three, plain retrieval
    python evals/needs.py --fit    # writes weights.json of retrieval and judged.json of catalogue

The needs of the tune half are also examples that meaning is learnt from (retrieval/learnt.py); each is foretold
without itself. The weights maximise the likelihood of a softmax over the records of a need, each worth 2^grade − 1
(ListNet; Cao et al., 2007). The patterns of the concepts were written with the tune half in view and know it too well;
so each need counts half once more without them. The intercept makes the score the chance that the grade is at least 1.
The figures of the tune half flatter; only those of what is held back count.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.catalogue.concepts import concepts
from raufoss_assistant.catalogue.examples import examples
from raufoss_assistant.evaluation.metrics import graded_ndcg, mean
from raufoss_assistant.model import Record
from raufoss_assistant.retrieval.matcher import Evidence, Matcher
from raufoss_assistant.settings import Settings

NEEDS = Path("evals/behov.yaml")
WEIGHTS = Path("src/raufoss_assistant/retrieval/weights.json")
JUDGED = Path("src/raufoss_assistant/catalogue/data/judged.json")
TODAY = date(2026, 11, 26)
"""The day the needs were written for."""
SHOWN = 5
STRENGTH = 5.0
"""Of the penalty on the weights' squares, on standardised evidence."""
UNFORESEEN = 0.5
"""Weight in the fit of each need once more, as if no pattern of concepts.yaml had known its wording."""
_PATTERNS = ("concepts", "mentions", "shared")
_NAMES = [field.name for field in fields(Evidence)]
Need = dict[str, Any]
Rows = NDArray[np.float64]


def gathered(assistant: Assistant, needs: Sequence[Need]) -> list[tuple[Sequence[Record], Rows, NDArray[np.bool_]]]:
    """For each need the records, their evidence and whether a hard limit rules them out."""
    with assistant.knowledge() as knowledge:
        matcher: Matcher = knowledge.matcher
    found = []
    for need in needs:
        vector = assistant.encoder.queries([need["need"]])[0]
        rows = matcher.evidence(need["need"], vector, matcher.needs(need["need"], TODAY), TODAY)
        evidence = np.array([astuple(parts) for _, parts, _ in rows])
        hard = np.array([any(each.hard for each in wrong) for _, _, wrong in rows])
        found.append(([record for record, _, _ in rows], evidence, hard))
    return found


def judged(needs: Sequence[Need], records: Sequence[Record]) -> list[dict[str, Any]]:
    """The needs as examples: each concept is worth what the records that it speaks for are worth in the mean."""
    told = {each.name: [record for record in records if each.told(record)] for each in concepts()}
    found = []
    for need in needs:
        worths = {
            name: round(float(np.mean(2.0 ** grades(need, spoken) - 1)) / 7, 3)
            for name, spoken in told.items()
            if spoken
        }
        found.append({"text": need["need"], "concepts": {name: worth for name, worth in worths.items() if worth}})
    return found


def grades(need: Need, records: Sequence[Record]) -> NDArray[np.float64]:
    """The grade of each record for a need."""
    return np.array([float(need["grades"].get(record.name, 0)) for record in records])


def fit(data: Sequence[tuple[Sequence[Record], Rows, NDArray[np.bool_]]], needs: Sequence[Need]) -> Rows:
    """The weights on raw evidence, and the intercept last."""
    stacked = np.vstack([rows for _, rows, _ in data])
    centre, scale = stacked.mean(0), stacked.std(0) + 1e-6
    batches, wanted, counts = [], [], []
    patterns = [_NAMES.index(name) for name in _PATTERNS]
    for (records, rows, hard), need in zip(data, needs, strict=True):
        worth = 2.0 ** grades(need, records)[~hard] - 1
        if worth.sum():
            unforeseen = rows[~hard].copy()
            unforeseen[:, patterns] = 0.0
            batches += [(rows[~hard] - centre) / scale, (unforeseen - centre) / scale]
            wanted += [worth / worth.sum()] * 2
            counts += [1.0, UNFORESEEN]

    def loss(weights: Rows) -> tuple[float, Rows]:
        total, slope = STRENGTH * float(weights @ weights) / 2, STRENGTH * weights
        for rows, target, count in zip(batches, wanted, counts, strict=True):
            logits = rows @ weights
            odds = np.exp(logits - logits.max())
            chances = odds / odds.sum()
            total -= count * float(target @ np.log(chances + 1e-12))
            slope = slope + count * rows.T @ (chances - target)
        return total, slope

    weights = minimize(loss, np.zeros(len(_NAMES)), jac=True, method="L-BFGS-B").x / scale
    logits = np.concatenate([rows[~hard] @ weights for _, rows, hard in data])
    useful = np.concatenate(
        [grades(need, records)[~hard] > 0 for (records, _, hard), need in zip(data, needs, strict=True)]
    )

    def error(intercept: Rows) -> float:
        return float(np.logaddexp(0, np.where(useful, -1, 1) * (logits + intercept[0])).sum())

    return np.append(weights, minimize(error, [-float(np.median(logits))]).x)


def first(records: Sequence[Record], rows: Rows, hard: NDArray[np.bool_], weights: Rows) -> list[str]:
    """Names of the records, best first, without those that are ruled out."""
    order = np.argsort(-(rows @ weights[:-1]), kind="stable")
    return [records[place].name for place in order if not hard[place]]


def plain(assistant: Assistant, need: str, records: Sequence[Record]) -> list[str]:
    """The records in the order in which plain retrieval of passages finds what tells of them alone."""
    names: list[str] = []
    for hit in assistant.search(need, 30):
        chunk = hit.chunk
        told = [
            record.name
            for record in records
            if any(
                each.document == chunk.document and each.page == chunk.page and chunk.start <= each.start < chunk.end
                for each in record.statements
            )
        ]
        if len(told) <= 2:
            names += [name for name in told if name not in names]
    return names


def worth(names: Sequence[str], need: Need) -> float:
    """NDCG of the first names, a grade worth 2^grade − 1."""
    return graded_ndcg(names[:SHOWN], {name: 2.0**grade - 1 for name, grade in need["grades"].items()}, SHOWN)


def main() -> None:
    """Report on the test half, or set the weights on the other."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--fit", action="store_true", help="set the weights on the tune half")
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is reported on")
    arguments.add_argument("--each", action="store_true", help="name what is found for each need")
    given = arguments.parse_args()
    assistant = Assistant(Settings.from_environment())
    everything: list[Need] = yaml.safe_load(NEEDS.read_text("utf-8"))
    if given.fit:
        needs = [need for need in everything if need["split"] == "tune"]
        with assistant.knowledge() as knowledge:
            known = judged(needs, knowledge.matcher.records)
        JUDGED.write_text(json.dumps(known, ensure_ascii=False, indent=0) + "\n", "utf-8")
        examples.cache_clear()
        assistant = Assistant(Settings.from_environment())
        weights = fit(gathered(assistant, needs), needs)
        named = {name: round(float(value), 4) for name, value in zip([*_NAMES, "intercept"], weights, strict=True)}
        WEIGHTS.write_text(json.dumps(named, indent=1) + "\n", "utf-8")
        print(f"{len(needs)} behov: {named}")
        return
    needs = [need for need in everything if need["split"] == given.split]
    kept: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    weights = np.array([kept[name] for name in [*_NAMES, "intercept"]])
    ours, theirs, broken = [], [], 0
    for need, (records, rows, hard) in zip(needs, gathered(assistant, needs), strict=True):
        names = first(records, rows, hard, weights)
        ours.append(worth(names, need))
        theirs.append(worth(plain(assistant, need["need"], records), need))
        broken += sum(name in need["broken"] for name in names[:3])
        if given.each:
            print(f"{need['id']} {ours[-1]:.2f} {'; '.join(name[:24] for name in names[:SHOWN])}")
    for name, values in (("Behov mot poster", ours), ("Vanlig søk i utdrag", theirs)):
        print(f"{name}: nDCG@{SHOWN} {mean(values)}, {len(values)} behov ({given.split})")
    print(f"Forskjell: {np.mean(ours) - np.mean(theirs):.3f}. Brutte krav blant de tre første: {broken}")


if __name__ == "__main__":
    main()
