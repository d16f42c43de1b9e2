"""The one facade over all rooms: build the index, search it, ask it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.answering.clarifying import clarify
from raufoss_assistant.answering.extractive import Extractive
from raufoss_assistant.answering.from_needs import FromNeeds, worth_telling
from raufoss_assistant.answering.from_records import FromRecords
from raufoss_assistant.answering.joining import joined
from raufoss_assistant.answering.phrases import asks_for_writing
from raufoss_assistant.answering.small_talk import declines, small_talk
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.routing import route
from raufoss_assistant.catalogue.selection import Selection, select
from raufoss_assistant.errors import UsageError
from raufoss_assistant.index.build import Progress, build
from raufoss_assistant.index.cache import VectorCache
from raufoss_assistant.index.encoder import Encoder, load_encoder
from raufoss_assistant.index.store import Index, tidy, vector_cache
from raufoss_assistant.model import Answer, Document, Hit, IndexReport, Language, Question, RecordType, Status, Turn
from raufoss_assistant.norwegian.instructions import without_instructions
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.onboarding.explaining import explained
from raufoss_assistant.onboarding.glossary import Glossary
from raufoss_assistant.retrieval.distinct import distinct
from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.retrieval.matcher import Matcher, Matching
from raufoss_assistant.retrieval.parts import parts
from raufoss_assistant.retrieval.passage_reader import PassageReader, load_reader
from raufoss_assistant.retrieval.query import Query
from raufoss_assistant.retrieval.reranking import ReadingRetriever
from raufoss_assistant.retrieval.understanding import Understanding
from raufoss_assistant.settings import Settings

LONGEST_QUESTION = 4000
"""Characters; a longer question is refused."""
PASSAGES_READ = 8
"""Passages given to the answering room."""
_SURER = 0.1
"""By how much the less likely reading of a question must find a better passage to be taken."""
_DEEPER = 3
"""Passages looked through for each that is shown."""


class Assistant:
    """Answers questions from the corpus. Safe to share between threads; it keeps nothing about its users.

    An index that is rebuilt meanwhile is taken into use with the next question.

    Example:
        >>> assistant = Assistant(Settings())
        >>> assistant.ask("Hvor stor er Læringsfabrikken?").status
        'answered'
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._index: Index | None = None
        self._catalogue: Catalogue | None = None
        self._matcher: Matcher | None = None
        self._understanding: Understanding | None = None
        self._glossary: Glossary | None = None

    @cached_property
    def encoder(self) -> Encoder:
        """The embedding model, loaded when first needed."""
        return load_encoder(self.settings)

    @cached_property
    def reader(self) -> PassageReader | None:
        """What reads the passages found, loaded when first needed; None where it is turned off or not available."""
        return load_reader(self.settings) if self.settings.reader == "on" else None

    def build(self, progress: Progress | None = None) -> IndexReport:
        """Bring the index in line with the corpus; see `raufoss_assistant.index.build.build`."""
        return build(self.settings, self.encoder, progress)

    def index(self) -> Index:
        """The current generation of the index.

        Raises:
            IndexUnavailableError: there is none, or it cannot be used.
        """
        with self._lock:
            if self._index is None or not self._index.is_current():
                opened = Index.open(self.settings.data_dir, self.encoder.identity)
                if self._index is not None:
                    self._index.close()
                    tidy(self.settings.data_dir)
                self._index, self._catalogue = opened, None
                self._matcher, self._understanding, self._glossary = None, None, None
            return self._index

    def catalogue(self) -> Catalogue:
        """The records of the current index.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            index = self.index()
            if self._catalogue is None:
                self._catalogue = Catalogue.of(index.manifest.documents(), date.today())
            return self._catalogue

    def understanding(self) -> Understanding:
        """What reads the messages of a conversation, by the current index.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            catalogue = self.catalogue()
            if self._understanding is None:
                documents = list(self.index().manifest.documents())
                self._understanding = Understanding(documents, catalogue.records)
            return self._understanding

    def glossary(self) -> Glossary:
        """The words that documents of the current index explain.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            index = self.index()
            if self._glossary is None:
                self._glossary = Glossary.of(index.manifest.documents())
            return self._glossary

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The k passages that fit the query best, best first, nothing twice and at most two of a section.

        Raises:
            UsageError: the query is empty or too long, or k is not positive.
            IndexUnavailableError: see `index`.
        """
        if k < 1:
            raise UsageError(f"Antall treff må være minst 1, men er {k}.")
        asked = self.understanding().named(self.understanding().spelt(checked(query)))
        return list(islice(distinct(self.passages(asked, _DEEPER * k)), k))

    def passages(self, query: str, k: int) -> list[Hit]:
        """The k best passages as they are ranked; answers are drawn from the first of them.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            return self._retriever(self.index()).hits(query, k)

    def matcher(self) -> Matcher:
        """What ranks the current index's records for needs.

        Raises:
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            catalogue = self.catalogue()
            if self._matcher is None:
                self._matcher = Matcher(catalogue, self._vectors)
            return self._matcher

    def match(self, need: str) -> Matching:
        """Rank services, courses, funding and other catapults for a need.

        Raises:
            UsageError: the need is empty or too long.
            IndexUnavailableError: see `index`.
        """
        with self._lock:
            asked = self.understanding().spelt(checked(need))
            return self.matcher().match(asked, self.encoder.queries([asked])[0], date.today(), detect(asked))

    def _from_catalogue(self, asked: Question, off: Sequence[str]) -> Answer | None:
        """The answer where a question is about records that there are; None where passages are to answer."""
        if not without_instructions(asked.text) or asks_for_writing(asked.text):
            return None
        catalogue, manifest = self.catalogue(), self.index().manifest
        wanted = route(asked.meant, catalogue)
        if wanted.kind == "need":
            matching = self.match(asked.meant)
            return FromNeeds(manifest).answer(asked, matching) if worth_telling(matching) else None
        if wanted.kind == "compare" or (wanted.type and catalogue.listed(wanted.type)):
            return FromRecords(catalogue, manifest).answer(asked, wanted, off)
        return None

    def select(self, type_: RecordType, wish: str = "") -> Selection:
        """The records of a type that a wish in words selects («TRL 4, under 20 000 kroner»); all without one.

        Raises:
            UsageError: the wish is too long.
            IndexUnavailableError: see `index`.
        """
        asked = checked(wish) if wish else ""
        with self._lock:
            return select(asked, type_, self.catalogue().of_type(type_))

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of records, as the indexing kept them; what is not there is computed."""
        with closing(VectorCache(vector_cache(self.settings.data_dir), str(self.encoder.identity))) as cache:
            known = cache.get(texts)
        new = [text for text in texts if text not in known]
        known |= dict(zip(new, self.encoder.passages(new), strict=True)) if new else {}
        return np.stack([known[text] for text in texts])

    def ask(self, question: str, history: Sequence[Turn] = (), off: Sequence[str] = ()) -> Answer:
        """Answer a question, or say that the documents do not.

        Args:
            question: in bokmål, nynorsk or English.
            history: earlier turns, oldest first.
            off: labels of filters on a list that the reader has taken off.

        Raises:
            UsageError: the question is empty or too long.
            IndexUnavailableError: see `index`.
        """
        began = time.perf_counter()
        with self._lock:
            index = self.index()
            asked = self._asked(checked(question), history)
            if said := small_talk(asked.text, asked.language, index.properties):
                spoken = detect(said, asked.language)
                status: Status = "not_found" if declines(asked.text) else "answered"
                return Answer(asked.text, asked.text, status, said, spoken, "extractive", float(status == "answered"))
            answer = self._one(asked, off) or self._several(asked) or self._from_passages(asked)
        spent = round(1000 * (time.perf_counter() - began), 1)
        stages = answer.timings_ms or {"retrieval": 0.0, "answering": spent}
        return replace(answer, timings_ms={**stages, "total": spent})

    def _one(self, asked: Question, off: Sequence[str] = ()) -> Answer | None:
        """The answer where a question asks for a meaning or for records; None where passages are to answer."""
        return explained(asked, self.glossary, self.index().manifest) or self._from_catalogue(asked, off)

    def _several(self, asked: Question) -> Answer | None:
        """The answers to the questions of a message that asks several, or None where none of them is answered.

        Each is read as if it followed upon the one before; one that names nothing is about the same.
        """
        first, *others = parts(asked.meant)
        if not others or not without_instructions(asked.text) or asks_for_writing(asked.text):
            return None
        meant = [first]
        for part in others:
            query = self.understanding().query(part, [Turn("user", each) for each in meant])
            meant.append(max(query.text, query.otherwise or "", key=len))
        questions = [Question(each, each, asked.language) for each in meant]
        answers = [self._one(each) or self._from_passages(each) for each in questions]
        return joined(asked, answers) if any(each.status == "answered" for each in answers) else None

    def _from_passages(self, asked: Question) -> Answer:
        """The answer from the passages found, a question back, or a refusal; with the time that each stage took."""
        began = time.perf_counter()
        index, understanding = self.index(), self.understanding()
        named = understanding.named(asked.meant)
        hits = self.passages(named, PASSAGES_READ)
        found = time.perf_counter()
        choices = understanding.choices(asked.meant, hits)
        asked = replace(asked, named=named if named != asked.meant else "", names=understanding.names(named))
        extractive = Extractive(index, self.encoder, self.reader, self.settings.reader_ms / 1000)
        answer = clarify(asked, choices) if choices else extractive.answer(asked, hits)
        stages = {"retrieval": found - began, "answering": time.perf_counter() - found}
        return replace(answer, timings_ms={name: round(1000 * seconds, 1) for name, seconds in stages.items()})

    def _asked(self, text: str, history: Sequence[Turn]) -> Question:
        """The question as it would be asked by itself, in the language of the conversation."""
        told = without_instructions(text) or text
        language: Language = "nb"
        for turn in history:
            if turn.role == "user":
                language = detect(turn.content, language)
        history = self._on_the_matter(history)
        meant = self._meant(self.understanding().query(told, history))
        return Question(text, meant, detect(text, language))

    def _on_the_matter(self, history: Sequence[Turn]) -> list[Turn]:
        """The turns without small talk and what was said to it."""
        kept: list[Turn] = []
        chatter = False
        for turn in history:
            if turn.role == "user":
                chatter = small_talk(turn.content, "nb", self.index().properties) is not None
            if not chatter:
                kept.append(turn)
        return kept

    def _meant(self, query: Query) -> str:
        """What a question means; where only what is found can tell, what is found for either does."""
        if query.otherwise is None:
            return query.text
        surer = self._found(query.otherwise) > self._found(query.text) + _SURER
        return query.otherwise if surer else query.text

    def _found(self, question: str) -> float:
        """How well the best passage found for a question answers it."""
        best = next(iter(self.passages(question, 1)), None)
        if best is None:
            return 0.0
        return best.reading.chance if best.reading else best.score

    def document(self, path: str) -> Document | None:
        """A document of the index with its extracted text, or None."""
        with self._lock:
            return self.index().manifest.document(path)

    def _retriever(self, index: Index) -> HybridRetriever | ReadingRetriever:
        hybrid = HybridRetriever(index, self.encoder, method=self.settings.retrieval)
        if self.reader is None:
            return hybrid
        return ReadingRetriever(hybrid, self.reader, self.settings.reader_ms / 1000)

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None


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
