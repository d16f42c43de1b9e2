import pytest

from raufoss_assistant.answering.claim_words import lists, read_words, readings


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
        ("1500 m²", "1 500 kvadratmeter"),
        ("fra 26. til 28. april", "26.–28. april"),
        ("1,6 til 2,4 millioner", "1 600 000 til 2 400 000"),
        ("mellom 10 og 100", "10–100"),
        ("12 mil", "120 kilometer"),
        ("mer enn 40 til sammen", "over 40"),
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
    noted = {word.low: word.note for word in read_words("60 bedrifter (6. februar 2024) deltar")}
    assert noted["februar"] and not noted["bedrifter"] and not noted["deltar"]


def test_a_month_that_is_none_is_left_as_it_is():
    assert [word.low for word in read_words("2024-13-40")] == ["2024", "13", "40"]


@pytest.mark.parametrize(
    ("text", "voice", "tense"),
    [
        ("NTNU driver", "active", "present"),
        ("NTNU godkjente", "active", "past"),
        ("senteret drives", "passive", "present"),
        ("senteret blir ikke godkjent", "passive", "present"),
        ("senteret ble godkjent", "passive", "past"),
        ("studentenes", "", ""),
    ],
)
def test_a_verb_tells_whether_its_subject_does_it_and_when(text, voice, tense):
    word = read_words(text)[-1]
    assert (word.voice, word.tense) == (voice, tense)


def test_a_sentence_is_read_as_its_other_builds_too():
    built = [" ".join(word.low for word in read) for read in readings("Det er NTNU som eier det", lists().frames)]
    assert built == ["det er ntnu som eier det", "ntnu eier det"]
