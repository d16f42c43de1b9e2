"""The tab «Helse»: what the assistant runs on, and what the check-up says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import gradio as gr

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.doctor import Finding, examine
from raufoss_assistant.errors import RaufossError
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.norwegian.numbers import thousands
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.panel import plain
from raufoss_assistant.web.staff.access import PRIVATE, staff_only

_WAIT = '<p class="melding merk">Undersøker … Det kan ta et halvt minutt.</p>'
_LEVELS = {"feil": ("feil", "Feil"), "råd": ("merk", "Bør ses på"), "ok": ("bra", "I orden")}
"""Class and heading of the findings of a level, the worst first."""


def health_tab(assistant: Assistant) -> None:
    """Make the tab; to be called within `gr.Tabs`."""

    def state() -> str:
        return figures(assistant)

    def examined() -> Iterator[tuple[str, str]]:
        yield figures(assistant), _WAIT
        yield figures(assistant), findings(examine(assistant.settings), assistant.settings)

    with gr.Tab("Helse", id="helse"):
        gr.Markdown("## Slik står det til")
        shown = gr.Markdown(latex_delimiters=[], elem_id="tilstand")
        with gr.Row(elem_classes="knapper"):
            again = gr.Button("Undersøk alt på nytt", elem_id="undersok")
        told = gr.Markdown(latex_delimiters=[], elem_id="funn")
    gr.on(None, staff_only(state), None, [shown], **PRIVATE)
    again.click(staff_only(examined), None, [shown, told], **PRIVATE)


def figures(assistant: Assistant) -> str:
    """Index, model, reader and disk, as HTML."""
    rows = [*_index(assistant), *_disk(assistant.settings)]
    body = "".join(f"<tr><th>{plain(name)}</th><td>{plain(value)}</td></tr>" for name, value in rows)
    return f'<table class="tilstand"><tbody>{body}</tbody></table>'


def _index(assistant: Assistant) -> Iterator[tuple[str, str]]:
    settings = assistant.settings
    try:
        with assistant.knowledge() as knowledge:
            index, catalogue = knowledge.index, knowledge.catalogue
            made = datetime.strptime(index.folder.name[:15], "%Y%m%d-%H%M%S")
            yield "Indeksen er laget", f"{long_date(made.date())} kl. {made:%H.%M}"
            yield "Utgave av indeksen", index.folder.name
            yield "Dokumenter", str(len(index.properties))
            yield "Utdrag", thousands(len(index.ids))
            yield "Poster", f"{len(list(catalogue.offered()))} kurs, tjenester, støtteordninger og sentre"
    except RaufossError as error:
        yield "Indeks", str(error)
    yield "Modell", settings.embedding_model
    yield "Leser", "på" if settings.reader == "on" else "slått av"
    yield "Språkmodell", settings.llm_model or "ingen; svarene er dokumentenes egne setninger"


def _disk(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "Indeks og annet som er avledet", f"{_size(settings.data_dir)} på disken"
    yield "Dokumentene", f"{_size(settings.corpus_dir)} på disken"
    place = settings.data_dir if settings.data_dir.is_dir() else Path()
    yield "Ledig plass", f"{_gigabytes(shutil.disk_usage(place).free)} GB"


def _size(folder: Path) -> str:
    total = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    return f"{total / 1e6:.1f} MB".replace(".", ",")


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}".replace(".", ",")


def findings(found: list[Finding], settings: Settings) -> str:
    """What the check-up says, the worst first, as HTML; folders of the machine are named by what they are for."""
    shown = []
    for level, (tone, heading) in _LEVELS.items():
        texts = [_without_places(each.text, settings) for each in found if each.level == level]
        items = "".join(f"<li>{plain(text)}</li>" for text in texts)
        if texts:
            shown.append(f'<h3>{heading} ({len(texts)})</h3><ul class="{tone}">{items}</ul>')
    return "".join(shown)


def _without_places(text: str, settings: Settings) -> str:
    names = {"data_dir": "datamappen", "corpus_dir": "dokumentmappen", "model_dir": "modellmappen"}
    for name, called in names.items():
        text = text.replace(str(getattr(settings, name)), called)
    return text
