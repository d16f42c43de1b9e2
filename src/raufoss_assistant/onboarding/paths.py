"""A learning path: steps with a goal, what to read, words, and questions with the quote that proves the answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Something to read at a step.

    Attributes:
        document: path of the document in the corpus.
        section: heading of the section to read, or None for the whole document.
        note: what to look for.
    """

    document: str
    section: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question at a step.

    Attributes:
        question: as the reader sees it.
        accepted: short answers that are right, each enough by itself.
        document: path of the document that proves it.
        quote: stands letter for letter in that document's extracted text.
        hint: shown after a first wrong answer, or None.
    """

    question: str
    accepted: tuple[str, ...]
    document: str
    quote: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    Attributes:
        goal: what the reader can do afterwards, continuing «Du skal kunne …».
        why: why that is worth knowing.
        readings: what to read.
        words: terms worth explaining here.
        checks: one or two questions.
    """

    goal: str
    why: str
    readings: tuple[Reading, ...]
    words: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    """The way of one role through the documents.

    Attributes:
        id: short name, that of its file.
        title: the role, as the reader sees it.
        intro: what the path is about.
        place: paths are shown in the order of their places.
        steps: five to seven.
        ask_manager: questions to ask the manager at the end.

    Example:
        >>> path.steps[0].checks[0].accepted
        ('60', 'seksti')
    """

    id: str
    title: str
    intro: str
    place: int
    steps: tuple[Step, ...]
    ask_manager: tuple[str, ...]

    @property
    def learnt(self) -> tuple[str, ...]:
        """What has been learnt at the end: the goals."""
        return tuple(step.goal for step in self.steps)
