"""An evaluation that staff start: in a thread of its own, one at a time, told of as it goes, and to be stopped."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.evaluation import runner, runs
from raufoss_assistant.evaluation.choosing import Choice, chosen_sets
from raufoss_assistant.web import SOMETHING_WRONG
from raufoss_assistant.web.staff.indexing import Watch

State = Literal["idle", "running", "done", "stopped", "failed"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is with the latest evaluation.

    Attributes:
        state: idle before the first one.
        told: how far it has come, or what went wrong, Norwegian, a line per fault.
        file: where it is kept, when it is done.
    """

    state: State
    told: str = ""
    file: Path | None = None


class _StoppedError(Exception):
    """Staff has stopped the evaluation."""


class _Watch(Watch):
    """Progress that can be told to stop, which it does before the next step."""

    def __init__(self) -> None:
        super().__init__()
        self.stopping = threading.Event()

    def stage(self, name: str, total: int) -> None:
        super().stage(name, total)
        self._heed()

    def advance(self, steps: int = 1) -> None:
        super().advance(steps)
        self._heed()

    def _heed(self) -> None:
        if self.stopping.is_set():
            raise _StoppedError


class EvalJob:
    """Runs evaluations, one at a time, for all who are logged in. The chat goes on meanwhile, only slower.

    Args:
        assistant: whose settings, encoder and reader are used.
        folder: where runs are kept, as by `raufoss eval`.

    Example:
        >>> job = EvalJob(assistant, Path("reports"))
        >>> job.start(Choice(tags=("grunnprøve",)))
        >>> job.standing().told
        'Stiller spørsmål: 3 av 70'
    """

    def __init__(self, assistant: Assistant, folder: Path) -> None:
        self._assistant = assistant
        self._folder = folder
        self._lock = threading.Lock()
        self._watch = _Watch()
        self._standing = Standing("idle")

    def start(self, choice: Choice) -> None:
        """Begin.

        Raises:
            UsageError: one is going on.
        """
        with self._lock:
            if self._standing.state == "running":
                raise UsageError("Det går en kjøring allerede. Vent til den er ferdig, eller stopp den først.")
            self._watch = _Watch()
            self._standing = Standing("running")
        threading.Thread(target=self._run, args=[choice, self._watch], daemon=True).start()

    def stop(self) -> None:
        """Stop before the next question; nothing is kept of it."""
        self._watch.stopping.set()

    def standing(self) -> Standing:
        """How it is now."""
        standing = self._standing
        return Standing("running", self._watch.told()) if standing.state == "running" else standing

    def _run(self, choice: Choice, watch: _Watch) -> None:
        try:
            watch.stage("Leser spørsmålene", 0)
            asked = chosen_sets(choice, self._assistant.settings)
            settings = self._assistant.settings
            done = runner.run(asked, settings, progress=watch, chosen=choice.told, like=self._assistant)
            self._standing = Standing("done", file=runs.keep(done, self._folder))
        except _StoppedError:
            self._standing = Standing("stopped", "Kjøringen er stoppet. Ingenting er lagret.")
        except RaufossError as error:
            self._standing = Standing("failed", str(error))
        except Exception:
            _log.exception("The evaluation failed")
            self._standing = Standing("failed", SOMETHING_WRONG)
