"""The chat page: a conversation, and beside it the sources of the latest answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import Exchange
from raufoss_assistant.web import SOMETHING_WRONG, panel
from raufoss_assistant.web.history import Answered, recent, turns
from raufoss_assistant.web.listing import ListTools
from raufoss_assistant.web.rating import THUMBS, RatingForm

STARTERS = (
    "Vi er ni ansatte og vil prøve en robot. Hva passer?",
    "Hvilke kurs kan jeg ta på deltid?",
    "Hvor mange prosent gir SkatteFUNN?",
    "Hvor stor er Læringsfabrikken?",
)
_BAND = (
    "<header><h1>Raufoss-assistenten</h1><p>Svar fra industriklyngens egne dokumenter, med kilde og dato</p></header>"
)
_WELCOME = (
    "## Hei! Hva lurer du på?\nJeg svarer ut fra klyngens egne dokumenter og viser hvor svaret står. "
    "Finner jeg det ikke der, sier jeg fra."
)
_KEYS = '<p class="hint">Enter sender, Shift + Enter gir ny linje.</p>'
_MOST_SHOWN = 100
"""Answers kept of a conversation; older ones leave the page."""

_log = logging.getLogger(__name__)
_Step = tuple[Any, ...]
"""Messages to show, sources, conversation, what is left in the box, and what `ListTools` shows."""


def chat_page(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted.

    The conversation is kept on the server, in the visitor's own session: a browser sends nothing but its question.
    """

    def respond(question: str | None, conversation: tuple[Answered, ...]) -> Iterator[_Step]:
        """Messages to show, sources, conversation and what is left in the box; after an error the question is."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), "", *(gr.skip(),) * 3
            return
        before = conversation[-_MOST_SHOWN + 1 :]
        yield _shown(before, question, _notice("Leter i dokumentene …")), gr.skip(), before, "", *tools.shown(None)
        try:
            answered = _answered(assistant, question, before)
        except RaufossError as error:
            yield _shown(before, question, _notice(str(error))), panel.EMPTY, gr.skip(), question, *tools.shown(None)
        except Exception:
            _log.exception("The question could not be answered")
            yield (
                _shown(before, question, _notice(SOMETHING_WRONG)),
                panel.EMPTY,
                gr.skip(),
                question,
                *tools.shown(None),
            )
        else:
            now, sources = answered
            yield _shown(before, question, now.shown), sources, (*before, now), gr.skip(), *tools.shown(now)

    def narrowed(on: list[str], conversation: tuple[Answered, ...]) -> _Step:
        """The latest answer again, without the filters that were taken off."""
        if not conversation:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), *tools.shown(None)
        *earlier, last = conversation
        off = [label for label in last.filters if label not in on]
        now, sources = _answered(assistant, last.asked, earlier, off)
        now = replace(now, number=last.number, filters=last.filters)
        return _shown(earlier, last.asked, now.shown), sources, (*earlier, now), gr.skip(), *tools.shown(now, off)

    with gr.Blocks(title="Raufoss-assistenten", analytics_enabled=False) as page:
        gr.Markdown(_BAND, elem_id="topp")
        history = gr.State(())
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="venstre"):
                conversation = gr.Chatbot(
                    show_label=False,
                    placeholder=_WELCOME,
                    height="var(--chat-height)",
                    buttons=["copy"],
                    feedback_options=tuple(THUMBS.values()),
                    allow_tags=False,
                    autoscroll=False,
                    latex_delimiters=[],
                    elem_id="samtale",
                )
                tools = ListTools()
                said = gr.Markdown(elem_id="takk")
                box = gr.Textbox(
                    label="Spørsmål",
                    show_label=False,
                    placeholder="Skriv spørsmålet ditt her",
                    max_lines=5,
                    submit_btn="Spør",
                    autofocus=True,
                    elem_id="sporsmal",
                )
                with gr.Row(elem_id="forslag"):
                    for starter in STARTERS:
                        gr.Button(starter, size="sm").click(
                            lambda text=starter: text, outputs=box, show_progress="hidden", api_visibility="private"
                        )
                with gr.Row(elem_id="under"):
                    gr.Markdown(_KEYS)
                    fresh = gr.Button("Ny samtale", size="sm", elem_id="ny-samtale")
            with gr.Column(scale=2, min_width=320, elem_id="hoyre"):
                rating = RatingForm(FeedbackLog(assistant.settings.data_dir), said)
                gr.Markdown("## Kilder")
                evidence = gr.Markdown(panel.EMPTY, latex_delimiters=[], elem_id="kilder")
        asking = box.submit(
            respond,
            inputs=[box, history],
            outputs=[conversation, evidence, history, box, *tools.outputs],
            show_progress="hidden",
            concurrency_limit=4,
            api_visibility="private",
        )
        tools.filters.input(
            narrowed,
            inputs=[tools.filters, history],
            outputs=[conversation, evidence, history, box, *tools.outputs],
            show_progress="hidden",
            api_visibility="private",
        )
        box.submit(lambda: "", outputs=said, show_progress="hidden", api_visibility="private")
        fresh.click(
            lambda: (gr.update(value=[], feedback_value=[]), panel.EMPTY, (), "", *tools.shown(None), *rating.fresh()),
            outputs=[conversation, evidence, history, box, *tools.outputs, *rating.outputs],
            cancels=[asking],
            show_progress="hidden",
            api_visibility="private",
        )
        rating.connect(conversation, history)
    return page


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
    kept = Answered(number, question, shown, exchange, filters=answer.filters, listed=bool(answer.records))
    return kept, panel.sources(answer)


def _shown(before: Sequence[Answered], question: str, reply: str) -> list[dict[str, str]]:
    """The conversation as Gradio shows it, ending with a question and a reply."""
    pairs = [*((each.asked, each.shown) for each in before), (question, reply)]
    return [
        message
        for asked, said in pairs
        for message in ({"role": "user", "content": _cut(asked)}, {"role": "assistant", "content": said})
    ]


def _notice(text: str) -> str:
    """What the assistant says that is no answer; style.css takes the buttons off."""
    return f'<span class="beskjed">{panel.literal(text)}</span>'


def _cut(written: str) -> str:
    """What the user wrote, shown as written; what is too long to be answered is cut."""
    return panel.literal(written if len(written) <= LONGEST_QUESTION else f"{written[:LONGEST_QUESTION]} …")
