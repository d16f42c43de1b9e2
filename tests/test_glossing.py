import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.model import Block, Document, Page, Properties
from raufoss_assistant.retrieval.glossing import Glosses

GLOSSES = Glosses({"Learning Factory": "Læringsfabrikken", "trade test": "fagprøve"})


@pytest.mark.parametrize(
    ("question", "names", "told"),
    [
        (
            "Who was in charge of the Learning Factory in 2020?",
            ["Learning Factory"],
            "hvem var leder for Læringsfabrikken i 2020?",
        ),
        (
            "How many companies does Future Materials have?",
            ["Future Materials"],
            "hvor mange selskaper Future Materials har?",
        ),
        ("What is MTNC?", [], "hva er MTNC?"),
        ("When did it open?", [], "når det åpen?"),
        ("Do I need a trade test?", [], "trenger jeg en fagprøve?"),
        ("", [], ""),
    ],
)
def test_an_english_question_is_put_word_for_word(question, names, told):
    assert GLOSSES.told(question, names) == told


def test_the_words_of_a_collection_are_read_from_its_tables():
    text = "| Norwegian | English | Note |\n|---|---|---|\n| lærling, elev | apprentice, trainee | in a company |"
    page = Page(None, text, (Block("table", 0, len(text), header="| Norwegian | English | Note |"),))
    glosses = Glosses.of([Document("a.md", "a", Properties("A", "onboarding"), (page,))])
    assert glosses.told("Is a trainee paid?").startswith("er en lærling")


@given(st.text())
def test_any_text_can_be_glossed(text):
    GLOSSES.told(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", ["the ", "a", "learning ", "in charge of ", "'"])
def test_four_thousand_characters_end(part):
    GLOSSES.told((part * 4000)[:4000])
