import pytest

from raufoss_assistant.catalogue.counting import counted


@pytest.mark.parametrize(
    ("sentence", "people"),
    [
        ("Toogtyve i firmaet.", 22),
        ("Trettiein på lista, om ein tek med reinhaldaren.", 31),
        ("Elleve på golvet, ein på kontoret og eg som skriv dette.", 12),
        ("Two brothers, two sons and an apprentice.", 5),
        ("Three people in the shop, two on the road and me: that makes six.", 6),
        ("Tre skift med ni på hvert og seks på dagtid.", 33),
        ("Fem på kvart skift, to skift.", 10),
        ("Two shifts of thirty and ten in the office.", 70),
        ("Jeg er privatperson, men har en fetter med tolv ansatte.", 1),
        ("Firmaet ble stiftet i 1987.", None),
        ("Vi har holdt på i tolv år med fire roboter.", None),
        ("", None),
    ],
)
def test_people_of_a_sentence_that_counts_them(sentence, people):
    assert counted(sentence) == people
