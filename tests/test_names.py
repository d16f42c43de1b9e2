import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.catalogue.names import aliases, plain, short, titled


@pytest.mark.parametrize(
    ("name", "as_compared"),
    [
        ("Samarbeidende robot: test av plukkejobb (eksempeldata)", "samarbeidende robot test av plukkejobb"),
        ("«Industri 5.0»!", "industri 5.0"),
        ("Regional kvalifiseringsstøtte, RFF Innlandet", "regional kvalifiseringsstøtte rff innlandet"),
        ("Elkraft m/EKOM", "elkraft m/ekom"),
        ("3D-MÅLING  og\tførsteprøve", "3d-måling og førsteprøve"),
        ("(Eksempeldata)", ""),
    ],
)
def test_names_are_compared_without_case_and_marks(name, as_compared):
    assert plain(name) == as_compared


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [("Lærlingtilskot", "Lærlingtilskudd"), ("Fagskule", "Fagskole"), ("Sprøytestøyping", "Sprøytestøping")],
)
def test_a_name_is_the_same_in_both_written_standards(nynorsk, bokmal):
    assert plain(nynorsk) == plain(bokmal)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Robotcelle: prøv automatisering før du kjøper", "Robotcelle"),
        ("Klima-, energi- og miljøfag i bygg (KEM)", "Klima-, energi- og miljøfag i bygg"),
        ("Sveising (eksempeldata)", "Sveising"),
        ("Manufacturing 4.0", "Manufacturing 4.0"),
    ],
)
def test_the_short_name_ends_at_a_colon_or_bracket(name, said):
    assert short(name) == said


@pytest.mark.parametrize(
    ("name", "code", "called"),
    [
        ("Manufacturing 4.0", "FTT72K", ("manufacturing 4.0", "ftt72k")),
        ("SkatteFUNN", None, ("skattefunn",)),
        ("BIO (bedriftsintern opplæring)", None, ("bio bedriftsintern opplæring", "bedriftsintern opplæring", "bio")),
        (
            "Maskinteknisk drift, Raufoss-modellen",
            None,
            ("maskinteknisk drift raufoss-modellen", "raufoss-modellen"),
        ),
        ("FORREGION forprosjekt, Innlandet", None, ("forregion forprosjekt innlandet",)),
    ],
)
def test_a_thing_is_called_by_whole_short_bracket_and_code_the_longest_first(name, code, called):
    assert aliases(name, code) == called


@pytest.mark.parametrize(
    "title",
    [
        "SkatteFUNN",
        "SkatteFUNN: 19 prosent tilbake",
        "Om SkatteFUNN",
        "Spørsmål og svar: SkatteFUNN",
        "Forskning - SkatteFUNN",
        "Skattefradrag (SkatteFUNN)",
        "Skattefunnordningen",
    ],
)
def test_a_title_is_about_the_thing_it_begins_with(title):
    assert titled(title, ["skattefunn"])


@pytest.mark.parametrize(
    "title", ["SkatteFUNN eller BIO?", "SkatteFUNN og BIO", "Hva er SkatteFUNN?", "Skattefunnet", "BIO", ""]
)
def test_a_title_about_two_or_another_is_not_about_the_thing(title):
    assert not titled(title, ["skattefunn"])


@given(st.text())
def test_any_name_can_be_compared(name):
    assert plain(name) == " ".join(plain(name).split())
    assert plain(f" {name} (Eksempeldata)") == plain(name)
    assert all(len(alias) > 1 for alias in aliases(name, None))


@given(st.from_regex(r"[A-ZÆØÅ][a-zæøå]{2,9}( [a-zæøå]{3,9})?", fullmatch=True))
def test_a_thing_is_named_by_its_own_title(name):
    assert titled(name, aliases(name, None))
    assert titled(f"Støtte: {name}", aliases(name, None))
    assert not titled(f"{name} eller noe annet", aliases(name, None))
