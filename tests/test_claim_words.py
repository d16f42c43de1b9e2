import pytest

from raufoss_assistant.answering.claim_words import read_words


def keys(text):
    return [word.key for word in read_words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4 000 ansatte", "fire tusen ansatte"),
        ("60 %", "60 prosent"),
        ("2024-02-06", "6. februar 2024"),
        ("06.02.2024", "6. februar 2024"),
        ("5 000 kr", "5000 kroner"),
    ],
)
def test_the_same_written_otherwise_counts_as_the_same(one, other):
    assert keys(one) == keys(other)


def test_a_number_is_one_word_and_tells_what_a_sentence_is_about():
    first, second = read_words("rundt 60")
    assert (second.key, second.number, second.topical) == ("#60.0", True, True)
    assert not first.number and not first.topical


def test_a_name_is_told_by_its_letters():
    assert [word.name for word in read_words("hos SINTEF i dag")] == [False, True, False, False]


def test_what_stands_in_a_note_of_date_is_marked():
    noted = {word.low: word.note for word in read_words("60 bedrifter (6. februar 2024) er med")}
    assert noted["februar"] and not noted["bedrifter"] and not noted["med"]


def test_a_month_that_is_none_is_left_as_it_is():
    assert [word.low for word in read_words("2024-13-40")] == ["2024", "13", "40"]
