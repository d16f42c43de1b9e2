"""What axe finds on every kind of page, light and dark, wide and narrow: nothing serious (WCAG 2.2, A and AA)."""

from dataclasses import replace

import pytest
from axe_core_python.sync_playwright import Axe

from browsing import in_a_browser, served
from raufoss_assistant.assistant import Assistant
from test_chat import BOX, SOURCE, ask

pytestmark = in_a_browser
PASSWORD = "et langt passord for test"
SERIOUS = ("serious", "critical")
LOOKS = {"wide": (1280, "light"), "narrow": (390, "dark")}
CHECKED = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def address(small_assistant):
    assistant = Assistant(replace(small_assistant.settings, staff_password=PASSWORD))
    with served(assistant) as address:
        yield address
    assistant.close()


@pytest.fixture(scope="module")
def pages(browser):
    """A page for each look that was asked for."""
    opened = {}

    def page(look):
        if look not in opened:
            width, scheme = LOOKS[look]
            opened[look] = browser.new_page(
                viewport={"width": width, "height": 800}, color_scheme=scheme, locale="nb-NO"
            )
        return opened[look]

    yield page
    for each in opened.values():
        each.close()


def front(page, address):
    page.goto(address)
    page.locator(BOX).wait_for()


def answer(page, address):
    front(page, address)
    ask(page, "Hvor stor er Læringsfabrikken?")
    page.locator(SOURCE).wait_for()


def refusal(page, address):
    front(page, address)
    ask(page, "Hva er dagsprisen på metallprinteren?")
    page.get_by_text("Disse ligger nærmest").wait_for()


def form(page, address):
    answer(page, address)
    page.get_by_label("Dårlig svar").last.click()
    page.get_by_label("Velg det som passer").wait_for()


def guide(page, address):
    page.goto(f"{address}/ny")
    page.locator("#veiviser").wait_for()


def document(page, address):
    page.goto(f"{address}/dokument/klynge/laeringsfabrikken.md")
    page.locator("h1").first.wait_for()


def missing(page, address):
    page.goto(f"{address}/dokument/klynge/borte.md")
    page.locator("h1").first.wait_for()


def interface(page, address):
    page.goto(f"{address}/api")
    page.locator("h1").first.wait_for()


def log_in(page, address):
    page.context.clear_cookies()
    page.goto(f"{address}/ansatt/logg-inn")
    page.get_by_label("Passord").wait_for()


def staff(name):
    def tab(page, address):
        page.goto(f"{address}/ansatt/")
        if page.get_by_label("Passord").count():
            page.get_by_label("Passord").fill(PASSWORD)
            page.get_by_role("button", name="Logg inn").click()
        page.locator("#ansatte").wait_for()
        if page.get_by_role("tab", name=name).is_visible():
            page.get_by_role("tab", name=name).click()
        else:
            page.get_by_label("Flere faner").click()
            page.locator("#ansatte button", has_text=name).last.click()
        page.wait_for_timeout(500)

    tab.__name__ = name
    return tab


VIEWS = [front, answer, refusal, form, guide, document, missing, interface, log_in]
VIEWS += map(staff, ("Dokumenter", "Tilbakemeldinger", "Prøver", "Søk", "Helse"))


@pytest.mark.parametrize(
    ("look", "view"),
    [("wide", view) for view in VIEWS] + [("narrow", view) for view in (answer, form, document, VIEWS[-1])],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_axe_finds_nothing_serious(pages, address, look, view):
    page = pages(look)
    view(page, address)
    page.wait_for_timeout(300)  # what fades in is not yet as dark as it will be
    found = Axe().run(page, options=CHECKED)["violations"]
    assert [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ] == []
