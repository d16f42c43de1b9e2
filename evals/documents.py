"""How often a document that answers is among the first three passages found, for the questions of a set.

python evals/documents.py evals/sett/navn.yaml                # those held back
python evals/documents.py evals/sett/navn.yaml --split tune   # the others, with each that was not found
"""

from __future__ import annotations

import argparse
from pathlib import Path

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.evaluation.sets import read_set
from raufoss_assistant.model import Answer
from raufoss_assistant.settings import Settings

FIRST = 3


def first_documents(assistant: Assistant, answer: Answer, query: str) -> list[str]:
    """The documents of the first passages found for a query, or of an answer's first citations."""
    if answer.records:
        return [each.chunk.document for each in answer.citations[:FIRST]]
    return [hit.chunk.document for hit in assistant.search(query, FIRST)]


def main() -> None:
    """Print the share of questions with a right document among the first."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("set", type=Path, help="the file with the questions")
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="which of them")
    given = arguments.parse_args()
    questions = [each for each in read_set(given.set).questions if each.split == given.split and each.documents]
    assistant = Assistant(Settings.from_environment())
    found = []
    for question in questions:
        answer = assistant.ask(question.question, question.history)
        documents = first_documents(assistant, answer, answer.search_query)
        found.append(bool(set(documents) & {path.partition("#")[0] for path in question.documents}))
        if given.split == "tune" and not found[-1]:
            print(f"{question.id} «{question.question}» → «{answer.search_query}»: {', '.join(documents)}")
    print(f"Riktig dokument blant de {FIRST} første: {mean([float(each) for each in found])}, {len(found)} spørsmål")


if __name__ == "__main__":
    main()
