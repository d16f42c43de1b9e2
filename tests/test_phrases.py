from datetime import date, timedelta

import pytest

from raufoss_assistant.answering.phrases import When, asks_for_writing, claim, literal, not_found
from raufoss_assistant.model import Chunk, Hit, Properties

CHUNK = Chunk("id", "a.md", 0, None, (), "tekst", 0, 5, "")


def test_a_claim_carries_its_number():
    assert claim("Klyngen har 60 bedrifter.", 2, Properties("T", "klynge"), "nb", outdated=False).endswith(
        "bedrifter. [2]"
    )


def test_example_data_says_so_in_the_answer():
    assert claim("Varer 2 uker.", 1, Properties("T", "katapult", example=True), "nb", outdated=False).startswith(
        "Eksempeldata:"
    )


def test_an_outdated_source_says_so_with_its_date():
    text = claim("20 prosent.", 1, Properties("T", "finansiering", date=date(2019, 1, 1)), "nb", outdated=True)
    assert text.startswith("Eldre opplysning (1. januar 2019): ")


def test_a_list_stays_a_list():
    assert claim("Du må ha:\n- fagbrev\n- praksis", 1, Properties("T", "kurs"), "nb", outdated=False) == (
        "Du må ha: [1]\n\n- fagbrev\n- praksis"
    )


@pytest.mark.parametrize(
    ("language", "opening"), [("nb", "Jeg finner ikke"), ("nn", "Eg finn ikkje"), ("en", "I cannot find")]
)
def test_a_refusal_speaks_the_language_and_names_documents_and_owner(language, opening):
    hit = Hit(
        CHUNK, Properties("Om katapulten", "katapult", owner="Katapultrådgiver", date=date(2024, 2, 6)), 1.0, 0.5, 0.9
    )
    text = not_found("Hva?", [hit], language)
    assert text.startswith(opening)
    assert "Om katapulten" in text and "2024" in text and "Katapultrådgiver" in text


def test_a_refusal_quotes_what_a_document_says_of_what_is_not_known():
    source = Properties("Om katapulten", "katapult", date=date(2024, 2, 6), example=True)
    text = not_found("Hva?", [Hit(CHUNK, source, 1.0, 0.5, 0.9)], "nb", "Vi har ikke <b>funnet</b> prisen.")
    assert "Dette står om det i «Om katapulten» (6. februar 2024):" in text
    assert "\n\n> Eksempeldata: Vi har ikke \\<b>funnet\\</b> prisen.\n\n" in text


def test_a_refusal_without_documents():
    assert not_found("Hva?", [], "nb") == "Jeg finner ikke svar på dette i dokumentene."


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](https://evil.example/?q=1)",
        "<img src=x onerror=alert(1)>",
        "[klikk](javascript:alert(1))",
        "se [99]",
        "`kode`",
    ],
)
def test_nothing_in_a_document_comes_alive(hostile):
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).render(literal(hostile))
    assert not any(tag in html for tag in ("<img", "<a ", "<code", "<script"))
    assert "[99]" not in literal(hostile)


def test_plain_text_is_left_alone():
    assert literal("FTT72K koster 1 500 kroner (2024), snake_case.") == "FTT72K koster 1 500 kroner (2024), snake_case."


@pytest.mark.parametrize(
    "question",
    [
        "Skriv søknaden slik at vi får SkatteFUNN",
        "kan du skrive en søknad?",
        "Translate this",
        "Skriv oppgaven min",
        "Skriv nedtellingen",
        "Kan du skrive om søknaden?",
    ],
)
def test_a_wish_for_a_text_is_refused_as_such(question):
    assert asks_for_writing(question)
    assert not_found(question, [], "nb").startswith("Jeg skriver ikke tekster")


@pytest.mark.parametrize(
    "question",
    [
        "Hvem skriver søknaden?",
        "Må søknaden skrives på norsk?",
        "Skrivere i katapulten",
        "Skriv opp alle tjenestene",
        "skriv opp",
        "Skriv ned dei studia som går på deltid",
        "Kan du skrive opp kursene?",
    ],
)
def test_a_question_about_writing_is_a_question(question):
    assert not asks_for_writing(question)


def test_the_short_answer_is_in_bold_where_it_stands_once():
    real = Properties("T", "klynge")
    assert (
        claim("Frist: 1. september", 1, real, "nb", outdated=False, span="1. september")
        == "Frist: **1. september** [1]"
    )
    assert claim("60 av 60 bedrifter", 1, real, "nb", outdated=False, span="60") == "60 av 60 bedrifter [1]"
    assert claim("Se *her* nå", 1, real, "nb", outdated=False, span="*her*") == "Se **\\*her\\*** nå [1]"


@pytest.mark.parametrize(
    ("text", "day", "shown"),
    [
        ("Hallen er 1 500 m² stor.", date(2024, 2, 6), "Hallen er 1 500 m² stor (6. februar 2024). [1]"),
        ("Varighet: 2 dager", date(2024, 2, 6), "Varighet: 2 dager (6. februar 2024) [1]"),
        ("Hallen var 900 m² i 2017.", date(2024, 2, 6), "Hallen var 900 m² i 2017. [1]"),
        ("Hallen er 900 m² (kilden er udatert).", date(2024, 2, 6), "Hallen er 900 m² (kilden er udatert). [1]"),
        ("Hallen er stor.", date(2024, 2, 6), "Hallen er stor. [1]"),
        ("Hallen er 900 m² stor.", date.today() - timedelta(days=300), "Hallen er 900 m² stor. [1]"),
        ("Hallen er 900 m² stor.", None, "Hallen er 900 m² stor. [1]"),
    ],
)
def test_an_older_figure_says_from_which_day_it_is(text, day, shown):
    assert claim(text, 1, Properties("T", "klynge", date=day), "nb", outdated=False) == shown


@pytest.mark.parametrize(
    ("text", "when", "shown"),
    [
        ("Hallen er 900 m².", When("2016"), "Hallen er 900 m² (2016). [1]"),
        ("Hallen er 900 m².", When("udatert"), "Hallen er 900 m² (udatert). [1]"),
        ("Hallen skal bli 900 m² innen 2030.", When(), "Hallen skal bli 900 m² innen 2030 (6. februar 2024). [1]"),
        ("Hallen er stor.", When(), "Hallen er stor. [1]"),
        ("Hallen er stor.", When(always=True), "Hallen er stor (6. februar 2024). [1]"),
        ("Hallen var 900 m² i 2019.", When("2016", always=True), "Hallen var 900 m² i 2019. [1]"),
    ],
)
def test_when_a_claim_was_so_is_told_by_what_stands_nearest(text, when, shown):
    properties = Properties("T", "klynge", date=date(2024, 2, 6))
    assert claim(text, 1, properties, "nb", outdated=False, when=when) == shown


def test_an_undated_source_is_undated_in_english():
    properties = Properties("T", "klynge", date=date(2024, 2, 6), language="en")
    assert (
        claim("37 members.", 1, properties, "en", outdated=False, when=When("udatert")) == "37 members (undated). [1]"
    )
