"""Takes the pictures of the README and docs/bilder.md: `make pictures`.

Starts the chat over the index that there is, with a copy of it, so that nothing is written there; shows each view wide
and narrow, light and dark, and saves it in docs/bilder/ as `<view>-<width>-<scheme>.webp`.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "bilder"
PORT = 7994
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = "bare-til-bildene"
WIDTHS = {"bred": (1280, 800), "smal": (390, 844)}
BOX = "#sporsmal textarea"
PATIENCE = 60_000
"""Milliseconds."""


@contextmanager
def served() -> Iterator[None]:
    """The chat in a process of its own, with a log-in for staff."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("feedback*", "eval"))
        environment = {
            **os.environ,
            "RAUFOSS_CORPUS_DIR": str(ROOT / "corpus"),
            "RAUFOSS_DATA_DIR": str(data),
            "RAUFOSS_PORT": str(PORT),
            "RAUFOSS_STAFF_PASSWORD": PASSWORD,
        }
        with subprocess.Popen([sys.executable, "-m", "raufoss_assistant.cli", "serve"], env=environment) as server:
            try:
                while server.poll() is None:
                    try:
                        urllib.request.urlopen(f"{ADDRESS}/health", timeout=1).read()
                        break
                    except OSError:
                        time.sleep(0.1)
                yield
            finally:
                server.terminate()


def front(page: Page) -> None:
    """The first screen, with its suggestions."""
    page.goto(ADDRESS)
    page.locator("#forslag button").first.wait_for(timeout=PATIENCE)


def asked(question: str) -> Callable[[Page], None]:
    """An answer to a question."""

    def view(page: Page) -> None:
        page.goto(ADDRESS)
        page.locator(BOX).fill(question)
        page.locator(BOX).press("Enter")
        page.locator("#kilde-1").wait_for(timeout=PATIENCE)

    return view


def document(page: Page) -> None:
    """A page of a PDF with the quote marked."""
    asked("Hvor stor er Læringsfabrikken?")(page)
    link = page.locator("#kilder a[href*='.pdf']").first
    address = link.get_attribute("href") if link.count() else page.locator("#kilder a").first.get_attribute("href")
    page.goto(f"{ADDRESS}{address}" if address and address.startswith("/") else str(address))


def guide(page: Page) -> None:
    """The guide for new employees, on its first step."""
    page.goto(f"{ADDRESS}/ny")
    page.locator("#roller button").nth(1).click(timeout=PATIENCE)
    page.locator(".stegliste").wait_for(timeout=PATIENCE)


def staff(tab: str) -> Callable[[Page], None]:
    """A tab of the staff pages."""

    def view(page: Page) -> None:
        page.goto(f"{ADDRESS}/ansatt/")
        if page.get_by_label("Passord").count():
            page.get_by_label("Passord").fill(PASSWORD)
            page.get_by_role("button", name="Logg inn").click()
        page.locator("#ansatte").wait_for(timeout=PATIENCE)
        if not page.get_by_role("tab", name=tab).is_visible():
            page.get_by_label("Flere faner").click(timeout=PATIENCE)
            page.locator("#ansatte button", has_text=tab).last.click()
        else:
            page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(1500)

    return view


VIEWS = {
    "forside": front,
    "svar": asked("Hvor stor er Læringsfabrikken?"),
    "liste": asked("Hvilke tjenester koster under 20 000 kroner?"),
    "behov": asked("Vi er ni ansatte på Lena og vil prøve en samarbeidende robot. Har lite penger."),
    "dokument": document,
    "veiviser": guide,
    "ansatt-dokumenter": staff("Dokumenter"),
    "ansatt-sok": staff("Søk"),
    "ansatt-helse": staff("Helse"),
}


def main() -> None:
    """Take all pictures, or those of the views that are named."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Finner ikke Chromium.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, (wide, high) in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(
                    viewport={"width": wide, "height": high}, color_scheme=scheme, locale="nb-NO"
                )
                page = context.new_page()
                for name in sys.argv[1:] or VIEWS:
                    VIEWS[name](page)
                    page.wait_for_timeout(800)
                    image = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
                    named = f"{name}-{width}-{'lys' if scheme == 'light' else 'mork'}.webp"
                    image.save(FOLDER / named, quality=80, method=6)
                    print(named, flush=True)
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
