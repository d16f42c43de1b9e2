"""The staff's documents in a real browser, served by the real server, over a corpus that is written to."""

import logging
import re
from dataclasses import replace

import pytest
import typst

from browsing import LOW_CONTRAST, VISIBLE_ATTRIBUTES, in_a_browser, served
from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from test_chat import ask

pytestmark = in_a_browser
PASSWORD = "et langt passord for test"
FACT = "Trykkprøving av hydrauliske slanger koster 4 300 kroner per slange hos Slangeverkstedet."
QUESTION = "Hva koster trykkprøving av hydrauliske slanger?"
ENGLISH = (
    "upload",
    "drop",
    "click",
    "submit",
    "clear",
    "textbox",
    "settings",
    "error",
    "file",
    "loading",
    "select",
    "more",
    "tabs",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("staff")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", SMALL_CORPUS), data_dir=folder / "data")
    assistant = Assistant(replace(settings, staff_password=PASSWORD, max_file_mb=1))
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def address(assistant):
    with served(assistant) as address:
        yield address


@pytest.fixture(scope="module")
def inside(browser, address):
    """The cookies of someone who is logged in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/ansatt")
    assert page.url == f"{address}/ansatt/logg-inn"
    log_in(page, PASSWORD)
    page.locator(".dokumenter").wait_for()
    cookies = context.cookies(f"{address}/ansatt/")
    yield cookies
    context.close()


@pytest.fixture
def opened(browser, address, inside):
    """Opens the staff pages in a visit of its own; the page notes its requests and what its console complains of."""
    contexts = []

    def open_page(width=1280, height=900, theme="light", locale="en-US"):
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, locale=locale)
        )
        contexts[-1].add_cookies(inside)
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/ansatt/")
        page.locator(".dokumenter").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened):
    return opened()


def log_in(page, password):
    page.get_by_label("Passord").fill(password)
    page.get_by_role("button", name="Logg inn").click()


def upload(page, *files):
    """Choose files: pairs of name and content."""
    chosen = [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    page.locator("#slippsone input[type=file]").set_input_files(chosen)


def told(page, text):
    page.locator("#mottak .melding").get_by_text(text).first.wait_for()


def choose(page, path):
    page.locator(".dokumenter tr", has_text=path).locator("a").click()
    page.locator("#dokument .sti", has_text=path).wait_for()


def asked(browser, address, question):
    """What the chat shows of its sources for a question."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    ask(page, question)
    page.locator("#kilder .source").first.wait_for()
    shown = page.locator("#kilder").inner_text()
    context.close()
    return shown


def test_a_pdf_is_put_in_asked_about_retired_and_deleted(page, browser, address, assistant):
    upload(page, ("Slanger og trykk (ny).PDF", typst.compile(f"= Slanger\n{FACT}".encode())))
    told(page, "slanger-og-trykk-ny.pdf kan leses")
    page.get_by_label("Katapult", exact=True).check()
    page.locator("#om-filene").get_by_label("Dagen opplysningene var riktige").fill("6. februar 2026")
    page.get_by_role("button", name="Legg inn og indekser").click()
    told(page, "Indeksen er oppdatert")
    row = page.locator(".dokumenter tr", has_text="katapult/slanger-og-trykk-ny.pdf")
    row.wait_for()
    assert "6. februar 2026" in row.inner_text() and "I bruk" in row.inner_text()
    assert "slanger-og-trykk-ny.pdf" in asked(browser, address, QUESTION)
    choose(page, "katapult/slanger-og-trykk-ny.pdf")
    page.get_by_role("button", name="Teksten som er lest ut").click()
    page.locator("#lest-tekst").get_by_text("hydrauliske slanger").wait_for()
    page.get_by_role("button", name="Ta ut av bruk").click()
    page.locator(".dokumenter tr", has_text="slanger-og-trykk-ny.pdf").get_by_text("Utgått").wait_for()
    choose(page, "katapult/slanger-og-trykk-ny.pdf")
    page.get_by_role("button", name="Slett", exact=True).click()
    page.get_by_text("Vil du slette «Slanger»?").wait_for()
    page.get_by_role("button", name="Ja, slett dokumentet").click()
    page.locator("#dokument-melding").get_by_text("1 fjernet").wait_for()
    row.wait_for(state="detached")
    assert "slanger-og-trykk-ny.pdf" not in asked(browser, address, QUESTION)
    assert not (assistant.settings.corpus_dir / "katapult" / "slanger-og-trykk-ny.pdf").exists()
    assert page.complaints == []


def test_what_is_no_document_is_refused_with_a_sentence(page, assistant):
    before = sorted(assistant.settings.corpus_dir.rglob("*"))
    refused = {
        "program.pdf": (b"MZ\x90\x00" * 200, "skadet eller ikke det filtypen sier"),
        "program.txt": (b"MZ\x90\x00" * 200, "ikke tekst"),
        "tom.md": (b"", "Filen er tom"),
        "program.exe": (b"MZ", "ikke av en type som kan leses"),
        "gammel.doc": (b"\xd0\xcf\x11\xe0", "lagre den som .docx"),
        "😀.md": ("# Hei på deg".encode(), "verken bokstaver eller tall"),
    }
    upload(page, *((name, content) for name, (content, _) in refused.items()))
    for _, why in refused.values():
        told(page, why)
    upload(page, ("stor.txt", b"x" * 1_100_000))
    page.get_by_text("En av filene er for stor").wait_for()
    assert not page.get_by_role("button", name="Legg inn og indekser").is_visible()
    assert sorted(assistant.settings.corpus_dir.rglob("*")) == before


def test_a_file_that_is_dropped_is_read_too_and_can_be_let_go(page):
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["# Sluppet"], "sluppet.md"));
            const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files });
            document.querySelector("#slippsone .hint").dispatchEvent(drop);
        }"""
    )
    told(page, "sluppet.md kan leses")
    page.get_by_role("button", name="Avbryt").click()
    page.locator("#mottak .melding").wait_for(state="detached")


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(page, assistant):
    place = assistant.settings.corpus_dir / "klynge" / "laeringsfabrikken.md"
    before = place.read_bytes()
    newer = SMALL_CORPUS["klynge/laeringsfabrikken.md"].replace("Bygning 5", "Bygning 7")
    try:
        upload(page, ("Læringsfabrikken.md", newer.encode()))
        told(page, "laeringsfabrikken.md kan leses")
        page.get_by_role("button", name="Legg inn og indekser").click()
        told(page, "Velg hvor filene hører hjemme")
        page.get_by_label("Klynge", exact=True).check()
        page.locator("#om-filene").get_by_label("Dagen opplysningene var riktige").fill("31. februar")
        page.get_by_role("button", name="Legg inn og indekser").click()
        told(page, "Dato: «31. februar» kan ikke brukes")
        page.locator("#om-filene").get_by_label("Dagen opplysningene var riktige").fill("")
        page.get_by_role("button", name="Legg inn og indekser").click()
        told(page, "finnes fra før")
        assert place.read_bytes() == before
        page.get_by_label("Erstatt filer som finnes fra før").check()
        page.get_by_role("button", name="Legg inn og indekser").click()
        told(page, "1 endret")
        assert "Bygning 7" in place.read_text("utf-8")
    finally:
        place.write_bytes(before)
        assistant.build()


def test_facts_are_changed_in_the_sidecar(page, assistant):
    beside = assistant.settings.corpus_dir / "finansiering" / "skattefunn.md.yaml"
    choose(page, "finansiering/skattefunn.md")
    page.locator("#dokument").get_by_label("Eier").fill("Klyngerådgiver")
    page.get_by_role("button", name="Lagre opplysningene").click()
    page.locator("#dokument-melding").get_by_text("1 endret").wait_for()
    assert "owner: Klyngerådgiver" in beside.read_text("utf-8")
    assert "title" not in beside.read_text("utf-8")


def test_the_filter_finds_and_the_keyboard_chooses(page):
    page.get_by_label("Filter").fill("robot eksempel")
    page.get_by_text("1 av 4 dokumenter").wait_for()
    page.locator(".dokumenter a").focus()
    page.keyboard.press("Enter")
    page.locator("#dokument").get_by_role("heading", name="Test av samarbeidende robot").wait_for()


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_it_fits_can_be_read_and_speaks_norwegian(opened, address, width, theme):
    page = opened(width=width, theme=theme)
    choose(page, "katapult/robotcelle.md")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.evaluate("document.documentElement.lang") == "nb"
    seen = " ".join([page.locator("body").inner_text(), *page.evaluate(VISIBLE_ATTRIBUTES)]).lower()
    assert [word for word in ENGLISH if re.search(rf"\b{word}\b", seen)] == []
    assert [url for url in page.requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []


def test_a_wrong_password_is_told_and_too_many_are_stopped(assistant, browser, caplog):
    caplog.set_level(logging.WARNING)
    with served(assistant) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/ansatt/")
        for _ in range(4):
            log_in(page, "feil passord")
            assert page.get_by_role("alert").inner_text() == "Passordet er feil. Prøv igjen."
        log_in(page, "feil passord")
        assert "Vent 60 sekunder" in page.get_by_role("alert").inner_text()
        log_in(page, PASSWORD)
        assert "For mange feil forsøk" in page.get_by_role("alert").inner_text()
        assert page.url.endswith("/logg-inn")
        context.close()
    assert "wrong password from 127.0.0.1" in caplog.text
    assert "feil passord" not in caplog.text and PASSWORD not in caplog.text


def test_when_the_session_is_over_the_page_asks_for_the_password(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/ansatt/")
    log_in(page, PASSWORD)
    page.get_by_role("button", name="Logg ut").click()
    page.get_by_label("Passord").wait_for()
    page.goto(f"{address}/ansatt/")
    log_in(page, PASSWORD)
    page.locator(".dokumenter").wait_for()
    context.clear_cookies()
    page.get_by_role("button", name="Indekser på nytt").click()
    page.get_by_label("Passord").wait_for()
    context.close()
