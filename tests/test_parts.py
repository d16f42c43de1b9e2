import pytest

from raufoss_assistant.retrieval.parts import apart, asks_which, carried, leans, parts


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "Når ble MTNC etablert, og hvem eier senteret?",
            ("Når ble MTNC etablert?", "hvem eier senteret?"),
        ),
        (
            "Hvor stor er Læringsfabrikken? Hvem bruker den?",
            ("Hvor stor er Læringsfabrikken?", "Hvem bruker den?"),
        ),
        (
            "Kor mykje omset parken for, og kor mykje omset klynga for?",
            ("Kor mykje omset parken for?", "kor mykje omset klynga for?"),
        ),
        (
            "When was the park founded and how many people work there?",
            ("When was the park founded?", "how many people work there?"),
        ),
        (
            "Når ble SFI tildelt, og er det det samme som klyngen?",
            ("Når ble SFI tildelt?", "er det det samme som klyngen?"),
        ),
        (
            "Er fristen gått ut, og når kommer den neste?",
            ("Er fristen gått ut?", "når kommer den neste?"),
        ),
        (
            "heter det Raufoss eller Manufacturing i dag, og når skiftet de navn?",
            ("heter det Raufoss eller Manufacturing i dag?", "når skiftet de navn?"),
        ),
    ],
)
def test_a_message_that_asks_several_things(message, asked):
    assert parts(message) == asked


@pytest.mark.parametrize(
    "message",
    [
        "Når og hvor holdes kurset?",
        "Hva er forskjellen på NCE Manufacturing og SINTEF Manufacturing?",
        "Hvem kan fortelle hva kurset koster og hvor det er?",
        "Vi er ni ansatte og lurer på hvordan vi søker SkatteFUNN",
        "kurs og priser",
        "Hvor mye omsatte de for i 2020, og hva sier den nyeste kilden?",
        "Hva? Hvor? Når?",
        "Hva er a, og hva er b, og hva er c, og hva er d?",
    ],
)
def test_a_message_that_asks_one_thing_is_left_whole(message):
    assert parts(message) == (message,)


def test_a_later_question_takes_the_words_of_the_first_along_but_not_its_time():
    first = "Hvor mye ga ordningen i 2020?"
    assert carried(first, "og hvor mye nå?") == "Hvor mye ga ordningen: og hvor mye nå?"
    assert carried("Kven leidde klynga fram til 2017?", "kven tok over?") == "Kven leidde klynga: kven tok over?"
    assert carried("Hva heter klyngen i dag?", "når skiftet den navn?") == "Hva heter klyngen: når skiftet den navn?"


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Hva er forskjellen på klyngen og parken?", ("klyngen", "parken")),
        ("Kva er skilnaden mellom etterutdanning og vidareutdanning", ("etterutdanning", "vidareutdanning")),
        ("What is the difference between NCE Manufacturing and MTNC?", ("NCE Manufacturing", "MTNC")),
        ("Er det forskjell på pris?", None),
        ("Hva er klyngen og parken?", None),
    ],
)
def test_the_two_things_that_are_told_apart(question, things):
    assert apart(question) == things


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Er klyngen og parken det samme?", ("klyngen", "parken")),
        (
            "SFI Manufacturing og SINTEF Manufacturing, er det same greia?",
            ("SFI Manufacturing", "SINTEF Manufacturing"),
        ),
        ("Is MTNC the same as the catapult?", ("MTNC", "the catapult")),
        ("Er klyngen og parken store?", None),
    ],
)
def test_whether_two_are_one_is_told_apart(question, things):
    assert apart(question) == things


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("Hvilken katapult passer?", True),
        ("Kva katapult er rett?", True),
        ("Hvem leder klyngen?", True),
        ("Kva er ein katapult?", False),
        ("Hva er en katapult?", False),
    ],
)
def test_a_question_of_which_one(question, which):
    assert asks_which(question) is which


@pytest.mark.parametrize(
    ("part", "does"),
    [
        ("hvor ligger den?", True),
        ("kvar ligg han?", True),
        ("hvor ligger det senteret?", True),
        ("hvem eier det", True),
        ("hva koster kurset?", False),
        ("er det dyrt å være med?", False),
    ],
)
def test_a_later_question_leans_on_what_was_named(part, does):
    assert leans(part) is does
