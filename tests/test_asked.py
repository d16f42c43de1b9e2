import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.catalogue.asked import OR_MORE_OR_LESS, Bound, bounds, places, vocabulary


def only(text):
    (bound,) = bounds(text)
    return bound


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("minst 4", 4, None),
        ("at least ten", 10, None),
        ("fra og med 2022", 2022, None),
        ("4 eller flere", 4, None),
        ("20 ansatte eller mer", 20, None),
        ("10+", 10, None),
        ("TRL 5+", 5, None),
        ("20 000+ kr", 20_000, None),
        ("ikke mindre enn 5", 5, None),
        ("ikkje under 5", 5, None),
        ("no less than 5", 5, None),
        ("høyst fem tusen", None, 5000),
        ("høgst 3 veker", None, 3),
        ("maks 5 000,-", None, 5000),
        ("within two weeks", None, 2),
        ("tre uker eller mindre", None, 3),
        ("20 000 kr eller billigere", None, 20_000),
        ("ikke mer enn 4", None, 4),
        ("ikkje meir enn 4 veker", None, 4),
        ("aldri lenger enn to uker", None, 2),
        ("never more than 4 weeks", None, 4),
        ("never take more than 4 weeks", None, 4),
        ("no longer than 4 weeks", None, 4),
        ("mellom 5.000 og fem tusen", 5000, 5000),
        ("mellom 5.000 og ti tusen", 5000, 10_000),
        ("mellom 5 og 10 tusen", 5000, 10_000),
        ("mellom én og to millioner", 1_000_000, 2_000_000),
        ("between 5 and 10", 5, 10),
    ],
)
def test_a_word_before_or_after_a_number_bounds_it(text, least, most):
    bound = only(text)
    assert (bound.low, bound.high) == (least, most)
    assert not bound.exact


@pytest.mark.parametrize("text", ["under 10 000 kr", "mindre enn 10.000", "billigere enn ti tusen", "below 10,000"])
def test_under_leaves_the_number_itself_out(text):
    bound = only(text)
    assert bound.low is None
    assert bound.high == math.nextafter(10_000, 0)


@pytest.mark.parametrize(
    "text", ["før på TRL 6", "før TRL 6", "under TRL-nivå 6", "before TRL 6", "lavere enn TRL 6", "lågare enn på TRL 6"]
)
def test_a_level_has_its_name_between_the_word_and_the_number(text):
    assert only(text).high == math.nextafter(6, 0)
    assert only(f"ikke {text}") == Bound(6, None, 0, len(f"ikke {text}"), exact=False)


@pytest.mark.parametrize("text", ["20 000 kr+", "10 +", "10 ansatte + lærlinger", "TRL 5 + 6"])
def test_a_plus_bounds_only_the_number_it_follows_at_once(text):
    assert all(each.exact and each.low == each.high for each in bounds(text))


@pytest.mark.parametrize("text", ["over 30 000", "mer enn tretti tusen", "meir enn 30.000 kr", "more than 30,000"])
def test_over_leaves_the_number_itself_out(text):
    bound = only(text)
    assert bound.high is None
    assert bound.low == math.nextafter(30_000, math.inf)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("for TRL 4", 4, 4), ("10 000 kr", 10_000, 10_000), ("fra 4 til 6 uker", 4, 6)]
)
def test_a_number_with_no_such_word_is_itself(text, low, high):
    bound = only(text)
    assert (bound.low, bound.high, bound.exact) == (low, high, True)


def test_each_number_of_a_question_has_its_own_bound():
    text = "Hva koster under 20 000 kr og tar mellom 3 og 5 uker for minst 8 ansatte?"
    assert [text[each.start : each.end] for each in bounds(text)] == ["under 20 000", "mellom 3 og 5", "minst 8"]


@given(st.text(alphabet="mislo etrundv5 0.,–ikgfa"))
def test_a_bound_lies_in_the_text_and_has_at_least_one_end(text):
    for each in bounds(text):
        assert 0 <= each.start < each.end <= len(text)
        assert each.low is not None or each.high is not None


@pytest.mark.parametrize(
    ("text", "follows"), [(" eller mindre", True), (" or more", True), ("+", True), (" eller så", False)]
)
def test_what_follows_a_number_may_make_it_a_bound(text, follows):
    assert bool(OR_MORE_OR_LESS.match(text)) == follows


@pytest.mark.parametrize(("place", "inside"), [("raufoss", True), ("gjøvik", True), ("bergen", False), ("ski", False)])
def test_places_lie_in_innlandet_or_not(place, inside):
    assert places()[place] is inside


@pytest.mark.parametrize(
    ("type_", "word"),
    [("service", "tjenestene"), ("service", "tenester"), ("course", "studier"), ("course", "courses"),
     ("funding", "støtteordninger"), ("funding", "tilskot"), ("organisation", "katapultene")],
)  # fmt: skip
def test_each_type_has_nouns_and_no_other_type_has_them(type_, word):
    assert [each for each, pattern in vocabulary().nouns.items() if pattern.fullmatch(word)] == [type_]


def test_every_noise_word_is_a_whole_word():
    assert vocabulary().noise.fullmatch("katalogen")
    assert not vocabulary().noise.fullmatch("sveising")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5 eller høyere", 5, None),
        ("5 or higher", 5, None),
        ("2021 eller tidligere", None, 2021),
        ("2021 eller tidlegare", None, 2021),
        ("ingenting skal ta over 5", None, 5),
    ],
)
def test_a_bound_may_follow_its_number_or_be_denied(text, low, high):
    (found,) = bounds(text)
    assert (found.low, found.high) == (low, high)
