"""The one facade over all rooms: build the index, search it, ask it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property

from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.selection import Selection, select
from raufoss_assistant.errors import UsageError
from raufoss_assistant.index.build import Progress, build
from raufoss_assistant.index.encoder import Encoder, load_encoder
from raufoss_assistant.index.store import Index, tidy
from raufoss_assistant.knowledge import Knowledge
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.model import Answer, Document, Hit, IndexReport, RecordType, Turn
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.retrieval.matcher import Matching
from raufoss_assistant.retrieval.passage_reader import PassageReader, load_reader
from raufoss_assistant.settings import Settings
from raufoss_assistant.stages import Told, untold

LONGEST_QUESTION = 4000
"""Characters; a longer question is refused."""


class Assistant:
    """Answers questions from the corpus. Safe to share between threads; it keeps nothing about its users.

    Nobody waits for another's answer. An index that is rebuilt meanwhile is taken into use with the next question; the
    one before is let go when the last answer from it is given.

    Example:
        >>> assistant = Assistant(Settings())
        >>> assistant.ask("Hvor stor er Læringsfabrikken?").status
        'answered'
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._newest: Knowledge | None = None
        self._uses: Counter[Knowledge] = Counter()

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model, loaded when first needed."""
        return load_encoder(self.settings)

    @cached_property
    def reader(self) -> PassageReader | None:
        """What reads the passages found, loaded when first needed; None where it is turned off or not available."""
        return load_reader(self.settings) if self.settings.reader == "on" else None

    @cached_property
    def language_model(self) -> LanguageModel | None:
        """What puts answers in its own words, made when first needed; None where none is set."""
        return LanguageModel.chosen(self.settings)

    def build(self, progress: Progress | None = None) -> IndexReport:
        """Bring the index in line with the corpus; see `raufoss_assistant.index.build.build`."""
        return build(self.settings, self.encoder, progress)

    @contextmanager
    def knowledge(self) -> Iterator[Knowledge]:
        """What the current generation of the index knows, kept open until the block ends.

        Raises:
            IndexUnavailableError: there is none, or it cannot be used.
        """
        with self._lock:
            knowledge = self._current()
            self._uses[knowledge] += 1
        try:
            yield knowledge
        finally:
            with self._lock:
                self._uses[knowledge] -= 1
                self._let_go(knowledge)

    def _current(self) -> Knowledge:
        """The newest generation, seen from today."""
        newest, today = self._newest, date.today()
        if newest is None or newest.today != today or not newest.index.is_current():
            opened = Index.open(self.settings.data_dir, self.encoder.identity)
            self._newest = Knowledge(opened, self.encoder, lambda: self.reader, self.settings, today)
            if newest is not None:
                self._let_go(newest)
            return self._newest
        return newest

    def _let_go(self, knowledge: Knowledge) -> None:
        """Close what is no longer the newest and answers nobody."""
        if knowledge is not self._newest and not self._uses[knowledge]:
            del self._uses[knowledge]
            knowledge.close()
            if self._newest is not None:
                tidy(self.settings.data_dir)

    def index(self) -> Index:
        """The current generation of the index.

        Raises:
            IndexUnavailableError: there is none, or it cannot be used.
        """
        with self.knowledge() as knowledge:
            return knowledge.index

    def catalogue(self) -> Catalogue:
        """The records of the current index.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self.knowledge() as knowledge:
            return knowledge.catalogue

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The k passages that fit the query best, best first, nothing twice and at most two of a section.

        Raises:
            UsageError: the query is empty or too long, or k is not positive.
            IndexUnavailableError: see `index`.
        """
        if k < 1:
            raise UsageError(f"Antall treff må være minst 1, men er {k}.")
        asked = checked(query)
        with self.knowledge() as knowledge:
            return knowledge.search(asked, k)

    def match(self, need: str) -> Matching:
        """Rank services, courses, funding and other catapults for a need.

        Raises:
            UsageError: the need is empty or too long.
            IndexUnavailableError: see `index`.
        """
        asked = checked(need)
        with self.knowledge() as knowledge:
            return knowledge.match(asked)

    def select(self, type_: RecordType, wish: str = "") -> Selection:
        """The records of a type that a wish in words selects («TRL 4, under 20 000 kroner»); all without one.

        Raises:
            UsageError: the wish is too long.
            IndexUnavailableError: see `index`.
        """
        asked = checked(wish) if wish else ""
        with self.knowledge() as knowledge:
            return select(asked, type_, knowledge.catalogue.of_type(type_), meanings=knowledge.meanings)

    def ask(self, question: str, history: Sequence[Turn] = (), off: Sequence[str] = (), told: Told = untold) -> Answer:
        """Answer a question, or say that the documents do not.

        Args:
            question: in bokmål, nynorsk or English.
            history: earlier turns, oldest first.
            off: labels of filters on a list that the reader has taken off.
            told: is told of each step as it begins.

        Raises:
            UsageError: the question is empty or too long.
            IndexUnavailableError: see `index`.
        """
        began = time.perf_counter()
        asked = checked(question)
        with self.knowledge() as knowledge:
            answer = knowledge.answer(asked, history, off, told, self.language_model)
        spent = round(1000 * (time.perf_counter() - began), 1)
        stages = answer.timings_ms or {"retrieval": 0.0, "answering": spent}
        return replace(answer, timings_ms={**stages, "total": spent})

    def document(self, path: str) -> Document | None:
        """A document of the index with its extracted text, or None."""
        with self.knowledge() as knowledge:
            return knowledge.index.manifest.document(path)

    def close(self) -> None:
        """Let go of the index, once the last answer from it is given."""
        with self._lock:
            newest, self._newest = self._newest, None
            if newest is not None:
                self._let_go(newest)


def checked(question: str) -> str:
    """The question on one line, cleaned of invisible characters.

    Raises:
        UsageError: nothing is left, or it is longer than `LONGEST_QUESTION` characters.
    """
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            f"Spørsmålet er for langt: {len(question)} tegn, høyst {LONGEST_QUESTION} er tillatt. Kort det ned."
        )
    cleaned = " ".join(normalise(question).split())
    if not any(character.isalnum() for character in cleaned):
        raise UsageError("Spørsmålet er tomt. Skriv hva du vil vite.")
    return cleaned
