"""What a need is about in the words of the documents: concepts that tie lay words to records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.model import Record, Statement


@dataclass(frozen=True, slots=True)
class Concept:
    """A process, problem or technology.

    Attributes:
        name: in Norwegian.
        need: pattern of what people say.
        record: pattern of what records that are about it say.
    """

    name: str
    need: re.Pattern[str]
    record: re.Pattern[str]

    def told(self, record: Record) -> Statement | None:
        """The statement by which the record is about it, or what it says first where its name is; else None."""
        if self.record.search(record.name):
            return record.said("about") or record.statements[0]
        statements = (
            *record.all("about"),
            *record.all("target"),
            *record.all("requirement"),
            *record.all("part_time"),
            *record.all("form"),
        )
        return next((each for each in statements if not each.outdated and self.record.search(each.text)), None)


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """All concepts of concepts.yaml."""
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/concepts.yaml")
    raw: list[dict[str, str]] = yaml.safe_load(file.read_text("utf-8"))
    return tuple(
        Concept(it["id"], re.compile(rf"(?<!\w)(?:{it['need']})(?!\w)", re.I), re.compile(it["record"], re.I))
        for it in raw
    )


def concepts_of(text: str) -> list[Concept]:
    """The concepts that a need speaks of.

    Example:
        >>> [each.name for each in concepts_of("Vi vil sveise tynnere plater")]
        ['sveising']
    """
    return [each for each in concepts() if each.need.search(text)]
