"""How often questions go the right way (passage, list, count, compare, need), on evals/ruting.yaml.

python evals/routing.py                # the half that is held back
python evals/routing.py --split tune   # the other, with each question that went astray
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.catalogue.routing import route
from raufoss_assistant.evaluation.metrics import mean
from raufoss_assistant.settings import Settings

QUESTIONS = Path("evals/ruting.yaml")


def main() -> None:
    """Print the share that went right, in all and by way, and what was taken for what."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--split", default="test", choices=("tune", "test"), help="the half that is asked")
    given = arguments.parse_args()
    rows: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    asked = [row for row in rows if row["split"] == given.split]
    catalogue = Assistant(Settings.from_environment()).catalogue()
    went = [(row, route(row["question"], catalogue).kind) for row in asked]
    print(
        f"Riktig vei: {mean([float(row['route'] == way) for row, way in went])}, {len(went)} spørsmål ({given.split})"
    )
    for wanted, total in sorted(Counter(row["route"] for row in asked).items()):
        right = sum(way == wanted for row, way in went if row["route"] == wanted)
        print(f"  {wanted:<8} {right} av {total}")
    for (wanted, way), count in Counter((row["route"], way) for row, way in went if row["route"] != way).items():
        print(f"  {wanted} ble {way}: {count}")
    if given.split == "tune":
        for row, way in went:
            if row["route"] != way:
                print(f"{row['id']} {row['route']} → {way}: {row['question']}")


if __name__ == "__main__":
    main()
