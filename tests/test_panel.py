from dataclasses import replace
from datetime import date

from raufoss_assistant.model import Answer, Chunk, Citation, Hit, Properties
from raufoss_assistant.web.panel import EMPTY, literal, sources, unbroken

CHUNK = Chunk("id", "klynge/om.md", 0, 3, ("Tall", "2024"), "Klyngen har 4\u00a0000 ansatte.", 0, 27, "")
PROPERTIES = Properties("Om klyngen", "klynge", date=date(2024, 2, 6))
ANSWER = Answer(
    "?",
    "?",
    "answered",
    "svar [1]",
    "nb",
    "extractive",
    0.9,
    (Citation(1, CHUNK, PROPERTIES, CHUNK.text, "4\u00a0000", 0.9),),
)


def test_a_source_shows_where_when_and_what():
    html = sources(ANSWER)
    for part in (
        "Om klyngen",
        "Klynge",
        "6. februar 2024",
        "Side 3, Tall › 2024",
        "klynge/om.md",
        "<mark>4\u202f000</mark>",
    ):
        assert part in html
    assert "Eksempeldata" not in html


def test_example_data_and_unknown_dates_are_shown():
    citation = replace(ANSWER.citations[0], properties=Properties("T", "katapult", example=True))
    html = sources(replace(ANSWER, citations=(citation,)))
    assert "Eksempeldata" in html and "Ukjent dato" in html


def test_everything_from_a_document_is_escaped():
    evil = '<img src=x onerror="alert(1)">'
    chunk = replace(CHUNK, document=f"klynge/{evil}.pdf", heading=(evil,), text=evil)
    citation = Citation(1, chunk, Properties(evil, evil), evil, evil, 0.5)
    nearest = Hit(chunk, Properties(evil, evil), 1.0, 0.5, 0.9)
    for answer in (replace(ANSWER, citations=(citation,)), replace(ANSWER, citations=(), nearest=(nearest,))):
        assert "<img" not in sources(answer)
        assert "&lt;img" in sources(answer)


def test_a_refusal_shows_the_nearest_documents():
    nearest = Hit(CHUNK, PROPERTIES, 1.0, 0.5, 0.9)
    html = sources(replace(ANSWER, status="not_found", citations=(), nearest=(nearest,)))
    assert "Disse ligger nærmest" in html and "Om klyngen" in html
    assert sources(replace(ANSWER, citations=(), nearest=())) == EMPTY


def test_outer_marks_of_rows_and_items_are_off():
    for quote, shown in (("| BIO | 52 uker |", "«BIO | 52 uker»"), ("- Søk i tide.", "«Søk i tide.»")):
        citation = replace(ANSWER.citations[0], quote=quote, span=None)
        assert shown in sources(replace(ANSWER, citations=(citation,)))


def test_numbers_are_not_broken():
    assert (
        unbroken("4 000 og 13 500 000 kroner, 12 maskiner") == "4\u202f000 og 13\u202f500\u202f000 kroner, 12 maskiner"
    )


def test_what_was_written_is_no_markdown():
    assert literal("Hva *er* <b>?") == r"Hva \*er\* \<b\>\?"
    assert literal("blåbær 4") == "blåbær 4"
