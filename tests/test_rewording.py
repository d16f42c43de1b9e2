import pytest

from raufoss_assistant.model import Chunk, Hit, Properties
from raufoss_assistant.retrieval.rewording import reworded

TEXT = "Nammo lager ammunisjon. Selskapet ble grunnlagt i 1998. Støperi er en avdeling."


def hits(text=TEXT):
    return [Hit(Chunk("1", "a.md", 0, None, (), text, 0, len(text), "Nammo"), Properties("Nammo", "klynge"), 1, 1, 0.9)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hva produserer Nammo?", "Hva lager Nammo?"),
        ("når ble nammo stiftet", "når ble nammo grunnlagt"),
        ("Framstiller Nammo ammunisjon?", "Lager Nammo ammunisjon?"),
        ("Hva lager Nammo?", None),
        ("Hvem bor i Oslo?", None),
        ("", None),
    ],
)
def test_a_question_takes_the_words_of_the_passages(question, said):
    assert reworded(question, hits()) == said


def test_nothing_is_reworded_without_passages():
    assert reworded("Hva produserer Nammo?", []) is None
