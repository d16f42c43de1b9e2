"""Evaluations as staff see them: how far one has come, its figures, failures and plots, and two of them compared."""

from __future__ import annotations

import base64
import threading
from collections.abc import Sequence
from pathlib import Path

from raufoss_assistant.errors import EvaluationError
from raufoss_assistant.evaluation import labels, runs
from raufoss_assistant.evaluation.gate import compare
from raufoss_assistant.evaluation.model import Run
from raufoss_assistant.evaluation.plots import plots
from raufoss_assistant.evaluation.report import content
from raufoss_assistant.evaluation.shares import right
from raufoss_assistant.web.staff.eval_job import Standing
from raufoss_assistant.web.staff.fragments import fragment

MOST_RUNS = 20
"""Kept runs that can be chosen, the newest ones."""
MOST_FAILURES = 60
"""Failures shown of a run."""
_drawing = threading.Lock()
"""Matplotlib's settings are one for the whole process."""


def standing(now: Standing) -> str:
    """How far an evaluation has come, or why there is none; "" where there is nothing to tell."""
    tones = {"running": "merk", "stopped": "merk", "failed": "feil"}
    if now.state not in tones:
        return ""
    return fragment("eval_standing.html.j2", tone=tones[now.state], lines=now.told.split("\n"))


def kept(folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """The newest kept runs, each by what it is called and its file's name; and the files that cannot be read."""
    found, unread = [], []
    for file in runs.kept(folder)[:MOST_RUNS]:
        try:
            found.append((called(runs.load(file)), file.name))
        except EvaluationError:
            unread.append(file.name)
    return found, unread


def called(run: Run) -> str:
    """A run in a line: when, how many questions, how many of the answerable ones right, and what was chosen."""
    share = right(run.rows)
    parts = [
        labels.moment(run.fingerprint.date),
        f"{len(run.rows)} spørsmål",
        f"{labels.hundreds(share.value)} % riktige" if share else "",
        *(f"{labels.setting(name).lower()}: {value}" for name, value in run.fingerprint.settings.items()),
    ]
    return " · ".join(filter(None, parts))


def results(run: Run, earlier: Sequence[Run]) -> str:
    """Figures with intervals, failures with what was expected and what came, and plots.

    Args:
        run: to be shown.
        earlier: those kept before it, in any order; the ones with the same choice are drawn beside it.
    """
    same = [each for each in earlier if each.fingerprint.settings == run.fingerprint.settings]
    with _drawing:
        drawn = [(plot, _image(plot.svg)) for plot in plots(run, same)]
    told = content(run, None, _no_link)
    return fragment("eval_run.html.j2", **told, title=called(run), most=MOST_FAILURES, drawn=drawn)


def compared(before: Run, after: Run) -> str:
    """What became of the questions that both runs asked.

    Raises:
        EvaluationError: they have no question in common.
    """
    told = content(after, compare(before, after), _no_link)
    told["asked"] = {row.question.id: row.question for row in (*before.rows, *after.rows)}
    return fragment("eval_compared.html.j2", **told, before=called(before), after=called(after))


def _image(svg: str) -> str:
    """A drawing as an address that holds it all: an image of its own, that knows nothing of the page."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" if svg else ""


def _no_link(*_: object) -> None:
    """Documents are named and not linked to."""
