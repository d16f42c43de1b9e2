"""How far someone has come on a learning path: a pure state machine that fits in a browser's memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from raufoss_assistant.onboarding.paths import LearningPath

MOST_TRIES = 2
"""After so many wrong answers the quote is shown and the question is done with."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a question: how often it was answered, and whether rightly in the end."""

    tries: int = 0
    right: bool = False

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to try."""
        return self.right or self.tries >= MOST_TRIES


@dataclass(frozen=True, slots=True)
class Progress:
    """Where someone stands; every step gives a new one. What was written as an answer is not kept.

    Attributes:
        path: id of the path, or None before one is chosen.
        step: 0-based number of the step.
        answered: what became of each question tried, by step and number of the question.
        finished: whether the end has been reached.

    Example:
        >>> progress = Progress.begin(path).answer(0, right=True).forward(path)
        >>> progress.step, progress.tried(0, 0).right
        (1, True)
    """

    path: str | None = None
    step: int = 0
    answered: tuple[tuple[int, int, Tried], ...] = ()
    finished: bool = False

    @classmethod
    def begin(cls, path: LearningPath) -> Progress:
        """At the first step of a path."""
        return cls(path.id)

    def tried(self, step: int, check: int) -> Tried:
        """What became of a question."""
        return next((tried for *place, tried in self.answered if place == [step, check]), Tried())

    def answer(self, check: int, *, right: bool) -> Progress:
        """A question of the present step has been answered; once it is right, it stays right."""
        before = self.tried(self.step, check)
        if before.right:
            return self
        others = tuple(each for each in self.answered if each[:2] != (self.step, check))
        now = (self.step, check, Tried(min(before.tries + 1, MOST_TRIES), right))
        return replace(self, answered=tuple(sorted((*others, now), key=lambda each: each[:2])))

    def forward(self, path: LearningPath) -> Progress:
        """To the next step; from the last one, to the end."""
        if self.step + 1 >= len(path.steps):
            return replace(self, finished=True)
        return replace(self, step=self.step + 1)

    def back(self) -> Progress:
        """To the step before; from the end, to the last step."""
        if self.finished:
            return replace(self, finished=False)
        return replace(self, step=max(self.step - 1, 0))

    def again(self) -> Progress:
        """At the first step, with nothing answered."""
        return Progress(self.path)

    def settled(self, path: LearningPath, step: int) -> bool:
        """Whether all questions of a step are done with."""
        return all(self.tried(step, check).settled for check in range(len(path.steps[step].checks)))

    def missed(self, path: LearningPath) -> tuple[int, ...]:
        """Steps with a question that was not answered rightly."""
        return tuple(
            number
            for number, step in enumerate(path.steps)
            if not all(self.tried(number, check).right for check in range(len(step.checks)))
        )

    def to_json(self) -> dict[str, Any]:
        """For the browser's memory; `from_json` reads it."""
        answered = [[step, check, tried.tries, tried.right] for step, check, tried in self.answered]
        return {"path": self.path, "step": self.step, "answered": answered, "finished": self.finished}

    @classmethod
    def from_json(cls, raw: object, paths: Mapping[str, LearningPath]) -> Progress:
        """Read what a browser sends; where path or step are not those of a path there is, start anew.

        Example:
            >>> Progress.from_json({"path": "finnes-ikke", "step": 3}, {})
            Progress(path=None, step=0, answered=(), finished=False)
        """
        if not isinstance(raw, dict) or not isinstance(raw.get("path"), str):
            return cls()
        path, step = paths.get(raw["path"]), raw.get("step")
        if path is None or not isinstance(step, int) or isinstance(step, bool) or not 0 <= step < len(path.steps):
            return cls()
        answered = raw.get("answered")
        known = {}
        for each in answered if isinstance(answered, list) else ():
            tried = _tried(each, path)
            if tried:
                known[tried[:2]] = tried
        finished = raw.get("finished") is True and step == len(path.steps) - 1
        return cls(path.id, step, tuple(known[place] for place in sorted(known)), finished)


def _tried(raw: object, path: LearningPath) -> tuple[int, int, Tried] | None:
    if not isinstance(raw, list) or len(raw) != 4:
        return None
    step, check, tries, right = raw
    if not (_is_number(step) and _is_number(check) and _is_number(tries) and isinstance(right, bool)):
        return None
    if not (0 <= step < len(path.steps) and 0 <= check < len(path.steps[step].checks) and 1 <= tries <= MOST_TRIES):
        return None
    return step, check, Tried(tries, right)


def _is_number(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)
