"""The learning paths and the glossary that fit one generation of the index: nothing in them that is not proved."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from raufoss_assistant.documents.files import LEARNING_PATHS
from raufoss_assistant.errors import LearningPathError
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Document
from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.onboarding.checking import contradicts, is_right
from raufoss_assistant.onboarding.glossary import Glossary
from raufoss_assistant.onboarding.loading import read_path
from raufoss_assistant.onboarding.paths import Check, LearningPath, Reading
from raufoss_assistant.onboarding.proof import Proof, prove, section

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handbook:
    """What the guide shows.

    Attributes:
        paths: the learning paths by id, in the order in which they are offered.
        glossary: words and their explanations.
        documents: those that the paths name, by path.
        remarks: a Norwegian line on each fault of a path file; a path with a fault in anything but a word is left out.

    Example:
        >>> handbook = Handbook.of(Path("corpus/onboarding/lop"), manifest.documents())
        >>> list(handbook.paths)
        ['operator', 'ingenior', 'leder', 'laerling']
    """

    paths: Mapping[str, LearningPath]
    glossary: Glossary
    documents: Mapping[str, Document]
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path, documents: Iterable[Document]) -> Handbook:
        """Read the paths of a folder; one that cannot be used is left out, and so is a word that is not explained."""
        known = {document.path: document for document in documents}
        glossary = Glossary.of(known.values())
        paths: list[LearningPath] = []
        remarks: list[str] = []
        for file in sorted(folder.glob("*.yaml")):
            try:
                path = read_path(file)
                faults = list(unproved(path, known))
                if faults:
                    raise LearningPathError(file.name, faults)
            except LearningPathError as error:
                remarks += [f"{problem} Løpet er utelatt." for problem in error.problems]
            else:
                path, unexplained = _explained(path, glossary, file.name)
                paths.append(path)
                remarks += unexplained
        paths.sort(key=lambda path: (path.place, path.id))
        steps = [step for path in paths for step in path.steps]
        named = {each.document for step in steps for each in step.readings}
        named |= {each.document for step in steps for each in step.checks}
        return cls({path.id: path for path in paths}, glossary, {path: known[path] for path in named}, tuple(remarks))

    def proof(self, check: Check) -> Proof:
        """Where the right answer to a question stands."""
        found = prove(self.documents[check.document], check.quote)
        assert found is not None  # or the path would have been left out
        return found

    def is_right(self, check: Check, answer: str) -> bool:
        """Whether an answer is right; a word of the proving document is never another one misspelt."""
        spelt = {word for page in self.documents[check.document].pages for word in words(page.text)}
        return is_right(check, answer, spelt)


def unproved(path: LearningPath, documents: Mapping[str, Document]) -> Iterable[str]:
    """What a path builds on that the documents do not hold, a Norwegian line each with the step and the remedy."""
    for number, step in enumerate(path.steps, 1):
        for count, reading in enumerate(step.readings, 1):
            if fault := _unread(reading, documents):
                yield f"steg {number}: lesestoff {count}: {fault}"
        for count, check in enumerate(step.checks, 1):
            if fault := _unfounded(check, documents):
                yield f"steg {number}: spørsmål {count}: {fault}"


def _unread(reading: Reading, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(reading.document)
    if document is None:
        return _missing(reading.document)
    if reading.section and not any(section(document, reading.section)):
        return f"«{reading.document}» har ingen overskrift «{reading.section}». Rett «del», eller ta den bort."
    return None


def _unfounded(check: Check, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(check.document)
    if document is None:
        return _missing(check.document)
    if prove(document, check.quote) is None:
        return f"sitatet «{check.quote}» står ikke ordrett i «{check.document}». Lim inn setningen på nytt."
    if not is_right(check, check.quote):
        return f"sitatet «{check.quote}» inneholder ingen av svarene. Velg et annet sitat, eller rett «svar»."
    for accepted in check.accepted:
        if contradicts(check, accepted):
            return f"svaret «{accepted}» er et tall som sitatet ikke har. Rett «svar», eller velg et annet sitat."
        if not is_right(check, accepted):
            return f"svaret «{accepted}» godtas ikke som svar. Skriv det uten nektelse, eller med tallet i sitatet."
    return None


def _missing(document: str) -> str:
    return f"dokumentet «{document}» finnes ikke i indeksen. Rett stien, eller kjør «raufoss index»."


def _explained(path: LearningPath, glossary: Glossary, file: str) -> tuple[LearningPath, list[str]]:
    """The path without words that no glossary explains, and a line on each of those."""
    steps, remarks = [], []
    for number, step in enumerate(path.steps, 1):
        known = tuple(word for word in step.words if glossary.explain(word).found)
        steps.append(replace(step, words=known))
        remarks += [
            f"{file}: steg {number}: ordet «{word}» står ikke i noen ordliste og er utelatt. Legg det til i en av dem."
            for word in step.words
            if word not in known
        ]
    return replace(path, steps=tuple(steps)), remarks


class Shelf:
    """Keeps the handbook of the current index, and takes a new one when the index or a path file has changed.

    Safe to share between threads.

    Example:
        >>> shelf = Shelf(Path("corpus"))
        >>> shelf.handbook(assistant.index().folder).paths["leder"].title
        'Leder'
    """

    def __init__(self, corpus: Path) -> None:
        self._folder = corpus / LEARNING_PATHS
        self._lock = threading.Lock()
        self._state: object = None
        self._handbook: Handbook | None = None

    def handbook(self, generation: Path) -> Handbook:
        """The handbook for a generation of the index.

        Raises:
            IndexUnavailableError: the generation is gone or damaged.
        """
        files = tuple((file.name, file.stat().st_mtime_ns) for file in sorted(self._folder.glob("*.yaml")))
        with self._lock:
            if self._handbook is None or self._state != (generation, files):
                with closing(Manifest.open(generation / "manifest.sqlite")) as manifest:
                    self._handbook = Handbook.of(self._folder, manifest.documents())
                for remark in self._handbook.remarks:
                    _log.warning(remark)
                self._state = (generation, files)
            return self._handbook
