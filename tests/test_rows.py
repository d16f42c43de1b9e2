"""Rows as questions and back."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.evaluation.fields import BY_KEY
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.rows import Unreadable, cells, contradictions, parse, unparse
from raufoss_assistant.model import Turn

ASKED = {"question": "Hvor stor er hallen?"}


def faults(**values):
    """What is wrong with a row, by key."""
    return dict(parse(ASKED | values, "x-2")[1])


def told(**values):
    """What contradicts itself in a row, by key."""
    return dict(contradictions(parse(ASKED | values, "x-2")[0]))


def test_a_row_needs_no_more_than_its_question():
    assert parse(ASKED, "x-2") == (Question("x-2", "Hvor stor er hallen?", "fakta"), [])
    assert parse(ASKED | {"kind": "uten svar"}, "x-2")[0].status == "not_found"
    assert parse({"kind": "fakta", "question": " \n"}, "x-2")[1] == [
        ("question", "mangler; skriv spørsmålet slik en bruker ville gjort")
    ]


def test_norwegian_and_english_words_are_taken_in_any_letter_case():
    values = {"kind": "Uten  svar", "status": "NOT_FOUND", "language": "Nynorsk", "split": "prøve"}
    question, _ = parse(ASKED | values, "x-2")
    assert (question.kind, question.status, question.language, question.split) == (
        "uten svar",
        "not_found",
        "nn",
        "test",
    )


def test_line_ends_of_any_kind_become_plain():
    assert parse({"question": "a\r\nb\rc\vd\u2028e"}, "x-2")[0].question == "a\nb\nc\nd\ne"


def test_values_stand_on_lines_or_are_parted_by_semicolons():
    question, _ = parse(ASKED | {"must_contain": '60|seksti ; 4 000\n"a; ""b"""\n\n', "tags": ["a", " b "]}, "x-2")
    assert question.must_contain == ("60|seksti", "4 000", 'a; "b"')
    assert question.tags == ("a", "b")


def test_a_document_is_a_path_with_or_without_a_page():
    assert parse(ASKED | {"documents": "./kurs/a.pdf#04; b.md"}, "x-2")[0].documents == ("kurs/a.pdf#4", "b.md")


@pytest.mark.parametrize(
    ("document", "remedy"),
    [
        ("kurs\\a.pdf", "skriv / i stedet for"),
        ("/kurs/a.pdf", "ikke en sti"),
        ("../a.pdf", "ikke en sti"),
        ("C:/kurs/a.pdf", "ikke en sti"),
        ("https://example.org/a.pdf", "ikke en sti"),
        ("kurskatalogen", "ikke en sti"),
        ("kurs/a.pdf #4", "ikke en sti"),
        ("#4", "ikke en sti"),
        ("kurs/a.pdf#fire", "sidetallet etter #"),
        ("kurs/a.pdf#0", "sidetallet etter #"),
        ("kurs/a.pdf#", "sidetallet etter #"),
    ],
)
def test_what_is_no_document_is_told_with_a_remedy(document, remedy):
    assert remedy in faults(documents=document)["documents"]


def test_all_faults_of_a_row_are_told():
    found = faults(
        kind="faktta", language="svensk", answer=["a"], must_contain='"60', history="Hei", note=Unreadable("N")
    )
    assert found["kind"].startswith("«faktta» finnes ikke; velg blant fakta, liste, telling")
    assert found["language"] == "«svensk» finnes ikke; velg blant bokmål, nynorsk, engelsk"
    assert found["answer"] == "må være vanlig tekst, ikke en liste eller flere felt"
    assert "anførselstegn" in found["must_contain"]
    assert "«Bruker:»" in found["history"]
    assert found["note"] == "N"


def test_a_question_that_nobody_can_ask_is_told():
    assert "tomt" in faults(question="?!")["question"]
    assert "for langt" in faults(question="a" * 4001)["question"]


@pytest.mark.parametrize("history", ["Bruker: \nAssistent: a", [{"role": "user", "content": " "}]])
def test_an_empty_turn_is_told(history):
    assert "tomt" in faults(history=history)["history"]


@pytest.mark.parametrize("history", [["hei"], {"role": "user"}, [{"role": "system", "content": "hei"}]])
def test_turns_of_another_form_are_told(history):
    assert "liste av" in faults(history=history)["history"]


@pytest.mark.parametrize("values", [{"must_contain": [["a"]]}, {"documents": {"a": "b"}}, {"question": {"a": "b"}}])
def test_values_of_another_form_are_told(values):
    assert "må være" in faults(**values)[next(iter(values))]


def test_an_answered_row_must_expect_something():
    assert "fyll ut Må inneholde, Dokumenter, Poster eller Fasit" in told()["status"]
    assert "fyll ut" in told(must_not_contain="60")["status"]
    for expected in ({"must_contain": "60"}, {"documents": "a.md"}, {"records": "Lean"}, {"answer": "60"}):
        assert not told(**expected)
    assert not told(kind="injeksjon", must_not_contain="hemmelig")
    assert not told(status="avklaring")


def test_a_refusal_can_expect_no_answer():
    assert not told(kind="uten svar", documents="a.md", must_not_contain="60")
    assert "tøm feltet" in told(kind="uten svar", must_contain="60")["must_contain"]
    assert "tøm feltet" in told(status="ikke funnet", answer="60")["answer"]
    assert "kan ikke vente et svar" in told(kind="uten svar", status="svar", must_contain="60")["status"]


def test_tags_are_not_parted_by_commas():
    assert "«;»" in told(must_contain="60", tags="deltid, cnc")["tags"]


def test_a_full_question_is_written_in_norwegian_words():
    question = Question("K1", "Hva?", "liste", "not_found", "nn", (Turn("user", "Hei"),), split="test")
    assert cells(question) == {
        "id": "K1",
        "question": "Hva?",
        "kind": "liste",
        "status": "ikke funnet",
        "language": "nynorsk",
        "history": "Bruker: Hei",
        "split": "prøve",
    }


TEXT = st.text(
    st.sampled_from(string.digits + string.ascii_letters + string.punctuation + " \t\næøåÆØÅ«»–…\u00a0\u202f💡")
).filter(lambda text: any(map(str.isalnum, text)))
ITEMS = st.lists(TEXT.map(str.strip), max_size=3).map(tuple)
QUESTIONS = st.builds(
    Question,
    id=TEXT.map(lambda text: " ".join(text.split())),
    question=TEXT,
    kind=st.sampled_from(list(BY_KEY["kind"].words)),
    status=st.sampled_from(["answered", "not_found", "clarify"]),
    language=st.sampled_from([None, "nb", "nn", "en"]),
    history=st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), TEXT.map(str.strip)), max_size=2).map(
        tuple
    ),
    documents=st.lists(st.sampled_from(["kurs/år 1; «a».pdf#4", "b.md", "-c.md"]), max_size=2).map(tuple),
    records=ITEMS,
    must_contain=ITEMS,
    must_not_contain=ITEMS,
    answer=st.none() | TEXT,
    tags=ITEMS,
    split=st.sampled_from(["tune", "test"]),
    note=st.none() | TEXT,
)


@given(QUESTIONS)
def test_a_question_comes_back_from_values_and_from_cells(question):
    assert parse(unparse(question), "x-2") == (question, [])
    assert parse(cells(question), "x-2") == (question, [])
