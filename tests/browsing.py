"""What the tests share that drive the pages in a real browser; the fixture `browser` stands in conftest.py."""

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.server import Server

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium mangler på denne maskinen og kunne ikke installeres"
)
in_a_browser = [pytest.mark.browser, needs_chromium]
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VISIBLE_ATTRIBUTES = """() => [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
    .filter(element => element.checkVisibility())
    .flatMap(element => ['aria-label', 'title', 'placeholder', 'alt'].map(name => element.getAttribute(name)))
    .filter(Boolean)"""

LOW_CONTRAST = """() => {
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const over = (top, below) => [0, 1, 2].map(i => top[i] * (top[3] ?? 1) + below[i] * (1 - (top[3] ?? 1)));
    const ground = element => {
        if (!element) return numbers(getComputedStyle(document.body).backgroundColor);
        const own = numbers(getComputedStyle(element).backgroundColor);
        return (own[3] ?? 1) === 1 ? own : over(own, ground(element.parentElement));
    };
    const light = colour => colour.slice(0, 3).map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (one, other) => {
        const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
        return (bright + 0.05) / (dark + 0.05);
    };
    const found = [];
    const check = (element, colour, text) => {
        const below = ground(element);
        const value = ratio(over(numbers(colour), below), below);
        if (value < 4.5) found.push(`${value.toFixed(2)}: ${text.slice(0, 60)}`);
    };
    for (const element of document.querySelectorAll('body *')) {
        const seen = element.checkVisibility({visibilityProperty: true, opacityProperty: true});
        if (!seen || element.getBoundingClientRect().width < 2) continue;
        const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim();
        if (text) check(element, getComputedStyle(element).color, text);
        if (element.placeholder) check(element, getComputedStyle(element, '::placeholder').color, element.placeholder);
    }
    return found;
}"""


@contextmanager
def served(assistant):
    """The address of a server that runs meanwhile."""
    with ThreadPoolExecutor(1) as thread:  # Playwright's own event loop runs in this one
        app = thread.submit(create_app, assistant).result()
    server = Server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=60)
    assert not thread.is_alive()
