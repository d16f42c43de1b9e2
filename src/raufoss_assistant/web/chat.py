"""The chat page: a conversation, and beside it the sources of the latest answer."""

from __future__ import annotations

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.web import panel
from raufoss_assistant.web.guide import guide_page, way_in
from raufoss_assistant.web.listing import ListTools
from raufoss_assistant.web.rating import THUMBS, RatingForm
from raufoss_assistant.web.replies import Replies

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


def chat_page(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted; the guide for new employees is a second page of it.

    The conversation is kept on the server, in the visitor's own session: a browser sends nothing but its question.
    """
    replies = Replies(assistant)
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
                    way_in()
                    fresh = gr.Button("Ny samtale", size="sm", elem_id="ny-samtale")
            with gr.Column(scale=2, min_width=320, elem_id="hoyre"):
                rating = RatingForm(FeedbackLog(assistant.settings.data_dir), said)
                gr.Markdown("## Kilder")
                evidence = gr.Markdown(panel.EMPTY, latex_delimiters=[], elem_id="kilder")
        asking = box.submit(
            replies.respond,
            inputs=[box, history],
            outputs=[conversation, evidence, history, box, *tools.outputs],
            show_progress="hidden",
            concurrency_limit=4,
            api_visibility="private",
        )
        tools.filters.input(
            replies.narrowed,
            inputs=[tools.filters, history],
            outputs=[conversation, evidence, history, box, *tools.outputs],
            show_progress="hidden",
            api_visibility="private",
        )
        conversation.option_select(
            replies.chosen,
            inputs=[history],
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
    return guide_page(page, assistant)
