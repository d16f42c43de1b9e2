"""Question sets in YAML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.listed import appended, read


def rows(text):
    """The values of each row of a YAML text."""
    return [dict(row.values) for row in read(text.encode()).rows]


def test_plain_words_and_numbers_stay_the_text_they_are():
    assert rows("- must_contain: [60, 2024-02-06, no, 4.0, 12:30, ~]\n  Merknad: yes\n  answer:\n") == [
        {"must_contain": ["60", "2024-02-06", "no", "4.0", "12:30", None], "note": "yes", "answer": None}
    ]


def test_a_row_is_placed_by_number_id_and_line():
    places = [row.place for row in read(b"\xef\xbb\xbf# Kurs\n- id: K1\n  question: a\n\n- question: b\n").rows]
    assert places == ["rad 1 (K1, linje 2)", "rad 2 (linje 5)"]


@pytest.mark.parametrize("text", ["", "# bare en merknad\n", "---\n"])
def test_a_file_without_content_has_no_rows(text):
    assert rows(text) == []


def test_faults_of_rows_are_told_all_at_once():
    problems = read(b"- id: K1\n  sporsmal: a\n  note: b\n  note: c\n- hei\n- question: a\n").problems
    assert problems == (
        "rad 1 (K1, linje 1): feltet «note» står to ganger; slå dem sammen",
        f"rad 1 (K1, linje 1): feltet {problems[1].partition('feltet ')[2]}",
        "rad 2 (linje 5): må være felt på formen «question: tekst»",
    )
    assert problems[1].partition("feltet ")[2].startswith("«sporsmal» finnes ikke; ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"- question: Hva: er det?\n", "YAML i linje 1"),
        (b"- question: a\n b: c\n", "YAML i linje 2"),
        (b"- a\n---\n- b\n", "YAML i linje 2"),
        (b"- ? [a]\n  : b\n- {[a]: b}\n", "YAML i linje"),
        (b"- \x00\n", "YAML"),
        (b"question: a\n", "må være en liste"),
        ("- question: Målerom\n".encode("cp1252"), "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data, message):
    with pytest.raises(UsageError, match=message):
        read(data)


def test_what_is_there_stays_with_comments_and_layout():
    before = "# Kurs\n-   id: 'K1'   # den første\n    question: >\n      Hva\n      koster det?\n# slutt"
    after = appended(before.encode(), [{"id": "K2", "must_contain": ["60"]}, {"id": "K3"}]).decode()
    assert after == f"{before}\n\n- id: K2\n  must_contain:\n  - '60'\n\n- id: K3\n"


def test_added_rows_are_indented_as_those_there_are():
    after = appended(b"  - id: K1\n", [{"id": "K2", "tags": ["a"]}]).decode()
    assert after == "  - id: K1\n\n  - id: K2\n    tags:\n    - a\n"
    assert rows(after) == [{"id": "K1"}, {"id": "K2", "tags": ["a"]}]


def test_rows_in_brackets_are_not_added_to():
    with pytest.raises(UsageError, match="klammer"):
        appended(b"[{id: K1}]", [{"id": "K2"}])


TEXTS = st.text(st.characters(exclude_characters="\r\x85\u2028\u2029"))


@given(st.lists(st.fixed_dictionaries({"note": TEXTS, "tags": st.lists(TEXTS, min_size=1)}), min_size=1))
def test_any_text_comes_back(values):
    assert rows(appended(b"- id: K1\n", values).decode()) == [{"id": "K1"}, *values]
