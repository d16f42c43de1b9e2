"""What happens when something is asked: steps of the chat page, from the question to the answer and its sources."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.web import SOMETHING_WRONG, panel
from raufoss_assistant.web.history import Answered, recent, turns
from raufoss_assistant.web.listing import ListTools

_MOST_SHOWN = 100
"""Answers kept of a conversation; older ones leave the page."""

_log = logging.getLogger(__name__)
Step = tuple[Any, ...]
"""Messages to show, sources, conversation, what is left in the box, and what `ListTools` shows."""


class Replies:
    """Answers what visitors ask on the chat page. It keeps nothing about them.

    Example:
        >>> *_, last = Replies(assistant).respond("Hvor stor er Læringsfabrikken?", ())
        >>> last[0][-1]["content"]
        'Læringsfabrikken er **1 500 kvadratmeter** stor. [1]'
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def respond(self, question: str | None, conversation: tuple[Answered, ...]) -> Iterator[Step]:
        """Messages to show, sources, conversation and what is left in the box; after an error the question is."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), "", *(gr.skip(),) * 3
            return
        before = conversation[-_MOST_SHOWN + 1 :]
        yield (
            _shown(before, question, _notice("Leter i dokumentene …")),
            gr.skip(),
            before,
            "",
            *ListTools.shown(None),
        )
        try:
            answered = _answered(self._assistant, question, before)
        except RaufossError as error:
            yield (
                _shown(before, question, _notice(str(error))),
                panel.EMPTY,
                gr.skip(),
                question,
                *ListTools.shown(None),
            )
        except Exception:
            _log.exception("The question could not be answered")
            yield (
                _shown(before, question, _notice(SOMETHING_WRONG)),
                panel.EMPTY,
                gr.skip(),
                question,
                *ListTools.shown(None),
            )
        else:
            now, sources = answered
            yield _shown(before, question, now), sources, (*before, now), gr.skip(), *ListTools.shown(now)

    def chosen(self, event: gr.SelectData, conversation: tuple[Answered, ...]) -> Iterator[Step]:
        """The answer to what was chosen of the meanings that a question may have."""
        yield from self.respond(str(event.value), conversation)

    def narrowed(self, on: list[str], conversation: tuple[Answered, ...]) -> Step:
        """The latest answer again, without the filters that were taken off."""
        if not conversation:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), *ListTools.shown(None)
        *earlier, last = conversation
        off = [label for label in last.filters if label not in on]
        now, sources = _answered(self._assistant, last.asked, earlier, off)
        now = replace(now, number=last.number, filters=last.filters)
        return _shown(earlier, last.asked, now), sources, (*earlier, now), gr.skip(), *ListTools.shown(now, off)


def _answered(
    assistant: Assistant, question: str, before: Sequence[Answered], off: Sequence[str] = ()
) -> tuple[Answered, str]:
    """What is kept of the answer, and its sources as HTML."""
    history = recent(turns(before))
    answer = assistant.ask(question, history, off)
    index, model = assistant.index().folder.name, str(assistant.encoder.identity)
    number = before[-1].number + 1 if before else 0
    exchange = Exchange.of(answer, history, index, model)
    shown = panel.unbroken(answer.text)
    kept = Answered(
        number,
        question,
        shown,
        exchange,
        filters=answer.filters,
        listed=bool(answer.records),
        searched=answer.search_query if _differ(answer.search_query, question) else "",
        choices=answer.choices,
    )
    return kept, panel.sources(answer)


def _shown(before: Sequence[Answered], question: str, reply: Answered | str) -> list[dict[str, Any]]:
    """The conversation as Gradio shows it, ending with a question and a reply; only the last has its choices."""
    pairs: list[tuple[str, Answered | str]] = [*((each.asked, each) for each in before), (question, reply)]
    messages: list[dict[str, Any]] = []
    for asked, answer in pairs:
        said = answer if isinstance(answer, str) else _page(answer)
        messages += [{"role": "user", "content": _cut(asked)}, {"role": "assistant", "content": said}]
    if isinstance(reply, Answered) and reply.choices:
        messages[-1]["options"] = [{"value": choice} for choice in reply.choices]
    return messages


def _page(answer: Answered) -> str:
    """An answer with what was searched for above it; of a question back, what stands above the choices."""
    said = answer.shown.partition("\n\n")[0] if answer.choices else answer.shown
    searched = f'<span class="sokt">Søkte etter: {panel.literal(answer.searched)}</span>\n\n' if answer.searched else ""
    return f"{searched}{said}"


def _differ(one: str, other: str) -> bool:
    """Whether two texts differ in more than blanks, marks and capitals."""
    return words(one) != words(other)


def _notice(text: str) -> str:
    """What the assistant says that is no answer; style.css takes the buttons off."""
    return f'<span class="beskjed">{panel.literal(text)}</span>'


def _cut(written: str) -> str:
    """What the user wrote, shown as written; what is too long to be answered is cut."""
    return panel.literal(written if len(written) <= LONGEST_QUESTION else f"{written[:LONGEST_QUESTION]} …")
