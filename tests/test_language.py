from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.norwegian.language import detect

QUESTIONS = {
    "nb": [
        "Hvor mange bedrifter er med i klyngen?",
        "hva koster det",
        "Hva er Norwegian Catapult?",
        "Hvem er kontaktperson for The Learning Factory?",
        "Når er kurset?",
        "Vi er en liten bedrift og trenger hjelp med roboter",
        "Hvad koster kurset?",
        "Hvor finder jeg oplysninger om støtte?",
        "Vad kostar kursen och hur anmäler jag mig?",
        "Vilka tjänster erbjuder ni?",
    ],
    "nn": [
        "Kor mange verksemder er med?",
        "Kva kostar det?",
        "Kven er dagleg leiar?",
        "Korleis søkjer vi om midlar?",
        "Kan me få støtte?",
        "Treng de hjelp?",
        "Finst det kurs i sveising?",
        "Er klyngen og parken det same?",
        "Er det 20 prosent vi får att?",
        "Namneskifte i NCE Raufoss når",
        "SFI-en, kva år kom den?",
        "Vi er ei lita bedrift og treng hjelp med robotar",
        "Kor mange bedrifter var med i 2017?",
    ],
    "en": [
        "How big is the learning factory?",
        "What is Katapult?",
        "Do you offer courses in robotics?",
        "I need a test lab",
        "Tell me about additive manufacturing",
        "Is there funding for robots?",
        "Who can help us?",
    ],
}


@pytest.mark.parametrize(
    ("language", "question"), [(name, text) for name, texts in QUESTIONS.items() for text in texts]
)
def test_one_short_question_is_enough(language, question):
    assert detect(question) == language
    assert detect(question.upper()) == language


@pytest.mark.parametrize("text", ["", " \n", "FTT72K", "2024", "NTNU SINTEF Manufacturing AS", "?!", "😀", "hei"])
def test_nothing_to_go_by_is_bokmaal(text):
    assert detect(text) == "nb"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "roboter"), ("nb", "lærlinger"), ("nb", "verksted?"), ("nb", "sveisekurs for NTNU"),
        ("nn", "Blei laboratoria flytta?"), ("nn", "Er ho ein del av klynga, slik som han?"), ("nn", "norskeigd bedrift"),
        ("nn", "robotar"), ("nn", "lærlingar"), ("nn", "kostnadar?"), ("nn", "sveising av robotar"),
        ("en", "welding"), ("en", "robots?"), ("en", "canteen"), ("en", "FTT72K welding"), ("en", "MTNC apprentices"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("otherwise", list(QUESTIONS))
def test_where_function_words_do_not_decide_the_dictionary_does(language, text, otherwise):
    assert detect(text, otherwise) == language


@pytest.mark.parametrize(
    "text", ["Welding", "WELDING", "Additive Manufacturing", "FTT72K", "sveising", "pris", "ok", "go"]
)
@pytest.mark.parametrize("otherwise", list(QUESTIONS))
def test_names_and_what_languages_share_go_on_in_the_language_spoken_otherwise(text, otherwise):
    assert detect(text, otherwise) == otherwise


@pytest.mark.parametrize(("language", "text"), [(name, texts[0]) for name, texts in QUESTIONS.items()])
@pytest.mark.parametrize("otherwise", list(QUESTIONS))
def test_what_has_marks_of_its_own_is_not_held_in_the_language_spoken_otherwise(language, text, otherwise):
    assert detect(text, otherwise) == language


@pytest.mark.parametrize("otherwise", list(QUESTIONS))
@pytest.mark.parametrize("text", ["kött", "Räksmörgås", "MTNC HÖG"])
def test_swedish_letters_count_for_bokmaal(text, otherwise):
    assert detect(text, otherwise) == "nb"


def test_a_lead_of_one_function_word_is_not_overruled_by_dictionaries():
    assert detect("kva welding robots canteen") == "nn"
    assert detect("hva welding robots canteen") == "nb"


def test_an_english_quote_does_not_turn_a_norwegian_text():
    assert detect("Prosjektet heter «The Road to the Factory of the Future» og er ikke ferdig før vi vet mer.") == "nb"


def test_a_nynorsk_text_is_told_from_the_same_in_bokmaal():
    assert detect("Departementet kan gjeva føresegner om utførsle og innførsle av betalingsmiddel.") == "nn"
    assert detect("Departementet kan gi bestemmelser om utførsel og innførsel av betalingsmidler.") == "nb"


def test_no_mark_stands_for_two_languages():
    data = resources.files("raufoss_assistant.norwegian").joinpath("data/language.yaml").read_text("utf-8")
    lists = yaml.safe_load(data)
    words = lists["shared"].split() + [word for name in QUESTIONS for word in lists[name]["words"].split()]
    endings = [ending for name in QUESTIONS for ending in lists[name]["endings"].split()]
    assert len(words) == len(set(words))
    assert len(endings) == len(set(endings))


@given(st.text())
def test_any_text_has_a_language_and_always_the_same(text):
    assert detect(text) == detect(text)
    assert detect(text) in QUESTIONS
