"""Under an answer with records: the filters, which can be taken off, and the list as a file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from raufoss_assistant.web.history import Answered


class ListTools:
    """The filters and the links; made where they are to stand on the page.

    Example:
        >>> tools = ListTools()
        >>> tools.filters.label
        'Filtrert på'
    """

    def __init__(self) -> None:
        with gr.Row(visible=False, elem_id="liste") as self._row:
            self.filters = gr.CheckboxGroup(
                [], label="Filtrert på", info="Fjern et kryss for å ta bort filteret.", elem_id="filtre"
            )
            self._links = gr.Markdown(elem_id="last-ned")
        self.outputs = [self._row, self.filters, self._links]

    @staticmethod
    def shown(answered: Answered | None, off: Sequence[str] = ()) -> tuple[Any, ...]:
        """The values of `outputs` for the latest answer, with some filters taken off."""
        if answered is None or not (answered.listed or answered.filters):
            return gr.update(visible=False), gr.update(choices=[], value=[], visible=False), ""
        on = [label for label in answered.filters if label not in off]
        boxes = gr.update(choices=list(answered.filters), value=on, visible=bool(answered.filters))
        return gr.update(visible=True), boxes, links(answered.asked, off) if answered.listed else ""


def links(question: str, off: Sequence[str]) -> str:
    """Links to the list of an answer as files."""
    query = escape(urlencode([("q", question), *(("uten", label) for label in off)]))
    return (
        f'<p class="filer"><a href="/liste.csv?{query}" download="liste.csv">Hent som CSV</a>'
        f'<a href="/liste.xlsx?{query}" download="liste.xlsx">Hent som Excel</a></p>'
    )
