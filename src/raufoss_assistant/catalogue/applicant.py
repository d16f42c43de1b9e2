"""What kind of applicant a need comes from, where that is no company: a public body, an institute, a pupil."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import yaml


def applicants(text: str) -> frozenset[str]:
    """The kinds of applicant.yaml that a text says its writer is.

    Example:
        >>> sorted(applicants("Vi er en videregående skole på Toten."))
        ['public']
    """
    return frozenset(kind for kind, patterns in _kinds().items() if any(each.search(text) for each in patterns))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[re.Pattern[str], ...]]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/applicant.yaml")
    data = yaml.safe_load(file.read_text("utf-8"))
    frames: list[str] = data["frames"]
    kinds: dict[str, dict[str, str]] = data["kinds"]
    return {
        kind: tuple(
            re.compile(pattern, re.IGNORECASE)
            for pattern in (
                *(frame.replace("NOUNS", words["nouns"]) for frame in frames if "nouns" in words),
                *([words["said"]] if "said" in words else []),
            )
        )
        for kind, words in kinds.items()
    }
