"""What the check of a language model's sentences lets through, on replies that are true and replies that are not.

python evals/model_replies.py                       # evals/modellsvar.yaml, the half that is held back
python evals/model_replies.py FILE --split tune     # another file; with each sentence that was judged wrongly
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from raufoss_assistant.answering.generative import whole_sentences
from raufoss_assistant.answering.verification import Verifier
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.model import Chunk, Hit, Properties
from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.norwegian.language import detect

REPLIES = Path("evals/modellsvar.yaml")


def main() -> None:
    """Print how many untrue replies show nothing that is forbidden, how many true sentences survive, and the time."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", nargs="?", type=Path, default=REPLIES, help="the replies")
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is tried")
    given = arguments.parse_args()
    rows = [row for row in yaml.safe_load(given.file.read_text("utf-8")) if row["split"] == given.split]
    clean, survived, missed = [], [], Counter[str]()
    spent, judged = 0.0, 0
    for row in rows:
        asked = row["question"]
        verifier = Verifier([_passage(source) for source in row["sources"]], detect(asked), asked)
        began = time.perf_counter()
        found = [(sentence, verifier.check(sentence).text) for sentence in whole_sentences([row["reply"]])]
        spent, judged = spent + time.perf_counter() - began, judged + len(found)
        if row["id"].startswith("A"):
            wrong = [text for _, text in found if text and any(_same(text, each) for each in row["forbidden"])]
            clean.append(float(not wrong))
        else:
            wrong = [sentence for sentence, text in found if not text]
            survived += [float(bool(text)) for _, text in found]
        missed[row["kind"]] += len(wrong)
        if given.split == "tune":
            for sentence in wrong:
                print(f"{row['id']} {row['kind']}: {sentence}")
    print(f"Usanne svar uten noe usant vist: {mean(clean)}, {len(clean)} svar")
    print(f"Setninger i ærlige svar vist med egne ord: {mean(survived)}, {len(survived)} setninger")
    print(f"Kontrollen: {1000 * spent / max(judged, 1):.2f} ms per setning, {judged} setninger")
    print("Feil etter slag:", dict(missed.most_common()))


def _passage(source: dict[str, Any]) -> Hit:
    text, title = source["text"], Path(source["document"]).stem
    chunk = Chunk(text, source["document"], 0, None, (), text, 0, len(text), "")
    return Hit(chunk, Properties(title, "klynge"), 0.0, 0.0, 0.0)


def _same(one: str, other: str) -> bool:
    """Whether one of two sentences stands in the other, marks aside."""
    first, second = " ".join(words(one)), " ".join(words(other))
    return first in second or second in first


if __name__ == "__main__":
    main()
