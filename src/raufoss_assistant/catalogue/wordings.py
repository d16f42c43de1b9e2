"""What people say who ask for a value of a field without using its word, from wordings.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, get_args

import yaml

from raufoss_assistant.model import RecordType


@dataclass(frozen=True, slots=True)
class Wish:
    """What a phrase asks for: a value of filters.yaml, or that a field is told or is not.

    Attributes:
        type: of the records.
        value: label of a value in filters.yaml, or None.
        field: key of a field that is to be told or missing, or None.
        told: whether that field is to be told.
    """

    type: RecordType
    value: str | None = None
    field: str | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a question as somebody put it, and what it asks for; None where it asks for no value."""

    text: str
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of wordings.yaml.

    Attributes:
        before: pattern of the words before which a question is taken apart.
        at: pattern of the words at which it is, which say nothing themselves.
        all: the phrases.
    """

    before: re.Pattern[str]
    at: re.Pattern[str]
    all: tuple[Phrase, ...]

    def of_type(self, type_: RecordType) -> Sequence[Phrase]:
        """The phrases that tell of a type, and those that ask for nothing."""
        return [each for each in self.all if each.wish is None or each.wish.type == type_]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases, and where questions are taken apart.

    Example:
        >>> phrases().of_type("course")[0]
        Phrase(text='ved siden av jobben', wish=Wish(type='course', value='deltid', field=None, told=False))
    """
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/wordings.yaml")
    raw: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return Phrases(
        before=re.compile(rf"\s(?=(?:{raw['before']})\b)", re.IGNORECASE),
        at=re.compile(rf"[.;:?!,()–]+|\b(?:{raw['at']})\b", re.IGNORECASE),
        all=tuple(Phrase(text, _wish(it)) for it in raw["phrases"] for text in it["phrases"]),
    )


def _wish(raw: dict[str, str]) -> Wish | None:
    for type_ in get_args(RecordType):
        if type_ == raw["type"]:
            field = raw.get("told") or raw.get("missing")
            return Wish(type_, raw.get("value"), field, told="told" in raw)
    return None
