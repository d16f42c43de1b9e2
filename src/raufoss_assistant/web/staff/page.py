"""The frame of the staff pages: a band, and a tab for each thing that staff do."""

from __future__ import annotations

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.staff.documents_tab import documents_tab
from raufoss_assistant.web.staff.evals_tab import evals_tab
from raufoss_assistant.web.staff.feedback_tab import feedback_tab
from raufoss_assistant.web.staff.health_tab import health_tab
from raufoss_assistant.web.staff.search_tab import search_tab

_BAND = (
    "<header><h1>Raufoss-assistenten for ansatte</h1>"
    "<p>Hold dokumentene i orden, og se hvordan assistenten svarer</p></header>"
)


def staff_page(assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, to be mounted behind a log-in; each tab is made by a function of its own."""
    with gr.Blocks(title="Ansatte – Raufoss-assistenten", analytics_enabled=False, delete_cache=(600, 3600)) as page:
        gr.Markdown(_BAND, elem_id="topp")
        with gr.Row(elem_id="ansatt-topp"):
            gr.Button("Til chatten", link="/", size="sm")
            gr.Button("Logg ut", size="sm", elem_id="logg-ut")
        with gr.Tabs(elem_id="ansatte"):
            documents_tab(assistant)
            feedback_tab(assistant)
            evals_tab(assistant)
            search_tab(assistant)
            health_tab(assistant)
    return page
