"""The tab «Søk»: a laboratory that shows what the assistant does with a question."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.settings import Retrieval
from raufoss_assistant.web.staff import search_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only
from raufoss_assistant.web.staff.documents_view import note, wrong
from raufoss_assistant.web.staff.trial import examine

_HINT = (
    '<p class="hint">Se hva assistenten gjør med et spørsmål: hvordan det blir forstått, hva som blir funnet, og '
    "hvorfor.</p>"
)


def search_tab(assistant: Assistant) -> None:
    """Make the tab; to be called within `gr.Tabs`."""

    def search(query: str, before: str, method: Retrieval) -> Iterator[str]:
        yield note("Søker …")
        try:
            if method not in view.METHODS:
                raise UsageError("Velg hva det skal søkes med.")
            yield view.shown(examine(assistant, query, before, method), method, assistant.encoder.scale)
        except RaufossError as error:
            yield wrong(str(error))

    with gr.Tab("Søk", id="sok"):
        gr.Markdown("## Søkelaboratorium")
        gr.Markdown(_HINT)
        query = gr.Textbox(
            label="Spørsmål",
            placeholder="Hva lurer en bruker på?",
            max_lines=4,
            max_length=LONGEST_QUESTION,
            submit_btn="Søk",
            elem_id="lab-sporsmal",
        )
        with gr.Row(elem_classes="filtre"):
            before = gr.Textbox(
                label="Spørsmålet før i samtalen (om noe)",
                placeholder="Hva er SkatteFUNN?",
                max_lines=1,
                max_length=LONGEST_QUESTION,
            )
            method = gr.Radio(
                [(name, key) for key, name in view.METHODS.items()],
                value=assistant.settings.retrieval,
                label="Søk med",
            )
        found = gr.Markdown(latex_delimiters=[], elem_id="lab-funn")
    for event in (query.submit, before.submit, method.input):
        event(staff_only(search), [query, before, method], found, **PRIVATE)
