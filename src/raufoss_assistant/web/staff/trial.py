"""A question taken through all that the assistant does with it, and what came of each step."""

from __future__ import annotations

from dataclasses import dataclass

from raufoss_assistant.answering.evidence import calibration
from raufoss_assistant.assistant import Assistant, checked
from raufoss_assistant.catalogue.routing import Route
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.model import Answer, Hit, Question, Turn
from raufoss_assistant.retrieval.distinct import distinct
from raufoss_assistant.retrieval.matcher import Matching
from raufoss_assistant.retrieval.passage_reader import CANDIDATES
from raufoss_assistant.settings import Retrieval
from raufoss_assistant.stages import untold


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a question.

    Attributes:
        asked: as it was written.
        spelt: with its words as the documents write them.
        question: as it was understood.
        named: what was searched for: as meant, with today's names beside others.
        names: names in it.
        route: what kind of answer it wants.
        matching: what fits, where it tells of a need, else None.
        hits: the passages as they are ranked, by the method that was chosen.
        cut: ids of the passages that a search leaves out, since they say nothing new.
        answer: that of the assistant, by its own method.
        exchange: what would be kept of the answer.
        threshold: least confidence of an answer from passages.
    """

    asked: str
    spelt: str
    question: Question
    named: str
    names: tuple[str, ...]
    route: Route
    matching: Matching | None
    hits: tuple[Hit, ...]
    cut: frozenset[str]
    answer: Answer
    exchange: Exchange
    threshold: float


def examine(assistant: Assistant, text: str, before: str, method: Retrieval) -> Trial:
    """Take a question through all steps.

    Args:
        assistant: that is asked.
        text: the question.
        before: a question that was asked before it in the conversation, or "".
        method: what the passages are ranked by; the answer is drawn by the assistant's own.

    Raises:
        UsageError: the question is empty or too long.
        IndexUnavailableError: there is no index, or it cannot be used.

    Example:
        >>> examine(assistant, "Hvor stor er laeringsfabrikken?", "", "hybrid").spelt
        'Hvor stor er Læringsfabrikken?'
    """
    asked = checked(text)
    history = (Turn("user", checked(before)),) if before.strip() else ()
    with assistant.knowledge() as knowledge:
        understanding = knowledge.understanding
        question = knowledge.understood(asked, history)
        named = understanding.named(question.meant)
        way = knowledge.router.route(question.meant)
        hits = knowledge.retriever(method).hits(named, CANDIDATES)
        answer = knowledge.answer(asked, history, (), untold)
        index = knowledge.index.folder.name
        return Trial(
            asked=asked,
            spelt=understanding.spelt(asked),
            question=question,
            named=named,
            names=understanding.names(named),
            route=way,
            matching=knowledge.match(question.meant) if way.kind == "need" else None,
            hits=tuple(hits),
            cut=frozenset({hit.chunk.id for hit in hits} - {hit.chunk.id for hit in distinct(hits)}),
            answer=answer,
            exchange=Exchange.of(answer, history, index, str(assistant.encoder.identity)),
            threshold=calibration(read=any(hit.reading for hit in hits)).threshold,
        )
