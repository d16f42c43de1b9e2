import pytest

from raufoss_assistant.documents.extract import Limits
from raufoss_assistant.documents.plain import read

TEXT = (
    "Målerom på Raufoss er åpent for små-\nog mellomstore indus-\ntribedrifter.\n\n"
    "Ta med:\n- sko\n- hjelm og\n  vernebriller\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_paragraphs_and_lists_in_any_encoding(encoding):
    (page,) = read(TEXT.encode(encoding), Limits()).pages
    assert page.number is None
    assert page.text == (
        "Målerom på Raufoss er åpent for små- og mellomstore industribedrifter.\n\n"
        "Ta med:\n- sko\n- hjelm og vernebriller"
    )
    assert [block.kind for block in page.blocks] == ["paragraph", "list"]


def test_windows_line_ends_and_blank_lines_with_spaces():
    (page,) = read(b"En.\r\n  \r\nTo\r\nlinjer.\r\n", Limits()).pages
    assert [page.text[block.start : block.end] for block in page.blocks] == ["En.", "To linjer."]


def test_no_title():
    assert read(b"Bare tekst", Limits()).title is None
