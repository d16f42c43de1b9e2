"""What each part of the guide's page becomes for a visitor's progress, in the order of `Guide.outputs`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.onboarding.journey import Progress
from raufoss_assistant.onboarding.loading import MOST_CHECKS, MOST_WORDS
from raufoss_assistant.onboarding.paths import LearningPath
from raufoss_assistant.web import guide_view as view

MOST_PATHS = 8
"""Roles to choose from that have a button."""
_OF_A_STEP = 10 + MOST_WORDS + 2 * MOST_CHECKS
"""Parts that only a step, or the end, has something in."""


def shown(handbook: Handbook, progress: Progress, said: str = "", *, choosing: bool = False) -> tuple[Any, ...]:
    """Everything on the page: the choice of roles, a step or the end.

    Args:
        handbook: paths and documents.
        progress: where the visitor is.
        said: above it all, to welcome someone back.
        choosing: whether the choice of roles is shown although a path is begun.
    """
    path = None if choosing else handbook.paths.get(progress.path or "")
    roles = [each.title for each in handbook.paths.values()]
    head = (
        *(progress.to_json(), said, gr.update(visible=path is None)),
        *(view.offers(handbook.paths.values(), progress), *_labels(roles, MOST_PATHS)),
        gr.update(visible=path is not None),
    )
    return (*head, *(_step(handbook, path, progress) if path else (gr.skip(),) * _OF_A_STEP))


def forward_button(path: LearningPath, progress: Progress) -> Any:
    """«Neste steg»; it stands out when the questions are done with, and never keeps anyone back."""
    last = progress.step + 1 == len(path.steps)
    return gr.update(
        value="Fullfør løpet" if last else "Neste steg",
        variant="primary" if progress.settled(path, progress.step) else "secondary",
        visible=not progress.finished,
    )


def _step(handbook: Handbook, path: LearningPath, progress: Progress) -> tuple[Any, ...]:
    step = path.steps[progress.step]
    return (
        *(view.steps(path, progress), gr.update(visible=not progress.finished), view.present(path, progress)),
        view.readings(step.readings, handbook.documents),
        *(gr.update(visible=bool(step.words)), *_labels(step.words, MOST_WORDS), "", ""),
        *_questions(handbook, path, progress),
        gr.update(value=view.finish(path, progress) if progress.finished else "", visible=progress.finished),
        gr.update(interactive=progress.step > 0 or progress.finished),
        forward_button(path, progress),
    )


def _questions(handbook: Handbook, path: LearningPath, progress: Progress) -> list[Any]:
    """A box and a verdict for each question; the rest are hidden."""
    parts: list[Any] = []
    checks = path.steps[progress.step].checks
    for number, check in enumerate(checks):
        parts.append(gr.update(label=check.question, value="", visible=True))
        parts.append(view.remembered(handbook.proof(check), progress.tried(progress.step, number)))
    return parts + [gr.update(value="", visible=False), ""] * (MOST_CHECKS - len(checks))


def _labels(labels: Sequence[str], count: int) -> list[Any]:
    """A button for each label; the rest are hidden."""
    return [
        gr.update(value=labels[number], visible=True) if number < len(labels) else gr.update(visible=False)
        for number in range(count)
    ]
