from importlib import resources

import pytest

from raufoss_assistant.norwegian.analyse import stem, stop_words, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 500 kvadratmeter", ["1500", "kvadratmeter"]),
        ("1\u00a0500 og 1.500", ["1500", "og", "1500"]),
        ("13 milliarder, 4,75 mill.", ["13", "milliarder", "4,75", "mill"]),
        ("FTT72K og FTE13H-N", ["ftt72k", "og", "fte13h", "n"]),
        ("12 350 000 kroner", ["12350000", "kroner"]),
        ("i 2024 500 bedrifter", ["i", "2024", "500", "bedrifter"]),
        ("Læringsfabrikken på Raufoss", ["læringsfabrikken", "på", "raufoss"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_inflections_share_a_term():
    assert len({terms(word)[0] for word in ("bedrift", "bedriften", "bedrifter", "bedriftene")}) == 1


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [("skulane", "skolene"), ("søkjarar", "søkere"), ("forskinga", "forskningen"), ("tilskotet", "tilskuddet")],
)
def test_both_written_standards_share_a_term(nynorsk, bokmal):
    assert terms(nynorsk) == terms(bokmal)


def test_each_pair_of_the_list_shares_a_term_and_no_word_is_there_twice():
    lines = resources.files("raufoss_assistant.norwegian").joinpath("data/nynorsk.txt").read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if not line.startswith("#")]
    assert all(stem(bokmal) == stem(nynorsk) for nynorsk, bokmal in pairs)
    assert len({nynorsk for nynorsk, _ in pairs}) == len(pairs)


def test_each_english_word_of_the_list_meets_its_norwegian_one_and_none_is_there_twice():
    lines = resources.files("raufoss_assistant.norwegian").joinpath("data/english.txt").read_text("utf-8").splitlines()
    pairs = [line.split() for line in lines if not line.startswith("#")]
    assert all(stem(bokmal) == stem(english) for english, bokmal in pairs)
    assert len({english for english, _ in pairs}) == len(pairs) > 2000
    assert not {english for english, _ in pairs} & stop_words()


def test_function_words_are_left_out_in_three_languages():
    assert terms("Hvor mange er det i klyngen?") == terms("Kor mange er det i klyngen?") == ["klyng"]
    assert terms("How many are there in the cluster?") == ["klyng"]


def test_a_question_of_function_words_is_not_empty():
    assert terms("Hva er det?")


def test_stop_words_carry_no_topic_of_ours():
    assert not stop_words() & {"kurs", "klynge", "bedrift", "støtte", "katapult", "robot", "pris", "frist"}
