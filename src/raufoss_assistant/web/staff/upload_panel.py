"""Putting documents in: files are read at once, described, and then moved into the corpus and indexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.web.panel import KINDS
from raufoss_assistant.web.staff import documents_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only
from raufoss_assistant.web.staff.indexing import Indexing
from raufoss_assistant.web.staff.intake import Intake, Received, checked
from raufoss_assistant.web.staff.shelving import Shelving

_HINT = (
    '<p class="hint">PDF, Word, PowerPoint, Excel, Markdown, ren tekst, CSV og HTML. '
    "Filene blir lest med én gang; ingenting er lagt inn før du sier det.</p>"
)
_EMPTY = ("", "", "", False, None, False)
"""Title, date, owner, example, what is superseded, and whether to replace: for the next files."""
_Step = tuple[Any, ...]


class UploadPanel:
    """The form and what its buttons do; made where it is to stand.

    Nothing is kept about who uploads; files that wait to be put in are known to the visit that brought them.

    Example:
        >>> with gr.Blocks():
        ...     panel = UploadPanel(assistant, Indexing(assistant))
    """

    def __init__(self, assistant: Assistant, indexing: Indexing) -> None:
        self._settings = assistant.settings
        self._intake = Intake(assistant.settings)
        self._shelving = Shelving(assistant.settings)
        self._indexing = indexing
        gr.Markdown("## Legg inn dokumenter")
        gr.Markdown(_HINT)
        self._waiting = gr.State(())
        with gr.Column(elem_id="slippsone"):
            self._files = gr.UploadButton("Velg filer …", file_count="multiple", variant="primary", elem_id="filer")
            gr.Markdown('<p class="hint">eller slipp dem her</p>')
        self._told = gr.Markdown(latex_delimiters=[], elem_id="mottak")
        with gr.Column(visible=False, elem_id="om-filene") as self._form:
            self._kind = gr.Radio([(label, kind) for kind, label in KINDS.items()], label="Hvor hører de hjemme?")
            with gr.Row():
                self._date = gr.Textbox(label="Dagen opplysningene var riktige", placeholder="6. februar 2024")
                self._owner = gr.Textbox(label="Eier (rolle, ikke navn)", placeholder="Klyngerådgiver")
            with gr.Row():
                self._title = gr.Textbox(label="Tittel (om den i filen ikke duger)")
                self.supersedes = gr.Dropdown([], label="Avløser dokumentet (om noe)", value=None)
            with gr.Row():
                self._example = gr.Checkbox(label="Eksempeldata: innholdet er oppdiktet")
                self._replace = gr.Checkbox(label="Erstatt filer som finnes fra før")
            with gr.Row(elem_classes="knapper"):
                self._put = gr.Button("Legg inn og indekser", variant="primary")
                self._drop = gr.Button("Avbryt")
        self._outputs = [self._waiting, self._files, self._told, self._form]
        self._connect()

    def _connect(self) -> None:
        self._files.upload(staff_only(self.receive), [self._files, self._waiting], self._outputs, **PRIVATE)
        fields = [self._title, self._date, self._owner, self._example, self.supersedes, self._replace]
        self.finished = self._put.click(
            staff_only(self.put), [self._waiting, self._kind, *fields], [*self._outputs, *fields], **PRIVATE
        )
        self._drop.click(staff_only(self.drop), [self._waiting], self._outputs, **PRIVATE)

    def receive(self, files: list[str] | None, waiting: tuple[Received, ...]) -> Iterator[_Step]:
        """Read what is uploaded, one file after the other."""
        taken, refused = list(waiting), []
        paths = [Path(file) for file in files or []]
        with DocumentReader(self._settings) as reader:
            for number, path in enumerate(paths, 1):
                said = f"Leser fil {number} av {len(paths)}: {path.name} …"
                yield gr.skip(), gr.skip(), view.note(said), gr.skip()
                try:
                    new = self._intake.receive(path, reader)
                except RaufossError as error:
                    refused.append((path.name, str(error)))
                    continue
                if new.name in [each.name for each in taken]:
                    self._intake.forget(new)
                    refused.append(
                        (path.name, f"En annen av filene får også navnet «{new.name}». Gi den ene et nytt navn.")
                    )
                else:
                    taken.append(new)
        yield tuple(taken), None, view.waiting(taken, refused), gr.update(visible=bool(taken))

    def put(self, waiting: tuple[Received, ...], kind: str | None, *fields: Any) -> Iterator[_Step]:
        """Move the files that wait into the corpus, and index. What cannot be moved goes on waiting."""
        title, day, owner, example, supersedes, replace = fields
        facts = {"title": title, "date": day, "owner": owner, "supersedes": supersedes or ""}
        facts["eksempel"] = "true" if example else ""
        kept = (gr.skip(),) * len(fields)
        try:
            if kind not in KINDS:
                raise UsageError("Velg hvor filene hører hjemme.")
            if title.strip() and len(waiting) > 1:
                raise UsageError(
                    "Tittelen kan bare gjelde én fil. La feltet stå tomt, eller legg inn én fil om gangen."
                )
            facts = checked(f"{kind}/fil", facts)
        except RaufossError as error:
            yield gr.skip(), gr.skip(), view.wrong(str(error)) + view.waiting(waiting, ()), gr.skip(), *kept
            return
        left, refused = [], []
        for received in waiting:
            try:
                self._shelving.put(received.file, f"{kind}/{received.name}", facts, replace=replace)
            except RaufossError as error:
                left.append(received)
                refused.append((received.name, str(error)))
            else:
                self._intake.forget(received)
        problems = view.waiting((), refused)
        emptied = kept if left else _EMPTY
        yield tuple(left), gr.skip(), problems, gr.update(visible=bool(left)), *emptied
        if len(left) < len(waiting):
            for said in view.indexed(self._indexing):
                yield gr.skip(), gr.skip(), problems + said, gr.skip(), *kept

    def drop(self, waiting: tuple[Received, ...]) -> _Step:
        """Forget the files that wait."""
        for received in waiting:
            self._intake.forget(received)
        return (), None, "", gr.update(visible=False)
