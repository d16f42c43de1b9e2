import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import write_corpus
from onboarding_corpus import real_documents
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.retrieval.aliases import Aliases
from raufoss_assistant.settings import Settings

BOKMAL = """# Navn som er endret

| I dag | Tidligere navn eller kallenavn | Fra når |
|---|---|---|
| NCE Manufacturing | NCE Raufoss, Raufossklyngen, klyngen, the cluster | trolig 2019 |
| MTNC | NMTC, Katapultsenteret på Raufoss | 2017–2018 |
| SINTEF Manufacturing | SRM, «Sintef Raufoss» | 2018 |
| OFII | OIR | 2018 |
| NTNU i Gjøvik | Høgskolen i Gjøvik (HiG) | 2016 |
| Innlandet fylkeskommune | Oppland fylkeskommune og Hedmark fylkeskommune | 2020 |
| Ragasco, eid av Worthington | Hexagon | 2024 |
| Oppstartstilskudd (Innovasjon Norge) | Etablerertilskudd. | ikke datert |
| - | Ingenting | - |
| Uten | | |
| Lik | Lik | |
"""
NYNORSK = """# Namn

| I dag | Tidlegare namn og kallenamn |
| --- | --- |
| Læringsfabrikken | Fabrikken, Øvingshallen |
"""
ENGLISH = """# Names

| Current name | Also called |
| :--- | ---: |
| Future Materials | FutureMat and the plastics lab |
"""
OTHERS = """# Annet

| Dagens navn | Fra når |
|---|---|
| Nammo | 1998 |

| Bedrift | Tidligere navn |
|---|---|
| Benteler | Hydro |

| I dag |
|---|
| Alene |

I dag | Tidligere navn er ikke en tabell.
"""


TEXTS = {"bokmal.md": BOKMAL, "nynorsk.md": NYNORSK, "english.md": ENGLISH, "annet.md": OTHERS}


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = write_corpus(tmp_path_factory.mktemp("navn"), TEXTS)
    with DocumentReader(Settings()) as reader:
        return Aliases.of([reader.read(folder, path) for path in TEXTS])


def test_as_in_the_example():
    names = Aliases({"OIR": "OFII", "Raufossklyngen": "NCE Manufacturing"})
    assert names.told("Hvem leder raufossklyngen?") == "Hvem leder raufossklyngen (NCE Manufacturing)?"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hvem leder NCE Raufoss?", "Hvem leder NCE Raufoss (NCE Manufacturing)?"),
        ("Kven leiar klyngen?", "Kven leiar klyngen (NCE Manufacturing)?"),
        ("Who leads The Cluster?", "Who leads The Cluster (NCE Manufacturing)?"),
        ("KATAPULTSENTERET PÅ RAUFOSS", "KATAPULTSENTERET PÅ RAUFOSS (MTNC)"),
        ("Hva er NMTC?", "Hva er NMTC (MTNC)?"),
        ("kva er nmtc", "kva er nmtc (MTNC)"),
        ("Hva er Sintef Raufoss?", "Hva er Sintef Raufoss (SINTEF Manufacturing)?"),
        ("Hva var høgskolen i Gjøvik?", "Hva var høgskolen i Gjøvik (NTNU i Gjøvik)?"),
        ("Var HiG her?", "Var HiG (NTNU i Gjøvik) her?"),
        ("hedmark fylkeskommune", "hedmark fylkeskommune (Innlandet fylkeskommune)"),
        ("Hvor er Hexagon?", "Hvor er Hexagon (Ragasco)?"),
        ("Hvem får etablerertilskudd?", "Hvem får etablerertilskudd (Oppstartstilskudd)?"),
        ("kva er øvingshallen?", "kva er øvingshallen (Læringsfabrikken)?"),
        ("What is FutureMat?", "What is FutureMat (Future Materials)?"),
        ("where is the plastics lab?", "where is the plastics lab (Future Materials)?"),
    ],
)
def test_todays_name_is_told_beside_the_other(names, question, told):
    assert names.told(question) == told


@pytest.mark.parametrize("question", ["hva er oir?", "Oir", "hva er srm?", "hva er hig?", "HIG", "og Srm-kurs"])
def test_a_short_name_is_meant_only_with_its_capitals(names, question):
    assert names.told(question) == question


@pytest.mark.parametrize(
    "question",
    [
        "Er OIR det samme som OFII?",
        "Het NCE Manufacturing før NCE Raufoss?",
        "Er klyngen lik nce manufacturing?",
        "ntnu i gjøvik var høgskolen i gjøvik",
    ],
)
def test_a_question_that_has_the_name_already_is_left_alone(names, question):
    assert names.told(question) == question


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Er klyngen Raufossklyngen?", "Er klyngen (NCE Manufacturing) Raufossklyngen?"),
        ("klyngen, klyngen og klyngen", "klyngen (NCE Manufacturing), klyngen og klyngen"),
        (
            "oppland fylkeskommune og hedmark fylkeskommune",
            "oppland fylkeskommune (Innlandet fylkeskommune) og hedmark fylkeskommune",
        ),
        ("OIR i klyngen", "OIR (OFII) i klyngen (NCE Manufacturing)"),
    ],
)
def test_each_name_is_added_once(names, question, told):
    assert names.told(question) == told
    assert names.told(told) == told


@pytest.mark.parametrize(
    "question",
    ["klyngens leder", "Raufossklyngene", "OIR-kurs", "ikke-klyngen", "miniklyngen", "Ingenting", "uten lik", "", "?",
     "Nammo 1998", "Hva er Hydro?", "Alene", "Tidligere navn eller kallenavn", "---", "ikke datert", "2018"],
)  # fmt: skip
def test_parts_of_words_and_what_stands_in_no_such_table_are_left_alone(names, question):
    assert names.told(question) == question


def test_the_longest_name_goes_first():
    assert Aliases({"NCE": "Klynge", "NCE Raufoss": "NCE Manufacturing"}).told("NCE Raufoss") == (
        "NCE Raufoss (NCE Manufacturing)"
    )


def test_without_documents_nothing_is_told():
    assert Aliases.of([]).told("Hvem leder klyngen, og hva er OIR?") == "Hvem leder klyngen, og hva er OIR?"


def test_the_real_documents_tell_of_names_that_were_changed():
    names = Aliases.of(real_documents().values())
    assert names.told("Hva er NMTC?") == "Hva er NMTC (MTNC)?"
    assert names.told("Hva er NMTC og MTNC?") == "Hva er NMTC og MTNC?"


NAMES = Aliases({"OIR": "OFII", "Raufossklyngen": "NCE Manufacturing", "the cluster": "NCE Manufacturing", "a.b": "C"})


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(["OIR", "oir", "the", "cluster", "a.b", "axb", "(", ","])).map(" ".join))
def test_what_is_asked_stays_and_nothing_is_told_twice(question):
    told = NAMES.told(question)
    assert NAMES.told(told) == told
    without = told
    for name in ("OFII", "NCE Manufacturing", "C"):
        without = without.replace(f" ({name})", "", 1) if f" ({name})" not in question else without
    assert without == question


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8), max_size=5), st.text())
def test_any_names_can_be_told(names, question):
    assert len(Aliases(names).told(question)) >= len(question)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", ["OIR ", "the cluster ", "the ", "a", "("])
def test_four_thousand_characters_end(part):
    assert NAMES.told((part * 4000)[:4000]).startswith(part.strip())


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Hva er katapulten?", "Hva er MTNC?"),
        ("Hva er Katapultsenteret på Raufoss?", "Hva er MTNC?"),
        ("Hvem leder MTNC?", "Hvem leder MTNC?"),
        ("Hva er MTNC, altså katapulten?", "Hva er MTNC, altså katapulten?"),
        ("Hva het OIR før?", "Hva het OIR (OFII) før?"),
        ("Hva står SRM for?", "Hva står SRM (SINTEF Manufacturing) for?"),
    ],
)
def test_a_question_is_read_with_the_names_of_today_unless_it_asks_of_names(question, read):
    names = {"katapulten": "MTNC", "Katapultsenteret på Raufoss": "MTNC", "OIR": "OFII", "SRM": "SINTEF Manufacturing"}
    assert Aliases(names).today(question) == read


def test_the_other_names_of_a_question_are_told_with_todays():
    names = Aliases({"OIR": "OFII", "SRM": "SINTEF Manufacturing"})
    assert names.used("Hva er OIR og SRM?") == [("OIR", "OFII"), ("SRM", "SINTEF Manufacturing")]
    assert names.used("Heter OIR nå OFII?") == []
