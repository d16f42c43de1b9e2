"""The answer to somebody who tells that they are new: the learning path of their role, or which role they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Citation, Question
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.onboarding.paths import LearningPath
from raufoss_assistant.onboarding.proof import cited

_LONGEST = 200
"""Characters of a message that is looked at."""
_ROLE = r"(?P<role>[^\W\d_]{3,}(?:[ -][^\W\d_]{3,})?)"
_PART = re.compile(r"\s*(?:[.,!?;:\n]+|\s[-–]\s)\s*(?:(?:og|and) )?")


def newcomer(question: Question, handbook: Callable[[], Handbook], manifest: Manifest) -> Answer | None:
    """The goals of the path of somebody's role, each with where its answer stands, or the roles to choose from.

    None where a message says or asks more than that somebody is new, or where there are no paths.

    Args:
        question: what is said.
        handbook: gives the learning paths; called only where somebody is new.
        manifest: of the index, which proves the quotes.

    Example:
        >>> newcomer(Question("Jeg er ny her", "Jeg er ny her", "nb"), lambda: handbook, manifest).choices
        ('Jeg er ny: operatør', 'Jeg er ny: ingeniør', 'Jeg er ny: leder', 'Jeg er ny: lærling')
    """
    told = _told(question.text)
    if told is None or not handbook().paths:
        return None
    paths = list(handbook().paths.values())
    path = next((each for each in paths if _is_role(told.role, each.title)), None)
    if path:
        return _goals(question, path, handbook(), manifest)
    return _roles(question, paths) if told.new else None


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of somebody's role, "" where none is told, and whether they tell that they are new in it."""

    role: str
    new: bool


def _told(message: str) -> _Told | None:
    """What somebody tells of themselves; None for a message that says or asks anything else."""
    if len(message) > _LONGEST:
        return None
    role, new = "", False
    for part in filter(None, _PART.split(normalise(message).lower().strip())):
        match = _pattern("new").fullmatch(part)
        new = new or match is not None
        match = match or _pattern("role").fullmatch(part) or (re.fullmatch(_ROLE, part) if new else None)
        if match:
            role = next(filter(None, match.groupdict().values()), role)
        elif not (_pattern("asks").fullmatch(part) or _pattern("greeting").fullmatch(part)):
            return None
    return _Told(role, new) if role or new else None


def _is_role(told: str, title: str) -> bool:
    """Whether the words told are the role, an inflection of it or a compound that ends with it, or its English name."""
    names = (title.lower(), _english(title))
    return any(word.startswith(names) or word.endswith(names) for word in re.split(r"[ -]", told))


def _english(title: str) -> str:
    name: str = _data()["english"].get(title.lower(), title.lower())
    return name


def _roles(question: Question, paths: Sequence[LearningPath]) -> Answer:
    says, language = _data()["says"], question.language
    roles = [_english(path.title) if language == "en" else path.title.lower() for path in paths]
    choices = tuple(map(says["choice"][language].format, roles))
    listed = "\n".join(f"{n}. {choice}" for n, choice in enumerate(choices, 1))
    text = f"{says['which'][language]}\n\n{listed}"
    return Answer(question.text, question.text, "clarify", text, language, "extractive", 0.0, choices=choices)


def _goals(question: Question, path: LearningPath, handbook: Handbook, manifest: Manifest) -> Answer:
    citations: list[Citation] = []
    lines = []
    for number, step in enumerate(path.steps, 1):
        citation = cited(handbook.proof(step.checks[0]), len(citations) + 1, manifest)
        if citation:
            citations.append(citation)
        lines.append(f"{number}. {step.goal}" + (f" [{citation.n}]" if citation else ""))
    says, language = _data()["says"], question.language
    head = says["path"][language].format(title=path.title, count=len(path.steps))
    text = "\n\n".join((head, "\n".join(lines), says["guide"][language]))
    return Answer(
        question.text, question.text, "answered", text, language, "extractive", 1.0, citations=tuple(citations)
    )


@lru_cache(maxsize=4)
def _pattern(name: str) -> re.Pattern[str]:
    lines = _data()[name].replace("{when}", _data()["when"]).splitlines()
    places = iter(range(1000))
    forms = (re.sub(r"\{role\}", lambda _: _ROLE.replace("role", f"role{next(places)}"), line) for line in lines)
    return re.compile("|".join(f"(?:{form})" for form in forms))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("raufoss_assistant.onboarding").joinpath("data/newcomer.yaml")
    data: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return data
