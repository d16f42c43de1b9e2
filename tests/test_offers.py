import pytest

from raufoss_assistant.catalogue.offers import offered


@pytest.mark.parametrize(
    "question",
    [
        "Hva tilbyr katapulten innen 3D-printing?",
        "Hva kan testsenteret gjøre innen additiv produksjon?",
        "Kva kan MTNC hjelpe med når det gjeld sveising?",
        "What does the test centre offer for additive manufacturing?",
        "Hva slags hjelp har dere med plast?",
    ],
)
def test_what_the_centre_offers_within_something_is_asked_for(question):
    assert offered(question) == "service"


@pytest.mark.parametrize(
    "question",
    ["Hva er en katapult?", "Hvem leder MTNC?", "Hva koster robotcelle?", "Kan dere hjelpe oss?", "What is MTNC?", ""],
)
def test_other_questions_are_not_of_that_kind(question):
    assert offered(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mye støtte kan vi få fra Innovasjon Norge?",
        "Kva støtte gjev Forskingsrådet?",
        "How much funding is there from RFF?",
    ],
)
def test_what_somebody_gives_in_support_is_asked_for(question):
    assert offered(question) == "funding"
