"""How the search bears wordings of all kinds, beside its parts and its peers, on evals/ordlyd.yaml over corpus/.

python evals/wording.py                # the half that is held back
python evals/wording.py --split tune   # the other

Half-spoken, misspelt and nynorsk questions and bare search words; a hit is a passage of a right document that holds
the answer. The last row is the whole search, which puts slips and names right first. The ranges are bootstrap intervals
of 95 percent.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from retrieval import K, Ranker, rankers, table

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.matching import holds
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.settings import Settings

QUESTIONS = Path("evals/ordlyd.yaml")


def methods(assistant: Assistant) -> Iterator[tuple[str, Ranker]]:
    """Those of retrieval.py, then the search that users meet."""
    yield from rankers(assistant)
    yield "the whole search", lambda query: [hit.chunk.id for hit in assistant.search(query, K)]


def rows(assistant: Assistant, split: str) -> Iterator[tuple[str, Question, set[str]]]:
    """Each question with its wording and the ids of the passages that answer it."""
    manifest = assistant.index().manifest
    records: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    for record in records:
        if record["split"] != split:
            continue
        chunks = [chunk for document in record["documents"] for chunk in manifest.chunks_of(document)]
        question = Question(
            record["id"], record["question"], "fakta", documents=record["documents"], must_contain=[record["answer"]]
        )
        yield record["wording"], question, {chunk.id for chunk in chunks if holds(chunk.text, record["answer"])}


def main() -> None:
    """Print a table of all, and one of each wording."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is asked")
    given = arguments.parse_args()
    assistant = Assistant(Settings.from_environment())
    asked = [row for row in rows(assistant, given.split) if row[2]]
    ranked = list(methods(assistant))
    table("all wordings", [(question, right) for _, question, right in asked], ranked)
    for wording in dict.fromkeys(wording for wording, _, _ in asked):
        table(wording, [(question, right) for its, question, right in asked if its == wording], ranked)


if __name__ == "__main__":
    main()
