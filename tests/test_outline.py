"""A document's sections, names and topic."""

import pytest

from raufoss_assistant.documents.extract import Piece, compose
from raufoss_assistant.evaluation.outline import Outline, without_notes
from raufoss_assistant.model import Document, Properties


def document(*pages, title="OFII: opplæringskontoret", language="nb", path="klynge/ofii.md"):
    """A document of pages, each a list of pieces."""
    composed = tuple(compose(number if len(pages) > 1 else None, page) for number, page in enumerate(pages, 1))
    return Document(path, "", Properties(title, "klynge", language=language), composed)


def outline(*said, title="OFII: opplæringskontoret", language="nb"):
    """The outline of a document of paragraphs."""
    return Outline.of(document([Piece("paragraph", text) for text in said], title=title, language=language))


def test_sections_hold_sentences_without_marks_and_the_cells_of_tables():
    page = [
        Piece("heading", "1.2 Om OFII", 2),
        Piece("paragraph", "OFII har 37\nmedlemmer. De betaler\u00a0ikke."),
        Piece("list", "- Første\n- Andre"),
        Piece("table", "| Felt | Verdi |\n|---|---|\n| Kode | A |  |", header="| Felt | Verdi |"),
    ]
    before, section = Outline.of(document(page)).sections
    assert not before.sentences
    assert (section.heading, section.page) == ("Om OFII", None)
    assert section.sentences == ("OFII har 37 medlemmer.", "De betaler\u00a0ikke.", "Første", "Andre")
    assert section.tables == ((("Felt", "Verdi"), ("Kode", "A", "")),)


def test_a_heading_holds_over_the_end_of_a_page():
    sections = Outline.of(document([Piece("heading", "Pris", 1)], [Piece("paragraph", "Det er gratis.")])).sections
    assert [(section.heading, section.page) for section in sections if section.sentences] == [("Pris", 2)]


@pytest.mark.parametrize(
    ("title", "said", "topic"),
    [
        ("SkatteFUNN: 19 prosent tilbake", "SkatteFUNN", "SkatteFUNN"),
        ("Om NCE Manufacturing", "NCE Manufacturing", "NCE Manufacturing"),
        ("Bachelor i elektro (BIELEKTRO), NTNU", "BIELEKTRO", "BIELEKTRO"),
        ("Manufacturing 4.0 (FTT72K) ved Fagskolen", "Manufacturing 4.0", "Manufacturing 4.0"),
        ("The Learning Factory at Raufoss", "The Learning Factory", "The Learning Factory"),
        ("Nammo på Raufoss", "I dag er Nammo", "Nammo"),
        ("Robot: test av plukkejobb (eksempeldata)", "Vi", "«Robot: test av plukkejobb»"),
        ("3D-printing: fra tegning til del", "Vi", "«3D-printing: fra tegning til del»"),
        ("Hvilken ordning passer for oss?", "Vi", ""),
        ("Velkommen til klyngen", "Vi", ""),
        ("En svært lang tittel som ingen ville kalt noe ved navn", "Vi", ""),
    ],
)
def test_the_topic_is_a_name_from_the_title_that_the_text_uses_else_the_title(title, said, topic):
    assert outline(f"{said} prøver noe.", f"{said} lager noe.", title=title).topic == topic


def test_names_are_words_with_capitals_inside_sentences():
    found = outline("I dag leder Emma MTNC. Råd: Spør «Alle» om CNC-kurs.").names
    assert found == {"Emma", "MTNC", "CNC-kurs", "OFII"}


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Klyngen på Raufoss", "klyngen på Raufoss"),
        ("Produksjonen av rør", "produksjonen av rør"),
        ("Årsrapporter og regnskap", "årsrapporter og regnskap"),
        ("En lærling", "en lærling"),
        ("Små bedrifter", "små bedrifter"),
        ("Læringsfabrikken", "Læringsfabrikken"),
        ("Hydro", "Hydro"),
        ("Svein Strandlie", "Svein Strandlie"),
        ("Bedriften Nammo", "bedriften Nammo"),
        ("MTNC", "MTNC"),
        ("Y-vei", "Y-vei"),
        ("«Måling og kvalitet»", "«Måling og kvalitet»"),
    ],
)
def test_a_subject_gets_a_small_letter_unless_it_is_a_name(text, inside):
    said = "Vi bruker Læringsfabrikken. Der er bedriften og flere sluttrapporter."
    assert outline(said).inside(text) == inside


def test_a_text_is_named_where_it_holds_a_name_also_in_the_genitive():
    known = outline("I dag leder Emma klyngen.")
    assert known.named("Emmas mål")
    assert known.named("prisen for «Test»")
    assert not known.named("klyngen")


def test_a_glossary_is_known_by_its_title():
    assert outline(title="Ordliste for nyansatte").explains_words("ordliste|ordbok")
    assert not outline(title="Ordlisten").explains_words("ordliste|ordbok")


def test_notes_in_parentheses_go():
    assert without_notes("OFII (Innlandet) har 37 medlemmer (udatert).") == "OFII har 37 medlemmer"
