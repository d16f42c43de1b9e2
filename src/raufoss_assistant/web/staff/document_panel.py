"""One document: what is known of it, its text, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.web.panel import plain
from raufoss_assistant.web.staff import documents_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only
from raufoss_assistant.web.staff.holdings import Holding, holdings, preview
from raufoss_assistant.web.staff.indexing import Indexing
from raufoss_assistant.web.staff.intake import Intake, checked
from raufoss_assistant.web.staff.shelving import DAYS_IN_BIN, Shelving

CHOSEN = "valgt-dokument"
"""Id of the box that holds the path of the chosen document."""
_RETIRE_HINT = (
    '<p class="hint">Et utgått dokument svarer bare når noen spør om det gamle, og svaret sier at det er utgått.</p>'
)
_Step = tuple[Any, ...]


class DocumentPanel:
    """The panel and what its buttons do; made where it is to stand.

    Example:
        >>> with gr.Blocks():
        ...     panel = DocumentPanel(assistant, Indexing(assistant))
    """

    def __init__(self, assistant: Assistant, indexing: Indexing) -> None:
        self._assistant = assistant
        self._indexing = indexing
        self._shelving = Shelving(assistant.settings)
        self._intake = Intake(assistant.settings)
        self._path = gr.Textbox(label="Valgt dokument", elem_id=CHOSEN, elem_classes="skjult")
        self._told = gr.Markdown(latex_delimiters=[], elem_id="dokument-melding")
        with gr.Column(visible=False, elem_id="dokument") as self._panel:
            self._head = gr.Markdown(latex_delimiters=[])
            with gr.Row():
                self._title = gr.Textbox(label="Tittel")
                self._owner = gr.Textbox(label="Eier (rolle, ikke navn)")
            with gr.Row():
                self._date = gr.Textbox(label="Dagen opplysningene var riktige", placeholder="6. februar 2024")
                self._until = gr.Textbox(label="Siste gyldige dag (om noen)", placeholder="31. desember 2024")
            self._example = gr.Checkbox(label="Eksempeldata: innholdet er oppdiktet")
            with gr.Row(elem_classes="knapper"):
                self._save = gr.Button("Lagre opplysningene", variant="primary")
                self._edition = gr.UploadButton("Last opp ny utgave", elem_id="ny-utgave", size="md")
                self._retire = gr.Button("Ta ut av bruk")
                self._delete = gr.Button("Slett", variant="stop")
                self._close = gr.Button("Lukk")
            gr.Markdown(_RETIRE_HINT)
            with gr.Column(visible=False, elem_id="bekreft") as self._confirm:
                self._question = gr.Markdown(latex_delimiters=[])
                with gr.Row(elem_classes="knapper"):
                    self._yes = gr.Button("Ja, slett dokumentet", variant="stop")
                    self._no = gr.Button("Nei, behold det")
            with gr.Accordion("Teksten som er lest ut", open=False):
                self._text = gr.Markdown(latex_delimiters=[], elem_id="lest-tekst")
        self._connect()

    def _connect(self) -> None:
        fields = [self._title, self._owner, self._date, self._until, self._example]
        shown = [self._panel, self._head, *fields, self._text, self._confirm, self._told]
        self._path.input(staff_only(self.show), [self._path], shown, **PRIVATE)
        acted = [self._told, self._panel, self._confirm]
        self._delete.click(staff_only(self.ask), [self._path], [self._question, self._confirm], **PRIVATE)
        self._no.click(staff_only(lambda: gr.update(visible=False)), None, [self._confirm], **PRIVATE)
        self._close.click(staff_only(lambda: gr.update(visible=False)), None, [self._panel], **PRIVATE)
        self.finished = [
            self._save.click(staff_only(self.save), [self._path, *fields], acted, **PRIVATE),
            self._retire.click(staff_only(self.retire), [self._path], acted, **PRIVATE),
            self._yes.click(staff_only(self.delete), [self._path], acted, **PRIVATE),
            self._edition.upload(staff_only(self.replace), [self._path, self._edition], acted, **PRIVATE),
        ]

    def show(self, path: str) -> _Step:
        """Show a document."""
        held = self._held(path)
        known = held.properties
        return (
            gr.update(visible=True),
            view.head(held),
            known.title if known else "",
            (known.owner or "") if known else "",
            long_date(known.date) if known and known.date else "",
            long_date(known.valid_to) if known and known.valid_to else "",
            bool(known and known.example),
            view.text(preview(self._assistant, path)),
            gr.update(visible=False),
            "",
        )

    def ask(self, path: str) -> _Step:
        """Ask whether a document shall be deleted."""
        held = self._held(path)
        title = held.properties.title if held.properties else path
        asked = (
            f"Vil du slette «{title}»? Assistenten svarer ikke fra det lenger. "
            f"En kopi ligger i papirkurven i {DAYS_IN_BIN} dager."
        )
        return f"<p>{plain(asked)}</p>", gr.update(visible=True)

    def save(self, path: str, *fields: Any) -> Iterator[_Step]:
        """Write the facts that have changed, and index."""
        title, owner, day, until, example = fields
        known = self._held(path).properties
        facts = {"title": title, "owner": owner, "date": day, "valid_to": until}
        facts["eksempel"] = "true" if example else "false"
        try:
            filled = checked(path, facts)
            if known:
                before = {"title": known.title, "owner": known.owner, "eksempel": str(known.example).lower()}
                before |= {"date": _iso(known.date), "valid_to": _iso(known.valid_to)}
                filled = {name: filled.get(name, "") for name in facts if filled.get(name, "") != (before[name] or "")}
            if not filled:
                raise UsageError("Ingenting er endret.")
            self._shelving.describe(path, filled)
        except RaufossError as error:
            yield view.wrong(str(error)), gr.skip(), gr.skip()
            return
        yield from self._indexed()

    def retire(self, path: str) -> Iterator[_Step]:
        """Let yesterday be the last day of a document, and index."""
        self._held(path)
        self._shelving.describe(path, {"valid_to": (date.today() - timedelta(days=1)).isoformat()})
        yield from self._indexed()

    def replace(self, path: str, file: str | None) -> Iterator[_Step]:
        """Put a new edition in the place of a document, with what is known of it, and index."""
        self._held(path)
        try:
            with DocumentReader(self._assistant.settings) as reader:
                received = self._intake.receive(Path(file or ""), reader)
            try:
                kind = Path(path).suffix.lower()
                if received.file.suffix != kind:
                    raise UsageError(
                        f"Den nye utgaven må også være en {kind}-fil. Legg den ellers inn som et nytt dokument."
                    )
                self._shelving.put(received.file, path, {"updated": date.today().isoformat()}, replace=True)
            finally:
                self._intake.forget(received)
        except RaufossError as error:
            yield (
                view.wrong(f"Den nye utgaven er ikke lagt inn. {str(error)[:1].upper()}{str(error)[1:]}"),
                gr.skip(),
                gr.skip(),
            )
            return
        yield from self._indexed()

    def delete(self, path: str) -> Iterator[_Step]:
        """Take a document out of the corpus, and index."""
        self._held(path)
        self._shelving.delete(path)
        yield view.note("Dokumentet er slettet."), gr.update(visible=False), gr.update(visible=False)
        yield from self._indexed()

    def _indexed(self) -> Iterator[_Step]:
        for said in view.indexed(self._indexing):
            yield said, gr.update(visible=False), gr.update(visible=False)

    def _held(self, path: str) -> Holding:
        """The document of that path.

        Raises:
            UsageError: there is none; a path comes from the browser.
        """
        for each in holdings(self._assistant, self._indexing.failed):
            if each.path == path:
                return each
        raise UsageError("Dokumentet finnes ikke lenger. Last siden på nytt.")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
