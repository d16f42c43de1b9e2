import numpy as np
import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.concepts import concepts_of
from raufoss_assistant.catalogue.examples import Example, examples
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.retrieval.learnt import Learnt, clauses
from raufoss_assistant.settings import Settings

RECORDS = catalogue().offered()


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(Settings())


@pytest.fixture(scope="module")
def learnt(encoder):
    return Learnt(RECORDS, examples(), encoder.passages)


@pytest.mark.parametrize(
    ("need", "record"),
    [
        ("Stutsen på tanken blir ikke tett når vi føyer den sammen.", "sveising"),
        ("Noen må avløse henne som legger lokk i kartonger hele dagen.", "samarbeidende-robot"),
        ("Kilowattimene forsvinner om natta, og ingen vet hvor.", "energibruk"),
        ("Jeg jobber turnus og vil ta fagskole i smarte maskiner litt etter litt.", "ftt72k"),
    ],
)
def test_a_wording_that_no_pattern_knows_is_understood_by_those_near_it(learnt, need, record):
    whole, clause = learnt.worths(need)
    best = {RECORDS[place].id for found in (whole, clause) for place in np.argsort(-found)[:3]}
    assert record in best


def test_some_of_these_wordings_are_indeed_unknown_to_the_patterns():
    assert concepts_of("Stutsen på tanken blir ikke tett når vi føyer den sammen.") == []


def test_an_example_is_foretold_without_itself(encoder):
    known = [Example(text, {"sveising": 1.0}) for text in ("Skjøten sprekker.", "Vi skal sveise.", "Buen er ujevn.")]
    known += [Example(text, {"strøm": 1.0}) for text in ("Regningen er høy.", "Ovnen sluker mye.", "Vi sparer energi.")]
    whole, _ = Learnt(RECORDS, known, encoder.passages).worths(known[0].text)
    others, _ = Learnt(RECORDS, known[1:], encoder.passages).worths(known[0].text)
    welding = [each.id for each in RECORDS].index("sveising")
    assert whole[welding] < 1
    assert whole[welding] == pytest.approx(others[welding], abs=0.15)
    assert np.isfinite(whole).all()


def test_what_many_records_share_is_worth_less_for_each(learnt):
    assert learnt.worths("Vi lurer på om en robot er noe for oss")[0].max() < 1


@pytest.mark.parametrize(
    ("need", "parts"),
    [
        ("Vi er ni på verkstedet. Vi sveiser tanker, men skjøtene lekker.", 3),
        ("trenger sveising", 1),
        ("", 1),
    ],
)
def test_a_need_falls_into_clauses_that_say_something(need, parts):
    assert len(clauses(need)) == parts
