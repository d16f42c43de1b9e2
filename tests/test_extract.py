import io
import zipfile

import pytest

from raufoss_assistant.documents.extract import Limits, Piece, compose, main_heading, own_title, table, unpacked
from raufoss_assistant.errors import DocumentError


def test_blocks_stand_where_they_say():
    pieces = [
        Piece("heading", "Kurs  ", 2),
        Piece("paragraph", ""),
        Piece("paragraph", "a\u030arlig\u200b kurs"),
        Piece("list", "- en\n- to"),
    ]
    page = compose(3, pieces)
    assert page.number == 3
    assert page.text == "Kurs\n\nårlig kurs\n\n- en\n- to"
    assert [page.text[block.start : block.end] for block in page.blocks] == ["Kurs", "årlig kurs", "- en\n- to"]
    assert [block.level for block in page.blocks] == [2, 0, 0]


def test_a_table_drops_what_is_empty_and_keeps_columns_apart():
    piece = table([["Kurs", "", "Pris", "Sted"], ["", " ", ""], ["Lean\nfor alle", "", "", "Gjøvik"], ["CNC"]])
    assert piece == Piece("table", "Kurs | Pris | Sted\nLean for alle |  | Gjøvik\nCNC", header="Kurs | Pris | Sted")
    assert table([["bare", "en rad"]]).header == ""
    assert table([["", " "], []]) is None


def test_main_heading_is_the_highest_on_the_first_page_with_any():
    pages = [
        compose(1, [Piece("paragraph", "x")]),
        compose(2, [Piece("heading", "Nr. 3", 3), Piece("heading", "Katalog", 1), Piece("heading", "Annet", 1)]),
    ]
    assert main_heading(pages) == "Katalog"
    assert main_heading(pages[:1]) is None


@pytest.mark.parametrize(
    "made_up",
    [None, "", "Dokument1", "Microsoft Word - kurs.doc", "PowerPoint-presentasjon", "kurs.docx", "Untitled 2"],
)
def test_titles_that_programs_make_up_are_none(made_up):
    assert own_title(made_up) is None


def test_titles_that_people_wrote_are_kept():
    assert own_title(" Kurs i  lean ") == "Kurs i lean"


def archive(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * size)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(DocumentError, match="utpakket er filen større enn grensen på 1 MB"):
        unpacked(archive(2_000_000), Limits(unpacked_mb=1))
    assert unpacked(archive(900_000), Limits(unpacked_mb=1)).getvalue()


@pytest.mark.parametrize(("data", "said"), [(b"PK rot", "skadet"), (b"\xd0\xcf\x11\xe0...", "passordbeskyttet")])
def test_no_archive(data, said):
    with pytest.raises(DocumentError, match=said):
        unpacked(data, Limits())
