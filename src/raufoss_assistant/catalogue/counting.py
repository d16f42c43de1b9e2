"""How many people a sentence counts, where it is known that it counts those of a company."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from itertools import pairwise

import yaml

from raufoss_assistant.catalogue.headcount import persons
from raufoss_assistant.norwegian.numbers import numbers

_MOST = 1800
"""Nobody with more employees than this asks; it is a year, or something else."""


def counted(sentence: str) -> float | None:
    """The people of a sentence: those in all where it says so, else shifts times people, numbers and persons added.

    Args:
        sentence: one that tells how many people a company has.

    Example:
        >>> counted("Tre skift med elleve på hvert og to på kontoret."), counted("Elleve på gulvet, og så jeg.")
        (35.0, 12.0)
    """
    whole = [each for each in numbers(sentence) if each.value == int(each.value)]
    found = [each for each in whole if 1 <= each.value <= _MOST and not _says("not_people").match(sentence[each.end :])]
    for number in found:
        if _says("whole").search(sentence[: number.start]) or _says("in_all").match(sentence[number.end :]):
            return number.value
    total = sum(number.value for number in found) + persons(sentence)
    for first, second in pairwise(whole):
        between = sentence[first.end : second.start]
        if _says("teams").fullmatch(between) or _says("on_each").fullmatch(between):
            total += first.value * second.value - sum(each.value for each in (first, second) if each in found)
    return 1.0 if _says("nobody_else").search(sentence) else total or None


@lru_cache(maxsize=8)
def _says(what: str) -> re.Pattern[str]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/counting.yaml")
    patterns: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return re.compile(patterns[what], re.IGNORECASE)
