"""Question sets suggested from documents."""

from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from raufoss_assistant.documents.extract import Piece
from raufoss_assistant.evaluation.sets import read_set, write_rows
from raufoss_assistant.evaluation.suggest import MOST, suggest
from raufoss_assistant.model import Language
from test_outline import document

PAGE = [
    Piece("heading", "Om NCE Manufacturing", 1),
    Piece("paragraph", "NCE Manufacturing er industriklyngen på Raufoss."),
    Piece("heading", "Klyngen i tall", 2),
    Piece(
        "paragraph", "Rundt 60 bedrifter er med i NCE Manufacturing (2024). NCE Manufacturing har 4\u00a0000 ansatte."
    ),
    Piece("heading", "Kontaktperson", 2),
    Piece("paragraph", "Emma Østerbø, emma@example.org"),
]


def test_each_question_tells_where_it_comes_from_and_what_its_answer_must_hold():
    first, second, third = suggest(document(PAGE, title="Om NCE Manufacturing", path="klynge/nce.md"))
    assert (first.question, first.must_contain) == ("Hva er NCE Manufacturing?", ("industriklyngen",))
    assert second.question == "Hvor mange bedrifter er med i NCE Manufacturing?"
    assert third.must_contain == ("4 000",)
    assert [question.id for question in (first, second, third)] == ["klynge-nce-1", "klynge-nce-2", "klynge-nce-3"]
    assert second.documents == ("klynge/nce.md",)
    assert second.answer == "Rundt 60 bedrifter er med i NCE Manufacturing (2024)."
    assert second.note == "Foreslått fra «Klyngen i tall»: rett på ordlyden."
    assert (second.kind, second.status, second.language, second.split) == ("fakta", "answered", "nb", "tune")


def test_a_paged_document_is_cited_with_its_page():
    pages = [PAGE[:2], PAGE[2:4]]
    assert [question.documents for question in suggest(document(*pages, path="a/b.pdf"))] == [
        ("a/b.pdf#1",),
        ("a/b.pdf#2",),
        ("a/b.pdf#2",),
    ]


def test_addresses_are_never_suggested():
    assert not any("@" in str(question) for question in suggest(document(PAGE)))


def test_nothing_is_suggested_twice():
    again = suggest(document(PAGE + PAGE[:4]))
    assert len({question.question for question in again}) == len(again) == 3


def test_a_heading_does_not_ask_again_what_its_sentence_answers():
    page = [Piece("heading", "Hvor OFII ligger", 2), Piece("paragraph", "OFII ligger på Raufoss, sammen med OFII.")]
    assert [question.question for question in suggest(document(page))] == ["Hvor ligger OFII?"]


def test_no_more_than_the_surest_are_suggested_and_no_template_all_the_time():
    rows = [f"Kurs {n} | K{n}" for n in range(1, 40)]
    said = [Piece("paragraph", f"OFII kjøpte {'ny' * n}hallen i {1900 + n}.") for n in range(1, 40)]
    table = Piece("table", "\n".join(["Kurs | Kode", *rows]), header="Kurs | Kode")
    assert len(suggest(document([table]))) == 4
    everything = suggest(document([table, *said]))
    assert len(everything) == MOST
    assert all(question.kind == "dato" for question in everything)


def test_what_the_question_tells_itself_is_not_asked():
    page = [Piece("heading", "Studiefakta", 2), Piece("table", "Felt | Verdi\nKode | OFII", header="Felt | Verdi")]
    said = Piece("paragraph", "I dag har OFII åpent. Nå har OFII stengt.")
    assert not suggest(document([said, *page]))


def test_tables_of_what_is_no_longer_so_are_left_alone():
    table = Piece("table", "Kurs | Kode\nLean | K1", header="Kurs | Kode")
    assert suggest(document([Piece("heading", "Kursene", 2), table]))
    assert not suggest(document([Piece("heading", "Utgåtte kurs", 2), table]))


@pytest.mark.parametrize(
    ("language", "text", "question"),
    [
        ("nn", "OFII har 37 medlemsbedrifter.", "Kor mange medlemsbedrifter har OFII?"),
        ("en", "OFII has 37 member companies.", "How many member companies does OFII have?"),
    ],
)
def test_questions_are_in_the_language_of_the_document(language, text, question):
    (found,) = suggest(document([Piece("paragraph", text)], language=language))
    assert (found.question, found.language) == (question, language)


def test_suggestions_are_a_question_set(tmp_path):
    questions = suggest(document(PAGE))
    write_rows(tmp_path / "forslag.xlsx", questions)
    assert read_set(tmp_path / "forslag.xlsx").questions == questions


WORDS = st.sampled_from(
    [
        "OFII",
        "MTNC",
        "er",
        "har",
        "hadde",
        "åpnet",
        "eier",
        "leder",
        "betyr",
        "står",
        "for",
        "i",
        "på",
        "av",
        "60",
        "4\xa0000",
        "bedrifter",
        "kroner",
        "prosent",
        "2018",
        "mars",
        "5.",
        "(2024)",
        ":",
        "?",
        ",",
        ".",
        "|",
        "«",
        "»",
        "Hva",
        "Hvor",
        "Når",
        "Kan",
        "en",
        "et",
        "Pris",
        "Navn",
        "Kode",
        "–",
        "@",
        "(",
        ")",
        "million",
        "what",
        "is",
        "the",
    ]
)
PIECES = st.builds(
    Piece,
    st.sampled_from(["heading", "paragraph", "list", "table"]),
    st.lists(WORDS, max_size=14).map(" ".join),
    st.just(2),
)


@given(
    st.lists(PIECES, max_size=8),
    st.lists(WORDS, min_size=1, max_size=6).map(" ".join),
    st.sampled_from(get_args(Language)),
)
@example([Piece("table", "|", 2)], "OFII", "nb")
def test_any_document_gives_questions_whose_answers_stand_in_it(pieces, title, language):
    doc = document(pieces, title=title, language=language)
    text = " ".join(" ".join(page.text.split()) for page in doc.pages).casefold()
    for question in suggest(doc):
        assert question.question.strip().endswith("?")
        assert all(needed.casefold() in text for needed in question.must_contain)
