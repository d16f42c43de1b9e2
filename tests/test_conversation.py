"""What conversation.js adds to the chat: doors, starters, stop, edit, earlier conversations and files, in a browser."""

import io
import json
import re
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader

from browsing import LOW_CONTRAST, VISIBLE_ATTRIBUTES, in_a_browser, served
from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.settings import Settings
from starter_corpus import GOOD, STARTER_CORPUS
from test_chat import BOX, QUESTION, SOURCE, Watched, answered, ask, conversation, pressed, thumb

pytestmark = in_a_browser
SHARE = "Hvor mange prosent gir SkatteFUNN?"
KEY = "raufoss-samtaler"
WELCOME = "Hei! Hva lurer du på?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samtaler")
    corpus = write_corpus(folder / "corpus", SMALL_CORPUS | STARTER_CORPUS)
    assistant = Watched(Settings(corpus_dir=corpus, data_dir=folder / "data"))
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def address(assistant):
    with served(assistant) as address:
        yield address


@pytest.fixture
def visit(browser, address):
    """Opens the page in a browser of its own, or in that of another page; faults of our scripts fail the test."""
    contexts, faults = [], []

    def opened(beside=None, query="", width=1280, height=800):
        context = beside.context if beside else browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/{query}")
        page.locator(BOX).wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "aborted" not in fault] == []  # Gradio's own, when a page is left


@pytest.fixture
def page(visit):
    return visit()


@contextmanager
def at_work(page, assistant, begin=lambda page: ask(page, QUESTION)):
    """The page while the question is being answered."""
    assistant.may_answer.clear()
    try:
        begin(page)
        page.get_by_role("button", name="Stopp").wait_for()
        yield
    finally:
        assistant.may_answer.set()


def value(page, expected):
    page.wait_for_function("([box, text]) => document.querySelector(box).value === text", arg=[BOX, expected])


def questions(page):
    return [each.strip() for each in page.locator("#samtale [data-testid=user]").all_inner_texts()]


def edit(page, nth):
    page.get_by_role("button", name="Endre spørsmålet").nth(nth).click()


def stored(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "[]")


def earlier(page):
    """The list of earlier conversations, unfolded."""
    page.locator("#tidligere:not([open]) summary").click()
    return page.locator("#tidligere .apne")


def test_a_door_begins_a_question_and_leaves_the_rest_to_the_visitor(page, assistant):
    before = len(assistant.heard)
    for door, begun in (("Bedriften min trenger", "Bedriften min trenger "), ("Finn kurs", "Hvilke kurs ")):
        page.get_by_role("button", name=door).click()
        value(page, begun)
        assert page.evaluate("document.activeElement.selectionStart") == len(begun)
    page.keyboard.type("passer?")
    assert page.locator(BOX).input_value() == "Hvilke kurs passer?"
    assert len(assistant.heard) == before
    page.get_by_role("link", name="Jeg er ny her").click()
    page.wait_for_url("**/ny")


def test_doors_and_starters_leave_with_the_first_question_and_come_back(page):
    page.locator("#forslag").wait_for()
    answered(page)
    for gone in ("#dorer", "#forslag"):
        assert not page.locator(gone).is_visible()
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_text(WELCOME).wait_for()
    for back in ("#dorer", "#forslag"):
        page.locator(back).wait_for()
    assert not page.locator("#hoyre").is_visible()


def test_starters_come_from_the_documents_fill_the_box_and_do_not_send(page, assistant):
    page.locator("#vis-andre").wait_for(timeout=60_000)
    before = len(assistant.heard)
    starters = page.locator("#forslag button:not(#vis-andre)")
    shown = starters.all_inner_texts()
    assert set(shown) <= GOOD | {"Hva betyr «NCE»?"} and shown
    starters.first.click()
    value(page, shown[0])
    assert len(assistant.heard) == before
    page.locator("#vis-andre").click()
    page.wait_for_function(
        "was => document.querySelector('#forslag button').textContent.trim() !== was", arg=shown[0].strip()
    )
    assert set(starters.all_inner_texts()) != set(shown)
    page.locator(BOX).press("Enter")
    page.locator(SOURCE).wait_for()


def test_the_first_word_comes_at_once_and_each_step_is_shown(page, assistant):
    began = time.monotonic()
    with at_work(page, assistant):
        page.get_by_text("Ser på spørsmålet …").wait_for()
        assert time.monotonic() - began < 2  # on a machine that others use too
        page.evaluate("""() => {
            window.told = [];
            new MutationObserver(() => told.push(document.querySelector('#samtale .beskjed')?.innerText))
                .observe(document.querySelector('#samtale'), {childList: true, characterData: true, subtree: true});
        }""")
    page.locator(SOURCE).wait_for()
    told = [text for text in page.evaluate("told") if text]
    assert f"Søker etter «{QUESTION}» …" in told
    assert re.fullmatch(rf"Søkte etter «{re.escape(QUESTION)}»\nLeser \d utdrag …", told[-1])


def test_stop_gives_the_question_back_and_the_answer_does_not_come(page, assistant):
    with at_work(page, assistant):
        assert not page.get_by_role("button", name="Spør", exact=True).is_visible()
        page.get_by_role("button", name="Stopp").click()
        page.get_by_text("Stoppet.").wait_for()
        value(page, QUESTION)
        page.get_by_role("button", name="Spør", exact=True).wait_for()
    page.wait_for_timeout(500)
    assert "kvadratmeter" not in conversation(page)
    page.locator(BOX).press("Enter")
    page.locator(SOURCE).wait_for()
    assert questions(page) == [QUESTION]
    assert assistant.heard[-1] == []


def test_the_latest_answer_can_be_had_again(page, assistant):
    answered(page)
    before = len(assistant.heard)
    with at_work(page, assistant, lambda page: page.get_by_role("button", name="Prøv igjen").click()):
        pass
    page.get_by_role("button", name="Spør", exact=True).wait_for()
    assert len(assistant.heard) == before + 1
    assert assistant.heard[-1] == []
    assert questions(page) == [QUESTION]


def test_an_edited_question_drops_what_came_after(page, assistant):
    answered(page, SHARE)
    answered(page, QUESTION)
    page.locator(SOURCE).get_by_text("laeringsfabrikken.md").wait_for()
    edit(page, 0)
    value(page, SHARE)
    page.get_by_text("Du endrer et spørsmål").wait_for()
    page.get_by_role("button", name="Avbryt").click()
    value(page, "")
    assert questions(page) == [SHARE, QUESTION]
    edit(page, 0)
    value(page, SHARE)
    ask(page, "Når er fristen for SkatteFUNN?")
    page.locator(SOURCE).get_by_text("skattefunn.md").wait_for()
    assert questions(page) == ["Når er fristen for SkatteFUNN?"]
    assert assistant.heard[-1] == []
    assert not page.get_by_text("Du endrer et spørsmål").is_visible()


def test_a_question_with_marks_and_lines_is_edited_as_it_was_written(page):
    written = "Hva *er* <b>Læringsfabrikken</b>?\n\\ & ~~den~~"
    page.locator(BOX).fill(written)
    page.get_by_role("button", name="Spør", exact=True).click()
    page.get_by_label("Bra svar").wait_for()
    edit(page, 0)
    value(page, written)


def test_a_thumb_stays_with_its_answer_when_another_takes_its_place(page):
    answered(page)
    thumb(page, "Bra svar")
    pressed(page, "Bra svar")
    edit(page, 0)
    value(page, QUESTION)
    ask(page, SHARE)
    page.locator(SOURCE).get_by_text("skattefunn.md").wait_for()
    page.wait_for_function("() => !document.querySelector('#samtale [aria-pressed=true]')")
    thumb(page, "Dårlig svar")
    page.locator("#om-svaret").get_by_text(SHARE).wait_for()
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_text(WELCOME).wait_for()
    assert not page.locator("#tilbakemelding").is_visible()


def test_a_conversation_is_found_again_after_a_reload_and_goes_on(page, assistant):
    answered(page)
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()
    page.reload()
    page.get_by_text(WELCOME).wait_for()
    found = earlier(page)
    assert found.count() == 1
    assert re.fullmatch(
        rf"{re.escape(QUESTION)}\n\d+\. \w+ 20\d\d kl\. \d\d\.\d\d",
        found.first.inner_text().replace("\xa0", " ").strip(),
    )
    found.first.click()
    page.locator("#samtale .sokt").first.wait_for()
    assert questions(page) == [QUESTION, "Hva er dagsprisen på metallprinteren?"]
    assert "1\u202f500 kvadratmeter" in conversation(page)
    ask(page, "Hvor stor er Læringsfabrikken da?")
    page.locator(SOURCE).wait_for()
    assert assistant.heard[-1][0] == ("user", QUESTION)
    assert found.count() == 1
    assert len(stored(page)) == 1


def test_the_sources_of_an_opened_conversation_are_shown(page):
    answered(page)
    page.reload()
    earlier(page).first.click()
    page.locator(SOURCE).get_by_text("laeringsfabrikken.md").wait_for()


def test_one_conversation_or_all_can_be_deleted(page):
    for question in (QUESTION, SHARE, QUESTION):
        answered(page, question)
        page.get_by_role("button", name="Ny samtale").click()
        page.get_by_text(WELCOME).wait_for()
    page.wait_for_function("() => !document.querySelector('#kopi pre')?.textContent")  # the server has begun anew too
    found = earlier(page)
    assert found.count() == 3
    page.get_by_role("button", name=f"Slett samtalen {SHARE}").click()
    assert found.count() == 2 and len(stored(page)) == 2
    found.first.click()
    page.locator(SOURCE).wait_for()
    page.get_by_role("button", name="Slett alle", exact=True).click()
    assert found.count() == 2
    page.get_by_role("button", name="Trykk en gang til").click()
    page.get_by_text(WELCOME).wait_for()
    assert stored(page) == []
    assert not page.locator("#tidligere").is_visible()
    page.reload()
    page.get_by_text(WELCOME).wait_for()
    assert not page.locator("#tidligere").is_visible()


def test_at_most_thirty_are_kept_and_the_oldest_goes(page):
    answered(page)
    page.wait_for_function(f"() => localStorage.getItem('{KEY}')")
    (one,) = stored(page)
    many = [one | {"id": f"gammel-{nth}", "title": f"Samtale {nth}"} for nth in range(30)]
    page.evaluate(f"many => localStorage.setItem('{KEY}', many)", json.dumps(many))
    page.reload()
    answered(page)
    page.wait_for_function(f"text => localStorage.getItem('{KEY}').includes(text)", arg=f'"title":"{QUESTION}"')
    kept = stored(page)
    assert len(kept) == 30
    assert (kept[0]["title"], kept[-1]["title"]) == (QUESTION, "Samtale 28")


def test_where_there_is_no_room_older_conversations_go(page):
    answered(page)
    page.wait_for_function(f"() => localStorage.getItem('{KEY}')")
    (one,) = stored(page)
    large = [one | {"id": f"stor-{nth}", "sealed": "A" * 550_000} for nth in range(9)]
    page.evaluate(f"many => localStorage.setItem('{KEY}', many)", json.dumps(large))
    page.evaluate("""() => {
        let kept = '';
        for (const step of [100_000, 1_000]) {
            try { for (;;) localStorage.setItem('annet', (kept += 'x'.repeat(step))); }
            catch { kept = kept.slice(step); }
        }
    }""")
    page.reload()
    answered(page)
    page.wait_for_function(f"id => !JSON.parse(localStorage.getItem('{KEY}')).some(one => one.id === id)", arg="stor-8")
    assert stored(page)[0]["title"] == QUESTION


FORGED = [
    "{",
    "7",
    "null",
    '{"0": {}}',
    "[null, 7, [], {}]",
    json.dumps([{"id": 1, "title": ["x"], "time": {}, "sealed": None}]),
    json.dumps([{"id": "a", "title": "x", "time": "ikke en tid", "sealed": ""}]),
    json.dumps([{"id": "a", "title": "x" * 500_000, "time": "2026-11-26T14:05:00+01:00", "sealed": "x"}]),
]


def test_what_has_no_shape_of_a_list_is_left_out_and_the_chat_works(page):
    for forged in FORGED:
        page.evaluate(f"text => localStorage.setItem('{KEY}', text)", forged)
        page.evaluate(f"dispatchEvent(new StorageEvent('storage', {{key: '{KEY}'}}))")
        assert not page.locator("#tidligere").is_visible()
    page.reload()
    page.locator("#dorer").wait_for()
    answered(page)
    page.locator("#tidligere").wait_for()
    assert len(stored(page)) == 1


def test_a_forged_conversation_is_never_shown(page):
    """Title and time are text in a list; what is opened was sealed by the server, or is refused."""
    answered(page)
    page.wait_for_function(f"() => localStorage.getItem('{KEY}')")
    (one,) = stored(page)
    tampered = one["sealed"][:60] + ("A" if one["sealed"][60] != "A" else "B") + one["sealed"][61:]
    title = "<img src=x onerror='window.forged=1'><script>window.forged=1</script>[x](https://evil.example)"
    forged = [one | {"id": "f", "title": title[:100], "sealed": sealed} for sealed in (tampered, title)]
    page.evaluate(f"many => localStorage.setItem('{KEY}', many)", json.dumps(forged))
    page.reload()
    found = earlier(page)
    assert found.count() == 2
    assert title[:100] in found.first.inner_text()
    for nth in range(2):
        found.nth(nth).click()
        page.get_by_text("Samtalen kan ikke åpnes").wait_for()
        assert questions(page) == []
    assert page.locator("#tidligere :is(img, script, a)").count() == 0
    assert page.evaluate("window.forged") is None


def test_two_browsers_have_no_part_in_each_other_but_two_tabs_share_the_list(page, visit):
    answered(page)
    page.locator("#tidligere").wait_for()
    other = visit()
    assert not other.locator("#tidligere").is_visible()
    assert "kvadratmeter" not in other.content()
    tab = visit(beside=page)
    assert "kvadratmeter" not in conversation(tab)
    answered(tab, SHARE)
    page.wait_for_function("() => document.querySelectorAll('#tidligere .apne').length === 2")
    assert questions(page) == [QUESTION]


def test_the_conversation_is_fetched_as_pdf_and_as_text_with_its_sources(page):
    answered(page)
    answered(page, "Hvor lenge varer testen av den samarbeidende roboten?")
    page.locator("#kilder .example").first.wait_for()
    read = {}
    for button in ("Hent som PDF", "Hent som tekst"):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        read[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
    pages = PdfReader(io.BytesIO(read["samtale.pdf"])).pages
    for raw in (" ".join(page.extract_text() for page in pages), read["samtale.md"].decode()):
        text = " ".join(raw.replace("\u202f", " ").split())
        for part in (QUESTION, "«Læringsfabrikken er 1 500 kvadratmeter stor", "6. februar 2024", "Eksempeldata"):
            assert part in text


def test_what_cannot_be_fetched_is_told(page):
    answered(page)
    page.locator("#hent-pdf").wait_for()
    page.evaluate("document.querySelector('#kopi pre').textContent = JSON.stringify({sealed: 'AAAA'})")
    page.get_by_role("button", name="Hent som PDF").click()
    page.locator("#melding").get_by_text("Samtalen kan ikke åpnes").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Hent som PDF").click()
    page.locator("#melding").get_by_text("Samtalen kunne ikke hentes").wait_for()
    page.context.set_offline(False)


def test_the_keyboard_is_enough(page, assistant):
    page.get_by_role("button", name="Bedriften min trenger").focus()
    page.keyboard.press("Enter")
    value(page, "Bedriften min trenger ")
    page.locator(BOX).fill(QUESTION)
    assistant.may_answer.clear()
    try:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.activeElement.textContent.trim() === 'Stopp'")
        page.keyboard.press("Enter")
        page.get_by_text("Stoppet.").wait_for()
        page.wait_for_function("() => document.activeElement.textContent.trim() === 'Spør'")
    finally:
        assistant.may_answer.set()
    page.keyboard.press("Enter")
    page.locator(SOURCE).wait_for()
    page.get_by_role("button", name="Endre spørsmålet").focus()
    page.keyboard.press("Enter")
    value(page, QUESTION)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.locator("#tidligere summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#samtale .sokt").get_by_text("Svar fra ").wait_for()


@pytest.mark.parametrize(("width", "height", "theme"), [(1280, 800, "light"), (390, 800, "dark"), (360, 740, "light")])
def test_all_fits_the_screen_can_be_read_and_is_in_norwegian(visit, width, height, theme):
    page = visit(query=f"?__theme={theme}", width=width, height=height)
    page.locator("#vis-andre").wait_for(timeout=60_000)
    place = page.locator("#sporsmal").bounding_box()
    assert place["y"] + place["height"] <= height

    def check():
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(LOW_CONTRAST) == []

    check()
    ask(page, "Hvilke tjenester dekker TRL 5?")
    page.locator(SOURCE).wait_for()
    check()
    edit(page, 0)
    page.get_by_text("Du endrer et spørsmål").wait_for()
    earlier(page)
    check()
    for button in page.locator(":is(#tidligere, #under, #endring, #samtale .message-buttons-right) button").all():
        if button.is_visible():
            size = button.bounding_box()
            assert min(size["width"], size["height"]) >= 24
    english = ("edit", "copy", "submit", "retry", "undo", "stop", "textbox")
    assert not [name for name in page.evaluate(VISIBLE_ATTRIBUTES) if name.lower() in english]


def test_twenty_ask_at_once_and_none_waits_for_another_to_be_heard(address, assistant):
    """All are begun while none can be answered yet: no queue holds one back behind another."""
    from concurrent.futures import ThreadPoolExecutor

    import httpx

    assistant.may_answer.clear()
    before = len(assistant.heard)
    page = httpx.get(address).text
    config, _ = json.JSONDecoder().raw_decode(page.split("window.gradio_config = ", 1)[1])
    asking = next(one["id"] for one in config["dependencies"] if one["targets"][0][1] == "submit")

    def one(nth):
        body = {"data": [QUESTION, None, None], "fn_index": asking, "session_hash": f"samtidig{nth}"}
        httpx.post(f"{address}/gradio_api/queue/join", json=body, timeout=120).raise_for_status()
        told = httpx.get(f"{address}/gradio_api/queue/data", params={"session_hash": f"samtidig{nth}"}, timeout=120)
        return told.text

    with ThreadPoolExecutor(20) as threads:
        try:
            told = [threads.submit(one, nth) for nth in range(20)]
            until = time.monotonic() + 30
            while len(assistant.heard) < before + 20 and time.monotonic() < until:
                time.sleep(0.05)
            heard = len(assistant.heard) - before
        finally:
            assistant.may_answer.set()
        assert heard == 20
        assert all("laeringsfabrikken.md" in each.result() for each in told)
