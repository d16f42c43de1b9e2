"""The chat page: a conversation, and beside it the sources of the latest answer."""

from __future__ import annotations

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.web import panel
from raufoss_assistant.web.guide import guide_page, way_in
from raufoss_assistant.web.history import PRIVATE
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.listing import ListTools
from raufoss_assistant.web.rating import THUMBS, RatingForm
from raufoss_assistant.web.replies import Replies
from raufoss_assistant.web.starters import SHOWN, Starters
from raufoss_assistant.web.step import SEND

_BAND = (
    "<header><h1>Raufoss-assistenten</h1><p>Svar fra industriklyngens egne dokumenter, med kilde og dato</p></header>"
)
_WELCOME = (
    "## Hei! Hva lurer du på?\nJeg svarer ut fra klyngens egne dokumenter og viser hvor svaret står. "
    "Finner jeg det ikke der, sier jeg fra."
)
_KEYS = '<p class="hint">Enter sender, Shift + Enter gir ny linje.</p>'
_EDITING = "Du endrer et spørsmål. Svaret på det, og det som kom etter, blir borte når du spør på nytt."
_EARLIER = (
    '<details id="tidligere"><summary>Tidligere samtaler</summary>'
    '<p class="hint">Samtalene ligger bare i denne nettleseren. Deler du maskinen med andre, bør du slette dem.</p>'
    '<div></div></details><p id="melding"></p>'
)
"""Filled by conversation.js."""


def chat_page(assistant: Assistant, counters: Counters) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted; the guide for new employees is a second page of it.

    The conversation is kept on the server, in the visitor's own session: a browser sends nothing but its question, or
    an earlier conversation that was sealed here.
    """
    replies = Replies(assistant, counters)
    starters = Starters(assistant, lambda: replies.busy)
    with gr.Blocks(title="Raufoss-assistenten", analytics_enabled=False) as page:
        gr.Markdown(_BAND, elem_id="topp")
        history, pending, editing = gr.State(()), gr.State(""), gr.State(None)
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="venstre"):
                conversation = gr.Chatbot(
                    show_label=False,
                    placeholder=_WELCOME,
                    height="var(--chat-height)",
                    buttons=["copy"],
                    editable="user",
                    feedback_options=tuple(THUMBS.values()),
                    allow_tags=False,
                    autoscroll=False,
                    latex_delimiters=[],
                    elem_id="samtale",
                )
                tools = ListTools()
                said = gr.Markdown(elem_id="takk")
                _doors()
                with gr.Row(visible=False, elem_id="endring") as banner:
                    gr.Markdown(_EDITING)
                    unedit = gr.Button("Avbryt", size="sm")
                box = gr.Textbox(
                    label="Spørsmål",
                    show_label=False,
                    placeholder="Skriv spørsmålet ditt her",
                    max_lines=5,
                    submit_btn=SEND,
                    autofocus=True,
                    elem_id="sporsmal",
                )
                with gr.Column(visible=False, elem_id="forslag") as suggested:
                    gr.Markdown('<p class="hint">Spørsmål du kan stille:</p>')
                    suggestions = [gr.Button(size="sm", visible=False) for _ in range(SHOWN)]
                    others = gr.Button("Vis andre", size="sm", elem_id="vis-andre")
                with gr.Row(elem_id="under"):
                    gr.Markdown(_KEYS)
                    again = gr.Button("Prøv igjen", size="sm", elem_id="prov-igjen")
                    gr.Button("Hent som PDF", size="sm", elem_id="hent-pdf")
                    gr.Button("Hent som tekst", size="sm", elem_id="hent-md")
                    fresh = gr.Button("Ny samtale", size="sm", elem_id="ny-samtale")
                gr.Markdown(_EARLIER, elem_id="tidligere-samtaler")
            with gr.Column(scale=2, min_width=320, elem_id="hoyre"):
                rating = RatingForm(FeedbackLog(assistant.settings.data_dir), said)
                gr.Markdown("## Kilder")
                evidence = gr.Markdown(panel.EMPTY, latex_delimiters=[], elem_id="kilder")
        # between the server and conversation.js
        kept = gr.Markdown(latex_delimiters=[], elem_id="kopi")
        edit = gr.Textbox(visible="hidden", elem_id="endre")
        reopen = gr.Textbox(visible="hidden", elem_id="apne")
        pressed = gr.Textbox(visible="hidden", elem_id="vis-kilder")

        view = [conversation, evidence, history, box, *tools.outputs, pending, editing, banner, kept, said]
        asking = [
            # «once» would drop, without a word, a question sent while the page is still closing the one before
            box.submit(replies.respond, [box, history, editing], view, trigger_mode="multiple", **PRIVATE),
            again.click(replies.again, [history], view, **PRIVATE),
            conversation.option_select(replies.chosen, [history], view, **PRIVATE),
        ]
        box.stop(replies.stopped, [pending, history, editing], view, cancels=asking, **PRIVATE)
        tools.filters.input(replies.narrowed, [tools.filters, history], view, **PRIVATE)
        edit.change(replies.edited, [edit, history], view, **PRIVATE)
        pressed.change(replies.sources, [pressed, history], evidence, **PRIVATE)
        unedit.click(replies.unedited, [history], view, **PRIVATE)
        begun = fresh.click(replies.fresh, None, view, cancels=asking, **PRIVATE)
        opened = reopen.change(replies.opened, [reopen], view, cancels=[*asking, begun], **PRIVATE)
        rating.connect(conversation, history, [*asking, begun, opened])
        offered = [suggested, *suggestions]
        page.load(starters.first, None, offered, **PRIVATE)
        others.click(starters.others, suggestions, offered, **PRIVATE)
    return guide_page(page, assistant)


def _doors() -> None:
    """Ways in for each of those who come; conversation.js lets the first and the last begin a question."""
    with gr.Row(elem_id="dorer"):
        gr.Button("Bedriften min trenger\u00a0…", elem_id="dor-behov")
        way_in()
        gr.Button("Finn kurs", elem_id="dor-kurs")
