import pytest

from raufoss_assistant.answering.claim_limits import limited
from raufoss_assistant.answering.claim_words import read_words


def same(claim, source):
    said, told = read_words(claim), read_words(source)
    return limited(told, said, [(0, place) for place, word in enumerate(told) if word.topical])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("rundt 60 bedrifter", "omtrent 60 bedrifter"),
        ("tilskudd 2 dekker inntil 50 prosent", "inntil 50 prosent dekkes av tilskudd 2"),
        ("målet er 50 prosent", "målet til Benteler er 50 prosent"),
        ("I 2018 deltok skoler", "skoler deltok i 2018"),
    ],
)
def test_the_same_number_of_the_same(claim, source):
    assert same(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("60 bedrifter", "rundt 60 bedrifter"),
        ("over 60 bedrifter", "under 60 bedrifter"),
        ("60 bedrifter", "61 bedrifter"),
        ("60 ansatte", "60 bedrifter"),
        ("ett års praksis og minst 80 prosent", "minst ett års praksis og minst 80 prosent"),
    ],
)
def test_another_limit_value_or_thing(claim, source):
    assert not same(claim, source)
