"""The guide for new employees in a real browser, over the real learning paths, served by the real server."""

import json
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from browsing import LOW_CONTRAST, VISIBLE_ATTRIBUTES, in_a_browser, served
from onboarding_corpus import CORPUS, FOLDER, named, real_documents
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.application import create_app

HEADING = "#veiviser h2"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """An assistant over the documents that the learning paths name, and the paths."""
    folder = tmp_path_factory.mktemp("guide")
    for path in named():
        (folder / "corpus" / path).parent.mkdir(parents=True, exist_ok=True)
        for file in (path, f"{path}.yaml"):
            if (CORPUS / file).exists():
                shutil.copy(CORPUS / file, folder / "corpus" / file)
    shutil.copytree(FOLDER, folder / "corpus" / "onboarding" / "lop")
    assistant = Assistant(Settings(corpus_dir=folder / "corpus", data_dir=folder / "data"))
    report = assistant.build()
    assert report.count("failed") == 0
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def handbook():
    return Handbook.of(FOLDER, real_documents().values())


@pytest.fixture(scope="module")
def address(assistant):
    with served(assistant) as address:
        yield address


@pytest.fixture
def visit(browser):
    """Opens a page in a visit of its own; the page notes its requests and what its console complains of."""
    contexts = []

    def open_page(address, *, locale="nb-NO", width=1280, height=800):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, locale=locale))
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def choose(page, role):
    page.get_by_role("button", name=role, exact=True).click()
    at_step(page, 1)


def at_step(page, number):
    page.locator("#steg-tittel", has_text=f"Steg {number} av").wait_for()


def forward(page):
    page.locator("#videre button").last.click()


def answer(page, question, written):
    page.get_by_label(question).fill(written)
    page.get_by_label(question).press("Enter")


def tab_to(page, name):
    """Press Tab until what has that label or text has the focus, and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const now = document.activeElement;"
            " return (now.labels?.[0]?.querySelector('[data-testid=block-info]') ?? now).textContent.trim(); }"
        )
        if found == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"{name} cannot be reached")


class TestInABrowser:
    pytestmark = in_a_browser

    def test_who_tells_the_chat_of_being_new_chooses_a_role_and_is_led_to_the_guide(self, visit, address, handbook):
        page = visit(address)
        page.locator("#sporsmal textarea").fill("Jeg er ny her")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Jeg er ny: ingeniør").click()
        said = page.locator("#samtale [data-testid=bot]").last
        said.locator("li").first.wait_for()
        assert said.locator("li").count() == len(handbook.paths["ingenior"].steps)
        assert said.get_by_role("link", name="Veiviseren for nye").get_attribute("href") == "/ny"
        page.locator("#kilde-1 mark").first.wait_for()

    def test_a_whole_path_is_walked_by_keyboard_alone_left_midway_and_taken_up_again(self, visit, address, handbook):
        path = handbook.paths["laerling"]
        page = visit(address)
        page.get_by_role("link", name="Jeg er ny her").wait_for()
        tab_to(page, "Jeg er ny her")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/ny")
        page.get_by_role("button", name="Lærling", exact=True).wait_for()
        tab_to(page, "Lærling")
        page.keyboard.press("Enter")
        for number, step in enumerate(path.steps, 1):
            at_step(page, number)
            page.wait_for_function("() => document.activeElement.id === 'steg-tittel'")
            if number == 4:
                page.reload()
                page.get_by_text("Velkommen tilbake, du er på steg 4 av 7").wait_for()
                at_step(page, 4)
            assert page.locator("[aria-current=step]").inner_text().split()[0] == str(number)
            for count, check in enumerate(step.checks, 1):
                tab_to(page, check.question)
                page.keyboard.type(check.accepted[0])
                page.keyboard.press("Enter")
                page.locator(f"#dom-{count} .riktig").wait_for()
            tab_to(page, "Fullfør løpet" if number == 7 else "Neste steg")
            page.keyboard.press("Enter")
        page.locator("#slutt-tittel").wait_for()
        page.wait_for_function("() => document.activeElement.id === 'slutt-tittel'")
        end = page.locator("#slutt").inner_text()
        for goal in path.learnt:
            assert goal[1:] in end
        for question in path.ask_manager:
            assert question in end
        assert "Se gjerne på igjen" not in end
        page.reload()
        page.get_by_text("Du er ferdig med løpet «Lærling»").wait_for()
        tab_to(page, "Til chatten")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        assert [url for url in page.requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []
        left = ("AbortError", "Connection errored out")  # Gradio's own, when a page is left
        assert [each for each in page.complaints if not any(mark in each for mark in left)] == []

    def test_two_visitors_do_not_share_their_progress(self, visit, address):
        page, other = visit(f"{address}/ny"), visit(f"{address}/ny")
        choose(page, "Leder")
        forward(page)
        at_step(page, 2)
        choose(other, "Operatør")
        for each, number, role in ((page, 2, "Leder"), (other, 1, "Operatør")):
            each.reload()
            at_step(each, number)
            assert role in each.locator("#steg .trinn").inner_text()
        fresh = visit(f"{address}/ny")
        fresh.get_by_role("button", name="Leder", exact=True).wait_for()
        assert "Velkommen tilbake" not in fresh.content()

    def test_what_was_written_is_not_stored(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Operatør")
        answer(page, "Hva heter klyngen på Raufoss i dag?", "min hemmelighet")
        page.locator("[id^=dom-] .galt").wait_for()
        stored = page.evaluate("JSON.stringify(localStorage)")
        assert "hemmelighet" not in stored and list(json.loads(stored)) == ["raufoss-veiviser"]

    @pytest.mark.parametrize("stored", ["tull", "{}", "", "U2FsdGVkX1/feil"])
    def test_a_memory_that_cannot_be_read_starts_anew(self, visit, address, stored):
        page = visit(f"{address}/ny")
        choose(page, "Operatør")
        page.evaluate("stored => localStorage.setItem('raufoss-veiviser', stored)", stored)
        page.reload()
        choose(page, "Leder")
        forward(page)
        at_step(page, 2)
        page.reload()
        at_step(page, 2)

    def test_a_hint_then_the_quote_and_one_may_still_be_right(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Operatør")
        question, said = "Omtrent hvor mange bedrifter er med i klyngen?", page.locator("#dom-2")
        assert page.locator("#videre button.primary").count() == 0
        answer(page, question, "50")
        said.get_by_text("Hint: Se i tabellen").wait_for()
        assert said.get_attribute("role") == "status"
        answer(page, question, "ikke 60")
        said.get_by_text("Svaret står her").wait_for()
        for part in ("Om NCE Manufacturing", "6. februar 2024", "Rundt 60 bedrifter er med"):
            assert part in said.inner_text()
        answer(page, question, "   ")
        said.get_by_text("Skriv et svar først").wait_for()
        answer(page, question, "omtrent seksti")
        said.get_by_text("Riktig.").wait_for()
        answer(page, "Hva heter klyngen på Raufoss i dag?", "NCE Manufacturing")
        page.locator("#videre button.primary").wait_for()
        forward(page)
        at_step(page, 2)
        page.get_by_role("button", name="Forrige steg").click()
        at_step(page, 1)
        page.get_by_text("Du har svart riktig.").nth(1).wait_for()

    def test_example_data_is_marked(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Operatør")
        for number in range(2, 6):
            forward(page)
            at_step(page, number)
        assert page.locator("#lesestoff .example").count() == 2
        answer(page, "Hvem står for opplæringen", "verneombudet")
        page.locator("#dom-1 .example").wait_for()

    def test_words_are_explained_with_their_source(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Lærling")
        said = page.locator("#ordforklaring")
        page.get_by_role("button", name="TIP", exact=True).click()
        said.get_by_text("teknikk og industriell produksjon").first.wait_for()
        assert "6. februar 2024" in said.inner_text() and said.get_attribute("role") == "status"
        answer(page, "Forklar et ord", "minifabrik")
        said.get_by_text("Mente du «Minifabrikk»?").wait_for()
        answer(page, "Forklar et ord", "<img src=x onerror=alert(1)> **blokkjede**")
        said.get_by_text("Finner ikke «<img src=x onerror=alert(1)> **blokkjede**»").wait_for()
        assert said.locator("img, strong").count() == 0
        forward(page)
        at_step(page, 2)
        page.wait_for_function("() => !document.querySelector('#ordforklaring p')")

    def test_the_text_to_read_unfolds(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Operatør")
        summary = page.locator("#lesestoff summary").nth(1)
        assert "6. februar 2024" in summary.inner_text()
        summary.focus()
        page.keyboard.press("Enter")
        page.get_by_role("cell", name="bedriftsnettverk").wait_for()

    def test_another_path_can_be_chosen_and_the_begun_one_taken_up(self, visit, address):
        page = visit(f"{address}/ny")
        choose(page, "Ingeniør")
        forward(page)
        at_step(page, 2)
        page.get_by_role("button", name="Velg et annet løp").click()
        page.get_by_text("Du er på steg 2 av 6.").wait_for()
        page.wait_for_function("() => document.activeElement.id === 'velg-tittel'")
        page.get_by_role("button", name="Ingeniør", exact=True).click()
        at_step(page, 2)
        page.get_by_role("button", name="Begynn på nytt").click()
        at_step(page, 1)
        assert page.get_by_role("button", name="Forrige steg").is_disabled()

    @pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark"), (360, "light")])
    def test_it_fits_the_screen_and_can_be_read(self, visit, address, width, theme):
        page = visit(f"{address}/ny?__theme={theme}", width=width)

        def looks_right():
            page.wait_for_timeout(300)  # colours fade in
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(LOW_CONTRAST) == []

        page.get_by_role("button", name="Operatør", exact=True).wait_for()
        looks_right()
        choose(page, "Operatør")
        for summary in page.locator("#lesestoff summary").all():
            summary.click()
        page.get_by_role("button", name="Klynge", exact=True).click()
        page.locator("#ordforklaring .source").wait_for()
        answer(page, "Hva heter klyngen", "NCE Manufacturing")
        answer(page, "Omtrent hvor mange bedrifter", "50")
        page.locator("[id^=dom-] .galt").wait_for()
        looks_right()
        for number in range(2, 8):
            forward(page)
            at_step(page, number)
        forward(page)
        page.locator("#slutt-tittel").wait_for()
        looks_right()

    @pytest.mark.parametrize("locale", ["nb-NO", "en-US"])
    def test_it_speaks_norwegian_to_everyone(self, visit, address, locale):
        page = visit(f"{address}/ny", locale=locale)
        choose(page, "Operatør")
        page.wait_for_function("() => document.documentElement.lang === 'nb'")
        assert page.evaluate(VISIBLE_ATTRIBUTES) == []
        visible = page.locator("body").inner_text().lower()
        for english in ("submit", "textbox", "home", "settings", "built with", "next", "step "):
            assert english not in visible

    def test_without_an_index_the_remedy_is_shown(self, visit, settings):
        with served(Assistant(settings)) as address:
            page = visit(f"{address}/ny")
            page.locator("#veiviser-hilsen").get_by_text("raufoss index").wait_for()

    def test_without_paths_it_says_so(self, visit, small_assistant):
        with served(small_assistant) as address:
            visit(f"{address}/ny").get_by_text("Ingen løp er lagt inn ennå").wait_for()

    def test_an_unforeseen_error_is_logged_and_not_shown(self, visit, assistant, caplog, monkeypatch):
        with served(assistant) as address:
            page = visit(f"{address}/ny")
            choose(page, "Operatør")
            monkeypatch.setattr(assistant, "index", lambda: 1 / 0)
            with caplog.at_level(logging.ERROR):
                forward(page)
                page.locator("#veiviser-hilsen").get_by_text("Noe gikk galt. Prøv igjen.").wait_for()
                answer(page, "Hva heter klyngen", "NCE Manufacturing")
                page.locator("#dom-1").get_by_text("Noe gikk galt").wait_for()
                answer(page, "Forklar et ord", "OFII")
                page.locator("#ordforklaring").get_by_text("Noe gikk galt").wait_for()
            assert "ZeroDivisionError" in caplog.text and "ZeroDivision" not in page.content()
            monkeypatch.undo()
            forward(page)
            at_step(page, 2)
            assert "Noe gikk galt" not in page.locator("body").inner_text()


@pytest.fixture(scope="module")
def client(assistant):
    with ThreadPoolExecutor(1) as thread:  # Playwright's own event loop may run in this one
        app = thread.submit(create_app, assistant).result()
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_the_page_is_served_with_the_strict_headers_and_calls_of_its_own(client):
    page = client.get("/ny")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert client.get("/ny/").status_code == 404
    ids = [set(functions(client, address)) for address in ("/", "/ny")]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def functions(client, address):
    """Number and inputs of each function that a page can call."""
    config, _ = json.JSONDecoder().raw_decode(client.get(address).text.split("window.gradio_config = ", 1)[1])
    return {each["id"]: each["inputs"] for each in config["dependencies"]}


@pytest.mark.parametrize(
    "data",
    [
        [],
        [None],
        [{"path": "operator", "step": 99}],
        [{"path": "operator", "step": 0, "answered": [[0, 0, 1, "x"]]}, {"tekst": 1}],
        [{"path": "../../etc/passwd", "step": 0}, 7],
        [[["dypt"]], ["liste"]],
        ["\ud800", "\ud800"],
        [{"path": "operator", "step": 0}, "x" * 100_000],
        [None, None, None, None],
    ],
)
def test_a_payload_of_the_wrong_shape_gives_no_traceback(client, data, caplog):
    caplog.set_level(logging.CRITICAL, "raufoss_assistant")
    for number in functions(client, "/ny"):
        body = {"data": data, "fn_index": number, "session_hash": f"wrong-{number}", "event_data": None}
        joined = client.post(
            "/gradio_api/queue/join", content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        told = joined.text
        if joined.status_code == 200:
            told += client.get("/gradio_api/queue/data", params={"session_hash": f"wrong-{number}"}).text
        assert "Traceback" not in told and "site-packages" not in told and "Error:" not in told
        assert "root:" not in told
