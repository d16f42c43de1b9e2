"""The chat page: a conversation, and beside it the sources of the latest answer."""

from __future__ import annotations

import logging
import string
from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.model import Turn
from raufoss_assistant.web import SOMETHING_WRONG, panel
from raufoss_assistant.web.history import recent

STARTERS = (
    "Hvor mange bedrifter er med i NCE Manufacturing?",
    "Hvor mange prosent gir SkatteFUNN?",
    "Kan jeg ta én modul i Manufacturing 4.0?",
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
_MOST_SHOWN = 200
"""Turns kept of a conversation; older ones leave the page."""

_log = logging.getLogger(__name__)
_Step = tuple[list[dict[str, str]], Any, Any, Any]


def chat_page(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted.

    The conversation is kept on the server, in the visitor's own session: a browser sends nothing but its question.
    """

    def respond(question: str | None, history: tuple[Turn, ...]) -> Iterator[_Step]:
        """Messages to show, sources, history and what is left in the box; after an error the question is."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), ""
            return
        asked = (*history, Turn("user", question))[-_MOST_SHOWN:]
        yield _shown(asked, "Leter i dokumentene …"), gr.skip(), gr.skip(), ""
        try:
            answer = assistant.ask(question, recent(history))
            text, sources = panel.unbroken(answer.text), panel.sources(answer)
        except RaufossError as error:
            yield _shown(asked, str(error)), panel.EMPTY, gr.skip(), question
        except Exception:
            _log.exception("The question could not be answered")
            yield _shown(asked, SOMETHING_WRONG), panel.EMPTY, gr.skip(), question
        else:
            yield _shown(asked, text), sources, (*asked, Turn("assistant", text)), gr.skip()

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
                    feedback_options=None,
                    allow_tags=False,
                    latex_delimiters=[],
                    elem_id="samtale",
                )
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
                gr.Markdown("## Kilder")
                evidence = gr.Markdown(panel.EMPTY, latex_delimiters=[], elem_id="kilder")
        asking = box.submit(
            respond,
            inputs=[box, history],
            outputs=[conversation, evidence, history, box],
            show_progress="hidden",
            concurrency_limit=4,
            api_visibility="private",
        )
        fresh.click(
            lambda: ([], panel.EMPTY, (), ""),
            outputs=[conversation, evidence, history, box],
            cancels=[asking],
            show_progress="hidden",
            api_visibility="private",
        )
    return page


def _shown(turns: Sequence[Turn], reply: str) -> list[dict[str, str]]:
    """The conversation as Gradio shows it, ending with a reply."""
    messages = [
        {"role": turn.role, "content": _literal(turn) if turn.role == "user" else turn.content} for turn in turns
    ]
    return [*messages, {"role": "assistant", "content": reply}]


def _literal(turn: Turn) -> str:
    """What the user wrote, shown as written: no Markdown, no HTML; what is too long to be answered is cut."""
    cut = turn.content if len(turn.content) <= LONGEST_QUESTION else f"{turn.content[:LONGEST_QUESTION]} …"
    return "".join(f"\\{letter}" if letter in string.punctuation else letter for letter in cut)
