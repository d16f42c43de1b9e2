"""How long visitors wait in the chat, in a real browser: python evals/chat_load.py [--visitors 1 5 20] [--pause 5].

Starts the chat over the index that there is, opens a page for each visitor, and lets each ask its questions, with a
pause to read after each answer. Prints a Markdown table: until the server is ready, until the page is first painted,
and from Enter to the first line of status and to the answer. Browser and server share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.async_api import Browser, Page, async_playwright

from raufoss_assistant.evaluation.sets import read_set

SETS = Path(__file__).parent / "sett"
PORT = 7996
BOX = "#sporsmal textarea"
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
STATUS = "count => document.querySelectorAll('#samtale [data-testid=bot]').length > count"
ANSWER = (
    "count => document.querySelectorAll('#samtale [data-testid=bot]').length > count "
    "&& document.querySelector('#sporsmal .submit-button')"
)


@contextmanager
def served() -> Iterator[tuple[str, float]]:
    """The address of the chat in a process of its own, and the seconds until it was ready."""
    address = f"http://127.0.0.1:{PORT}"
    began = time.perf_counter()
    command = [sys.executable, "-m", "raufoss_assistant.cli", "serve"]
    with subprocess.Popen(command, env={**os.environ, "RAUFOSS_PORT": str(PORT)}, stdout=subprocess.DEVNULL) as server:
        try:
            while True:
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=1).read()
                    break
                except OSError:
                    if server.poll() is not None:
                        sys.exit("Chatten startet ikke.")
                    time.sleep(0.05)
            yield address, time.perf_counter() - began
        finally:
            server.terminate()


async def opened(browser: Browser, address: str) -> tuple[Page, float]:
    """A page of a visitor's own, and the seconds until it was first painted."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="nb-NO")
    page = await context.new_page()
    await page.goto(address)
    await page.locator(BOX).wait_for()
    return page, await page.evaluate(PAINT) / 1000


async def visit(page: Page, questions: list[str], pause: float, wait: float) -> list[tuple[float, float]]:
    """For each question, seconds from Enter to the first line of status and to the answer."""
    await asyncio.sleep(wait)
    waited = []
    for question in questions:
        before = await page.locator("#samtale [data-testid=bot]").count()
        await page.locator(BOX).fill(question)
        began = time.perf_counter()
        await page.locator(BOX).press("Enter")
        await page.wait_for_function(STATUS, arg=before, timeout=60_000)
        status = time.perf_counter() - began
        await page.wait_for_function(ANSWER, arg=before, timeout=60_000)
        waited.append((status, time.perf_counter() - began))
        await asyncio.sleep(pause)
    return waited


def percentiles(seconds: list[float]) -> str:
    """Median and 95th percentile in seconds."""
    middle, high = np.percentile(seconds, [50, 95])
    return f"{middle:.2f} s, p95 {high:.2f} s"


async def measure(numbers: list[int], asked: int, pause: float) -> None:
    """Print the rows of the table."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Finner ikke Chromium.")
    files = sorted(SETS.glob("k*.yaml"))
    questions = [each.question for file in files for each in read_set(file).questions if not each.history]
    with served() as (address, ready):
        print(f"| server ready | {ready:.1f} s |", flush=True)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for number in numbers:
                rest = itertools.cycle(questions[number :: max(len(questions) // (number * asked), 1)])
                visitors = [await opened(browser, address) for _ in range(number)]
                paints = [paint for _, paint in visitors]
                waited = await asyncio.gather(
                    *(
                        visit(page, list(itertools.islice(rest, asked)), pause, pause * place / number)
                        for place, (page, _) in enumerate(visitors)
                    )
                )
                status, answer = zip(*itertools.chain.from_iterable(waited), strict=True)
                who = f"{number} visitors, {len(answer)} questions"
                print(f"| {who}: first paint, slowest | {max(paints):.2f} s |")
                print(f"| {who}: Enter to status | {percentiles(list(status))} |")
                print(f"| {who}: Enter to answer | {percentiles(list(answer))} |", flush=True)
                for page, _ in visitors:
                    await page.context.close()
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, nargs="+", default=[1, 5, 20], help="how many at once")
    parser.add_argument("--questions", type=int, default=8, help="asked by each visitor")
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between an answer and the next question")
    parsed = parser.parse_args()
    print("| the chat in a browser | |\n| --- | --- |")
    asyncio.run(measure(parsed.visitors, parsed.questions, parsed.pause))
