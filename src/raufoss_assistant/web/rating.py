"""What a visitor thinks of an answer: a thumb under it, and a form that opens after a thumb down."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import gradio as gr

from raufoss_assistant.feedback.log import LONGEST_TEXT, FeedbackLog
from raufoss_assistant.feedback.model import REASONS, Opinion, Rating, reasons_for
from raufoss_assistant.web.history import PRIVATE, Answered
from raufoss_assistant.web.panel import literal

THUMBS: dict[Rating, str] = {"up": "Like", "down": "Dislike"}
"""What Gradio calls them; page.js gives them their Norwegian names."""
THANKS_UP = "Takk! Samtalen hit og kildene er lagret. Trykk på tommelen igjen for å angre."
THANKS_DOWN = "Takk! Tilbakemeldingen er lagret, og vi ser på den. Trykk på tommelen igjen for å angre."
WITHDRAWN = "Tilbakemeldingen er slettet."
NOT_STORED = "Tilbakemeldingen ble ikke lagret. Prøv igjen om litt."
_STORED = (
    '<p class="hint">Vi lagrer det du skriver her, samtalen til og med dette svaret, og kildene. '
    "E\u2011postadresser, telefon-, fødsels-, konto- og kortnumre skjules; navn gjør ikke det.</p>"
)
_ONE_BY_ONE: dict[str, Any] = {**PRIVATE, "concurrency_id": "tilbakemelding", "concurrency_limit": 1}
"""The events here read and write the same ratings: one that began before a thumb was pressed must not end after it."""
_IDS = {label: id_ for id_, label in REASONS.items()}
_LONGEST_TITLE = 100
"""Characters of the question in the heading of the form."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ratings:
    """A visitor's opinions so far.

    Attributes:
        stored: thumb and number in the log, by number of the answer.
        open: number of the answer that the form is about, None while it is closed.
    """

    stored: Mapping[int, tuple[Rating, int]] = field(default_factory=dict)
    open: int | None = None

    def thumbs(self, conversation: Sequence[Answered]) -> list[str | None]:
        """The thumb under each answer, in Gradio's words."""
        given = {number: rating for number, (rating, _) in self.stored.items()}
        given |= {} if self.open is None else {self.open: "down"}
        return [THUMBS[given[each.number]] if each.number in given else None for each in conversation]


class RatingForm:
    """The form and what happens when a thumb is pressed; made where the form is to stand on the page.

    Thumbs count only under answers that this visitor got: question and answer are the server's own, the browser sends
    but the position of the answer and what was written.

    Args:
        log: where the opinions go.
        said: where the visitor is thanked.

    Example:
        >>> form = RatingForm(FeedbackLog(Path("data")), gr.Markdown())
        >>> form.connect(conversation, answered, [asked])
    """

    def __init__(self, log: FeedbackLog, said: gr.Markdown) -> None:
        self._log = log
        self._ratings = gr.State(_Ratings())
        with gr.Column(visible=False, elem_id="tilbakemelding") as self._form:
            self._about = gr.Markdown(latex_delimiters=[], elem_id="om-svaret")
            self._reasons = gr.CheckboxGroup(list(_IDS), label="Velg det som passer")
            self._comment = gr.Textbox(label="Hva er galt?", lines=2, max_lines=4, max_length=LONGEST_TEXT)
            self._expected = gr.Textbox(
                label="Hva er riktig svar? (valgfritt)", lines=1, max_lines=4, max_length=LONGEST_TEXT
            )
            gr.Markdown(_STORED)
            with gr.Row(elem_id="tilbakemelding-knapper"):
                self._cancel = gr.Button("Avbryt", size="sm")
                self._send = gr.Button("Send", variant="primary", size="sm")
        self._said = said

    def connect(self, conversation: gr.Chatbot, answered: gr.State, changes: Sequence[Any]) -> None:
        """Let the thumbs and the form's buttons act; `changes` are the events that change the conversation."""
        written = [self._reasons, self._comment, self._expected]
        known = [answered, self._ratings]
        view = [self._ratings, conversation, self._form, self._said]
        conversation.like(self._rate, known, [*view, self._about, *written], **_ONE_BY_ONE)
        self._send.click(self._store_form, [*known, *written], view, **_ONE_BY_ONE)
        self._cancel.click(self._close, known, view, **_ONE_BY_ONE)
        for change in changes:
            change.then(self._changed, known, view[:-1], **_ONE_BY_ONE)

    def _rate(self, conversation: Sequence[Answered], ratings: _Ratings, pressed: gr.LikeData) -> tuple[Any, ...]:
        """A thumb up is stored, a thumb down opens the form, a thumb pressed again is taken back."""
        about = _at(conversation, pressed.index)
        unchanged = (gr.skip(),) * 4
        if about is None:
            return (*_view(ratings, conversation), *unchanged)
        if pressed.liked is False:
            opened = replace(ratings, open=about.number)
            choices = [REASONS[reason] for reason in reasons_for(about.exchange.status)]
            return (*_view(opened, conversation), _title(about), gr.update(choices=choices, value=[]), "", "")
        opinion = Opinion("up") if pressed.liked is True else None
        return (*self._stored(conversation, ratings, about, opinion), *unchanged)

    def _store_form(
        self, conversation: Sequence[Answered], ratings: _Ratings, reasons: Sequence[str], comment: str, expected: str
    ) -> tuple[Any, ...]:
        about = next((each for each in conversation if each.number == ratings.open), None)
        if about is None:
            return self._close(conversation, ratings)
        chosen = tuple(_IDS[label] for label in _IDS if label in reasons)
        return self._stored(conversation, ratings, about, Opinion("down", chosen, comment or "", expected or ""))

    @staticmethod
    def _changed(conversation: Sequence[Answered], ratings: _Ratings) -> tuple[Any, ...]:
        """The thumbs stay with their answers; the form goes with its own."""
        there = any(each.number == ratings.open for each in conversation)
        return _view(ratings if there else replace(ratings, open=None), conversation)[:-1]

    @staticmethod
    def _close(conversation: Sequence[Answered], ratings: _Ratings) -> tuple[Any, ...]:
        return _view(replace(ratings, open=None), conversation)

    def _stored(
        self, conversation: Sequence[Answered], ratings: _Ratings, about: Answered, opinion: Opinion | None
    ) -> tuple[Any, ...]:
        """Put an opinion in place of the one there was; None takes it back."""
        others = {number: stored for number, stored in ratings.stored.items() if number != about.number}
        before = ratings.stored.get(about.number)
        try:
            if opinion is not None:
                others[about.number] = (opinion.rating, self._log.add(about.exchange, opinion))
            if before is not None:
                self._log.delete(before[1])
        except Exception:
            _log.exception("The feedback could not be stored")
            return _view(ratings, conversation, NOT_STORED)
        open_ = None if ratings.open == about.number else ratings.open
        said = "" if before is None else WITHDRAWN
        if opinion is not None:
            said = THANKS_UP if opinion.rating == "up" else THANKS_DOWN
        return _view(_Ratings(others, open_), conversation, said)


def _at(conversation: Sequence[Answered], index: object) -> Answered | None:
    """The answer at a position among the messages shown; questions stand at even positions, answers at odd ones."""
    if not isinstance(index, int) or index < 0 or index % 2 == 0:
        return None
    return conversation[index // 2] if index // 2 < len(conversation) else None


def _view(ratings: _Ratings, conversation: Sequence[Answered], said: str = "") -> tuple[Any, ...]:
    thumbs = gr.update(feedback_value=ratings.thumbs(conversation))
    return ratings, thumbs, gr.update(visible=ratings.open is not None), said


def _title(about: Answered) -> str:
    asked = " ".join(about.exchange.question.split())
    cut = asked if len(asked) <= _LONGEST_TITLE else f"{asked[:_LONGEST_TITLE]} …"
    return f"### Hva var galt med svaret?\n{literal(cut)}"
