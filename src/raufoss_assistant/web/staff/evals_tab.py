"""The tab «Prøver»: ask the question sets, see what came of it, and compare it with before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import EvaluationError, RaufossError, UsageError
from raufoss_assistant.evaluation import runs
from raufoss_assistant.evaluation.choosing import SETS, Choice
from raufoss_assistant.evaluation.command import REPORTS
from raufoss_assistant.evaluation.labels import SPLITS
from raufoss_assistant.evaluation.model import Run, Split
from raufoss_assistant.evaluation.sets import set_files
from raufoss_assistant.web.staff import evals_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only
from raufoss_assistant.web.staff.documents_view import wrong
from raufoss_assistant.web.staff.eval_job import EvalJob

LIMITS = {"Alle": None, "5": 5, "10": 10, "25": 25, "50": 50}
_HINT = (
    '<p class="hint">Prøvene stiller spørsmål som har fasit, og måler svarene. Chatten virker imens, men svarer litt '
    "senere. Kjøringer gjort med «raufoss eval» vises også her.</p>"
)
_NO_SETS = (
    f"Fant ingen spørsmålssett i mappa {SETS} der assistenten ble startet. Legg sett der, eller start assistenten fra "
    "mappa som har dem. Malen for et sett lages med «raufoss eval --template sett.xlsx»."
)
_EVERY_SECONDS = 1.0
_MARKDOWN: dict[str, Any] = {"latex_delimiters": []}
_Step = tuple[Any, ...]


def evals_tab(assistant: Assistant) -> None:
    """Make the tab; to be called within `gr.Tabs`."""
    with gr.Tab("Prøver", id="prover") as tab:
        panel = EvalPanel(EvalJob(assistant, REPORTS))
    tab.select(staff_only(panel.opened), None, panel.outputs, **PRIVATE)


class EvalPanel:
    """What is chosen, how far it has come, and what came of it; made where it is to stand.

    Example:
        >>> with gr.Blocks():
        ...     panel = EvalPanel(EvalJob(assistant, Path("reports")))
    """

    def __init__(self, job: EvalJob) -> None:
        self._job = job
        gr.Markdown("## Mål hvor godt assistenten svarer")
        gr.Markdown(_HINT)
        self._sets = gr.CheckboxGroup([], label="Spørsmålssett", info="Ingen valgt betyr alle.", elem_id="settene")
        with gr.Row(elem_classes="filtre"):
            halves = [(f"Bare {label.name}", split) for split, label in SPLITS.items()]
            self._half = gr.Dropdown([("Begge", ""), *halves], value="", label="Del", filterable=False)
            self._tag = gr.Textbox(label="Merkelapp (om noen)", placeholder="grunnprøve", max_lines=1)
            self._limit = gr.Dropdown(list(LIMITS), value="10", label="Høyst fra hvert sett", filterable=False)
        with gr.Row(elem_classes="knapper"):
            self._start = gr.Button("Kjør prøvene", variant="primary")
            self._stop = gr.Button("Stopp", variant="stop", visible=False)
        self._standing = gr.Markdown(elem_id="kjoring-status", **_MARKDOWN)
        gr.Markdown("## Kjøringer")
        with gr.Row(elem_classes="filtre"):
            self._run = gr.Dropdown([], label="Vis kjøringen", filterable=False, elem_id="vis-kjoring")
            self._before = gr.Dropdown([], label="Sammenlign med", filterable=False, elem_id="sammenlign-med")
        self._unread = gr.Markdown(**_MARKDOWN)
        self._compared = gr.Markdown(elem_id="sammenligning", **_MARKDOWN)
        self._results = gr.Markdown(elem_id="resultat", **_MARKDOWN)
        self._timer = gr.Timer(_EVERY_SECONDS, active=False)
        self._moving = [self._standing, self._start, self._stop, self._timer]
        self._kept = [self._run, self._before, self._unread]
        self.outputs = [self._sets, *self._moving, *self._kept]
        self._connect()

    def _connect(self) -> None:
        chosen = [self._sets, self._half, self._tag, self._limit]
        self._start.click(staff_only(self.start), chosen, self._moving, **PRIVATE)
        self._stop.click(staff_only(self.stop), None, self._moving, **PRIVATE)
        self._timer.tick(
            staff_only(self.looked), None, [*self._moving, *self._kept, self._compared, self._results], **PRIVATE
        )
        self._run.input(staff_only(self.shown), [self._run, self._before], [self._compared, self._results], **PRIVATE)
        self._before.input(staff_only(self.compared), [self._run, self._before], self._compared, **PRIVATE)

    def opened(self) -> _Step:
        """The sets there are, how it is with the latest evaluation, and the runs that are kept."""
        names = _sets()
        moving = self._moved() if names else (wrong(_NO_SETS), *self._moved()[1:])
        return gr.update(choices=list(names)), *moving, *_kept()

    def start(self, names: list[str], half: Split | str, tag: str, limit: str) -> _Step:
        """Begin an evaluation."""
        known = _sets()
        if missing := [name for name in names if name not in known]:
            raise UsageError(f"Settet {missing[0]} finnes ikke lenger. Last siden på nytt.")
        tags = tuple(filter(None, map(str.strip, tag.split(","))))
        split = next((each for each in SPLITS if each == half), None)
        self._job.start(Choice(tuple(known[name] for name in names), tags, (), split, LIMITS[limit]))
        return self._moved()

    def stop(self) -> _Step:
        """Stop it."""
        self._job.stop()
        return self._moved()

    def looked(self) -> _Step:
        """How far it has come; when it is done, what came of it."""
        now = self._job.standing()
        moved = self._moved()
        if now.state != "done" or now.file is None:
            return *moved, *(gr.skip(),) * 5
        choices, before, unread = _kept(now.file.name)
        return *moved, choices, before, unread, "", _shown(now.file.name)

    def shown(self, name: str | None, before: str | None) -> _Step:
        """A kept run, compared where another is chosen."""
        return self.compared(name, before), _shown(name) if name else ""

    def compared(self, name: str | None, before: str | None) -> str:
        """A kept run beside another."""
        if not name or not before:
            return ""
        if name == before:
            return wrong("Velg to forskjellige kjøringer for å sammenligne.")
        try:
            return view.compared(_loaded(before), _loaded(name))
        except RaufossError as error:
            return wrong(str(error))

    def _moved(self) -> _Step:
        now = self._job.standing()
        running = now.state == "running"
        return (
            view.standing(now),
            gr.update(interactive=not running),
            gr.update(visible=running),
            gr.Timer(active=running),
        )


def _sets() -> dict[str, Path]:
    """The question sets by name, with their folders."""
    return {file.relative_to(SETS).as_posix(): file for file in set_files(SETS)}


def _kept(chosen: str | None = None) -> _Step:
    """What to choose from to show and to compare with, and what cannot be read."""
    found, unread = view.kept(REPORTS)
    told = f"Disse kjøringene kan ikke leses, og er ikke med: {', '.join(unread)}." if unread else ""
    first = gr.update(choices=found, value=chosen) if chosen else gr.update(choices=found)
    return first, gr.update(choices=[("Ingen", ""), *found], value=""), wrong(told) if told else ""


def _shown(name: str) -> str:
    run, earlier = _loaded(name), []
    for file in [each for each in runs.kept(REPORTS) if each.name < name][: view.MOST_RUNS]:
        with suppress(EvaluationError):  # those that cannot be read are named above
            earlier.append(runs.load(file))
    return view.results(run, earlier)


def _loaded(name: str) -> Run:
    """A kept run by the name of its file.

    Raises:
        UsageError: there is none; the name comes from the browser.
        EvaluationError: it cannot be read.
    """
    file = next((each for each in runs.kept(REPORTS) if each.name == name), None)
    if file is None:
        raise UsageError("Kjøringen finnes ikke lenger. Last siden på nytt.")
    return runs.load(file)
