"""Feedback, evaluations and the search laboratory of the staff pages in a real browser, served by the real server."""

from dataclasses import replace

import pytest

from browsing import LOW_CONTRAST, VISIBLE_ATTRIBUTES, in_a_browser, served
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation import runs
from raufoss_assistant.evaluation.choosing import SETS
from raufoss_assistant.evaluation.command import REPORTS
from raufoss_assistant.evaluation.labels import decimal
from raufoss_assistant.evaluation.sets import read_set, write_rows
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.retrieval.passage_reader import CANDIDATES
from test_chat import BOX, QUESTION, SOURCE, ask, thumb
from test_eval_job import RIGHT, WRONG, many
from test_log import DOWN, EXCHANGE

pytestmark = in_a_browser
PASSWORD = "et langt passord for test"
LAB = "#lab-sporsmal textarea"
ENGLISH = ("clear", "submit", "textbox", "dropdown", "open", "remove", "options", "loading", "select", "search")


@pytest.fixture(scope="module")
def assistant(small_assistant):
    assistant = Assistant(replace(small_assistant.settings, staff_password=PASSWORD, reader_ms=60_000))
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
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.locator("#ansatte").wait_for()
    yield context.cookies(f"{address}/ansatt/")
    context.close()


@pytest.fixture
def opened(browser, address, inside):
    """Opens a tab of the staff pages in a visit of its own; the page notes its requests and complaints."""
    contexts = []

    def open_tab(name, width=1280, theme="light"):
        contexts.append(
            browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")
        )
        contexts[-1].add_cookies(inside)
        page = contexts[-1].new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{address}/ansatt/")
        page.locator(".dokumenter").wait_for()
        tab(page, name)
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def log(assistant):
    log = FeedbackLog(assistant.settings.data_dir)
    for entry in log.entries():
        log.delete(entry.id)
    return log


def tab(page, name):
    """Go to a tab; on a narrow screen Gradio keeps the last ones in a menu."""
    if page.get_by_role("tab", name=name).is_visible():
        page.get_by_role("tab", name=name).click()
    else:
        page.locator(".overflow-menu > button").click()
        page.locator(".overflow-dropdown button", has_text=name).click()


def choose(page, label, option):
    page.get_by_label(label).click()
    page.get_by_role("option", name=option).click()


def complain(browser, address):
    """A visitor presses a thumb down and says why."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.locator(BOX).wait_for()
    ask(page, QUESTION)
    page.locator(SOURCE).wait_for()
    thumb(page, "Dårlig svar")
    page.get_by_label("Svaret er feil").check()
    page.get_by_label("Hva er galt?").fill("Den er <b>større</b> nå")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Takk!").wait_for()
    context.close()


def test_from_a_thumb_down_to_a_test(opened, browser, address, log):
    complain(browser, address)
    page = opened("Tilbakemeldinger")
    listed, told = page.locator("#tilbakemeldingene"), page.locator("#tilbakemelding-melding")
    listed.get_by_text("1 åpne av 1 tilbakemelding").wait_for()
    listed.get_by_role("link", name=QUESTION).click()
    panel = page.locator("#en-tilbakemelding")
    panel.get_by_text("Svaret den gang").wait_for()
    for said in ("Svaret er feil", "Den er <b>større</b> nå", "1\u202f500 kvadratmeter", "klynge/laeringsfabrikken.md"):
        assert said in panel.inner_text()
    page.get_by_role("button", name="Spør på nytt nå").click()
    panel.get_by_text("Svaret er det samme i dag, med de samme kildene.").wait_for()
    panel.get_by_label("Sett på").check()
    panel.get_by_label("Middels").check()
    panel.get_by_label("Årsak").fill("gammelt tall")
    panel.get_by_label("Merknad").fill("Sjekkes med eieren")
    panel.get_by_role("button", name="Lagre").click()
    told.get_by_text("Lagret.").wait_for()
    listed.get_by_text("gammelt tall").wait_for()
    (entry,) = log.entries()
    assert (entry.state, entry.importance, entry.cause) == ("sett", "middels", "gammelt tall")
    panel.get_by_role("button", name="Lag testspørsmål").click()
    page.get_by_text("sier ikke hva som er riktig svar").wait_for()
    panel.get_by_label("Riktig svar").fill("2 100 kvadratmeter")
    panel.get_by_role("button", name="Lag testspørsmål").click()
    told.get_by_text("Lagt til i tilbakemeldinger.yaml").wait_for()
    (question,) = read_set(SETS / "tilbakemeldinger.yaml").questions
    assert (question.id, question.must_contain) == (f"T{entry.id}", ("2 100",))
    listed.get_by_text("0 åpne av 1").wait_for()
    choose(page, "Tilstand", "Blitt test")
    listed.get_by_role("link", name=QUESTION).wait_for()
    panel.get_by_role("button", name="Slett", exact=True).click()
    page.get_by_role("button", name="Ja, slett den").click()
    told.get_by_text("Slettet.").wait_for()
    assert log.entries() == []
    assert not panel.is_visible()


def test_a_run_its_figures_a_failure_and_a_comparison(opened, address):
    write_rows(SETS / "fakta.yaml", [RIGHT, WRONG, *many(60)])
    page = opened("Prøver")
    page.get_by_label("fakta.yaml").check()
    choose(page, "Høyst fra hvert sett", "Alle")
    page.get_by_role("button", name="Kjør prøvene").click()
    page.locator("#kjoring-status").get_by_text("av 62").wait_for()
    assert page.get_by_role("button", name="Kjør prøvene").is_disabled()
    results = page.locator("#resultat")
    results.get_by_text("Når svaret står i dokumentene").wait_for(timeout=90_000)
    assert page.get_by_role("button", name="Stopp").count() == 0
    (file,) = runs.kept(REPORTS)
    done = runs.load(file)
    right = done.summary["right"]
    assert decimal(100 * right.value, 1) in results.inner_text()
    assert f"{decimal(100 * right.low, 1)}–{decimal(100 * right.high, 1)}" in results.inner_text()
    failure = results.locator("details.feilsvar", has_text="mangler «2 100»")
    failure.locator("summary").first.click()
    failure.get_by_text("Læringsfabrikken er 1 500 kvadratmeter stor").first.wait_for()
    for image in results.locator("figure img").all():
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    rows = tuple(
        replace(row, ok=row.question.id == "Q2", scores={"right": float(row.question.id == "Q2")}) for row in done.rows
    )
    earlier = replace(done, rows=rows, fingerprint=replace(done.fingerprint, date="2026-01-02T09:00:00+01:00"))
    runs.keep(earlier, REPORTS)
    tab(page, "Søk")
    tab(page, "Prøver")
    page.wait_for_timeout(500)
    choose(page, "Sammenlign med", "2. januar 2026")
    compared = page.locator("#sammenligning")
    compared.get_by_text("Bedre enn sist").wait_for()
    won = sum(row.ok for row in done.rows if row.question.id != "Q2")
    assert f"Ble riktige: {won}" in compared.inner_text()
    assert "Ble gale: 1" in compared.inner_text()
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []


def test_a_run_is_stopped_and_what_is_wrong_with_a_set_is_told(opened):
    write_rows(SETS / "mange.yaml", many(80))
    page = opened("Prøver")
    choose(page, "Høyst fra hvert sett", "Alle")
    status = page.locator("#kjoring-status")
    page.get_by_role("button", name="Kjør prøvene").click()
    status.get_by_text("av 80").wait_for()
    page.get_by_role("button", name="Stopp").click()
    status.get_by_text("Kjøringen er stoppet. Ingenting er lagret.").wait_for()
    (SETS / "mange.yaml").write_text("- id: A\n  question: Hva?\n  kind: tull\n- id: B\n  kind: fakta\n", "utf-8")
    page.get_by_role("button", name="Kjør prøvene").click()
    status.get_by_text("dette er rettet i spørsmålssettene").wait_for()
    for fault in ("mange.yaml, rad 1 (A, linje 1), felt kind", "mange.yaml, rad 2 (B, linje 4), felt question"):
        assert fault in status.inner_text()
    assert runs.kept(REPORTS) == []


def test_the_laboratory_shows_the_parts_of_each_score(opened, assistant):
    page = opened("Søk")
    page.locator(LAB).fill("hvor stor er laeringsfabrikken?")
    page.get_by_role("button", name="Søk", exact=True).click()
    found = page.locator("#lab-funn")
    found.locator("table.treff").wait_for()
    with assistant.knowledge() as knowledge:
        hits = knowledge.passages("hvor stor er Læringsfabrikken?", CANDIDATES)
    lines = [line.locator("td").all_inner_texts() for line in found.locator("table.treff tbody tr").all()]
    assert [line[2:5] for line in lines] == [
        [decimal(figure, 3) for figure in (hit.score, hit.words, hit.cosine)] for hit in hits
    ]
    assert [line[5:7] for line in lines] == [
        [decimal(hit.reading.chance, 3), decimal(hit.reading.nowhere, 3)] for hit in hits
    ]
    assert "Rettet skrivemåte" in found.inner_text()
    found.locator("details.utdrag summary").first.click()
    first = hits[0]
    assert found.locator("details.utdrag mark").first.inner_text() == first.chunk.text[slice(*first.reading.span)]
    page.get_by_label("Bare ord").check()
    found.get_by_text("Utdragene som ble funnet (bare ord)").wait_for()
    page.get_by_label("Spørsmålet før i samtalen").fill("Hva er SkatteFUNN?")
    page.locator(LAB).fill("og når er fristen?")
    page.locator(LAB).press("Enter")
    found.get_by_text("SkatteFUNN: når er fristen?").wait_for()
    page.locator(LAB).fill("?")
    page.locator(LAB).press("Enter")
    found.get_by_text("Spørsmålet er tomt").wait_for()
    assert page.complaints == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_tabs_fit_the_screen_can_be_read_and_are_norwegian(opened, log, width, theme):
    log.add(EXCHANGE, DOWN)
    write_rows(SETS / "fakta.yaml", [RIGHT, WRONG])
    page = opened("Tilbakemeldinger", width, theme)
    page.locator("#tilbakemeldingene").get_by_role("link", name=QUESTION).click()
    page.get_by_text("Svaret den gang").wait_for()
    page.get_by_role("button", name="Spør på nytt nå").click()
    page.get_by_text("Svaret i dag").wait_for()
    fits(page, width)
    tab(page, "Prøver")
    page.get_by_label("fakta.yaml").check()
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="Kjør prøvene").click()
    page.locator("#resultat details.feilsvar").wait_for(timeout=90_000)
    page.locator("#resultat details.feilsvar summary").first.click()
    fits(page, width)
    tab(page, "Søk")
    page.locator(LAB).fill("Vi er ni ansatte og vil prøve en robot. Hva passer?")
    page.get_by_role("button", name="Søk", exact=True).click()
    page.locator("table.treff").wait_for()
    fits(page, width)
    assert page.complaints == []


def fits(page, width):
    page.locator("#ansatt-topp").hover()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(LOW_CONTRAST) == []
    names = page.evaluate(VISIBLE_ATTRIBUTES)
    assert [name for name in names if any(word in name.lower() for word in ENGLISH)] == []
