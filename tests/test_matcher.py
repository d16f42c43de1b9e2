import math
from datetime import date

import pytest

from catalogue_corpus import TODAY, catalogue
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.concepts import concepts, concepts_of
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.retrieval.matcher import Evidence, Matcher, spread, weights
from raufoss_assistant.settings import Settings

FIRST = {
    "Vi trenger hjelp med sveising av tynne plater": "sveising",
    "We need help to weld aluminium": "sveising",
    "Vi vil prøve en samarbeidende robot som plukker deler": "samarbeidende-robot",
    "Strømregningen er for høy, vi vil spare energi": "energibruk",
    "Vi vil finne feil på deler med kamera": "maskinsyn",
    "Jeg vil studere ved siden av jobben": "ftt72k",
    "Me har ein idé om mat frå havet og oppdrett": "ocean-innovation",
}


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(Settings())


@pytest.fixture(scope="module")
def match(encoder):
    matcher = Matcher(catalogue(), encoder.passages)
    return lambda need, today=TODAY, language="nb": matcher.match(need, encoder.queries([need])[0], today, language)


@pytest.mark.parametrize("need", FIRST)
def test_a_need_finds_what_is_about_it_first(match, need):
    found = match(need)
    assert found.matches[0].record.id == FIRST[need]
    assert [each.score for each in found.matches] == sorted((each.score for each in found.matches), reverse=True)


def test_each_record_that_is_offered_either_fits_or_is_excluded(match):
    found = match("Vi er 2 ansatte og vil prøve en samarbeidende robot")
    ids = [each.record.id for each in (*found.matches, *found.excluded)]
    assert sorted(ids) == sorted(each.id for each in catalogue().offered())


def test_what_a_hard_limit_rules_out_is_excluded_with_its_statement(match):
    found = match("We are 2 employees and want to try a collaborative robot", language="en")
    out = {each.record.id: each.misfits[0] for each in found.excluded}
    assert out["samarbeidende-robot"].reason.startswith("too small: it is for")
    assert "5–50 ansatte" in out["samarbeidende-robot"].statement.text
    assert not any(misfit.hard for each in found.matches for misfit in each.misfits)


def test_a_passed_deadline_excludes_and_an_open_one_does_not(match):
    need = "Vi vil forske sammen med en partner i Sverige"
    assert "eurostars" in [each.record.id for each in match(need).excluded]
    assert "eurostars" in [each.record.id for each in match(need, date(2025, 1, 1)).matches]


def test_a_soft_misfit_stays_and_lowers_the_score(match):
    need = "Vi vil prøve en robotcelle"
    free, dear = (
        next(each for each in match(text).matches if each.record.id == "robotcelle")
        for text in (need, f"{need} for høyst 30 000 kr")
    )
    assert "flagged" not in free.parts
    assert dear.parts["flagged"] == weights()["flagged"] < 0


@pytest.mark.parametrize("need", FIRST)
def test_the_parts_add_up_to_the_score(match, need):
    found = match(need)
    for each in (*found.matches, *found.excluded):
        logit = sum(each.parts.values()) + weights()["intercept"]
        assert each.score == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-3)
        assert set(each.parts) <= set(Evidence.__dataclass_fields__)


@pytest.mark.parametrize(
    ("need", "ask"),
    [
        ("Vi trenger hjelp med sveising av tynne plater", "employees"),
        ("Vi er 9 ansatte og trenger hjelp med sveising av tynne plater", None),
        ("Jeg vil studere ved siden av jobben", None),
    ],
)
def test_the_size_is_asked_for_only_where_it_matters_and_is_not_told(match, need, ask):
    assert match(need).ask == ask


def test_the_profile_and_the_concepts_come_along(match):
    found = match("Vi er 9 ansatte på Lena og vil sveise")
    assert (found.needs.employees, found.needs.place) == (9, "Lena")
    assert found.concepts == ("sveising",)


def test_an_empty_catalogue_gives_no_match(encoder):
    found = Matcher(Catalogue(()), encoder.passages).match("sveising", encoder.queries(["sveising"])[0], TODAY, "nb")
    assert (found.matches, found.excluded, found.ask) == ((), (), None)


def test_the_spread_of_a_concept_counts_its_records_and_is_never_nothing():
    records = catalogue().offered()
    (welding,) = concepts_of("sveising")
    assert spread(welding, records) == 1
    assert min(spread(each, records) for each in concepts()) == 1
    assert spread(welding, ()) == 1


def test_a_few_words_are_about_the_record_that_stands_out(encoder):
    matcher = Matcher(catalogue(), encoder.passages)
    words = "strømforbruk om natta"
    worths = matcher.about(words, encoder.queries([words])[0])
    assert [record for record, _ in worths] == list(catalogue().offered())
    assert max(worths, key=lambda each: each[1])[0].id == "energibruk"
    assert Matcher(Catalogue(()), encoder.passages).about(words, encoder.queries([words])[0]) == []
