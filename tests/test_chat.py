"""The chat page in a real browser, served by the real server."""

import logging
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import LOW_CONTRAST, VISIBLE_ATTRIBUTES, in_a_browser, served
from conftest import write_corpus
from raufoss_assistant.arguments import NorwegianParser
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation import triage_command
from raufoss_assistant.evaluation.sets import read_set
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import REASONS, reasons_for
from raufoss_assistant.settings import Settings
from raufoss_assistant.stages import untold
from raufoss_assistant.web import rating

pytestmark = in_a_browser
QUESTION = "Hvor stor er Læringsfabrikken?"
SOURCE = "#kilde-1"
BOX = "#sporsmal textarea"


class Watched(Assistant):
    """The real assistant, that notes the history it is given, waits when told to, and breaks when told to."""

    def __init__(self, settings):
        super().__init__(settings)
        self.heard = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.broken = False

    def ask(self, question, history=(), off=(), told=untold):
        self.heard.append([(turn.role, turn.content) for turn in history])
        assert self.may_answer.wait(30)
        if self.broken:
            raise ZeroDivisionError("hemmelig sti")
        return super().ask(question, history, off, told)


@pytest.fixture(scope="module")
def assistant(small_assistant):
    assistant = Watched(small_assistant.settings)
    assistant.index()
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def address(assistant):
    with served(assistant) as address:
        yield address


@pytest.fixture
def opened(browser):
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
        page.locator(BOX).wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened, address):
    return opened(address)


def ask(page, question):
    page.locator(BOX).fill(question)
    page.locator(BOX).press("Enter")


def answered(page, question=QUESTION):
    ask(page, question)
    page.locator(SOURCE).wait_for()


@pytest.fixture
def log(assistant):
    """What visitors have said, emptied."""
    log = FeedbackLog(assistant.settings.data_dir)
    for entry in log.entries():
        log.delete(entry.id)
    return log


def thumb(page, name):
    """Press the thumb of that name under the latest answer."""
    page.get_by_label(name).last.click()


def pressed(page, name):
    page.locator(f"[aria-label='{name}'][aria-pressed=true]").wait_for()


def conversation(page):
    return page.locator("#samtale").inner_text()


def test_a_question_is_answered_with_its_source_beside(page):
    answered(page)
    assert "1\u202f500 kvadratmeter" in conversation(page)
    source = page.locator(SOURCE).inner_text()
    for part in ("Læringsfabrikken", "6. februar 2024", "Klynge"):
        assert part in source
    assert page.locator(f"{SOURCE} .file").inner_text() == "klynge/laeringsfabrikken.md"
    expect(page.locator(BOX)).to_have_value("")


def test_the_button_asks_too(page):
    page.locator(BOX).fill(QUESTION)
    page.get_by_role("button", name="Spør", exact=True).click()
    page.locator(SOURCE).wait_for()


def test_a_refusal_shows_the_nearest_documents(page):
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()
    assert "Jeg finner ikke svar" in conversation(page)


def test_the_history_is_given_on_and_a_new_conversation_has_none(page, assistant):
    answered(page)
    assert assistant.heard[-1] == []
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()
    assert [role for role, _ in assistant.heard[-1]] == ["user", "assistant"]
    assert assistant.heard[-1][0][1] == QUESTION
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_text("Hei! Hva lurer du på?").wait_for()
    assert page.locator(SOURCE).count() == 0
    answered(page)
    assert assistant.heard[-1] == []


def test_a_new_conversation_stops_the_answer_under_way(page, assistant):
    assistant.may_answer.clear()
    try:
        ask(page, QUESTION)
        page.get_by_text("Ser på spørsmålet").wait_for()
        page.get_by_role("button", name="Ny samtale").click()
        page.get_by_text("Hei! Hva lurer du på?").wait_for()
    finally:
        assistant.may_answer.set()
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()
    assert "kvadratmeter" not in conversation(page)
    assert assistant.heard[-1] == []


def test_nothing_but_our_own_button_clears_the_conversation(page):
    answered(page)
    page.get_by_label("Bra svar").wait_for()
    buttons = [button for button in page.locator("#samtale button").all() if button.is_visible()]
    names = ["Endre spørsmålet", "Kopier svaret", "Dårlig svar", "Bra svar"]
    assert [button.get_attribute("aria-label") for button in buttons] == names


def test_what_the_user_writes_is_shown_as_written(page):
    written = "<img src=x onerror=alert(1)> ![x](https://evil.example/a.png) *hva* $$x$$ &lt; 1. `k` ~~s~~?"
    ask(page, written)
    page.get_by_label("Bra svar").wait_for()
    assert page.locator("#samtale [data-testid=user]").inner_text().strip() == written
    assert page.locator("#samtale [data-testid=user] :is(img, a, em, code, s, del)").count() == 0


def test_two_visitors_never_see_each_other(opened, address, page):
    answered(page)
    other = opened(address)
    assert "kvadratmeter" not in other.content()
    ask(other, "Hva er dagsprisen på metallprinteren?")
    other.get_by_text("Disse ligger nærmest").wait_for()
    assert "kvadratmeter" not in conversation(other)
    assert "metallprinteren" not in page.content()


def test_nothing_is_fetched_from_outside_and_the_console_is_silent(page, address):
    answered(page)
    assert [url for url in page.requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []
    assert page.complaints == []


@pytest.mark.parametrize("locale", ["nb-NO", "en-US", "pl-PL"])
def test_the_page_speaks_norwegian_to_everyone(opened, address, locale):
    page = opened(address, locale=locale)
    answered(page)
    page.wait_for_function("() => document.documentElement.lang === 'nb'")
    page.get_by_label("Assistenten svarte").wait_for()
    norwegian = {"Samtale", "Du spurte", "Assistenten svarte", "Kopier svaret", "Skriv spørsmålet ditt her"}
    norwegian |= {"Endre spørsmålet", "Kilde 1"}
    norwegian |= {"Bra svar", "Dårlig svar"}
    assert set(page.evaluate(VISIBLE_ATTRIBUTES)) == norwegian
    page.get_by_label("Dårlig svar").click()
    page.get_by_label("Velg det som passer").wait_for()
    reasons = {REASONS[reason] for reason in reasons_for("answered")}
    assert set(page.evaluate(VISIBLE_ATTRIBUTES)) == norwegian | {"Velg det som passer"} | reasons
    visible = page.locator("body").inner_text().lower()
    for english in ("submit", "clear", "chatbot", "textbox", "settings", "built with", "dislike"):
        assert english not in visible


def test_a_lost_server_is_told_in_norwegian(opened, assistant):
    with served(assistant) as address:
        page = opened(address, locale="en-US")
    ask(page, QUESTION)
    page.get_by_text("Mistet forbindelsen").wait_for()
    assert page.locator(".toast-title").inner_text().strip() == "Feil"
    assert page.locator(BOX).input_value() == QUESTION


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(opened, address, width):
    page = opened(address, width=width)
    answered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 800)])
def test_the_box_is_on_the_screen_without_scrolling(opened, address, width, height):
    page = opened(address, width=width, height=height)
    for selectors in (["#sporsmal"], *[["#sporsmal", "#ny-samtale"]] * 2):
        for selector in selectors:
            place = page.locator(selector).bounding_box()
            assert place["y"] >= 0 and place["y"] + place["height"] <= height
        answered(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read(opened, address, theme):
    page = opened(f"{address}/?__theme={theme}")
    assert page.evaluate(LOW_CONTRAST) == []
    ask(page, "Hvor lenge varer testen av den samarbeidende roboten?")
    page.locator("#kilder .source").first.wait_for()
    assert page.locator("#kilder .example").first.is_visible()
    assert page.evaluate(LOW_CONTRAST) == []


def test_the_keyboard_is_enough(page):
    box = page.get_by_label("Spørsmål")
    box.focus()
    box.press_sequentially("Hvor stor")
    box.press("Shift+Enter")
    box.press_sequentially("er Læringsfabrikken?")
    assert box.input_value() == "Hvor stor\ner Læringsfabrikken?"
    box.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()") == "Spør"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator(SOURCE).wait_for()


def test_a_question_too_long_is_explained_and_kept(page):
    ask(page, "å" * 5000)
    page.get_by_text("for langt: 5000 tegn").wait_for()
    page.wait_for_function(f"() => document.querySelector('{BOX}').value.length === 5000")
    answered(page)
    assert "for langt" not in conversation(page)


def test_an_empty_question_is_not_sent(page, assistant):
    before = len(assistant.heard)
    ask(page, "   ")
    page.wait_for_function(f"() => document.querySelector('{BOX}').value === ''")
    assert len(assistant.heard) == before
    assert "Hei! Hva lurer du på?" in conversation(page)


def test_without_an_index_the_remedy_is_shown(opened, settings):
    with served(Assistant(settings)) as address:
        page = opened(address)
        ask(page, QUESTION)
        page.get_by_text("raufoss index").wait_for()


def test_an_unforeseen_error_is_logged_and_not_shown(page, assistant, caplog):
    assistant.broken = True
    try:
        with caplog.at_level(logging.ERROR):
            ask(page, QUESTION)
            page.get_by_text("Noe gikk galt. Prøv igjen.").wait_for()
    finally:
        assistant.broken = False
    assert "ZeroDivisionError: hemmelig sti" in caplog.text
    assert "Traceback" in caplog.text
    assert "hemmelig" not in page.content()
    page.wait_for_function(f"text => document.querySelector('{BOX}').value === text", arg=QUESTION)
    page.locator(BOX).press("Enter")
    page.locator(SOURCE).wait_for()
    assert "Noe gikk galt" not in conversation(page)


def test_a_thumb_down_with_reasons_is_stored_masked_listed_and_made_a_test(page, log, assistant, tmp_path, capsys):
    answered(page)
    ask(page, "Hvor mange prosent gir SkatteFUNN? Svar til kari@example.no")
    page.locator(SOURCE).get_by_text("skattefunn.md").wait_for()
    thumb(page, "Dårlig svar")
    page.get_by_label("Svaret er feil").check()
    page.get_by_label("Gammelt eller utdatert").check()
    page.get_by_label("Hva er galt?").fill("Ring meg på 915 55 123, så forklarer jeg")
    page.get_by_label("Hva er riktig svar?").fill("20 prosent")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk! Tilbakemeldingen er lagret").wait_for()
    pressed(page, "Dårlig svar")
    assert page.locator("#tilbakemelding").count() == 0
    (entry,) = log.entries()
    assert (entry.opinion.rating, entry.opinion.reasons) == ("down", ("wrong", "outdated"))
    assert (entry.opinion.comment, entry.opinion.expected) == ("Ring meg på [telefon], så forklarer jeg", "20 prosent")
    assert entry.exchange.question == "Hvor mange prosent gir SkatteFUNN? Svar til [e-post]"
    assert entry.exchange.history[0].content == QUESTION
    assert "finansiering/skattefunn.md" in [source.document for source in entry.exchange.sources]
    assert entry.exchange.index == assistant.index().folder.name
    assert entry.exchange.model == str(assistant.encoder.identity)
    parser = NorwegianParser(prog="raufoss feedback")
    triage_command.arguments(parser)
    triage_command.run(parser.parse_args([]), assistant.settings)
    assert "utdatert kilde" in capsys.readouterr().out
    file = tmp_path / "tilbakemeldinger.yaml"
    triage_command.run(parser.parse_args(["--to-set", str(entry.id), str(file)]), assistant.settings)
    (question,) = read_set(file).questions
    assert (question.question, question.must_contain) == (entry.exchange.question, ("20",))
    assert log.entry(entry.id).state == "test"


def test_a_thumb_up_is_stored_and_taken_back(page, log):
    answered(page)
    thumb(page, "Bra svar")
    page.get_by_text("Takk! Samtalen hit og kildene er lagret").wait_for()
    pressed(page, "Bra svar")
    assert [entry.opinion.rating for entry in log.entries()] == ["up"]
    thumb(page, "Bra svar")
    page.get_by_text("Tilbakemeldingen er slettet").wait_for()
    assert log.entries() == []
    assert page.locator("[aria-pressed=true]").count() == 0


def test_a_form_that_is_closed_stores_nothing_and_gives_the_keyboard_back(page, log):
    answered(page)
    page.get_by_label("Dårlig svar").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.name === 'Svaret er feil'")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Avbryt").press("Enter")
    page.wait_for_function("() => document.activeElement.getAttribute('aria-label') === 'Dårlig svar'")
    assert log.entries() == []
    page.wait_for_function("() => !document.querySelector('[aria-pressed=true]')")
    page.keyboard.press("Enter")
    page.get_by_label("Svaret er feil").wait_for()
    assert not page.get_by_label("Svaret er feil").is_checked()


def test_a_refusal_is_asked_about_in_its_own_words(page, log):
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()
    thumb(page, "Dårlig svar")
    page.get_by_label("Svarte ikke, men burde").check()
    assert page.get_by_label("Svaret er feil").count() == 0
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk!").wait_for()
    (entry,) = log.entries()
    assert (entry.exchange.status, entry.opinion.reasons) == ("not_found", ("should_answer",))


def test_feedback_never_stands_in_the_way(page, log, assistant):
    """While the form is open one can ask on, and it stays about its own answer; messages have no thumbs."""
    answered(page)
    thumb(page, "Dårlig svar")
    page.get_by_text("Hva var galt med svaret?").wait_for()
    assistant.may_answer.clear()
    try:
        ask(page, "Hva er dagsprisen på metallprinteren?")
        page.get_by_text("Ser på spørsmålet").wait_for()
        assert page.get_by_label("Bra svar").locator("visible=true").count() == 1
    finally:
        assistant.may_answer.set()
    page.get_by_text("Disse ligger nærmest").wait_for()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk!").wait_for()
    assert [entry.exchange.question for entry in log.entries()] == [QUESTION]
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_text("Hei! Hva lurer du på?").wait_for()
    answered(page)
    assert page.locator("[aria-pressed=true]").count() == 0
    assert "Takk!" not in page.locator("body").inner_text()


def test_a_thumb_pressed_while_the_page_still_settles_counts(page, log, monkeypatch):
    """What follows an answer on a slow machine does not undo what the visitor did meanwhile."""
    view = rating._view

    def slow(ratings, conversation, said=""):
        if ratings.open is None and not ratings.stored:
            time.sleep(1)
        return view(ratings, conversation, said)

    monkeypatch.setattr(rating, "_view", slow)
    answered(page)
    thumb(page, "Dårlig svar")
    page.get_by_label("Svaret er feil").check()
    page.wait_for_timeout(1500)
    pressed(page, "Dårlig svar")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk!").wait_for()
    assert [entry.opinion.reasons for entry in log.entries()] == [("wrong",)]


@pytest.mark.parametrize(("width", "height", "theme"), [(1280, 800, "light"), (390, 800, "dark"), (360, 640, "light")])
def test_the_form_fits_the_screen_and_can_be_read(opened, address, log, width, height, theme):
    page = opened(f"{address}/?__theme={theme}", width=width, height=height)
    answered(page)
    for button in page.locator("#samtale .message-buttons-left button").all():
        place = button.bounding_box()
        assert min(place["width"], place["height"]) >= 24
    thumb(page, "Dårlig svar")
    page.wait_for_function(
        "() => (place => place && place.top >= 0 && place.top < 120)"
        "(document.querySelector('#tilbakemelding')?.getBoundingClientRect())"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Svaret er feil").check()
    page.get_by_text("Hva var galt med svaret?").hover()
    assert page.evaluate(LOW_CONTRAST) == []
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk!").wait_for()
    assert page.evaluate(LOW_CONTRAST) == []
    page.evaluate("window.scrollTo(0, 0)")
    place = page.locator("#ny-samtale").bounding_box()
    assert place["y"] + place["height"] <= height


def test_what_cannot_be_stored_is_told_and_the_chat_goes_on(page, log, caplog):
    answered(page)
    kept = log.file.read_bytes() if log.file.exists() else b""
    log.file.write_bytes(b"ikke en database" * 100)
    try:
        with caplog.at_level(logging.ERROR):
            thumb(page, "Bra svar")
            page.get_by_text("Tilbakemeldingen ble ikke lagret").wait_for()
        assert "er skadet" in caplog.text
        assert str(log.file) not in page.content()
        answered(page)
        assert log.file.read_bytes() == b"ikke en database" * 100
    finally:
        log.file.write_bytes(kept)


CATALOGUE = {
    "katapult/katalog.md": (
        "---\ntitle: Tjenestekatalog\nkind: katapult\ndate: 2026-11-01\neksempel: true\n---\n# Tjenestekatalog\n\n"
        "| Tjeneste | TRL | Varighet | Pris |\n| --- | --- | --- | --- |\n"
        "| Sveising: prøvesveis | 5–8 | 1–3 uker | Fra 15 000 kroner |\n"
        "| Måling: førsteprøve | 5–9 | 3–10 dager | Fra 6 000 kroner |\n"
        "| Prototyping: fra skisse | 2–5 | 2–6 uker | Fra 15 000 kroner |\n"
    )
}


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    """The address of a chat over a small catalogue."""
    folder = tmp_path_factory.mktemp("catalogue")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", CATALOGUE), data_dir=folder / "data")
    assistant = Assistant(settings)
    assistant.build()
    with served(assistant) as address:
        yield address
    assistant.close()


def test_a_list_has_filters_to_take_off_and_files(opened, listing):
    page = opened(listing)
    ask(page, "Hvilke tjenester dekker TRL 6 og koster under 10 000 kroner?")
    rows = page.locator("#samtale [data-testid=bot] tbody tr")
    page.locator("#filtre label").nth(1).wait_for()
    assert rows.count() == 1
    assert "Måling" in rows.inner_text()
    assert "Eksempeldata" in page.locator("#samtale [data-testid=bot]").inner_text()
    page.locator("#filtre label", has_text="Pris").click()
    page.locator("#kilde-2").wait_for()
    assert rows.count() == 2
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent som CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig") as file:
        assert [line.split(";")[0] for line in file] == ["Navn", "Sveising: prøvesveis", "Måling: førsteprøve"]
    assert page.evaluate(LOW_CONTRAST) == []
    assert page.complaints == []


def test_the_tools_of_a_list_go_with_a_new_conversation(opened, listing):
    page = opened(listing)
    ask(page, "Hvor mange tjenester er det?")
    page.get_by_role("link", name="Hent som Excel").wait_for()
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_text("Hei! Hva lurer du på?").wait_for()
    assert page.get_by_role("link", name="Hent som Excel").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_a_need_is_met_from_the_door_to_the_source(opened, listing, width):
    page = opened(listing, width=width)
    page.get_by_role("button", name="Bedriften min trenger").click()
    expect(page.locator(BOX)).to_have_value("Bedriften min trenger ")
    page.locator(BOX).press_sequentially("hjelp til å prøve ny sveising på skjøter som sprekker. Vi er ni ansatte.")
    page.keyboard.press("Enter")
    answer = page.locator("#samtale [data-testid=bot]").last
    answer.get_by_text("Jeg har regnet med dette: 9 ansatte").wait_for()
    assert "Sveising: prøvesveis" in answer.locator("ol > li").first.inner_text()
    assert "Eksempeldata" in answer.inner_text()
    answer.get_by_role("link", name="1", exact=False).first.click()
    page.locator(f"{SOURCE} mark").first.wait_for()
    assert "Tjenestekatalog" in page.locator(SOURCE).inner_text()
