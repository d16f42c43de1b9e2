"""Shared by all tests: isolation, the real encoder, and a small real index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from browsing import CHROMIUM, FLAGS
from llama_server import LlamaServer, llama
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")  # a slow machine fails no test

SMALL_CORPUS = {
    "klynge/nce-manufacturing.md": (
        "---\ntitle: NCE Manufacturing\nkind: klynge\nowner: Klyngerådgiver\ndate: 2024-02-06\nlanguage: nb\n"
        "sources: [https://www.example.org/klynge]\n---\n# NCE Manufacturing\n\n"
        "NCE Manufacturing er en klynge av rundt 60 bedrifter på Raufoss. "
        "Bedriftene har om lag 4 000 ansatte til sammen.\n\n"
        "## Ambisjon\n\nKlyngen vil være et nasjonalt senter for lette materialer og automatisert produksjon.\n"
    ),
    "klynge/laeringsfabrikken.md": (
        "---\ntitle: Læringsfabrikken\nkind: klynge\nowner: Leder for Læringsfabrikken\ndate: 2024-02-06\n---\n"
        "# Læringsfabrikken\n\nLæringsfabrikken er 1 500 kvadratmeter stor og ligger i Bygning 5.\n\n"
        "Lærlinger, fagskolestudenter og ansatte i bedriftene trener på roboter og sveisesimulatorer der.\n"
    ),
    "finansiering/skattefunn.md": (
        "---\ntitle: SkatteFUNN\nkind: finansiering\ndate: 2023-01-01\nlanguage: nb\n---\n# SkatteFUNN\n\n"
        "SkatteFUNN gir 19 prosent av godkjente kostnader til forskning tilbake gjennom skatteoppgjøret.\n\n"
        "| Tema | Regel |\n| --- | --- |\n| Frist | Søk innen 1. september |\n"
        "| Rapport | Send årsrapport innen 1. mars |\n"
    ),
    "katapult/robotcelle.md": (
        "---\ntitle: Test av samarbeidende robot\nkind: katapult\ndate: 2026-11-23\neksempel: true\n---\n"
        "# Test av samarbeidende robot\n\nEksempeldata: dette er et eksempel på en tjeneste.\n\n## Varighet\n\n"
        "Testen av den samarbeidende roboten varer i 2–4 uker.\n"
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that use a browser first: they take longest, and with several processes none is to be alone with them last."""
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No RAUFOSS_* variable from outside reaches a test, nor a terminal's width, and it works in a folder of its own."""
    for name in [name for name in os.environ if name.startswith("RAUFOSS_") or name == "COLUMNS"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write_corpus(folder: Path, files: dict[str, str]) -> Path:
    """Write text files under a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a small corpus and no index yet."""
    return Settings(corpus_dir=write_corpus(tmp_path / "corpus", SMALL_CORPUS), data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def small_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over the small corpus, indexed once; not to be rebuilt by a test."""
    folder = tmp_path_factory.mktemp("small")
    assistant = Assistant(Settings(corpus_dir=write_corpus(folder / "corpus", SMALL_CORPUS), data_dir=folder / "data"))
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture(scope="session")
def llama_server() -> Iterator[LlamaServer]:
    """A real server with a poor language model; skips where it is not installed."""
    with llama() as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for a module: while it runs, no event loop can be started in the main thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
