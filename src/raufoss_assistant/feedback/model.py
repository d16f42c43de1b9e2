"""The frozen dataclasses of feedback, and the words that users see for its fixed values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from raufoss_assistant.model import Answer, Language, Status, Turn

Rating = Literal["up", "down"]
Reason = Literal[
    "wrong",
    "incomplete",
    "quote_missing",
    "wrong_document",
    "outdated",
    "misunderstood",
    "should_answer",
    "should_refuse",
    "language",
    "other",
]
State = Literal["ny", "sett", "test", "avvist"]
Importance = Literal["høy", "middels", "lav"]

RATINGS: dict[Rating, str] = {"up": "tommel opp", "down": "tommel ned"}
REASONS: dict[Reason, str] = {
    "wrong": "Svaret er feil",
    "incomplete": "Svaret mangler noe",
    "quote_missing": "Finner ikke sitatet i dokumentet",
    "wrong_document": "Feil dokument",
    "outdated": "Gammelt eller utdatert",
    "misunderstood": "Svarer på noe annet",
    "should_answer": "Svarte ikke, men burde",
    "should_refuse": "Burde ikke svart",
    "language": "Vanskelig å forstå eller feil språk",
    "other": "Noe annet",
}
"""After the categories that the advisers of NAV use for their assistant Bob."""
STATES: dict[State, str] = {"ny": "ny", "sett": "sett på", "test": "blitt test", "avvist": "avvist"}


def reasons_for(status: Status) -> tuple[Reason, ...]:
    """The reasons that make sense for an answer of that status, in the order they are shown.

    Example:
        >>> reasons_for("not_found")
        ('misunderstood', 'should_answer', 'language', 'other')
    """
    if status == "answered":
        return tuple(reason for reason in REASONS if reason != "should_answer")
    return ("misunderstood", "should_answer", "language", "other")


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as the visitor saw it: corpus-relative document, page or None, and the quote."""

    document: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was answered to it, with what it was answered from.

    Attributes:
        question: as the assistant read it.
        search_query: what was searched for.
        history: turns before it, oldest first.
        status, text, language, confidence: of the answer.
        sources: its citations, in order.
        index: name of the index generation that was asked.
        model: identity of the encoder.
    """

    question: str
    search_query: str
    history: tuple[Turn, ...]
    status: Status
    text: str
    language: Language
    confidence: float
    sources: tuple[Source, ...]
    index: str
    model: str

    @classmethod
    def of(cls, answer: Answer, history: tuple[Turn, ...], index: str, model: str) -> Exchange:
        """What is kept of an answer."""
        sources = (Source(each.chunk.document, each.chunk.page, each.quote) for each in answer.citations)
        return cls(
            question=answer.question,
            search_query=answer.search_query,
            history=history,
            status=answer.status,
            text=answer.text,
            language=answer.language,
            confidence=round(answer.confidence, 4),
            sources=tuple(sources),
            index=index,
            model=model,
        )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a visitor says of an answer: a thumb, and after a thumb down perhaps why and what would have been right."""

    rating: Rating
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored opinion, with what staff made of it.

    Attributes:
        id: its number, from 1; never used twice.
        time: when it was stored, UTC.
        exchange: question and answer, personal data masked.
        opinion: personal data masked.
        state: how far staff has come with it.
        importance, cause, note: set by staff, else None.
    """

    id: int
    time: dt.datetime
    exchange: Exchange
    opinion: Opinion
    state: State = "ny"
    importance: Importance | None = None
    cause: str | None = None
    note: str | None = None
