"""The questions on the first screen: tried beforehand, so that none is shown that gets no answer."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.index.store import current_generation
from raufoss_assistant.stages import untold
from raufoss_assistant.web.suggested import candidates

SHOWN = 4
_ENOUGH = 6
"""Questions of a kind; when there are so many, no more are tried."""
_POLL, _PATIENCE = 0.3, 30.0
"""Seconds between looks for questions, and until a page gives up looking."""
_FILE = "startsporsmal.json"

_log = logging.getLogger(__name__)


class Starters:
    """Tries questions that the documents suggest, in the background and while nobody waits; once for each index.

    Args:
        assistant: answers them.
        busy: whether somebody waits for an answer.

    Example:
        >>> starters = Starters(assistant, lambda: False)
        >>> starters.prepare().join()
        >>> starters.some()[0]
        'Når er søknadsfristen for SkatteFUNN?'
    """

    def __init__(self, assistant: Assistant, busy: Callable[[], bool]) -> None:
        self._assistant = assistant
        self._busy = busy
        self._file = assistant.settings.data_dir / _FILE
        self._lock = Lock()
        self._generation = ""
        self._found: dict[str, list[str]] = {}
        self._trying: Thread | None = None

    def some(self, but: Sequence[str] = ()) -> list[str]:
        """At most `SHOWN` questions at random, others than those if there are more, of as many kinds as there are."""
        with self._lock:
            kinds = [random.sample(texts, len(texts)) for texts in self._found.values()]
        random.shuffle(kinds)
        spread = [text for nth in range(_ENOUGH) for texts in kinds for text in texts[nth : nth + 1]]
        return sorted(spread, key=lambda text: text in but)[:SHOWN]

    def prepare(self) -> Thread | None:
        """Begin to try questions where that is not done for the current index; what tries them, or None."""
        folder = current_generation(self._assistant.settings.data_dir)
        with self._lock:
            if folder is not None and folder.name != self._generation:
                self._generation = folder.name
                self._found = _read(self._file, folder.name)
                self._trying = None if self._found else Thread(target=self._try, args=[folder.name], daemon=True)
                if self._trying:
                    self._trying.start()
            return self._trying

    async def first(self) -> AsyncGenerator[tuple[Any, ...], None]:
        """Questions for a page that was opened, as soon as there are enough."""
        trying = self.prepare()
        for _ in range(int(_PATIENCE / _POLL)):
            if trying is None or not trying.is_alive() or len(self.some()) == SHOWN:
                break
            await asyncio.sleep(_POLL)
        yield self._buttons(self.some())

    def others(self, *shown: str) -> tuple[Any, ...]:
        """Questions in place of those."""
        return self._buttons(self.some(shown))

    @staticmethod
    def _buttons(texts: Sequence[str]) -> tuple[Any, ...]:
        """Whether there are any, and a button for each."""
        missing = SHOWN - len(texts)
        buttons = [gr.update(value=text, visible=True) for text in texts] + [gr.update(visible=False)] * missing
        return gr.update(visible=bool(texts)), *buttons

    def _try(self, generation: str) -> None:
        try:
            kept = {"index": generation, "questions": self._ask(generation)}
            self._file.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        except RaufossError as error:
            _log.warning("No questions to begin with: %s", error)
        except Exception:
            _log.exception("Questions to begin with could not be found")

    def _ask(self, generation: str) -> dict[str, list[str]]:
        """The questions that are answered, by kind; each is shown as soon as it is known."""
        found: dict[str, list[str]] = defaultdict(list)
        with self._assistant.knowledge() as knowledge:
            for each in candidates(knowledge):
                if len(found[each.kind]) >= _ENOUGH:
                    continue
                while self._busy():
                    time.sleep(_POLL)
                began = time.monotonic()
                if each.answered(knowledge.answer(each.text, (), (), untold)):
                    found[each.kind].append(each.text)
                    with self._lock:
                        if self._generation == generation:
                            self._found = {kind: list(texts) for kind, texts in found.items()}
                time.sleep(time.monotonic() - began)  # half of the time is left to others
        return found


def _read(file: Path, generation: str) -> dict[str, list[str]]:
    """What was found for this index before; nothing where that is not known."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        return dict(kept["questions"]) if kept["index"] == generation else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
