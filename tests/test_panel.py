from dataclasses import replace
from datetime import date

from raufoss_assistant.model import Answer, Chunk, Citation, Hit, Properties
from raufoss_assistant.web.panel import EMPTY, literal, quoted, sources, sources_today, unbroken

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
        "<mark>Klyngen har <strong>4\u202f000</strong> ansatte.</mark>",
        'href="/dokument/klynge/om.md?side=3&amp;sitat=0-26-',
        "Åpne dokumentet, side 3",
        'target="_blank" rel="noopener"',
        "Til spørsmålet «?»",
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
    for quote, shown in (("| BIO | 52 uker |", "BIO | 52 uker"), ("- Søk i tide.", "Søk i tide.")):
        chunk = replace(CHUNK, text=quote)
        assert f"<mark>{shown}</mark>" in sources(cited(chunk, quote))
        assert quoted(quote) == f"«{shown}»"


def cited(chunk, quote, span=None):
    """An answer with one citation."""
    return replace(ANSWER, citations=(Citation(1, chunk, PROPERTIES, quote, span, 0.9),))


def test_the_quote_stands_in_its_context():
    text = "Én.  To.\nTre. Her står **svaret**. Fire.\n\n- Fem.\n- Seks."
    html = sources(cited(replace(CHUNK, text=text), "Her står **svaret**.", "svaret"))
    assert (
        '<blockquote><span class="rundt">To.</span><br><span class="rundt">Tre.</span> '
        "<mark>Her står <strong>svaret</strong>.</mark> "
        '<span class="rundt">Fire.</span><br><span class="rundt">Fem.</span></blockquote>'
    ) in html


def test_a_row_stands_under_the_header_of_its_table():
    text = "Våre kurs:\n\n| Kurs | Pris |\n| --- | --- |\n| Lean | 4000 |\n| CNC | 5000 |"
    html = sources(cited(replace(CHUNK, text=text), "| CNC | 5000 |"))
    assert '<blockquote><span class="rundt">Kurs | Pris</span><br><mark>CNC | 5000</mark></blockquote>' in html
    cut = replace(CHUNK, text="| CNC | 5000 |", context="Kurs\n| Kurs | Pris |")
    assert '<span class="rundt">Kurs | Pris</span><br><mark>' in sources(cited(cut, "| CNC | 5000 |"))
    assert "<blockquote><mark>Kurs | Pris</mark></blockquote>" in sources(
        cited(replace(CHUNK, text=text), "| Kurs | Pris |")
    )


def test_nothing_is_marked_where_the_quote_is_not_found():
    html = sources(cited(CHUNK, "Klyngen har fem ansatte.", "fem"))
    assert "<mark>" not in html and "sitat=" not in html
    assert "«Klyngen har fem ansatte.»" in html


def test_a_long_quote_unfolds():
    quote = "ord " * 300 + "slutt."
    html = sources(cited(replace(CHUNK, text=quote), quote))
    assert html.count("slutt.") == 1
    assert html.index("Vis hele sitatet") < html.index("slutt.")


def test_what_has_changed_since_is_not_shown_again(small_assistant):
    answer = small_assistant.ask("Hvor stor er Læringsfabrikken?")
    with small_assistant.knowledge() as knowledge:
        manifest = knowledge.index.manifest
        assert "<mark>" in sources_today(answer, 5, manifest)
        gone = replace(answer.citations[0], chunk=replace(answer.citations[0].chunk, document="slettet.md"))
        html = sources_today(replace(answer, citations=(gone,)), 5, manifest)
    assert 'class="svar-5"' in html
    assert "endret eller fjernet" in html
    assert "kvadratmeter" not in html and "slettet.md" not in html


def test_numbers_are_not_broken():
    assert (
        unbroken("4 000 og 13 500 000 kroner, 12 maskiner") == "4\u202f000 og 13\u202f500\u202f000 kroner, 12 maskiner"
    )


def test_what_was_written_is_no_markdown():
    assert literal("Hva *er* <b>?") == r"Hva \*er\* \<b\>\?"
    assert literal("blåbær 4") == "blåbær 4"
