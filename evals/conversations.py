"""How often a turn of a conversation finds the right document, on evals/samtaler.yaml, with and without rewriting.

python evals/conversations.py                # the half that is held back
python evals/conversations.py --split tune   # the other, with each turn that went astray

Each conversation is held with the assistant itself: its own replies are the history of the next turn. Right is a turn
with a document that answers it among the first three passages found, or, of an answer from records, among the first
three citations.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import yaml
from documents import FIRST, first_documents

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.model import Turn
from raufoss_assistant.settings import Settings

CONVERSATIONS = Path("evals/samtaler.yaml")


def held(assistant: Assistant, conversation: dict[str, Any]) -> list[dict[str, Any]]:
    """The turns of a conversation with what came of each."""
    history: list[Turn] = []
    turns = []
    for turn in conversation["turns"]:
        question, wanted = turn["question"], set(turn["documents"])
        answer = assistant.ask(question, history)
        alone = assistant.ask(question)
        turns.append(
            {
                **turn,
                "id": conversation["id"],
                "searched": answer.search_query,
                "status": answer.status,
                "expected": turn.get("status", "answered"),
                "right": bool(wanted & set(first_documents(assistant, answer, answer.search_query))),
                "alone": bool(wanted & set(first_documents(assistant, alone, question))),
            }
        )
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return turns


def main() -> None:
    """Print the share of right turns, of those that depend on what was said before and of those that do not."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is held")
    given = arguments.parse_args()
    rows: list[dict[str, Any]] = yaml.safe_load(CONVERSATIONS.read_text("utf-8"))
    assistant = Assistant(Settings.from_environment())
    turns = [turn for row in rows if row["split"] == given.split for turn in held(assistant, row)]
    answerable = [turn for turn in turns if turn["documents"]]
    leaning = [turn for turn in answerable if turn["depends"]]
    own = [turn for turn in answerable if not turn["depends"]]
    print(f"{len(turns)} ytringer i {len({turn['id'] for turn in turns})} samtaler ({given.split})")
    for name, some in (("bygger på det som er sagt", leaning), ("står for seg selv", own)):
        print(f"Riktig dokument blant de {FIRST} første, {name}: {_share(some, 'right')}, {len(some)} ytringer")
        print(f"  uten omskriving: {_share(some, 'alone')}")
    kept = [float(turn["searched"] == turn["question"]) for turn in turns if not turn["depends"]]
    print(f"Står for seg selv og ble søkt slik det var skrevet: {mean(kept)}, {len(kept)} ytringer")
    if given.split == "tune":
        for turn in turns:
            wrong = turn["documents"] and not turn["right"]
            dragged = not turn["depends"] and turn["searched"] != turn["question"]
            if wrong or dragged:
                print(f"{turn['id']} «{turn['question']}» → «{turn['searched']}» ({turn['meaning']}) {turn['status']}")


def _share(turns: list[dict[str, Any]], key: str) -> str:
    return str(mean([float(turn[key]) for turn in turns]))


if __name__ == "__main__":
    main()
