"""Needs as people put them, each with the concepts that it speaks of: what meaning is learnt from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class Example:
    """A need.

    Attributes:
        text: as somebody put it.
        concepts: worth, 0..1, of what each concept of concepts.yaml speaks for; a concept that is not there has none.
    """

    text: str
    concepts: Mapping[str, float]


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All examples: the sentences of examples.yaml, then the needs of judged.json, whose worth people judged.

    Example:
        >>> examples()[0].concepts
        {'sveising': 1.0}
    """
    data = resources.files("raufoss_assistant.catalogue").joinpath("data")
    written: dict[str, list[str]] = yaml.safe_load(data.joinpath("examples.yaml").read_text("utf-8"))
    judged: list[dict[str, object]] = json.loads(data.joinpath("judged.json").read_text("utf-8"))
    sentences = [Example(text, {name: 1.0}) for name, texts in written.items() for text in texts]
    return (*sentences, *(Example(**each) for each in judged))  # type: ignore[arg-type]
