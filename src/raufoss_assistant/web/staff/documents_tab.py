"""The tab «Dokumenter»: all documents with how it stands with each, putting in new ones, and indexing anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.staff import documents_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only
from raufoss_assistant.web.staff.document_panel import CHOSEN, DocumentPanel
from raufoss_assistant.web.staff.holdings import found_in, holdings
from raufoss_assistant.web.staff.indexing import Indexing
from raufoss_assistant.web.staff.upload_panel import UploadPanel


def documents_tab(assistant: Assistant) -> None:
    """Make the tab; to be called within `gr.Tabs`."""
    indexing = Indexing(assistant)

    def overview(wish: str) -> tuple[str, Any]:
        rows = holdings(assistant, indexing.failed)
        choices = [("Ingen", ""), *((each.properties.title, each.path) for each in rows if each.properties)]
        return view.table(found_in(rows, wish), len(rows), CHOSEN), gr.update(choices=choices)

    def index() -> Iterator[str]:
        yield from view.indexed(indexing)

    with gr.Tab("Dokumenter", id="dokumenter"):
        upload = UploadPanel(assistant, indexing)
        document = DocumentPanel(assistant, indexing)
        gr.Markdown("## Dokumentene")
        with gr.Row(elem_id="dokumentverktoy"):
            wish = gr.Textbox(label="Filter", placeholder="Tittel, mappe, status …", max_lines=1, scale=3)
            again = gr.Button("Indekser på nytt", scale=0, min_width=160)
        told = gr.Markdown(latex_delimiters=[], elem_id="indeksering")
        table = gr.Markdown(latex_delimiters=[], elem_id="oversikt")
    shown = [table, upload.supersedes]
    gr.on(None, staff_only(overview), [wish], shown, trigger_mode="always_last", **PRIVATE)
    indexed = again.click(staff_only(index), None, [told], **PRIVATE)
    for event in (indexed, upload.finished, *document.finished):
        event.then(staff_only(overview), [wish], shown, **PRIVATE)
