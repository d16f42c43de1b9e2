"""Indexing that staff start: how far it has come, in Norwegian, and what became of each file."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.model import IndexReport

_LOOK = 0.3
"""Seconds between two looks at how far it has come."""
_SURE = 2
"""Seconds of a stage after which the time that is left can be told."""


class Watch:
    """Progress of an indexing, to be looked at from another thread.

    Example:
        >>> watch = Watch()
        >>> watch.stage("Leser dokumenter", 4)
        >>> watch.advance()
        >>> watch.told()
        'Leser dokumenter: 1 av 4'
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._name, self._total, self._done, self._began = "Gjør klar", 0, 0, clock()

    def stage(self, name: str, total: int) -> None:
        """A stage of that many steps begins; the name is Norwegian."""
        with self._lock:
            self._name, self._total, self._done, self._began = name, total, 0, self._clock()

    def advance(self, steps: int = 1) -> None:
        """So many steps of the stage are done."""
        with self._lock:
            self._done += steps

    def told(self) -> str:
        """The stage, how far it has come, and how long it will take."""
        with self._lock:
            name, total, done, spent = self._name, self._total, self._done, self._clock() - self._began
        if not total:
            return f"{name} …"
        left = (
            f", om lag {_duration(spent / done * (total - done))} igjen" if 0 < done < total and spent > _SURE else ""
        )
        return f"{name}: {done} av {total}{left}"


class Indexing:
    """Starts indexings and remembers what the last one could not read; shared by all who are logged in.

    Example:
        >>> *_, report = Indexing(assistant).run()
        >>> report.count("failed")
        0
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.failed: Mapping[str, str] = {}

    def run(self) -> Iterator[str | IndexReport]:
        """Index; gives how far it has come, again and again, and at last the report. It goes on if nobody listens.

        Raises:
            IndexBusyError: another indexing is going on.
            RaufossError: see `Assistant.build`.
        """
        watch = Watch()
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(self._assistant.build, watch)
            while not work.done():
                yield watch.told()
                wait([work], _LOOK)
            report = work.result()
        self.failed = {each.path: each.error or "" for each in report.files if each.status == "failed"}
        yield report


def _duration(seconds: float) -> str:
    if seconds < 90:
        whole = max(1, round(seconds))
        return f"{whole} sekund{'er' if whole > 1 else ''}"
    return f"{round(seconds / 60)} minutter"
