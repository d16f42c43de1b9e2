"""What one generation of the index knows, and the answers drawn from it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from raufoss_assistant.answering.clarifying import clarify
from raufoss_assistant.answering.currency import Currency
from raufoss_assistant.answering.dating import without_day
from raufoss_assistant.answering.expectation import Expectation
from raufoss_assistant.answering.extractive import Extractive
from raufoss_assistant.answering.from_fields import from_fields
from raufoss_assistant.answering.from_needs import FromNeeds, worth_telling
from raufoss_assistant.answering.from_records import FromRecords
from raufoss_assistant.answering.generative import Generative
from raufoss_assistant.answering.phrases import asks_the_documents, is_foreign
from raufoss_assistant.answering.small_talk import declines, small_talk
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.catalogue.needs import situation
from raufoss_assistant.catalogue.offers import offered
from raufoss_assistant.catalogue.routing import Route
from raufoss_assistant.catalogue.telling import Telling
from raufoss_assistant.composite import Composite
from raufoss_assistant.index.cache import VectorCache
from raufoss_assistant.index.encoder import Encoder
from raufoss_assistant.index.store import Index, vector_cache
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.model import Answer, Hit, Language, Question, Record, Status, Turn
from raufoss_assistant.norwegian.instructions import without_instructions
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.norwegian.wording import plainly, written
from raufoss_assistant.onboarding.explaining import explained
from raufoss_assistant.onboarding.glossary import Glossary
from raufoss_assistant.onboarding.handbook import Shelf
from raufoss_assistant.onboarding.newcomer import newcomer
from raufoss_assistant.retrieval.distinct import distinct
from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.retrieval.matcher import Matcher, Matching
from raufoss_assistant.retrieval.passage_reader import PassageReader
from raufoss_assistant.retrieval.query import Query
from raufoss_assistant.retrieval.reranking import ReadingRetriever
from raufoss_assistant.retrieval.rewording import reworded
from raufoss_assistant.retrieval.router import Router
from raufoss_assistant.retrieval.understanding import Understanding
from raufoss_assistant.settings import Retrieval, Settings
from raufoss_assistant.stages import Stage, Told, untold

PASSAGES_READ = 8
"""Passages given to the answering room."""
_SURER = 0.1
"""By how much the less likely reading of a question must find a better passage to be taken."""
_SURE = 0.8
"""Confidence from which an English question is not read in bokmål too."""
_DEEPER = 3
"""Passages looked through for each that is shown."""


_T = TypeVar("_T")


class _Once(cached_property[_T]):
    """A cached property that two threads do not compute at once; the `reading` of its owner is held meanwhile."""

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> _T:  # type: ignore[override]
        with instance.reading:
            value: _T = super().__get__(instance, owner)
            return value


class Knowledge:
    """A generation of the index, with all that is read from it once and kept. Safe to share between threads.

    Args:
        index: closed with it.
        encoder: that of the index.
        reader: gives what reads the passages found, or None; asked when first needed.
        settings: how to rank, how long to read, where vectors are kept.
        today: what dates are seen from.

    Example:
        >>> with assistant.knowledge() as knowledge:
        ...     knowledge.answer("Hvor stor er Læringsfabrikken?").status
        'answered'
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        reader: Callable[[], PassageReader | None],
        settings: Settings,
        today: date,
    ) -> None:
        self.index = index
        self.today = today
        self._encoder = encoder
        self._reader = reader
        self._settings = settings
        self._shelf = Shelf(settings.corpus_dir)
        self.reading = threading.RLock()

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    @_Once
    def catalogue(self) -> Catalogue:
        """The records."""
        return Catalogue.of(self.index.manifest.documents(), self.today)

    @_Once
    def understanding(self) -> Understanding:
        """What reads the messages of a conversation."""
        return Understanding(list(self.index.manifest.documents()), self.catalogue.records)

    @_Once
    def glossary(self) -> Glossary:
        """The words that documents explain."""
        return Glossary.of(self.index.manifest.documents())

    @_Once
    def matcher(self) -> Matcher:
        """What ranks the records for needs."""
        telling = Telling.of(self._encoder.passages, str(self._encoder.identity))
        return Matcher(self.catalogue, self._vectors, telling)

    @_Once
    def router(self) -> Router:
        """What tells which way questions go."""
        return Router(self.catalogue, self._encoder)

    @_Once
    def meanings(self) -> Meanings:
        """What tells which values a question means, and which records."""
        return Meanings(self._vectors, lambda text: self.matcher.about(text, self._encoder.queries([text])[0]))

    @_Once
    def _retriever(self) -> HybridRetriever | ReadingRetriever:
        return self.retriever(self._settings.retrieval)

    def retriever(self, method: Retrieval) -> HybridRetriever | ReadingRetriever:
        """What ranks the passages by that method, and reads them where there is a reader."""
        hybrid = HybridRetriever(self.index, self._encoder, method=method)
        reader = self._reader()
        return hybrid if reader is None else ReadingRetriever(hybrid, reader, self._settings.reader_ms / 1000)

    def search(self, query: str, k: int) -> list[Hit]:
        """The k passages that fit the query best, best first, nothing twice and at most two of a section."""
        asked = self.understanding.named(self.understanding.spelt(query))
        return list(islice(distinct(self.passages(asked, _DEEPER * k)), k))

    def passages(self, query: str, k: int) -> list[Hit]:
        """The k best passages as they are ranked; answers are drawn from the first of them."""
        return self._retriever.hits(query, k)

    def match(self, need: str) -> Matching:
        """Rank services, courses, funding and other catapults for a need."""
        asked = situation(self.understanding.spelt(need))
        return self.matcher.match(asked, self._encoder.queries([asked])[0], self.today, detect(asked))

    def answer(
        self,
        question: str,
        history: Sequence[Turn],
        off: Sequence[str],
        told: Told,
        writer: LanguageModel | None = None,
    ) -> Answer:
        """Answer a question, or say that the documents do not; see `raufoss_assistant.assistant.Assistant.ask`.

        A writer puts what passages answer in its own words, except where a message asks several things.
        """
        asked = self.understood(question, history)
        if said := small_talk(asked.text, asked.language, self.index.properties):
            spoken = detect(said, asked.language)
            status: Status = "not_found" if declines(asked.text) else "answered"
            return Answer(asked.text, asked.text, status, said, spoken, "extractive", float(status == "answered"))
        told(Stage(asked.meant))
        return (
            self.by_itself(asked, off) or Composite(self, told).answer(asked) or self.from_passages(asked, told, writer)
        )

    def _from_catalogue(self, asked: Question, off: Sequence[str]) -> Answer | None:
        """The answer where a question is about records that there are; None where passages are to answer."""
        if not asks_the_documents(asked.text):
            return None
        catalogue, manifest = self.catalogue, self.index.manifest
        wanted = self.router.route(asked.meant)
        if wanted.kind == "need":
            matching = self.match(asked.meant)
            return FromNeeds(manifest).answer(asked, matching) if worth_telling(matching) else None
        if wanted.kind == "compare" or (wanted.type and catalogue.listed(wanted.type)):
            return FromRecords(catalogue, manifest, self.meanings).answer(asked, wanted, off)
        return None

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of records, as the indexing kept them; what is not there is computed."""
        with closing(VectorCache(vector_cache(self._settings.data_dir), str(self._encoder.identity))) as cache:
            known = cache.get(texts)
        new = [text for text in texts if text not in known]
        known |= dict(zip(new, self._encoder.passages(new), strict=True)) if new else {}
        return np.stack([known[text] for text in texts])

    def by_itself(self, asked: Question, off: Sequence[str] = ()) -> Answer | None:
        """The answer to somebody new, or on a meaning or records; None where passages are to answer."""
        manifest = self.index.manifest
        welcome = newcomer(asked, lambda: self._shelf.handbook(self.index.folder), manifest)
        return welcome or explained(asked, lambda: self.glossary, manifest) or self._from_catalogue(asked, off)

    def from_passages(self, asked: Question, told: Told, writer: LanguageModel | None = None) -> Answer:
        """The answer from the passages found, a question back, or a refusal; with the time that each stage took."""
        began = time.perf_counter()
        answer, hits, found = self._read(asked, told)
        if asked.language == "en" and answer.status != "clarify" and answer.confidence < _SURE:
            glossed = replace(asked, meant=self.understanding.glossed(asked.meant))
            other, others, _ = self._read(glossed, untold)
            surer = answer.status != "answered" or other.confidence > answer.confidence + _SURER
            if other.status == "answered" and surer:
                answer, hits = replace(other, search_query=asked.meant), others
        answered = time.perf_counter()
        stages = {"retrieval": found - began, "answering": answered - found}
        if writer is not None and answer.status == "answered":
            answer = Generative(writer, self.index, self._settings).answer(asked, hits, answer, told)
            stages["generation"] = time.perf_counter() - answered
        return replace(answer, timings_ms={name: round(1000 * seconds, 1) for name, seconds in stages.items()})

    def _read(self, asked: Question, told: Told) -> tuple[Answer, Sequence[Hit], float]:
        """The answer from the passages found, these, and when they were found."""
        understanding = self.understanding
        named = understanding.named(asked.meant)
        hits: Sequence[Hit] = self.passages(named, PASSAGES_READ)
        found = time.perf_counter()
        told(Stage(asked.meant, len(hits)))
        choices = understanding.choices(asked.meant, hits)
        read = named if Currency.asks_of_past(asked.meant) else understanding.today(asked.meant)
        asked = replace(asked, named=read if read != asked.meant else "", names=understanding.names(named))
        if choices:
            return clarify(asked, choices), hits, found
        return (*self._answered(asked, hits), found)

    def _drawn(self, asked: Question, hits: Sequence[Hit]) -> Answer:
        extractive = Extractive(self.index, self._encoder, self._reader(), self._settings.reader_ms / 1000)
        return extractive.answer(asked, hits)

    def _answered(self, asked: Question, hits: Sequence[Hit]) -> tuple[Answer, Sequence[Hit]]:
        """The answer of the passages; of a record where they tell nothing of it; else of a list, or of other words."""
        answer = self._drawn(asked, hits)
        if not asks_the_documents(asked.text):
            return answer, hits
        told_of = from_fields(asked, self.catalogue, self.index.manifest)
        if told_of and _of_another(answer, told_of.records[0]):
            return told_of, hits
        if answer.status == "answered":
            return answer, hits
        if listed := self._offered(asked):
            return listed, hits
        return self._reworded(asked, hits) or (answer, hits)

    def _offered(self, asked: Question) -> Answer | None:
        """What is offered within what a question names, or by whom, where some is and other is not."""
        type_ = offered(asked.meant)
        if type_ is None:
            return None
        answer = FromRecords(self.catalogue, self.index.manifest, self.meanings).answer(asked, Route("list", type_))
        return answer if answer and answer.filters and answer.records else None

    def _reworded(self, asked: Question, hits: Sequence[Hit]) -> tuple[Answer, Sequence[Hit]] | None:
        """The answer to the same question in plain bokmål and the words of the passages found, with its own passages.

        None where that is the same question, or has no answer either.
        """
        readable = [hit for hit in hits if not is_foreign(hit.properties, asked.language)]
        question = asked.named or asked.meant
        plain = question if asked.language == "en" else plainly(question)
        said = reworded(plain, readable) or plain
        if said == question or Expectation.of(said) != Expectation.of(question):
            return None
        others = self.passages(said, PASSAGES_READ)
        answer = self._drawn(replace(asked, meant=said, named=""), others)
        return (answer, others) if answer.status == "answered" else None

    def understood(self, text: str, history: Sequence[Turn]) -> Question:
        """The question as it would be asked by itself, in the language of the conversation."""
        told = written(without_instructions(text) or text)
        language: Language = "nb"
        for turn in history:
            if turn.role == "user":
                language = detect(turn.content, language)
        history = self._on_the_matter(history)
        meant = without_day(self.likelier(self.understanding.query(told, history)))
        return Question(text, meant, detect(written(text), language))

    def _on_the_matter(self, history: Sequence[Turn]) -> list[Turn]:
        """The turns without small talk and what was said to it."""
        kept: list[Turn] = []
        chatter = False
        for turn in history:
            if turn.role == "user":
                chatter = small_talk(turn.content, "nb", self.index.properties) is not None
            if not chatter:
                kept.append(turn)
        return kept

    def likelier(self, query: Query) -> str:
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


def _of_another(answer: Answer, record: Record) -> bool:
    """Whether an answer rests first on a document that tells nothing of the record, or on none."""
    documents = {each.document for each in record.statements}
    return not any(each.chunk.document in documents for each in answer.citations[:1])
