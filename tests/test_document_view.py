import re

import pytest
from bs4 import BeautifulSoup

from raufoss_assistant.documents.extract import Limits, Piece, compose, table
from raufoss_assistant.documents.markdown import read
from raufoss_assistant.model import Document, Properties
from raufoss_assistant.web.document_view import page_text, rendered
from raufoss_assistant.web.links import Place

MARKDOWN = """# Om kurset

Kurset er på **to dager**. Les [mer om lean](https://example.org/lean) her.

### Søknad

- Søk i tide.
- Send *vitnemål*.

| Tema | Regel |
| --- | --- |
| Frist | Søk innen 1. mars |
| Pris | 4 000 kroner |

Kurset er på to dager.
"""


def markdown(text, title="Om kurset"):
    return Document("kurs/om.md", "", Properties(title, "kurs"), read(text.encode(), Limits()).pages)


def soup(document, quote=None, nth=0):
    """The rendered document, with the n-th place of a quote marked."""
    place = None
    if quote:
        text = document.pages[0].text
        start = [found.start() for found in re.finditer(re.escape(quote), text)][nth]
        place = Place.of(quote, start)
    shown = rendered(document, document.pages[0].number, place)
    return BeautifulSoup(shown.html, "lxml"), shown.marked


def marked(document, quote, nth=0):
    shown, found = soup(document, quote, nth)
    marks = shown.find_all("mark")
    assert found == bool(marks)
    assert [mark.get("id") for mark in marks] == ["sitat"] * bool(marks) + [None] * (len(marks) - 1)
    return [mark.get_text() for mark in marks]


def test_markdown_is_shown_as_it_is_meant():
    shown, found = soup(markdown(MARKDOWN))
    assert not found
    assert [(each.name, each.get_text()) for each in shown.find_all(["h1", "h2", "h3", "h4"])] == [("h2", "Søknad")]
    assert shown.strong.get_text() == "to dager"
    assert [item.get_text() for item in shown.find_all("li")] == ["Søk i tide.", "Send vitnemål."]
    assert [cell.get_text() for cell in shown.find_all("td")] == [
        "Frist",
        "Søk innen 1. mars",
        "Pris",
        "4\u202f000 kroner",
    ]
    assert {cell["scope"] for cell in shown.find_all("th")} == {"col"}
    assert shown.table.parent["role"] == "region"
    assert (shown.a["href"], shown.a["rel"]) == ("https://example.org/lean", ["noopener", "noreferrer"])


@pytest.mark.parametrize(
    ("quote", "marks"),
    [
        ("Kurset er på **to dager**.", ["Kurset er på ", "to dager", "."]),
        ("Les [mer om lean](https://example.org/lean) her.", ["Les ", "mer om lean", " her."]),
        ("- Send *vitnemål*.", ["Send ", "vitnemål", "."]),
        ("- Søk i tide.\n- Send *vitnemål*.", ["Søk i tide.", "Send ", "vitnemål", "."]),
        ("| Frist | Søk innen 1. mars |", ["Frist", "Søk innen 1. mars"]),
        ("4 000 kroner", ["4\u202f000 kroner"]),
    ],
)
def test_the_quote_is_marked_through_all_that_it_goes_through(quote, marks):
    assert marked(markdown(MARKDOWN), quote) == marks


def test_of_two_places_the_right_one_is_marked():
    text = "# T\n\nÅpent hver dag.\n\n" + "Mer om noe annet.\n\n" * 9 + "Åpent hver dag.\n"
    for nth, place in ((0, 0), (1, -1)):
        shown, _ = soup(markdown(text, "T"), "Åpent hver dag.", nth)
        assert shown.find_all("p")[place].mark


def test_nothing_is_marked_that_is_not_there():
    document = markdown(MARKDOWN)
    assert not rendered(document, None, Place(5, 6, "0123456789ab")).marked
    assert "<mark" not in rendered(document, None, Place(5, 6, "0123456789ab")).html
    assert not rendered(document, 2, Place.of("Om kurset", 2)).marked


EVIL = (
    "# <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n![se](https://evil.example/a.png) "
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](/fil/x) [d](//evil.example) <https://evil.example/x> "
    '<b onclick="x()">fet</b> &lt;u&gt;\n\n<mark id="sitat">falskt</mark>\n\n<iframe src="https://evil.example"></iframe>\n'
)


def test_nothing_in_a_document_comes_alive():
    for document in (
        markdown(EVIL),
        Document(
            "a.docx",
            "",
            Properties("T", "kurs"),
            (compose(None, [Piece("paragraph", EVIL), Piece("heading", EVIL, 1)]),),
        ),
    ):
        shown, _ = soup(document)
        assert {tag.name for tag in shown.find_all(True)} <= {"html", "body", "section", "p", "a", "h2"}
        assert {name for tag in shown.find_all(True) for name in tag.attrs} <= {"href", "rel", "target"}
        assert {link["href"] for link in shown.find_all("a")} <= {"https://evil.example/x"}
    assert "<u>" in soup(document)[0].get_text() or "&lt;u&gt;" in soup(document)[0].get_text()


def test_blocks_of_other_formats():
    rows = table([["Kurs", "Pris"], ["Lean", "4000"], ["CNC", "5000"]])
    pieces = [
        Piece("heading", "Kurs", 1),
        Piece("heading", "Pris", 3),
        rows,
        Piece("list", "1. Ring\n2. Møt\n  - tidlig"),
    ]
    document = Document("a.docx", "", Properties("T", "kurs"), (compose(None, pieces),))
    shown, _ = soup(document)
    assert [each.name for each in shown.find_all(re.compile("h[2-6]"))] == ["h2", "h3"]
    assert [row.get_text("|") for row in shown.find_all("tr")] == ["Kurs|Pris", "Lean|4000", "CNC|5000"]
    assert [item.get_text() for item in shown.find_all("li")] == ["1. Ring", "2. Møt", "tidlig"]
    assert marked(document, "CNC | 5000") == ["CNC", "5000"]
    assert marked(document, "2. Møt") == ["2. Møt"]


def test_slides_have_numbers_and_the_quote_is_sought_on_its_own():
    pages = tuple(compose(n, [Piece("paragraph", "Velkommen hit.")]) for n in (1, 2))
    shown = rendered(Document("a.pptx", "", Properties("T", "kurs"), pages), 2, Place.of("Velkommen hit.", 0))
    found = BeautifulSoup(shown.html, "lxml")
    assert [each.get_text() for each in found.select(".sidetall")] == ["Lysbilde 1", "Lysbilde 2"]
    assert found.select("#side-2 mark") and not found.select("#side-1 mark")


def test_the_text_of_a_page():
    page = compose(3, [Piece("heading", "Måling", 1), Piece("paragraph", "Vi måler <nøye>.")])
    assert page_text(page) == "<h2>Måling</h2><p>Vi måler &lt;nøye&gt;.</p>"
