"""Other sites: what their pages may show and call, tried from a second origin in a real browser."""

import functools
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient

from browsing import needs_chromium, served
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.interfaces.origins import framing

SITE = "https://www.example.org"
QUESTION = "Hvor stor er Læringsfabrikken?"
BOX = "#sporsmal textarea"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}


@pytest.fixture(scope="module")
def client(small_assistant):
    return TestClient(create_app(Assistant(replace(small_assistant.settings, allowed_origins=(SITE,)))))


@pytest.mark.parametrize("path", ["/", "/ny", "/dokument/klynge/a.md"])
def test_pages_for_visitors_may_be_shown_by_allowed_origins(path):
    assert framing(path, (SITE,)) == (f"frame-ancestors 'self' {SITE}", {})
    assert framing(path, ()) == ("frame-ancestors 'self'", {"X-Frame-Options": "SAMEORIGIN"})


@pytest.mark.parametrize("path", ["/ansatt", "/ansatt/", "/ansatt/logg-inn", "/ansatt/gradio_api/queue/join"])
@pytest.mark.parametrize("origins", [(), (SITE,), ("*",)])
def test_staff_pages_may_be_shown_by_nobody(path, origins):
    assert framing(path, origins) == ("frame-ancestors 'none'", {"X-Frame-Options": "DENY"})


@pytest.mark.parametrize("path", ["/api", "/metrics", "/fil/kurs/a.pdf", "/nyhet", "/dokument"])
def test_all_else_is_shown_by_us_alone(path):
    assert framing(path, ("*",)) == ("frame-ancestors 'self'", {"X-Frame-Options": "SAMEORIGIN"})


def test_the_served_pages_say_so(client):
    shown = client.get("/").headers
    assert f"frame-ancestors 'self' {SITE}" in shown["content-security-policy"]
    assert "x-frame-options" not in shown
    assert client.get("/ansatt").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
def test_an_allowed_origin_may_call(client, path):
    asked = client.options(path, headers={"Origin": SITE, **PREFLIGHT})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers
    answered = client.post(path, json={}, headers={"Origin": SITE})
    assert answered.headers["access-control-allow-origin"] == SITE


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
@pytest.mark.parametrize("origin", ["https://ond.example", f"{SITE}.ond.example", "http://www.example.org", "null"])
def test_another_origin_may_not(client, path, origin):
    asked = client.options(path, headers={"Origin": origin, **PREFLIGHT})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers
    assert "access-control-allow-origin" not in client.post(path, json={}, headers={"Origin": origin}).headers


@pytest.mark.parametrize("path", ["/health", "/metrics", "/mcp", "/ansatt"])
def test_nothing_else_may_be_called_from_elsewhere(client, path):
    for method in ("OPTIONS", "GET"):
        answered = client.request(method, path, headers={"Origin": SITE, **PREFLIGHT})
        assert "access-control-allow-origin" not in answered.headers


def test_the_script_is_served(client):
    script = client.get("/bygg-inn.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "raufossAssistent" in script.text


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serves a folder at as many addresses as are wanted, each an origin of its own."""
    folder = tmp_path_factory.mktemp("site")
    servers = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    for _ in range(2):
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
    yield folder, [f"http://127.0.0.1:{server.server_port}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def address(small_assistant, site):
    folder, (allowed, _) = site
    assistant = Assistant(replace(small_assistant.settings, allowed_origins=(allowed,)))
    with served(assistant) as address:
        style = "<style>button { background: red; font-size: 90px } section { display: none }</style>"
        script = f'<script src="{address}/bygg-inn.js" data-tekst="Spør klyngen"></script>'
        head = '<!doctype html><html lang="nb"><head><meta charset="utf-8"><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">'
        (folder / "index.html").write_text(
            f"{head}{style}{script}{script}</head><body><h1>Klyngen</h1></body></html>", "utf-8"
        )
        (folder / "uten.html").write_text(f"{head}</head><body></body></html>", "utf-8")
        for name in ("ansatt/", "ansatt/logg-inn"):
            frame = f'<iframe src="{address}/{name}"></iframe>'
            (folder / f"{name.replace('/', '-')}.html").write_text(f"{head}</head><body>{frame}</body></html>", "utf-8")
        yield address
    assistant.close()


@contextmanager
def visit(browser, address, *, width=1280, height=800):
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nb-NO")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    yield page
    context.close()


GLOBALS = "() => Object.keys(window).filter(name => !/^\\d+$/.test(name))"  # a frame is window[0]
FOCUSED = "() => document.activeElement.shadowRoot?.activeElement?.textContent"


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
def test_an_allowed_site_shows_the_chat_behind_a_button(browser, site, address, width, height):
    with visit(browser, f"{site[1][0]}/uten.html", width=width, height=height) as page:
        without = page.evaluate(GLOBALS)
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site[1][0])
        opener = page.get_by_role("button", name="Spør klyngen")
        assert opener.count() == 1
        assert [url for url in asked if url.startswith(address)] == [f"{address}/bygg-inn.js"]
        place = opener.bounding_box()
        assert place["height"] >= 44
        assert place["x"] + place["width"] <= width
        opener.press("Enter")
        dialog = page.get_by_role("dialog", name="Raufoss-assistenten")
        chat = page.frame_locator("iframe[title=Raufoss-assistenten]")
        chat.locator(BOX).wait_for()
        place = dialog.bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
        assert place["y"] >= 0
        assert place["y"] + place["height"] <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        chat.locator(BOX).fill(QUESTION)
        chat.locator(BOX).press("Enter")
        chat.locator("#kilde-1").wait_for()
        chat.locator(BOX).press("Escape")
        opener.wait_for()
        assert not dialog.is_visible()
        assert page.evaluate(FOCUSED) == "Spør klyngen"
        page.keyboard.press("Enter")
        assert chat.locator("#kilde-1").count() == 1  # the conversation is still there
        page.get_by_role("button", name="Lukk").click()
        assert page.evaluate(FOCUSED) == "Spør klyngen"
        opener.click()
        page.get_by_role("button", name="Lukk").press("Escape")
        assert not dialog.is_visible()
        assert page.evaluate(GLOBALS) == without
        assert [said for said in page.complaints if "Blocked autofocusing" not in said] == []


@needs_chromium
@pytest.mark.browser
def test_another_site_may_not_show_it(browser, site, address):
    with visit(browser, site[1][1]) as page:
        page.get_by_role("button", name="Spør klyngen").click()
        page.wait_for_function("() => true")
        while not page.complaints:
            page.wait_for_timeout(50)
        assert "frame-ancestors" in page.complaints[0]
        assert page.frame_locator("iframe").locator(BOX).count() == 0


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("name", ["ansatt-", "ansatt-logg-inn"])
def test_no_site_may_show_the_staff_pages(browser, site, address, name):
    with visit(browser, f"{site[1][0]}/{name}.html") as page:
        while not page.complaints:
            page.wait_for_timeout(50)
        assert any("frame-ancestors" in said or "X-Frame-Options" in said for said in page.complaints)
        assert [frame.url for frame in page.frames[1:]] == ["chrome-error://chromewebdata/"]


CALL = """address => fetch(`${address}/api/ask`, {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({question: "%s"})
}).then(answer => answer.json()).then(answer => answer.status, () => "stoppet")"""


@needs_chromium
@pytest.mark.browser
def test_the_interface_is_called_from_an_allowed_site_and_no_other(browser, site, address):
    for origin, outcome in zip(site[1], ("answered", "stoppet"), strict=True):
        with visit(browser, origin) as page:
            assert page.evaluate(CALL % QUESTION, address) == outcome
