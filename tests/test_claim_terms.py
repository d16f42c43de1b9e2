import pytest

from raufoss_assistant.answering.claim_terms import fits, places_of_terms, relation, tenses
from raufoss_assistant.answering.claim_words import read_words


def test_terms_are_the_words_that_tell_something():
    assert places_of_terms(read_words("Det er NTNU og 60 andre")) == [2, 4]


@pytest.mark.parametrize(
    ("claim", "source", "fit"),
    [
        ("bedrifter", "medlemsbedrifter", True),
        ("medlemsbedrifter", "bedrifter", False),
        ("store", "mellomstore", False),
        ("sikker", "usikker", False),
        ("jobber", "arbeider", True),
        ("jobbet", "jobber", False),
    ],
)
def test_a_word_fits_itself_its_like_and_what_is_composed_of_it(claim, source, fit):
    assert fits(read_words(claim)[0], read_words(source)[0]) is fit


def test_past_and_present_differ_and_a_passive_has_the_tense_of_its_helper():
    past, present = read_words("ble godkjent")[-1], read_words("godkjenner")[0]
    assert tenses(past, present) and not tenses(read_words("blir godkjent")[-1], present)


def test_a_limit_before_a_number_is_no_preposition():
    assert [relation(read_words(text), 2) for text in ("bor i Oslo", "har over 60", "går til Oslo")] == [
        "place",
        "",
        "to",
    ]
