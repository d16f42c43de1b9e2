from datetime import date

from onboarding_corpus import page_of, real_documents, written
from raufoss_assistant.model import Block, Document, Properties
from raufoss_assistant.onboarding.proof import prove, section

TEXT = (
    "# Om\n\nInnledning.\n\n## Tall\n\nKlyngen har 4 000 ansatte.\n\n### Eldre\n\nI fjor 3 900.\n\n## Annet\n\nMer.\n"
)


def test_a_quote_is_found_with_page_and_heading():
    second = page_of("Tall\nKlyngen har 4\u00a0000 ansatte.", Block("heading", 0, 4, 1), number=2)
    document = Document(
        "a/b.pdf", "0", Properties("T", "a", date=date(2024, 2, 6)), (page_of("Intet.", number=1), second)
    )
    proof = prove(document, "har 4 000 ansatte")
    assert (proof.page, proof.heading, proof.quote) == (2, "Tall", "har 4\u00a0000 ansatte")
    assert prove(document, "har 5 000 ansatte") is None
    assert prove(document, " ") is None


def test_a_section_ends_at_the_next_heading_of_its_level():
    document = written("a/b.md", TEXT)

    def texts(heading):
        return [page.text[block.start : block.end] for page, block in section(document, heading)]

    assert texts("Tall") == ["Klyngen har 4 000 ansatte.", "Eldre", "I fjor 3 900."]
    assert texts("Annet") == ["Mer."]
    assert texts("Finnes ikke") == []
    assert texts(None)[:2] == ["Om", "Innledning."]


def test_sections_of_other_formats_are_found():
    for path, heading in (
        ("klynge/sintef-manufacturing.docx", "Kort om instituttet"),
        ("kurs/ofii-for-bedrifter-og-laerlinger.pdf", "Oppmelding"),
    ):
        assert any(section(real_documents()[path], heading))
