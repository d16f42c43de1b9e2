import pytest

from raufoss_assistant.catalogue.denial import affirmed, denied, denies


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("Hvilke studier er ikke bachelor eller master?", "bachelor", True),
        ("Hvilke studier er ikke bachelor eller master?", "master", True),
        ("Hvilke studier er bachelor eller master?", "master", False),
        ("Støtte fra andre enn Innovasjon Norge", "Innovasjon Norge", True),
        ("Kurs som ikke er på nett, men i Gjøvik", "nett", True),
        ("Kurs som ikke er på nett, men i Gjøvik", "Gjøvik", False),
        ("Kva kurs er korkje på Gjøvik eller Hamar?", "Hamar", True),
        ("Which courses are not online?", "online", True),
    ],
)
def test_what_is_denied_is_told_from_what_is_not(text, value, expected):
    start = text.index(value)
    assert denied(text, start, start + len(value)) is expected


def test_a_word_that_denies_is_found_anywhere():
    assert denies("som verken nevner")
    assert not denies("som nevner")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("som ikke krever noe kurs", "som krever noe kurs"),
        ("without a partner", "a partner"),
        ("uten å slutte i jobben", "uten å slutte i jobben"),
        ("kan ikke søkes uten noen andre", "kan ikke søkes uten noen andre"),
        ("på nett", "på nett"),
    ],
)
def test_a_text_is_affirmed_where_one_word_denies_it(text, left):
    assert affirmed(text) == left
