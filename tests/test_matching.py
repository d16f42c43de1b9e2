import pytest

from raufoss_assistant.evaluation.matching import alternatives, figures, folded, holds, stated, token_f1

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


@pytest.mark.parametrize(
    "spelt", ["4 000 ansatte", f"4{NBSP}000 ansatte", f"4{NARROW}000 ansatte", f"4{THIN}000  Ansatte", "4.000 ansatte", "4,000 ansatte", "4000\nansatte", r"4\.000 \*ansatte\*".replace("\\*", "")]
)  # fmt: skip
def test_spellings_of_the_same_are_equal(spelt):
    assert folded(spelt) == "4000 ansatte"


def test_decimals_dashes_markdown_and_markers_do_not_count():
    assert folded("2.5 prosent") == folded("2,5 Prosent [1]")
    assert folded("2–4 uker") == folded("2-4 uker")
    assert folded(r"NCE \[Raufoss\]") == "nce [raufoss]"
    assert folded("06.02.2024, kl. 8") == "06.02.2024, kl. 8"
    assert folded("12 500 000,50 kr") == "12500000,50 kr"


@pytest.mark.parametrize("text", ["Organisert i tide.", "Per 9. februar 2024", "9.2.2024", "109 og 9,5", "Nietzsche"])
def test_a_count_is_no_part_of_a_word_a_date_or_another_number(text):
    assert not holds(text, "9|ni|ti")


@pytest.mark.parametrize("text", ["Det er ni.", "**9** av dem (6. februar 2024)", "9 %", "TRL 9", "Ti-ni"])
def test_a_count_stands_alone(text):
    assert holds(text, "9|ni")


def test_a_year_is_told_by_a_date_and_a_longer_word_may_be_a_stem():
    assert holds("Den åpnet 2. september 2020.", "2020") and holds("lærlingane", "lærling")


def test_per_cent_is_spelt_in_words_or_with_a_sign():
    for spelt in ("19 prosent", "19 %", "19%", "19 pst", "19 per cent"):
        assert holds(f"SkatteFUNN gir {spelt} av kostnaden.", "19 prosent") and holds("gir 19 %", spelt)
    assert holds("19 % av kostnaden", "prosent av") and not holds("prosentandel", "prosent")


def test_one_of_the_alternatives_is_enough():
    assert holds("Rundt 60 medlemmer.", "nesten 50|60 medl")
    assert not holds("Rundt 60 medlemmer.", "nesten 50 | 70")
    assert alternatives("a| b ||") == ["a", "b"]
    assert not holds("Hva som helst", "|")
    assert not holds("Hva som helst", r"\\")


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("i 1960", "60", False),
        ("600 og 160", "60", False),
        ("2,5 timer", "5", False),
        ("2,5 timer", "2", False),
        ("2,5 timer", "2.5", True),
        ("6. februar 2024", "2024", True),
        ("06.02.2024", "2024", True),
        ("kostnadene", "kostnad", True),
        ("19%", "19", True),
        ("4 000", "4", False),
    ],
)
def test_a_number_must_be_whole(text, wanted, found):
    assert holds(text, wanted) is found


@pytest.mark.parametrize(
    "spelt",
    ["6. februar 2024", "6.februar 2024", "6 February 2024", "February 6, 2024", "Feb. 6th 2024", "2024-02-06", "06.02.2024", "6.2.2024", "6/2/2024", "6. feb. 2024"],
)  # fmt: skip
def test_dates_in_any_form(spelt):
    assert figures(f"Fristen er {spelt}.") == {"2024-02-06"}


def test_parts_of_dates_and_what_is_none():
    assert figures("1. september") == {"--09-01"}
    assert figures("mars 2024") == {"2024-03"}
    assert figures("31.02.2024") == {"31", "2", "2024"}
    assert figures("3 marked og 10 juniorer") == {"3", "10"}
    assert figures("FTT72K gir 2,50 av 06") == {"2.5", "6"}


def test_a_date_states_its_parts():
    assert stated("6. februar 2024") == {"2024-02-06", "2024-02", "--02-06", "2024", "6"}
    assert stated("mars 2024") == {"2024-03", "2024"}
    assert stated("1. september") == {"--09-01", "1"}


def test_token_f1_by_hand():
    assert token_f1("Rundt 60 bedrifter [1]", "60 bedrifter") == pytest.approx(0.8)
    assert token_f1("En robot", "robot") == 1.0
    assert token_f1("1 500 kvm", "1500 kvm") == 1.0
    assert token_f1("", "robot") == 0.0
    assert token_f1("sveis", "robot") == 0.0
