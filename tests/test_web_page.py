import pytest

from raufoss_assistant.documents.extract import Extract, Limits
from raufoss_assistant.documents.web_page import read

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Kurs – nettsted</title>
<style>p {{color: red}}</style></head><body>
<a href="#main">Hopp til hovedinnhold</a><header><h1>Nettstedet</h1></header><nav><a href="/">Hjem</a></nav>
<main><article><header><h1>Kurs i <em>måle</em>teknikk</h1></header>
Løs tekst <b>først</b>.<p>Avsnitt&nbsp;én<br>går over to linjer.<!-- hemmelig --></p>
<ul><li>ett</li><li>to<ol><li>innerst</li></ol></li></ul>
<table><caption>Priser</caption><tr><th>Kurs</th><th>Pris</th></tr>
<tr><td>Lean<br>kort</td><td>4 000</td></tr></table>
<p hidden>usynlig</p><p style="display:none">gjemt</p><span aria-hidden="true">pynt</span>
<script>alert(1)</script><noscript>slå på</noscript></article></main>
<aside>Les også</aside><footer>Bunn</footer></body></html>"""


def parts(extract: Extract) -> list[tuple[str, int, str]]:
    (page,) = extract.pages
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
def test_structure_without_what_surrounds_it(charset):
    text = PAGE.format(charset=charset).replace("–", "-")
    extract = read(text.encode(charset), Limits())
    assert parts(extract) == [
        ("heading", 1, "Kurs i måleteknikk"),
        ("paragraph", 0, "Løs tekst først."),
        ("paragraph", 0, "Avsnitt\u00a0én går over to linjer."),
        ("list", 0, "- ett\n- to\n  1. innerst"),
        ("paragraph", 0, "Priser"),
        ("table", 0, "Kurs | Pris\nLean kort | 4 000"),
    ]
    assert extract.title == "Kurs i måleteknikk"


def test_declared_wrongly():
    page = PAGE.format(charset="utf-8").replace("–", "-")
    assert "måleteknikk" in read(page.encode("cp1252"), Limits()).pages[0].text
    page = PAGE.format(charset="iso-8859-1")
    assert "måleteknikk" in read(page.encode("utf-8"), Limits()).pages[0].text


def test_title_element_where_no_heading():
    assert read(b"<title>Om katapulten</title><p>Tekst</p>", Limits()).title == "Om katapulten"


def test_tag_soup():
    assert read(b"<p>en<p>to<b>tre</div>fire", Limits()).pages[0].text == "en\n\ntotrefire"


def test_nested_table_is_text_of_its_cell():
    page = b"<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"
    assert parts(read(page, Limits())) == [("table", 0, "a | b c")]
