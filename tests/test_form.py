import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.form import marks, masked


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Hva koster 3D-printing i plast for 3 stk?", "hva koster <service> for 0 stk ?"),
        ("Hva skiller SkatteFUNN fra Eurostars", "hva skiller <funding> fra <funding> ~"),
        ("Vi har 15 000 kroner.", "vi har 0 kroner ."),
        ("Hjelp!\n", "hjelp ."),
        ("", "~"),
    ],
)
def test_the_form_knows_no_names_and_no_figures(question, form):
    assert masked(question, catalogue().records) == form


def test_what_marks_a_question_is_the_same_for_records_of_one_type():
    one, other = (marks(f"Hva er fristen for {name}?", catalogue().records) for name in ("SkatteFUNN", "Eurostars"))
    assert one == other


def test_words_letters_and_cues_are_told_apart_and_n_grams_have_one_length():
    found = marks("Hvor mange kurs har dere?", catalogue().records)
    assert {"hvor mange kurs", "#_hv", ":count"} <= found.keys()
    assert "#r m" not in found
    grams = [worth for mark, worth in found.items() if not mark.startswith(":")]
    assert sum(worth**2 for worth in grams) == pytest.approx(2)


def test_a_slip_shares_most_of_the_letters():
    right, wrong = (marks(text, catalogue().records).keys() for text in ("sammenlign", "sammenling"))
    assert len(right & wrong) > len(right - wrong)
