import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raufoss_assistant.retrieval.spelling import Spelling

TEXTS = [
    "Vi bruker Læringsfabrikken, for Læringsfabrikken gir støtte. Du kan søke støtte nå, og bedriften får støtte.",
    "En bedrift kan ha en lærling i bedriften, og alle lærlinger får lærlinglønn.",
    "Institutt er SINTEF Manufacturing, og klynge er NCE Manufacturing. Ordningen SkatteFUNN gir 19 prosent.",
    "Vi har et katapultsenter, en sveiserobot og en samarbeidende robot. Der varer opplæring i 2–4 uker.",
    "Nå er studiet på fagskolen i Gjøvik. For søknaden er fristen 15. april, og der leder Håkon kurset på Raufoss.",
    "Kurset FTT72K er på nett, og kvar verksemd kan søkje. The apprentice learns welding.",
]
SPELLING = Spelling(TEXTS)
WORDS = sorted({word.strip(".,") for text in TEXTS for word in text.split()})


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("faar vi stoette?", "får vi støtte?"),
        ("soeke", "søke"),
        ("laerling", "lærling"),
        ("paa Raufoss", "på Raufoss"),
        ("opplaering", "opplæring"),
        ("soknaden", "søknaden"),
        ("stotte", "støtte"),
        ("opplaring", "opplæring"),
        ("larlinglonn", "lærlinglønn"),
        ("bedriften faar SOEKE", "bedriften får søke"),
        ("opplaeringa", "opplæringa"),
        ("laerlingane", "lærlingane"),
    ],
)
def test_letters_that_a_keyboard_lacks_are_restored(written, mended):
    assert SPELLING.mended(written) == mended


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("sveise robot", "sveiserobot"),
        ("en katapult senter her", "en katapultsenter her"),
        ("fag skolen?", "fagskolen?"),
        ("lærling lønn", "lærlinglønn"),
        ("laerling loenn", "lærlinglønn"),
        ("lærings fabrikken", "Læringsfabrikken"),
        ("lærings fabriken", "Læringsfabrikken"),
        ("skatte funn", "SkatteFUNN"),
    ],
)
def test_compounds_written_apart_are_joined(written, mended):
    assert SPELLING.mended(written) == mended


@pytest.mark.parametrize("written", ["sveise, robot", "sveise  robot", "sveise\nrobot", "for bedriften", "på nett"])
def test_words_that_are_no_compound_stay_apart(written):
    assert SPELLING.mended(written) == written


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("søknden", "søknaden"),
        ("søknadne", "søknaden"),
        ("bedirften", "bedriften"),
        ("sveisrobot", "sveiserobot"),
        ("katapultsnter", "katapultsenter"),
        ("lærngsfabriken", "Læringsfabrikken"),
        ("19 prosnt", "19 prosent"),
        ("aprl", "aprl"),
        ("opplærig", "opplæring"),
    ],
)
def test_a_slip_is_mended_in_a_word_that_is_long_enough(written, mended):
    assert SPELLING.mended(written) == mended


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("gjovik", "Gjøvik"),
        ("gjoevik", "Gjøvik"),
        ("haakon", "Håkon"),
        ("laeringsfabrikken", "Læringsfabrikken"),
        ("manufactring", "Manufacturing"),
        ("skatefunn", "SkatteFUNN"),
        ("raufos", "Raufoss"),
    ],
)
def test_a_name_that_is_mended_has_its_capitals(written, mended):
    assert SPELLING.mended(f"om {written} nå") == f"om {mended} nå"


@pytest.mark.parametrize(
    "written",
    ["Hvem betaler faktura, og hvor mye poeng er det?", "en sirkel med noen rare oppskrifter", "eie og neie",
     "Kva gjer verksemda, og korleis søkjer ein?", "kven er den nye leiaren, og kor mykje kostar det?",
     "What does the company manufacture?", "does training cost money, and who can poets join?"],
)  # fmt: skip
def test_real_words_are_left_alone(written):
    assert SPELLING.mended(written) == written


@pytest.mark.parametrize(
    "written",
    ["bedrifter", "bedriftene", "bedriftenes", "lærlingen", "lærlingane", "opplæringen", "opplæringa", "roboter",
     "sveiseroboten", "sveiserobotane", "katapultsenteret", "katapultsentera", "fristene", "studia", "kursene",
     "Læringsfabrikkens", "støtta"],
)  # fmt: skip
def test_inflected_forms_are_left_alone(written):
    assert SPELLING.mended(written) == written


@pytest.mark.parametrize(
    "written",
    ["læringsfabrikken", "NCE manufacturing", "STØTTE", "raufoss", "Samarbeidende Robot", "skattefunn", "ftt72k",
     "", " ", "?!", "2–4 uker", "a", "🙂"],
)  # fmt: skip
def test_what_the_collection_knows_keeps_its_capitals_and_what_is_no_word_is_kept(written):
    assert SPELLING.mended(written) == written


def test_a_word_that_may_be_two_others_is_left_alone():
    either = Spelling(["kassene", "massene"])
    assert either.mended("rassene") == "rassene"
    assert either.mended("massenne") == "massene"


def test_the_commonest_spelling_of_a_transcribed_name_wins():
    assert Spelling(["Se Haakon og Haakon, ikke Håkon."]).mended("haakon") == "haakon"
    assert Spelling(["Se Haakon, Håkon og Håkon."]).mended("Haakon") == "Håkon"


def test_an_empty_collection_mends_nothing():
    assert Spelling([]).mended("faar laerings fabriken stoette?") == "faar laerings fabriken stoette?"


@pytest.mark.parametrize("text", TEXTS)
def test_texts_of_the_collection_are_left_alone(text):
    assert SPELLING.mended(text) == text


@settings(deadline=None)
@given(st.sampled_from(WORDS))
def test_mended_is_idempotent_on_words_of_the_collection(word):
    for written in (word, word.lower(), word.upper(), word.capitalize()):
        once = SPELLING.mended(written)
        assert once.casefold() == word.casefold()
        assert SPELLING.mended(once) == once


SLIPS = ["laerings", "fabriken", "stoette", "sveise", "robot", "skatte", "funn", "gjovik", "15", "FTT72K", "4.0", "2–4"]
questions = st.text(max_size=60) | st.lists(st.sampled_from([*SLIPS, *WORDS]), max_size=8).map(" ".join)


@settings(deadline=None)
@given(questions)
def test_digits_and_what_is_between_words_are_never_touched(question):
    mended = SPELLING.mended(question)
    assert [letter for letter in mended if letter.isdigit()] == [letter for letter in question if letter.isdigit()]
    marks = [letter for letter in question if not letter.isalnum() and letter not in " -"]
    assert [letter for letter in mended if not letter.isalnum() and letter not in " -"] == marks
    assert mended == SPELLING.mended(question)


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5), st.text(max_size=60))
def test_any_collection_can_mend_any_question(texts, question):
    assert isinstance(Spelling(texts).mended(question), str)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", ["a", "aae", "laerings fabriken ", "xyzabcd ", "o-", "-", "ee", "stotte "])
def test_four_thousand_characters_end(part):
    assert SPELLING.mended((part * 4000)[:4000])
