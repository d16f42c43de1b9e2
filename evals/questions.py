"""Ask question sets and tell what is wrong: python evals/questions.py [SET.yaml …] [--split tune|test].

An answered row is right where the status is, every `must_contain` is in the answer (alternatives within one parted by
«|»), no `must_not_contain` is, and one of the `documents` is cited. Letter case and kinds of blanks do not count.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.model import Answer
from raufoss_assistant.settings import Settings

SETS = Path(__file__).parent / "sett"


def faults(row: dict[str, Any], answer: Answer) -> list[str]:
    """What is wrong with an answer, in short."""
    if answer.status != row["status"]:
        return [answer.status]
    if answer.status != "answered":
        return []
    text = " ".join(answer.text.replace("\\", "").split()).lower()
    found = [
        f"mangler «{needed}»"
        for needed in row.get("must_contain", [])
        if not any(part.lower() in text for part in needed.split("|"))
    ]
    found += [f"har «{wrong}»" for wrong in row.get("must_not_contain", []) if wrong.lower() in text]
    if not {citation.chunk.document for citation in answer.citations} & set(row["documents"]):
        found.append("kilde: " + ", ".join(citation.chunk.document for citation in answer.citations))
    return found


def main() -> None:
    """Ask, print a table by kind, and each row that is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sett", type=Path, nargs="*", default=sorted(SETS.glob("*.yaml")))
    arguments.add_argument("--split", choices=("tune", "test"))
    arguments.add_argument("--dump", type=Path, help="write one JSON line per question")
    given = arguments.parse_args()
    assistant = Assistant(Settings.from_environment())
    kinds: dict[str, list[float]] = defaultdict(list)
    wrong, lines = [], []
    for row in (row for file in given.sets for row in yaml.safe_load(file.read_text("utf-8"))):
        if given.split and row["split"] != given.split:
            continue
        answer = assistant.ask(row["question"])
        found = faults(row, answer)
        kinds[row["kind"]].append(not found)
        kinds["answered when it should" if row["status"] == "answered" else "refused when it should"].append(
            answer.status == row["status"]
        )
        if row["status"] == "answered":
            kinds["right of what is answerable"].append(not found)
        lines.append({"id": row["id"], "faults": found, "confidence": answer.confidence, "answer": answer.text})
        if found:
            wrong.append(
                f"{row['id']} {row['question']}\n    {'; '.join(found)} ({answer.confidence:.2f})\n    {answer.text!r}"
            )
    print("| kind | n | right |\n| --- | --- | --- |")
    for kind, values in kinds.items():
        print(f"| {kind} | {len(values)} | {mean(values)} |")
    print("\n" + "\n".join(wrong))
    if given.dump:
        given.dump.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main()
