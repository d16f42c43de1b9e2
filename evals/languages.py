"""How often an answer is in the language of its question, on evals/spraak.yaml.

python evals/languages.py                # the half that is held back
python evals/languages.py --split tune   # the other, with each that went wrong
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import yaml

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.settings import Settings

QUESTIONS = Path("evals/spraak.yaml")


def main() -> None:
    """Print the share of answers in the right language."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is asked")
    given = arguments.parse_args()
    rows: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    assistant = Assistant(Settings.from_environment())
    asked = [(row, assistant.ask(row["question"]).language) for row in rows if row["split"] == given.split]
    print(f"Riktig språk: {mean([float(row['language'] == spoken) for row, spoken in asked])}, {len(asked)} spørsmål")
    for language in ("nb", "nn", "en"):
        some = [spoken == language for row, spoken in asked if row["language"] == language]
        print(f"  {language} {sum(some)} av {len(some)}")
    if given.split == "tune":
        for row, spoken in asked:
            if row["language"] != spoken:
                print(f"{row['id']} {row['language']} → {spoken}: {row['question']}")


if __name__ == "__main__":
    main()
