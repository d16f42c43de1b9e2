import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from conversations import talk
from raufoss_assistant.web.transcript import as_markdown, as_pdf

NOW = dt.datetime(2026, 11, 26, 14, 5, tzinfo=dt.UTC)
SIZE, ROBOT = "Hvor stor er Læringsfabrikken?", "Hvor lenge varer testen av den samarbeidende roboten?"


@pytest.fixture(scope="module")
def conversation(small_assistant):
    return talk(small_assistant, SIZE, ROBOT, "Hva er dagsprisen på metallprinteren?")


def text_of(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u202f", " ").split()), len(pages)


def with_answer(answered, text):
    return replace(answered, answer=replace(answered.answer, text=text))


EXPECTED = (
    "Hentet 26. november 2026 kl. 14.05",
    SIZE,
    "1 500 kvadratmeter",
    "«Læringsfabrikken er 1 500 kvadratmeter stor og ligger i Bygning 5.»",
    "Læringsfabrikken",
    "Klynge, 6. februar 2024",
    "klynge/laeringsfabrikken.md",
    ROBOT,
    "Katapult, 23. november 2026",
    "Eksempeldata",
    "Jeg finner ikke svar",
)


def test_the_pdf_holds_questions_answers_and_sources_with_quotes(conversation):
    text, pages = text_of(as_pdf(conversation, NOW))
    for part in EXPECTED:
        assert part in text
    assert f"Side 1 av {pages}" in text


def test_the_markdown_holds_the_same(conversation):
    text = as_markdown(conversation, NOW).replace("\u202f", " ")
    for part in EXPECTED:
        assert part in text.replace("**", "")
    assert text.startswith("# Samtale med Raufoss-assistenten\n\nHentet 26. november 2026 kl. 14.05.")
    assert "   > «Læringsfabrikken er" in text


def test_the_pdf_tells_its_title_and_language(conversation):
    reader = PdfReader(io.BytesIO(as_pdf(conversation, NOW)))
    assert reader.metadata.title == "Samtale med Raufoss-assistenten"
    assert reader.trailer["/Root"]["/Lang"].startswith("nb")


@pytest.mark.parametrize(
    "written",
    [
        '#read("transcript.typ")',
        '#import "@preview/x:0.1.0"',
        "$x$ = y_1 \\ // ikke en kommentar @ref <label> `kode`",
        '"} #panic("x") {"',
        "= tittel / term: ~ -- --- 'a'",
    ],
)
def test_nothing_that_is_written_is_read_as_markup(conversation, written):
    citation = replace(conversation[0].answer.citations[0], quote=written)
    answered = replace(
        conversation[0], asked=written, answer=replace(conversation[0].answer, text="Svar. [1]", citations=(citation,))
    )
    text, _ = text_of(as_pdf([answered], NOW))
    assert text.count(" ".join(written.split())) == 2


def test_a_question_is_no_markdown(conversation):
    asked = "# *Hva* <b>er</b> [dette](https://evil.example)\n\n> nei"
    text = as_markdown([replace(conversation[0], asked=asked)], NOW)
    assert "## \\# \\*Hva\\* \\<b\\>er\\</b\\> \\[dette\\](https://evil.example) \\> nei\n" in text


def test_lists_tables_and_bold_are_set(conversation):
    answer = (
        "Tre ting:\n\n- én\n- **to**\n\n1. først\n2. så\n\n| Navn | Pris |\n| --- | --- |\n| Måling | 6 000 kroner |\n"
    )
    text, _ = text_of(as_pdf([with_answer(conversation[0], answer)], NOW))
    for part in ("Tre ting:", "• én", "• to", "1. først", "2. så", "Navn Pris", "Måling 6 000 kroner"):
        assert part in text


def test_what_has_no_shape_of_ours_is_set_as_text(conversation):
    answer = "### Tittel\n\n> sitat\n\n```\nkode\n```\n\n<div>hei</div>\n\n| a |\n| --- |\n\nslutt"
    text, _ = text_of(as_pdf([with_answer(conversation[0], answer)], NOW))
    for part in ("Tittel", "sitat", "kode", "<div>hei</div>", "slutt"):
        assert part in text


def test_a_long_conversation_gets_many_pages(conversation):
    _, pages = text_of(as_pdf(conversation * 12, NOW))
    assert pages > 3
