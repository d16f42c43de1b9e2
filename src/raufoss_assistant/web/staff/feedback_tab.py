"""The tab «Tilbakemeldinger»: what visitors said of the answers, to be read, sorted and made into tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, get_args

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import IndexUnavailableError, UsageError
from raufoss_assistant.evaluation import triage
from raufoss_assistant.evaluation.choosing import SETS
from raufoss_assistant.evaluation.sets import set_files
from raufoss_assistant.evaluation.triage import Case
from raufoss_assistant.evaluation.triage_command import add_to_set
from raufoss_assistant.feedback.log import LONGEST_TEXT, FeedbackLog
from raufoss_assistant.feedback.model import RATINGS, REASONS, STATES, Entry, Exchange, Importance, State
from raufoss_assistant.model import Properties
from raufoss_assistant.web.staff import feedback_view as view
from raufoss_assistant.web.staff.access import PRIVATE, staff_only

CHOSEN = "valgt-tilbakemelding"
"""Id of the box that holds the number of the chosen feedback."""
NEW_SET = "tilbakemeldinger.yaml"
"""The set that tests made here go into, where no other is chosen."""
_ALL, _OPEN = "alle", "apne"
_MARKDOWN: dict[str, Any] = {"latex_delimiters": []}
_Step = tuple[Any, ...]


def feedback_tab(assistant: Assistant) -> None:
    """Make the tab; to be called within `gr.Tabs`."""
    with gr.Tab("Tilbakemeldinger", id="tilbakemeldinger") as tab:
        panel = TriagePanel(assistant)
    tab.select(staff_only(panel.overview), panel.filters, panel.listed, **PRIVATE)


class TriagePanel:
    """The list, the one that is chosen, and what can be done with it; made where it is to stand.

    Example:
        >>> with gr.Blocks():
        ...     panel = TriagePanel(assistant)
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._log = FeedbackLog(assistant.settings.data_dir)
        gr.Markdown("## Hva brukerne sier om svarene")
        with gr.Row(elem_classes="filtre"):
            state = gr.Dropdown(
                [("Åpne", _OPEN), ("Alle", _ALL), *((told.capitalize(), key) for key, told in STATES.items())],
                value=_OPEN,
                label="Tilstand",
                filterable=False,
            )
            thumb = gr.Dropdown(
                [("Alle", _ALL), *((told.capitalize(), key) for key, told in RATINGS.items())],
                value=_ALL,
                label="Vurdering",
                filterable=False,
            )
            reason = gr.Dropdown(
                [("Alle", _ALL), *((told, key) for key, told in REASONS.items())],
                value=_ALL,
                label="Grunn",
                filterable=False,
            )
        self.filters = [state, thumb, reason]
        self.listed = gr.Markdown(elem_id="tilbakemeldingene", **_MARKDOWN)
        self._chosen = gr.Textbox(visible="hidden", elem_id=CHOSEN)
        self._told = gr.Markdown(elem_id="tilbakemelding-melding", **_MARKDOWN)
        with gr.Column(visible=False, elem_id="en-tilbakemelding") as self._panel:
            self._head = gr.Markdown(**_MARKDOWN)
            with gr.Row(equal_height=False):
                with gr.Column(min_width=300):
                    self._then = gr.Markdown(**_MARKDOWN)
                with gr.Column(min_width=300):
                    self._again = gr.Button("Spør på nytt nå")
                    self._now = gr.Markdown(elem_id="svaret-na", **_MARKDOWN)
            self._marks()
            self._test()
            self._deleting()
        self._connect()

    def _marks(self) -> None:
        gr.Markdown("### Hva dere mener")
        with gr.Row():
            self._state = gr.Radio([(told.capitalize(), key) for key, told in STATES.items()], label="Ny tilstand")
            self._importance = gr.Radio(
                [(grade.capitalize(), grade) for grade in get_args(Importance)], label="Viktighet"
            )
        with gr.Row():
            self._cause = gr.Textbox(label="Årsak", max_lines=1, max_length=LONGEST_TEXT)
            self._note = gr.Textbox(label="Merknad", max_lines=3, max_length=LONGEST_TEXT)
        with gr.Row(elem_classes="knapper"):
            self._save = gr.Button("Lagre", variant="primary")

    def _test(self) -> None:
        gr.Markdown("### Lag et testspørsmål av den")
        with gr.Row():
            self._answer = gr.Textbox(
                label="Riktig svar",
                info="Tomt: det brukeren skrev, eller kildene når svaret var bra.",
                max_lines=3,
                max_length=LONGEST_TEXT,
            )
            self._set = gr.Dropdown([NEW_SET], value=NEW_SET, label="Spørsmålssett", filterable=False)
        with gr.Row(elem_classes="knapper"):
            self._make = gr.Button("Lag testspørsmål")

    def _deleting(self) -> None:
        with gr.Row(elem_classes="knapper"):
            self._delete = gr.Button("Slett", variant="stop")
            self._close = gr.Button("Lukk")
        with gr.Column(visible=False) as self._confirm:
            gr.Markdown('<p class="melding feil">Vil du slette tilbakemeldingen? Den kan ikke hentes fram igjen.</p>')
            with gr.Row(elem_classes="knapper"):
                self._yes = gr.Button("Ja, slett den", variant="stop")
                self._no = gr.Button("Nei, behold den")

    def _connect(self) -> None:
        fields = [self._state, self._importance, self._cause, self._note]
        opened = [self._panel, self._head, self._then, self._now, *fields, self._answer, self._set]
        after = [self._told, self._confirm]
        acted = [self._told, self._head, self._state, self.listed]
        for each in self.filters:
            each.input(staff_only(self.overview), self.filters, self.listed, **PRIVATE)
        self._chosen.input(staff_only(self.show), self._chosen, [*opened, *after], **PRIVATE)
        self._again.click(staff_only(self.ask_again), self._chosen, self._now, **PRIVATE)
        self._save.click(staff_only(self.save), [self._chosen, *fields, *self.filters], acted, **PRIVATE)
        self._make.click(
            staff_only(self.make_test), [self._chosen, self._answer, self._set, *self.filters], acted, **PRIVATE
        )
        self._delete.click(staff_only(lambda: gr.update(visible=True)), None, self._confirm, **PRIVATE)
        self._no.click(staff_only(lambda: gr.update(visible=False)), None, self._confirm, **PRIVATE)
        self._close.click(staff_only(lambda: gr.update(visible=False)), None, self._panel, **PRIVATE)
        self._yes.click(
            staff_only(self.delete), [self._chosen, *self.filters], [self._told, self._panel, self.listed], **PRIVATE
        )

    def overview(self, state: str, thumb: str, reason: str) -> str:
        """The list of those that pass the filters."""
        entries = self._log.entries()
        passing = [
            entry
            for entry in entries
            if (state in (_ALL, entry.state) or (state == _OPEN and triage.is_open(entry)))
            and thumb in (_ALL, entry.opinion.rating)
            and (reason == _ALL or reason in entry.opinion.reasons)
        ]
        return view.overview(self._cases(passing), sum(map(triage.is_open, entries)), len(entries), CHOSEN)

    def show(self, number: str) -> _Step:
        """All about one."""
        entry = self._entry(number)
        (case,) = self._cases([entry])
        sets = dict.fromkeys([NEW_SET, *_sets()])
        return (
            gr.update(visible=True),
            view.whole(case),
            view.given("Svaret den gang", entry.exchange),
            "",
            entry.state,
            gr.update(value=entry.importance, info=None if entry.importance else f"Forslag: {case.importance}"),
            gr.update(value=entry.cause or "", placeholder=f"Forslag: {case.cause}" if case.cause else ""),
            entry.note or "",
            "",
            gr.update(choices=list(sets), value=NEW_SET),
            "",
            gr.update(visible=False),
        )

    def ask_again(self, number: str) -> Iterator[str]:
        """The answer as it would be given today."""
        then = self._entry(number).exchange
        yield '<p class="melding merk">Spør …</p>'
        answer = self._assistant.ask(then.question, then.history)
        index, model = self._assistant.index().folder.name, str(self._assistant.encoder.identity)
        now = Exchange.of(answer, then.history, index, model)
        yield view.difference(then, now) + view.given("Svaret i dag", now)

    def save(
        self, number: str, state: State, importance: Importance | None, cause: str, note: str, *filters: str
    ) -> _Step:
        """Keep what staff made of it."""
        marked = self._log.mark(
            self._entry(number).id, state=state, importance=importance, cause=cause.strip(), note=note.strip()
        )
        return self._acted("<p class='melding bra'>Lagret.</p>", marked, filters)

    def make_test(self, number: str, answer: str, name: str, *filters: str) -> _Step:
        """Add it to a set as a question, and mark it so."""
        if name != NEW_SET and name not in _sets():
            raise UsageError("Spørsmålssettet finnes ikke lenger. Velg et annet.")
        entry = self._entry(number)
        question = add_to_set(self._log, entry.id, SETS / name, answer.strip())
        return self._acted(view.made(question, name), self._entry(number), filters)

    def delete(self, number: str, *filters: str) -> _Step:
        """Remove it for good."""
        self._log.delete(self._entry(number).id)
        return "<p class='melding bra'>Slettet.</p>", gr.update(visible=False), self.overview(*filters)

    def _acted(self, told: str, entry: Entry, filters: tuple[str, ...]) -> _Step:
        (case,) = self._cases([entry])
        return told, view.whole(case), entry.state, self.overview(*filters)

    def _cases(self, entries: list[Entry]) -> list[Case]:
        documents: dict[str, Properties] = {}
        with suppress(IndexUnavailableError):
            documents = self._assistant.index().properties
        return triage.cases(entries, documents, date.today())

    def _entry(self, number: str) -> Entry:
        """The chosen one.

        Raises:
            UsageError: there is none with that number; it comes from the browser.
        """
        if not (number.isascii() and number.isdigit()):
            raise UsageError("Velg en tilbakemelding i lista først.")
        return self._log.entry(int(number))


def _sets() -> list[str]:
    """Names of the question sets, with their folders."""
    return [file.relative_to(SETS).as_posix() for file in set_files(SETS)]
