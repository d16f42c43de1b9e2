"""The page for new employees: choose a role, and go through its learning path one step at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.onboarding.checking import LONGEST_ANSWER
from raufoss_assistant.onboarding.glossary import LONGEST_TERM
from raufoss_assistant.onboarding.handbook import Handbook, Shelf
from raufoss_assistant.onboarding.journey import Progress
from raufoss_assistant.onboarding.loading import MOST_CHECKS, MOST_WORDS
from raufoss_assistant.onboarding.paths import LearningPath
from raufoss_assistant.web import SOMETHING_WRONG
from raufoss_assistant.web import guide_view as view
from raufoss_assistant.web.guide_values import MOST_PATHS, forward_button, shown
from raufoss_assistant.web.history import PRIVATE
from raufoss_assistant.web.panel import literal

ADDRESS = "/ny"
_STORED_AS = "raufoss-veiviser"
"""Name in the browser's memory, and what Gradio encrypts with: fixed, or a restart would forget everyone's progress.

It keeps nothing secret, and nothing there is.
"""
_BAND = "<header><h1>Ny på Raufoss</h1><p>Bli kjent med klyngen, steg for steg, med kilde og dato</p></header>"
_KEPT = '<p class="hint">Hvor langt du er kommet, huskes i denne nettleseren. Det du skriver, lagres ikke.</p>'
_MARKDOWN: dict[str, Any] = {"latex_delimiters": [], "container": False}

_log = logging.getLogger(__name__)
_Step = tuple[Any, ...]


def way_in() -> None:
    """The button that leads to the guide; to be called where it is to stand."""
    gr.Button("Jeg er ny her", link=ADDRESS, size="sm", elem_id="ny-her")


def guide_page(page: gr.Blocks, assistant: Assistant) -> gr.Blocks:
    """Add the guide to an app of Gradio, as a page of its own at /ny; give the app back."""
    with page.route("Jeg er ny her", ADDRESS, show_in_navbar=False):
        guide = Guide(assistant)
        page.load(guide.opened, guide.progress, guide.outputs, **PRIVATE)
    return page


def _safely(function: Callable[..., _Step]) -> Callable[..., _Step]:
    """What goes wrong is told in the greeting; the rest of the page stays as it is."""

    @wraps(function)
    def told(self: Guide, *given: Any) -> _Step:
        try:
            return function(self, *given)
        except RaufossError as error:
            said = str(error)
        except Exception:
            _log.exception("The guide failed")
            said = SOMETHING_WRONG
        return tuple(literal(said) if output is self.said else gr.skip() for output in self.outputs)

    return told


class Guide:
    """The layout of the guide and what its buttons do; made where it is to stand.

    All that is known of a visitor is the progress in their browser; it comes with each event and is checked.

    Example:
        >>> with gr.Blocks():
        ...     guide = Guide(assistant)
        >>> guide.progress.storage_key
        'raufoss-veiviser'
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._shelf = Shelf(assistant.settings.corpus_dir)
        self.progress = gr.BrowserState(None, storage_key=_STORED_AS, secret=_STORED_AS)
        gr.Markdown(_BAND, elem_id="topp")
        with gr.Column(elem_id="veiviser"):
            with gr.Row(elem_id="veiviser-topp"):
                self.said = gr.Markdown(elem_id="veiviser-hilsen", **_MARKDOWN)
                gr.Button("Til chatten", link="/", size="sm", elem_id="til-chatten")
            with gr.Column(visible=False, elem_id="velg") as self._chooser:
                gr.Markdown(view.CHOOSE, **_MARKDOWN)
                with gr.Row(elem_id="roller"):
                    self._roles = [gr.Button(visible=False) for _ in range(MOST_PATHS)]
                self._offers = gr.Markdown(**_MARKDOWN)
            with gr.Row(visible=False, equal_height=False, elem_id="lop") as self._walk:
                with gr.Column(scale=1, min_width=240, elem_id="stegene"):
                    self._steps = gr.Markdown(**_MARKDOWN)
                with gr.Column(scale=3, min_width=320, elem_id="steget"):
                    with gr.Column(elem_id="innhold") as self._body:
                        self._step_body()
                    self._end = gr.Markdown(elem_id="slutt", **_MARKDOWN)
                    with gr.Row(elem_id="videre"):
                        self._back = gr.Button("Forrige steg")
                        self._forward = gr.Button("Neste steg", variant="primary")
                    with gr.Row(elem_id="ellers"):
                        self._again = gr.Button("Begynn på nytt", size="sm")
                        self._other = gr.Button("Velg et annet løp", size="sm")
                    gr.Markdown(_KEPT)
        checks = [part for pair in self._checks for part in pair]
        self._moving = [self._steps, self._forward]
        self.outputs = [
            *(self.progress, self.said, self._chooser, self._offers, *self._roles, self._walk, self._steps, self._body),
            *(self._goal, self._readings, self._words_title, *self._words, self._term, self._meaning, *checks),
            *(self._end, self._back, self._forward),
        ]
        self._connect()

    def _step_body(self) -> None:
        """Goal, reading, words and questions of one step."""
        self._goal = gr.Markdown(elem_id="steg", **_MARKDOWN)
        self._readings = gr.Markdown(elem_id="lesestoff", **_MARKDOWN)
        self._words_title = gr.Markdown(view.WORDS, **_MARKDOWN)
        with gr.Row(elem_id="ordene"):
            self._words = [gr.Button(size="sm", visible=False) for _ in range(MOST_WORDS)]
        self._term = gr.Textbox(
            label="Forklar et ord", max_lines=1, max_length=LONGEST_TERM, submit_btn="Forklar", elem_id="ordet"
        )
        self._meaning = gr.Markdown(elem_id="ordforklaring", **_MARKDOWN)
        gr.Markdown(view.TRY, **_MARKDOWN)
        self._checks = [
            (
                gr.Textbox(
                    max_lines=1, max_length=LONGEST_ANSWER, submit_btn="Svar", visible=False, elem_classes="sjekk"
                ),
                gr.Markdown(elem_id=f"dom-{number}", **_MARKDOWN),
            )
            for number in range(1, MOST_CHECKS + 1)
        ]

    def _connect(self) -> None:
        for number, role in enumerate(self._roles):
            role.click(partial(self.chosen, number), self.progress, self.outputs, **PRIVATE)
        for word in self._words:
            word.click(self.explained, word, self._meaning, **PRIVATE)
        self._term.submit(self.explained, self._term, self._meaning, **PRIVATE)
        for number, (box, said) in enumerate(self._checks):
            box.submit(
                partial(self.answered, number), [self.progress, box], [self.progress, said, *self._moving], **PRIVATE
            )
        for button, moved in (
            (self._forward, self.forward),
            (self._back, self.back),
            (self._again, self.again),
            (self._other, self.other),
        ):
            button.click(moved, self.progress, self.outputs, **PRIVATE)

    def _handbook(self) -> Handbook:
        return self._shelf.handbook(self._assistant.index().folder)

    @_safely
    def opened(self, raw: object) -> _Step:
        """The page as someone finds it: the choice of roles, or the step where they left."""
        handbook = self._handbook()
        progress = Progress.from_json(raw, handbook.paths)
        path = handbook.paths.get(progress.path or "")
        return shown(handbook, progress, view.greeting(path, progress) if path else "")

    @_safely
    def chosen(self, number: int, raw: object) -> _Step:
        """A role was chosen: begin, or go on where one was."""
        handbook = self._handbook()
        progress = Progress.from_json(raw, handbook.paths)
        path = list(handbook.paths.values())[number]
        return shown(handbook, progress if progress.path == path.id else Progress.begin(path))

    @_safely
    def forward(self, raw: object) -> _Step:
        """To the next step, or to the end."""
        return self._moved(raw, lambda progress, path: progress.forward(path))

    @_safely
    def back(self, raw: object) -> _Step:
        """To the step before."""
        return self._moved(raw, lambda progress, _: progress.back())

    @_safely
    def again(self, raw: object) -> _Step:
        """To the beginning, with nothing answered."""
        return self._moved(raw, lambda progress, _: progress.again())

    @_safely
    def other(self, raw: object) -> _Step:
        """To the choice of roles; what was reached is kept until another is chosen."""
        handbook = self._handbook()
        return shown(handbook, Progress.from_json(raw, handbook.paths), choosing=True)

    def answered(self, number: int, raw: object, answer: object) -> _Step:
        """A question was answered: progress, verdict, and what shows how far one is."""
        try:
            handbook = self._handbook()
            progress = Progress.from_json(raw, handbook.paths)
            path = handbook.paths.get(progress.path or "")
            check = path.steps[progress.step].checks[number] if path else None
            if path is None or check is None:
                return gr.skip(), gr.skip(), gr.skip(), gr.skip()
            written = answer if isinstance(answer, str) else ""
            if not any(character.isalnum() for character in written):
                return gr.skip(), view.WRITE_FIRST, gr.skip(), gr.skip()
            right = handbook.is_right(check, written)
            progress = progress.answer(number, right=right)
            said = view.verdict(check, handbook.proof(check), progress.tried(progress.step, number), right=right)
            return progress.to_json(), said, view.steps(path, progress), forward_button(path, progress)
        except RaufossError as error:
            return gr.skip(), literal(str(error)), gr.skip(), gr.skip()
        except Exception:
            _log.exception("The answer could not be checked")
            return gr.skip(), literal(SOMETHING_WRONG), gr.skip(), gr.skip()

    def explained(self, term: object) -> str:
        """A word explained."""
        try:
            glossary = self._handbook().glossary
            found = glossary.explain(term if isinstance(term, str) else "")
            return view.explanation(found, glossary.explain(found.suggestion) if found.suggestion else None)
        except RaufossError as error:
            return literal(str(error))
        except Exception:
            _log.exception("The word could not be explained")
            return literal(SOMETHING_WRONG)

    def _moved(self, raw: object, move: Callable[[Progress, LearningPath], Progress]) -> _Step:
        handbook = self._handbook()
        progress = Progress.from_json(raw, handbook.paths)
        path = handbook.paths.get(progress.path or "")
        return shown(handbook, move(progress, path) if path else progress)
