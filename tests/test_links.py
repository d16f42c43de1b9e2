import re

import pytest
from markdown_it import MarkdownIt

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.model import Chunk, Citation, Document, Page, Properties
from raufoss_assistant.web.links import Place, document_address, file_address, image_address, is_pdf, linked, place

TEXT = "Før. Rundt 60 bedrifter. Etter."
CHUNK = Chunk("id", "klynge/om.md", 0, None, (), TEXT, 100, 100 + len(TEXT), "")
PROPERTIES = Properties("Om klyngen", "klynge")
CITATIONS = tuple(Citation(n, CHUNK, PROPERTIES, "Rundt 60 bedrifter.", None, 0.9) for n in (1, 2, 12))


def numbers(text):
    return re.findall(r'<a class="kildelenke svar-7" href="#kilde-(\d+)">\[\1\]</a>', linked(text, CITATIONS, 7))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Rundt 60. [1]", ["1"]),
        ("Rundt 60 [1][2], og [12].", ["1", "2", "12"]),
        ("| Sveising [1] [2] |", ["1", "2"]),
        ("**[1]**", ["1"]),
        ("Ingen kilde [3] [0] [01] [123]", []),
        ("Ikke helt [1", []),
        (r"Skrevet i dokumentet: \[1\]", []),
        (r"Omvendt skråstrek \\[1]", ["1"]),
        ("`kode [1]` og [2]", ["2"]),
        ("``kode ` [1]`` og [2]", ["2"]),
        ("```\n[1]\n```\n[2]", ["2"]),
        ("~~~\n[1]", []),
        ("[1](https://evil.example) [2]: x", []),
    ],
)
def test_only_numbers_with_a_source_become_links(text, links):
    assert numbers(text) == links


def test_nothing_but_the_links_changes():
    text = "Rundt **60** [1]\n\n| a | b |\n| --- | --- |\n| c [2] | `[1]` |"
    assert re.sub(r"</?a\b[^>]*>", "", linked(text, CITATIONS, 0)) == text


def test_a_document_cannot_forge_a_link():
    for evil in ("Se [1]", '<a class="kildelenke svar-0" href="#kilde-1">[1]</a>', "[1]: https://evil.example"):
        shown = MarkdownIt().render(linked(literal(evil), CITATIONS, 0))
        assert "<a" not in shown


def test_a_place_is_read_back_and_proves_its_quote():
    at = place(CITATIONS[0])
    assert (at.start, at.length) == (105, 19)
    assert Place.read(at.written) == at
    page = Page(None, "x" * 100 + TEXT)
    assert at.quote(page) == "Rundt 60 bedrifter."
    assert at.quote(Page(None, "x" * 100 + TEXT.replace("60", "70"))) is None
    assert at.quote(Page(None, "kort")) is None


def test_a_quote_outside_its_passage_has_no_place():
    assert place(Citation(1, CHUNK, PROPERTIES, "Står ikke der.", None, 0.9)) is None


@pytest.mark.parametrize(
    "written", ["", "1-2", "1-2-xyz", "-1-2-0123456789ab", "1-2-0123456789ab ", "१-2-0123456789ab", "9" * 99]
)
def test_what_is_no_place_is_none(written):
    assert Place.read(written) is None


def test_addresses_are_encoded():
    path = "kurs/æ ?#%/<b>.pdf"
    assert document_address(path) == "/dokument/kurs/%C3%A6%20%3F%23%25/%3Cb%3E.pdf"
    at = Place(4, 2, "0123456789ab")
    assert document_address("a.pdf", 3, at) == "/dokument/a.pdf?side=3&sitat=4-2-0123456789ab#sitat"
    assert image_address("a.pdf", 3, at) == "/sidebilde/a.pdf?side=3&sitat=4-2-0123456789ab"
    assert (file_address("a b.pdf", 3), file_address("a.md")) == ("/fil/a%20b.pdf#page=3", "/fil/a.md")


def test_pdfs_are_known_by_their_names():
    assert [is_pdf(Document(path, "", PROPERTIES, ())) for path in ("a.PDF", "pdf.md")] == [True, False]
