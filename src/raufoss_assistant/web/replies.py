"""What happens when something is asked: steps of the chat page, from the question to the answer and its sources."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from secrets import randbits
from typing import Any

import gradio as gr
from anyio import CapacityLimiter

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.stages import Stage, Told, untold
from raufoss_assistant.web import SOMETHING_WRONG, panel
from raufoss_assistant.web.following import followed
from raufoss_assistant.web.history import AT_ONCE, Answered, recent, turns
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.listing import ListTools
from raufoss_assistant.web.messages import notice, shown, working
from raufoss_assistant.web.saved import Savings
from raufoss_assistant.web.step import Step, banner, box

STOPPED = "Stoppet. Spørsmålet ligger i feltet, så du kan endre det eller spørre igjen."
_MOST_SHOWN = 100
"""Answers kept of a conversation; older ones leave the page."""

_log = logging.getLogger(__name__)


class Replies:
    """Answers what visitors ask on the chat page. It keeps nothing about them.

    Example:
        >>> steps = [step async for step in Replies(assistant).respond("Hvor stor er Læringsfabrikken?", ())]
        >>> steps[-1].messages[-1]["content"]
        'Læringsfabrikken er **1 500 kvadratmeter** stor. [1]'
    """

    def __init__(self, assistant: Assistant, counters: Counters | None = None) -> None:
        self._assistant = assistant
        self._counters = counters or Counters(assistant)
        self._savings = Savings(assistant)
        self._limit = CapacityLimiter(AT_ONCE)

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._limit.borrowed_tokens > 0

    async def respond(
        self, question: str | None, conversation: tuple[Answered, ...], editing: int | None = None
    ) -> AsyncGenerator[Step, None]:
        """Answer a question, telling each step; after an error it is in the box again.

        Args:
            question: as written.
            conversation: so far.
            editing: position of the answer that the new one takes the place of, together with all after it.
        """
        question = (question or "").strip()
        if not question:
            yield Step.of(box="")
            return
        before = _before(conversation, editing)
        yield Step.of(
            ListTools.shown(None),
            messages=shown(before, question, working(None)),
            # what is edited goes when there is something in its place
            conversation=before if editing is None else gr.skip(),
            box=box("", stop=True),
            pending=question,
            editing=editing,
            banner=banner(None),
            said="",
        )
        failed: str | None = None
        try:
            work = partial(self._answered, question, before)
            async with aclosing(followed(work, self._limit)) as following:
                async for told in following:
                    if isinstance(told, Stage):
                        yield Step.of(messages=shown(before, question, working(told)))
                    else:
                        yield self._done(before, *told)._replace(box=box())
        except RaufossError as error:
            failed = str(error)
        except Exception:
            _log.exception("The question could not be answered")
            failed = SOMETHING_WRONG
        if failed is not None:
            yield _back(before, question, editing, failed)._replace(sources=panel.EMPTY)

    async def chosen(self, event: gr.SelectData, conversation: tuple[Answered, ...]) -> AsyncGenerator[Step, None]:
        """The answer to what was chosen of the meanings that a question may have."""
        async with aclosing(self.respond(str(event.value), conversation)) as steps:
            async for step in steps:
                yield step

    async def again(self, conversation: tuple[Answered, ...]) -> AsyncGenerator[Step, None]:
        """Another answer to the latest question, in place of the one there is."""
        asked = conversation[-1].asked if conversation else None
        async with aclosing(self.respond(asked, conversation, len(conversation) - 1)) as steps:
            async for step in steps:
                yield step

    def narrowed(self, on: list[str], conversation: tuple[Answered, ...]) -> Step:
        """The latest answer again, without the filters that were taken off."""
        if not conversation:
            return Step.of(ListTools.shown(None))
        *earlier, last = conversation
        off = [label for label in last.filters if label not in on]
        now, sources = self._answered(last.asked, earlier, untold, off)
        now = replace(now, number=last.number, answer=replace(now.answer, filters=last.filters))
        return self._done(earlier, now, sources)._replace(
            **dict(zip(("tools", "filters", "links"), ListTools.shown(now, off), strict=True))
        )

    def stopped(self, pending: str, conversation: tuple[Answered, ...], editing: int | None) -> Step:
        """The question goes back to the box; the answer that was being made is not waited for."""
        if not pending:
            return Step.of(box=box())
        return _back(_before(conversation, editing), pending, editing, STOPPED)

    def sources(self, sent: object, conversation: tuple[Answered, ...]) -> Any:
        """The sources of an answer, as HTML, as they are today; `sent` is a mark and its number, from sources.js."""
        number = str(sent).partition(" ")[2]
        answered = next((each for each in conversation if str(each.number) == number), None)
        if answered is None:
            return gr.skip()
        with self._assistant.knowledge() as knowledge:
            return panel.sources_today(answered.answer, answered.number, knowledge.index.manifest)

    def edited(self, sent: object, conversation: tuple[Answered, ...]) -> Step:
        """A question that was asked before goes to the box; `sent` is a mark and its position, from conversation.js."""
        position = str(sent).partition(" ")[2]
        if not (position.isdecimal() and len(position) < 4 and int(position) < len(conversation)):
            return Step.of()
        asked = conversation[int(position)].asked
        return Step.of(box=box(asked), editing=int(position), banner=banner(int(position)))

    def unedited(self, conversation: tuple[Answered, ...]) -> Step:
        """The question is left as it was, and so is the conversation."""
        return Step.of(messages=shown(conversation), box=box(""), editing=None, banner=banner(None))

    def opened(self, sent: object) -> Step:
        """An earlier conversation, to be read and continued; `sent` is a mark and what the browser kept of it."""
        try:
            conversation = self._savings.opened(str(sent).partition(" ")[2])
        except UsageError as error:
            return Step.of(said=panel.literal(str(error)))
        return self._whole(conversation)

    def fresh(self) -> Step:
        """An empty conversation."""
        return self._whole(())

    def _whole(self, conversation: tuple[Answered, ...]) -> Step:
        last = conversation[-1] if conversation else None
        return Step.of(
            ListTools.shown(last),
            messages=shown(conversation),
            sources=panel.sources(last.answer, last.number) if last else panel.EMPTY,
            conversation=conversation,
            box=box(""),
            pending="",
            editing=None,
            banner=banner(None),
            kept=self._savings.for_browser(conversation),
            said="",
        )

    def _done(self, before: Sequence[Answered], now: Answered, sources: str) -> Step:
        conversation = (*before, now)
        return Step.of(
            ListTools.shown(now),
            messages=shown(conversation),
            sources=sources,
            conversation=conversation,
            pending="",
            editing=None,
            kept=self._savings.for_browser(conversation),
        )

    def _answered(
        self, question: str, before: Sequence[Answered], told: Told, off: Sequence[str] = ()
    ) -> tuple[Answered, str]:
        """What is kept of the answer, and its sources as HTML."""
        history = recent(turns(before))
        answer = self._assistant.ask(question, history, off, told)
        self._counters.answered(answer)
        index, model = self._assistant.index().folder.name, str(self._assistant.encoder.identity)
        exchange = Exchange.of(answer, history, index, model)
        light = replace(answer, records=(), nearest=(), timings_ms={})
        now = dt.datetime.now().astimezone().replace(microsecond=0)
        number, listed = randbits(48), bool(answer.records)
        return Answered(number, question, light, exchange, now, listed=listed), panel.sources(answer, number)


def _before(conversation: tuple[Answered, ...], editing: int | None) -> tuple[Answered, ...]:
    """What a new answer comes after."""
    return conversation[-_MOST_SHOWN + 1 :] if editing is None else conversation[:editing]


def _back(before: Sequence[Answered], question: str, editing: int | None, said: str) -> Step:
    """A question that got no answer, in the box again."""
    return Step.of(
        ListTools.shown(None),
        messages=shown(before, question, notice(said)),
        box=box(question),
        pending="",
        editing=editing,
        banner=banner(editing),
    )
