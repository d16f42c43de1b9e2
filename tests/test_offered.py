import pytest

from raufoss_assistant.retrieval.offered import offered

COMPARED = "|  | Robotcelle | Sveising |\n| --- | --- | --- |\n| Pris | 90 [1] | 15 [2] |"
LISTED = "Her er de:\n\n| Tjeneste | Pris |\n| --- | --- |\n| Robotcelle: prøv [1] | 90 |\n| Sveising (test) | 15 |"


@pytest.mark.parametrize(
    "said",
    [
        COMPARED,
        LISTED,
        "1. **Robotcelle**: fra 90 000 kr [1]\n2. Sveising – prøvesveis",
        "- Robotcelle [1]\n   - Pris: 90\n- Sveising"[:17] + "\n- Sveising",
        "* Robotcelle\n• Sveising (eksempel)",
    ],
)
def test_items_columns_and_rows_are_named(said):
    assert offered(said) == ["Robotcelle", "Sveising"]


def test_a_question_is_offered_as_it_is():
    assert offered("Hva mener du?\n\n1. Hva er BIO (støtte)?\n2. Hva er BIA\\?") == [
        "Hva er BIO (støtte)?",
        "Hva er BIA?",
    ]


@pytest.mark.parametrize(
    "said", ["", "Læringsfabrikken er stor. [1]", "| --- |", "|", "|" + " " * 4000 + "x", "-\n" * 2000]
)
def test_prose_and_rules_offer_nothing(said):
    assert offered(said) == []
