"""Conversations that a browser keeps: sealed when they are given to it, examined when they come back."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from secrets import randbits

from pydantic import TypeAdapter, ValidationError

from raufoss_assistant.answering.citations import stands
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import UsageError
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.knowledge import Knowledge
from raufoss_assistant.model import Answer
from raufoss_assistant.web.history import Answered, recent, turns
from raufoss_assistant.web.sealing import BROKEN, LONGEST_SEALED, Seal

_MOST = 40
"""Answers of a conversation that are saved, the latest."""
_LONGEST_TITLE = 80
"""Characters of the first question."""
CHANGED = "Dokumentene er endret siden jeg svarte på dette {when}. Spør på nytt, så får du et svar som gjelder nå."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """What is saved of an answer; see `Answered`. Index and model are those that it was given from."""

    asked: str
    answer: Answer
    at: dt.datetime
    listed: bool
    index: str
    model: str


_SAVED = TypeAdapter(tuple[Saved, ...])


class Savings:
    """Packs conversations for the browser, and opens them again.

    Nothing that a browser sends is shown unless this assistant sealed it; and no old answer is shown whose quotes no
    longer stand in the documents, so what was deleted stays gone.

    Example:
        >>> savings = Savings(assistant)
        >>> savings.opened(savings.packed(conversation))[0].asked
        'Hvor stor er Læringsfabrikken?'
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._seal = Seal(assistant.settings.data_dir)

    def packed(self, conversation: Sequence[Answered]) -> str:
        """The latest answers of a conversation, as many as there is room for, sealed."""
        latest = conversation[-_MOST:]
        sealed = self._seal.sealed(_SAVED.dump_json(tuple(map(_saved, latest))))
        return sealed if len(sealed) <= LONGEST_SEALED else self.packed(latest[1:])

    def for_browser(self, conversation: Sequence[Answered]) -> str:
        """What conversation.js reads from the page and keeps, as HTML; "" for an empty conversation."""
        if not conversation:
            return ""
        try:
            sealed = self.packed(conversation)
        except OSError:
            _log.exception("The conversation could not be sealed")
            return ""
        title = " ".join(conversation[0].asked.split())
        kept = {
            "title": title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]} …",
            "time": conversation[-1].at.isoformat(),
            "sealed": sealed,
        }
        return f"<pre>{escape(json.dumps(kept))}</pre>"

    def unpacked(self, sealed: object) -> tuple[Answered, ...]:
        """A conversation as it was, whatever has become of the documents.

        Raises:
            UsageError: it was not packed here, or by another version.
        """
        try:
            saved = _SAVED.validate_json(self._seal.opened(sealed))
        except ValidationError as error:
            raise UsageError(BROKEN) from error
        conversation: tuple[Answered, ...] = ()
        for each in saved:
            exchange = Exchange.of(each.answer, recent(turns(conversation)), each.index, each.model)
            answered = Answered(randbits(48), each.asked, each.answer, exchange, each.at, each.listed, old=True)
            conversation = (*conversation, answered)
        return conversation

    def opened(self, sealed: object) -> tuple[Answered, ...]:
        """A conversation to be shown and continued; in place of an answer that no longer holds, a word on that.

        Raises:
            UsageError: see `unpacked`.
            IndexUnavailableError: there is no index.
        """
        conversation = self.unpacked(sealed)
        with self._assistant.knowledge() as knowledge:
            return tuple(_examined(each, knowledge) for each in conversation)


def _saved(answered: Answered) -> Saved:
    exchange = answered.exchange
    return Saved(
        answered.asked, answered.answer, answered.at, answered.listed, index=exchange.index, model=exchange.model
    )


def _examined(answered: Answered, knowledge: Knowledge) -> Answered:
    """The answer with its sources as they are today, or a word on what has changed."""
    answer, manifest = answered.answer, knowledge.index.manifest
    if not all(stands(each.quote, each.chunk, manifest) for each in answer.citations):
        said = CHANGED.format(when=answered.when)
        gone = Answer(answer.question, answer.search_query, "not_found", said, "nb", answer.responder, 0.0)
        return replace(answered, answer=gone, listed=False)
    properties = knowledge.index.properties
    today = (replace(each, properties=properties[each.chunk.document]) for each in answer.citations)
    return replace(answered, answer=replace(answer, citations=tuple(today)))
