"""How mature a technology is, told by what exists of it: a sketch, a model, something that has been tried."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml

Range = tuple[float, float]
"""Least and most level of the TRL scale."""


def maturity(text: str) -> Range | None:
    """The levels that the furthest of what a text says exists stands for, where it says that no more does.

    Levels as in corpus/katapult/trl-forklart.md: 1 a principle observed, 3 a first trial works, 4 works in the lab.

    Example:
        >>> maturity("Alt vi har er en tegning på et matpapir."), maturity("Vi trenger en tegning.")
        ((1.0, 2.0), None)
    """
    told = [levels for levels, pattern in _stages() if pattern.search(text)]
    return told[-1] if told else None


@lru_cache(maxsize=1)
def _stages() -> tuple[tuple[Range, re.Pattern[str]], ...]:
    """The stages of maturity.yaml, from the least mature."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/maturity.yaml")
    data = yaml.safe_load(file.read_text("utf-8"))
    only, none = data["only"], data["none"]
    return tuple(
        (
            (float(stage["trl"][0]), float(stage["trl"][1])),
            re.compile(
                "|".join(
                    [
                        *([rf"{only}(?:\W+\w+){{0,4}}?\W+(?:{stage['things']})(?!\w)"] if "things" in stage else []),
                        *([rf"\b(?:{stage['things']})\b[^.!?]{{0,40}}?{none}"] if "things" in stage else []),
                        *stage.get("said", []),
                    ]
                ),
                re.IGNORECASE,
            ),
        )
        for stage in data["stages"]
    )
