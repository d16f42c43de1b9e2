import pytest

from raufoss_assistant.index.lexicon import MISSPELT, PART, PART_OF_KNOWN, Lexicon
from raufoss_assistant.norwegian.analyse import stem

TERMS = [
    stem(word)
    for word in [
        "sveise",
        "kurs",
        "fagskole",
        "studier",
        "fagskolestudier",
        "læringsfabrikken",
        "virksom",
        "het",
        "ftt72k",
        "1500",
    ]
]
LEXICON = Lexicon(TERMS)


def test_a_known_term_is_itself():
    assert LEXICON.readings(stem("kurs")) == ((stem("kurs"), 1.0),)


def test_a_compound_that_no_passage_holds_is_its_parts():
    assert LEXICON.readings(stem("sveisekurset")) == ((stem("sveise"), PART), (stem("kurs"), PART))


def test_the_parts_of_a_known_compound_weigh_little():
    parts = ((stem("fagskole"), PART_OF_KNOWN), (stem("studier"), PART_OF_KNOWN))
    assert LEXICON.readings(stem("fagskolestudier")) == ((stem("fagskolestudier"), 1.0), *parts)


@pytest.mark.parametrize(
    "written", ["læringsfabrik", "laringsfabrikk", "lærinsfabrikk", "lærignsfabrikk", "laeringsfabrikk"]
)
def test_a_misspelt_term_is_the_likest(written):
    assert LEXICON.readings(written) == (("læringsfabrikk", MISSPELT),)


@pytest.mark.parametrize("unlike", ["kunst", "kors", "ftt73k", "1501", "roboter", "", "lærling"])
def test_what_is_unlike_or_short_or_a_code_stands_for_nothing(unlike):
    assert LEXICON.readings(unlike) == ()


def test_a_collection_without_terms_reads_nothing():
    assert Lexicon([]).readings("læringsfabrikk") == ()
