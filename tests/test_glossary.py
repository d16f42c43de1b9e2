import pytest

from onboarding_corpus import GLOSSARIES, real_documents, written
from raufoss_assistant.onboarding.glossary import Glossary

TERMS = """
NCE; GCE; MTNC; NMTC; MNTC; Siva; TRL; Technology Readiness Level; teknologimodenhet; BRL; Business Readiness Level;
minifabrikk; «sløydsal»; flerbrukssenter; katapultnode; muliggjørende teknologier; OFII; OIR; OFII / OIR; TIP;
teknikk og industriell produksjon; teknologi- og industrifag; VG1; VG2; VG3; VG1/VG2/VG3; faglig leder; prøvenemnd;
intensjonsavtale; lærekontrakt; fagprøve; praksiskandidat; realkompetanse; Y-vei; TRES; forkurs; Y-vei, TRES, forkurs;
GSK; generell studiekompetanse; studiepoeng; sp; studiepoeng (sp) / fagskolepoeng; fagskolepoeng; nivå 5.2; EVU;
etter- og videreutdanning; SFI; senter for forskningsdrevet innovasjon; BIA; brukerstyrt innovasjonsarena; FORREGION;
kompetansemegler; RFF; Regionale forskningsfond; HK-dir; Industri 4.0; Industri 5.0; Industri 4.0 / 5.0; AM;
additive manufacturing; additiv tilvirkning; additiv produksjon; 3D-printing
"""
"""The terms and acronyms of the fact sheet, section 5, as they are and as its table joins them."""


@pytest.fixture(scope="module")
def glossary():
    return Glossary.of(real_documents().values())


@pytest.mark.parametrize("term", [term.strip() for term in TERMS.replace("\n", " ").split(";")])
def test_every_term_of_the_fact_sheet_is_explained(glossary, term):
    found = glossary.explain(term).found
    assert found
    for entry in found:
        assert entry.text.endswith(".")
        assert entry.proof.document in GLOSSARIES
        assert entry.proof.properties.date


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("MINIFABRIKKEN", "Minifabrikk"), ("minifabrikker", "Minifabrikk"), ("lærekontrakten", "Lærekontrakt"),
        ("katapultnoder", "Katapultnode"), ("prøvenemnda", "Prøvenemnd"), ("hkdir", "HK-dir"), ("y vei", "Y-vei"),
        ("Hva er en klynge?", "Klynge"), ("hva betyr OFII?", "OFII"), ("forklar TRL", "TRL"), ("katapult", "Katapulten"),
        (" sløydsal! ", "Sløydsal"), ("mini-fabrikk", "Minifabrikk"), ("What is prior learning?", "realkompetanse"),
    ],
)  # fmt: skip
def test_case_hyphens_inflection_and_the_question_around_it_do_not_matter(glossary, asked, term):
    (entry,) = glossary.explain(asked).found
    assert term in entry.terms


def test_several_terms_at_once_get_an_explanation_each(glossary):
    texts = [entry.text for entry in glossary.explain("Industri 4.0 / 5.0").found]
    assert [text[:12] for text in texts] == ["Industri 4.0", "Industri 5.0"]
    assert len(glossary.explain("fagprøve, prøvenemnd og lærekontrakt").found) == 3


def test_a_misspelt_word_gets_the_nearest_one(glossary):
    for asked, near in (("minifabrik", "Minifabrikk"), ("kompetansemgler", "Kompetansemegler"), ("klunge", "Klynge")):
        explained = glossary.explain(asked)
        assert (explained.found, explained.suggestion) == ((), near)


@pytest.mark.parametrize("asked", ["blokkjede", "XYZ", "NCC", "", "  ", "?", "/", "😀", "\x00", "a" * 5000, "/" * 500])
def test_what_no_glossary_has_is_not_explained(glossary, asked):
    explained = glossary.explain(asked)
    assert (explained.found, explained.suggestion) == ((), None)


def test_norwegian_comes_before_english_and_the_surest_first():
    english = written(
        "onboarding/en.md",
        "# G\n\n| Norwegian | English |\n|---|---|\n| klynge | cluster |\n",
        "Glossary",
        language="en",
    )
    table = written(
        "onboarding/tabell.md", "# O\n\n| Ord | Forklaring |\n|---|---|\n| Klynge | bedrifter |\n", "Ordliste"
    )
    listed = written("kurs/liste.md", "# O\n\n- Klynge: et nettverk.\n", "Ordliste for kurs")
    glossary = Glossary.of([english, table, listed])
    assert glossary.explain("klyngen").found[0].text == "Klynge: et nettverk."
    assert Glossary.of([english, table]).explain("klynge").found[0].text == "Klynge: bedrifter."
    assert Glossary.of([english]).explain("cluster").found[0].text == "klynge: cluster."


def test_a_deleted_document_explains_nothing(glossary):
    left = [document for path, document in real_documents().items() if path != "onboarding/ordliste.md"]
    assert glossary.explain("flerbrukssenter").found
    assert not Glossary.of(left).explain("flerbrukssenter").found
