import pytest

from raufoss_assistant.model import Chunk, Hit, Properties
from raufoss_assistant.retrieval.namesakes import Namesakes
from raufoss_assistant.retrieval.topics import Topics

TEXTS = [
    *["Bedriftene i NCE Manufacturing deler kunnskap."] * 6,
    *["Forskerne i SINTEF Manufacturing prøver plast."] * 6,
    *["Studentene tar Manufacturing 4.0 på nett."] * 6,
    *["Alle bruker Læringsfabrikken."] * 6,
    *["Bedriften søker Robotmidler.", "De får Robotmidler Liten.", "Andre får Robotmidler Stor."] * 6,
    "En gang nevnes SFI Manufacturing.",
    "The centre has machines for additive manufacturing.",
]


def hit(text, number=0):
    return Hit(
        Chunk(str(number), "a.md", number, None, (), text, 0, len(text), ""), Properties("A", "klynge"), 1.0, 0.5, 0.9
    )


@pytest.fixture(scope="module")
def namesakes():
    return Namesakes(TEXTS, Topics(TEXTS, names=["Manufacturing 4.0"]))


def test_a_word_of_several_names_asks_of_those_that_the_passages_are_split_between(namesakes):
    hits = [hit(TEXTS[0]), hit(TEXTS[6]), hit(TEXTS[0])]
    assert namesakes.meant("hvem leder manufacturing?", hits) == (
        "Hvem leder NCE Manufacturing?",
        "Hvem leder SINTEF Manufacturing?",
    )


def test_passages_that_agree_need_no_question_back(namesakes):
    assert namesakes.meant("hvor mange poeng gir manufacturing", [hit(TEXTS[12]), hit(TEXTS[13])]) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Hvem leder NCE Manufacturing?",
        "Hva er Manufacturing 4.0?",
        "Hvor stor er Læringsfabrikken?",
        "Hvor mye er Robotmidler?",
        "Hva het Raufoss Manufacturing før?",
        "Hvem er med?",
        "What is there for additive manufacturing?",
        "",
    ],
)
def test_a_whole_name_and_a_word_with_a_meaning_of_its_own_are_not_asked_about(namesakes, question):
    assert namesakes.meant(question, [hit(text) for text in (TEXTS[0], TEXTS[6], TEXTS[25], TEXTS[26])]) == ()


def test_a_name_that_is_seldom_used_is_no_choice(namesakes):
    assert namesakes.meant("hva er manufacturing", [hit(TEXTS[0]), hit(TEXTS[-2])]) == ()


def test_a_passage_tells_of_the_first_name_in_it(namesakes):
    both = hit("NCE Manufacturing ble til før SINTEF Manufacturing.")
    assert namesakes.meant("hva er manufacturing?", [both, both]) == ()
    assert len(namesakes.meant("hva er manufacturing?", [both, hit(TEXTS[6]), hit(TEXTS[12])])) == 3
