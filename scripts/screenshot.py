"""Takes the picture of the chat for the README: `python scripts/screenshot.py ADDRESS [FILE]`, the chat running."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

QUESTION = "Hvor stor er Læringsfabrikken?"
DEFAULT = Path(__file__).parent.parent / "docs" / "skjermbilde.png"


def picture(address: str, file: Path) -> None:
    """Ask a question in a wide window and save what is seen."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Finner ikke Chromium.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="nb-NO")
        page.goto(address)
        page.get_by_label("Spørsmål").fill(QUESTION)
        page.get_by_role("button", name="Spør", exact=True).click()
        page.locator("#kilde-1").wait_for()
        page.screenshot(path=file, animations="disabled")
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("Bruk: python scripts/screenshot.py ADRESSE [FIL]")
    picture(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) == 3 else DEFAULT)
