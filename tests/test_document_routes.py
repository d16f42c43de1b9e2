"""The way from a number in an answer to the place in the document, in a real browser over the real server."""

import http.client
import io
from urllib.parse import quote, urlsplit

import docx
import httpx
import pytest
import typst
from PIL import Image

from browsing import LOW_CONTRAST, in_a_browser, served
from conftest import SMALL_CORPUS, write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.documents.pdf_image import MARK
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.links import Place, document_address
from test_chat import BOX, ask

SENTENCE = "Slangelageret er 340 kvadratmeter stort og ligger i bygning 17 ved porten."
PDF = f"""#set page(width: 12cm, height: 17cm)
#set text(lang: "nb")
= Om lagrene
Lagrene drives av industriparken.
#pagebreak()
== Slangelageret
#v(5cm)
Her står slangene. {SENTENCE}
#pagebreak()
== Til slutt
Ring vakta."""
ASKED = "Hvor stort er slangelageret?"
OTHER = "Hvor stor er Læringsfabrikken?"
CORPUS = {
    **SMALL_CORPUS,
    "klynge/lagre.pdf.yaml": "title: Lagrene i parken\nkind: klynge\nowner: Vaktsjef\ndate: 2025-03-04\neksempel: true\n",
    "klynge/slettes.md": "---\ntitle: Slettes\nkind: klynge\ndate: 2024-02-06\n---\n# Slettes\n\nDette skal bort.\n",
    "klynge/endres.md": "---\ntitle: Endres\nkind: klynge\ndate: 2024-02-06\n---\n# Endres\n\nDette skal endres.\n",
    "klynge/side.html": "<title>Side</title><h1>Side</h1><p>Tekst på en side.</p><script>alert(1)</script>",
    "klynge/liste.csv": "Navn;Pris\nSlange;400\n",
    "klynge/latin.txt": "Målerommet er åpent.\n",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dokumenter")
    corpus = write_corpus(folder / "corpus", CORPUS)
    (corpus / "klynge/lagre.pdf").write_bytes(typst.compile(PDF.encode()))
    (corpus / "klynge/latin.txt").write_bytes("Målerommet er åpent.\n".encode("cp1252"))
    word = docx.Document()
    word.add_paragraph("Håndbok for lageret.")
    word.save(corpus / "klynge/håndbok.docx")
    (folder / "hemmelig.md").write_text("hemmelig", "utf-8")
    assistant = Assistant(Settings(corpus_dir=corpus, data_dir=folder / "data"))
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def address(assistant):
    with served(assistant) as address:
        yield address


def cited(assistant, path, sentence):
    """Address of the view of a document, at a sentence."""
    page = next(page for page in assistant.document(path).pages if sentence in page.text)
    return document_address(path, page.number, Place.of(sentence, page.text.index(sentence))).removesuffix("#sitat")


def get(address, **params):
    return httpx.get(address, timeout=60, **params)


def raw(address, path):
    """Status and body of a path that is sent as it is written."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize("folder", ["dokument", "fil", "sidebilde"])
@pytest.mark.parametrize(
    "path",
    [
        "../hemmelig.md",
        "%2e%2e/hemmelig.md",
        "..%2fhemmelig.md",
        "klynge/..%2f..%2fhemmelig.md",
        "..%5chemmelig.md",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "C:%5Cwindows%5Cwin.ini",
        "klynge/lagre.pdf%00",
        "klynge/lagre.pdf.yaml",
        "KLYNGE/lagre.pdf",
        "klynge/",
        "",
        "%ff%fe",
        "klynge/lagre.pdf%0d%0aX-Y:z",
    ],
)
def test_nothing_but_documents_can_be_reached(address, folder, path):
    status, body = raw(address, f"/{folder}/{path}")
    assert status in (400, 404)
    assert "hemmelig" not in body and "root:" not in body
    assert str(status) not in body and "Traceback" not in body


def test_an_encoded_stroke_is_a_stroke(address):
    assert raw(address, "/fil/klynge%2Flaeringsfabrikken.md")[0] == 200


@pytest.mark.parametrize(
    ("path", "media", "how"),
    [
        ("klynge/lagre.pdf", "application/pdf", "inline"),
        ("klynge/laeringsfabrikken.md", "text/plain; charset=utf-8", "inline"),
        ("klynge/latin.txt", "text/plain; charset=windows-1252", "inline"),
        ("klynge/side.html", "text/html; charset=utf-8", "attachment"),
        ("klynge/liste.csv", "text/csv; charset=utf-8", "attachment"),
        (
            "klynge/håndbok.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
        ),
    ],
)
def test_files_come_with_their_type_and_can_run_nothing(address, assistant, path, media, how):
    response = get(f"{address}/fil/{quote(path)}")
    assert (response.status_code, response.headers["content-type"]) == (200, media)
    assert response.headers["content-disposition"].startswith(how)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.content == (assistant.settings.corpus_dir / path).read_bytes()
    assert httpx.head(f"{address}/fil/{quote(path)}").status_code == 200


def test_a_document_that_is_deleted_is_gone_at_once(address, assistant):
    addresses = [f"{address}/{folder}/klynge/slettes.md" for folder in ("dokument", "fil")]
    assert [get(each).status_code for each in addresses] == [200, 200]
    (assistant.settings.corpus_dir / "klynge/slettes.md").unlink()
    for each in addresses:
        response = get(each)
        assert response.status_code == 404
        assert "Dokumentet finnes ikke lenger" in response.text
        assert "skal bort" not in response.text


def test_a_file_that_changed_is_not_given_and_its_text_is_told_to_be_old(address, assistant):
    (assistant.settings.corpus_dir / "klynge/endres.md").write_text("Nytt.", "utf-8")
    assert get(f"{address}/fil/klynge/endres.md").status_code == 409
    shown = get(f"{address}/dokument/klynge/endres.md").text
    assert "Fila er endret siden assistenten leste den" in shown and "Dette skal endres." in shown
    assert "/fil/" not in shown


@pytest.mark.parametrize("side", ["0", "4", "-1", "9999999999", "to", "१"])
def test_a_page_that_is_not_there(address, side):
    for folder in ("dokument", "sidebilde"):
        response = get(f"{address}/{folder}/klynge/lagre.pdf", params={"side": side})
        assert response.status_code == 404
        assert "Det har 3 sider." in response.text
        assert 'href="/dokument/klynge/lagre.pdf"' in response.text


def test_what_is_not_found_is_said_and_not_marked(address):
    for path in ("klynge/lagre.pdf?side=2&", "klynge/laeringsfabrikken.md?"):
        shown = get(f"{address}/dokument/{path}sitat=3-20-0123456789ab").text
        assert "Sitatet er ikke funnet" in shown
        assert 'id="sitat"' not in shown


def test_facts_and_ways_on_stand_on_the_page(address, assistant):
    shown = get(f"{address}{cited(assistant, 'klynge/lagre.pdf', SENTENCE)}").text
    for part in (
        "<h1>Lagrene i parken</h1>",
        "4. mars 2025",
        "Eksempeldata",
        "Ansvarlig: Vaktsjef",
        'href="/fil/klynge/lagre.pdf#page=2"',
        "Side 2 av 3",
        'href="/dokument/klynge/lagre.pdf?side=1"',
        'href="/dokument/klynge/lagre.pdf?side=3"',
        "med sitatet merket i gult",
        f"<q>{SENTENCE}</q>",
        f"<p>Her står slangene. {SENTENCE}</p>",
    ):
        assert part in shown


def test_a_page_image_is_only_for_pdfs(address):
    assert get(f"{address}/sidebilde/klynge/lagre.pdf?side=1").headers["content-type"] == "image/webp"
    assert get(f"{address}/sidebilde/klynge/laeringsfabrikken.md").status_code == 404


@pytest.fixture
def opened(browser, address):
    """Opens an address in a visit of its own; afterwards nothing was asked of other hosts, nor complained of."""
    contexts, requests, complaints = [], [], []

    def watch(page):
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    def open_page(path="/", *, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="nb-NO", color_scheme=scheme)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        context.on("page", watch)
        page = context.new_page()
        page.goto(f"{address}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [url for url in requests if not url.startswith((f"{address}/", "data:", "blob:"))] == []
    assert complaints == []


def answered(page, question, count=1):
    page.locator(BOX).wait_for()
    ask(page, question)
    link = page.locator("#samtale [data-testid=bot]").nth(count - 1).get_by_role("link", name="Kilde 1", exact=True)
    link.wait_for()
    return link


def in_view(locator):
    return locator.evaluate(
        "element => { const {top, bottom} = element.getBoundingClientRect();"
        " return top >= -1 && top < innerHeight && bottom > 0; }"
    )


def focused(page, selector):
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)


class TestInTheBrowser:
    pytestmark = in_a_browser

    @pytest.mark.parametrize(("width", "by"), [(1280, "mouse"), (390, "keyboard")])
    def test_from_the_number_to_the_page_of_the_pdf(self, opened, width, by):
        page = opened(width=width)
        link = answered(page, ASKED)
        assert link.inner_text() == "[1]"
        if by == "mouse":
            link.click()
        else:
            link.focus()
            page.keyboard.press("Enter")
        focused(page, "#kilde-1.vist")
        card = page.locator("#kilde-1")
        page.wait_for_timeout(700)  # smooth scrolling
        assert in_view(card)
        for part in (
            "Lagrene i parken",
            "4. mars 2025",
            "Eksempeldata",
            "Ansvarlig: Vaktsjef",
            "Side 2, Om lagrene › Slangelageret",
        ):
            assert part in card.inner_text()
        assert card.locator("mark").inner_text() == SENTENCE
        assert card.locator("mark strong").inner_text() == "340 kvadratmeter"
        assert card.locator(".rundt").inner_text() == "Her står slangene."
        with page.expect_popup() as popup:
            card.get_by_role("link", name="Åpne dokumentet, side 2").press("Enter")
        view = popup.value
        image = view.locator("figure img")
        view.wait_for_function("() => document.querySelector('figure img').complete")
        assert in_view(view.locator("#sitat"))
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        top, bottom, dark = marked(view.request.get(image.evaluate("img => img.src")).body())
        assert 0.4 < top < bottom < 0.75
        assert dark > 200
        view.get_by_role("link", name="Neste side").click()
        view.get_by_text("Side 3 av 3").wait_for()
        assert view.get_by_role("link", name="Neste side").count() == 0

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
    def test_from_the_number_to_the_place_in_a_text(self, opened, width, scheme):
        page = opened(width=width, scheme=scheme)
        answered(page, OTHER).click()
        focused(page, "#kilde-1")
        with page.expect_popup() as popup:
            page.locator("#kilde-1").get_by_role("link", name="Åpne dokumentet").click()
        view = popup.value
        mark = view.locator("mark#sitat")
        assert "1\u202f500 kvadratmeter" in mark.inner_text()
        assert in_view(mark)
        assert view.locator("h1").inner_text() == "Læringsfabrikken"
        assert view.evaluate(LOW_CONTRAST) == []
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        view.get_by_role("link", name="Til chatten").click()
        view.locator(BOX).wait_for()

    def test_each_answer_leads_to_its_own_sources_and_back(self, opened):
        page = opened()
        first = answered(page, OTHER)
        second = answered(page, ASKED, count=2)
        page.locator("#kilde-1").get_by_text("Lagrene i parken").wait_for()
        first.press("Enter")
        focused(page, "#kilde-1.vist")
        assert "Læringsfabrikken" in page.locator("#kilde-1 h3").inner_text()
        assert OTHER in page.locator("#kilder .spurt").inner_text()
        page.get_by_role("link", name="Tilbake til svaret").press("Enter")
        focused(page, ".kildelenke")
        assert first.evaluate("link => link === document.activeElement")
        second.press("Enter")
        focused(page, "#kilde-1.vist")
        assert "Lagrene i parken" in page.locator("#kilde-1 h3").inner_text()

    def test_what_is_copied_has_plain_numbers(self, opened):
        page = opened()
        answered(page, OTHER)
        page.get_by_label("Kopier svaret").last.click()
        page.wait_for_function("() => navigator.clipboard.readText().then(text => text.includes('kvadratmeter'))")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith("[1]") and "<" not in copied

    @pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
    def test_the_page_of_a_pdf_fits_and_can_be_read_by_all(self, opened, assistant, width, scheme):
        from axe_core_python.sync_playwright import Axe

        view = opened(cited(assistant, "klynge/lagre.pdf", SENTENCE), width=width, scheme=scheme)
        view.locator("summary").click()
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        assert view.evaluate(LOW_CONTRAST) == []
        faults = Axe().run(view)["violations"]
        assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
        assert view.evaluate("document.documentElement.lang") == "nb"


def marked(webp):
    """Where the colour of a mark begins and ends, as shares of an image's height, and how many dark pixels are there."""
    picture = Image.open(io.BytesIO(webp)).convert("RGB")
    width, height = picture.size
    rows = [
        y
        for y in range(0, height, 3)
        if any(
            all(abs(one - other) <= 12 for one, other in zip(picture.getpixel((x, y)), MARK, strict=True))
            for x in range(0, width, 6)
        )
    ]
    dark = sum(sum(picture.getpixel((x, y))) < 300 for y in rows for x in range(0, width, 2))
    return rows[0] / height, rows[-1] / height, dark
