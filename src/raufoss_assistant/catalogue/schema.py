"""What records hold: types, fields, their labels and the words that documents use for them, from fields.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, get_args

import yaml

from raufoss_assistant.model import Language, RecordType


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record.

    Attributes:
        key: what programs call it.
        label: what readers see, by language.
        called: words of documents that mean this field, lower case.
        reads: name of the parser for its values, or "" where it is free text.
        shown: whether a list shows it when nothing else is asked for.
    """

    key: str
    label: Mapping[Language, str]
    called: frozenset[str]
    reads: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """What one type of record holds.

    Attributes:
        type: course, service, funding, organisation (a catapult), company or equipment.
        nouns: what readers call one and many of them, by language.
        names: headers, lower case, of the column or fact that holds the name.
        fields: by key, in the order in which they are shown.
        partial: whether overviews have only some of them, so that they are not counted.
    """

    type: RecordType
    nouns: Mapping[Language, tuple[str, str]]
    names: frozenset[str]
    fields: Mapping[str, Field]
    partial: bool

    def fields_called(self, words: str) -> list[Field]:
        """The fields that a header, heading or leading word may mean.

        Example:
            >>> [field.key for field in schema("funding").fields_called("Beløp og støtteandel")]
            ['amount', 'share']
        """
        asked = _plain(words)
        return [field for field in self.fields.values() if asked in field.called]

    def names_things(self, words: str) -> bool:
        """Whether a header stands over names of such records."""
        return _plain(words) in self.names


@lru_cache(maxsize=len(get_args(RecordType)))
def schema(type_: RecordType) -> Schema:
    """The schema of a type."""
    raw = _raw()[type_]
    nouns = {language: (one, many) for language, (one, many) in raw["nouns"].items()}
    fields = {key: _field(key, it) for key, it in raw["fields"].items()}
    return Schema(type_, nouns, frozenset(raw["names"]), fields, raw.get("partial", False))


def schemas() -> tuple[Schema, ...]:
    """All schemas."""
    return tuple(map(schema, get_args(RecordType)))


def tells_facts(header: str) -> bool:
    """Whether the first header of a table of two columns says that each row is a fact about one thing."""
    return _plain(header) in _raw()["facts"]


def is_own(id_: str) -> bool:
    """Whether a record is the house itself, which a need is not pointed to."""
    return id_ in _raw()["own"]


@lru_cache(maxsize=1)
def unknown() -> re.Pattern[str]:
    """What documents write where a field has no value, so that it is no mistake."""
    return re.compile(_raw()["unknown"].replace(" |", "|"), re.IGNORECASE)


def _field(key: str, raw: Mapping[str, Any]) -> Field:
    called = {*map(_plain, raw["label"].values()), *raw.get("called", ())}
    return Field(key, raw["label"], frozenset(called), raw.get("reads", ""), raw.get("shown", False))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(":")


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/fields.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data
