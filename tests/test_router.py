from dataclasses import replace

import numpy as np
import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.meanings import centred
from raufoss_assistant.catalogue.routing import KINDS, Route, route
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.retrieval import router as module
from raufoss_assistant.retrieval.router import Router, Softmax, learnt, likeliest
from raufoss_assistant.settings import Settings

BEYOND_THE_RULES = {
    "Er det noe dere kan hjelpe en møbelfabrikk med?": "need",
    "How can a bakery with 40 employees cut its energy bill?": "need",
    "We're a five-person start-up with a battery casing idea. Where do we begin?": "need",
    "Vi har allerede bestilt robotcelle-testen. Kan vi flytte datoen?": "passage",
}


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(Settings())


@pytest.fixture(scope="module")
def router(encoder):
    return Router(catalogue(), encoder)


@pytest.mark.parametrize("question", BEYOND_THE_RULES)
def test_meaning_and_form_tell_what_no_rule_does(router, question):
    assert route(question, catalogue()).kind != BEYOND_THE_RULES[question]
    assert router.route(question) == Route(BEYOND_THE_RULES[question])


@pytest.mark.parametrize("question", ["Hvilke tjenester er for TRL 4?", "Hva skiller SkatteFUNN fra Eurostars?"])
def test_where_both_agree_the_route_is_that_of_the_rules(router, question):
    assert router.route(question) == route(question, catalogue())


@pytest.mark.parametrize("question", ["", " \n", "?", "robot"])
def test_what_asks_nothing_is_a_passage(router, question):
    assert router.route(question) == Route("passage")


def test_the_weights_are_of_the_encoder_that_is_there_and_of_all_kinds(encoder):
    found = learnt()
    assert found.encoder == str(encoder.identity)
    assert found.meaning.shape == (encoder.identity.dimension, len(KINDS))
    assert {weights.shape for weights in found.form.values()} == {found.bias.shape} == {(len(KINDS),)}


@pytest.mark.parametrize("known", [None, "another model"])
def test_without_weights_of_this_encoder_the_rules_decide_alone(encoder, monkeypatch, known):
    monkeypatch.setattr(module, "learnt", lambda: known and replace(learnt(), encoder=known))
    alone = Router(catalogue(), encoder)
    for question in BEYOND_THE_RULES:
        assert alone.route(question) == route(question, catalogue())


def test_nothing_is_learnt_where_there_is_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    assert learnt.__wrapped__() is None


def test_a_kind_whose_records_the_question_does_not_tell_gives_way_to_the_next():
    logits = np.array([1.0, 3.0, 0.0, 4.0, 2.0])
    assert likeliest(logits, Route("passage"), "Hva er lurt?", catalogue()) == Route("need")
    assert likeliest(logits, Route("passage"), "Hva er lurt av kurs?", catalogue()) == Route("list", "course")
    ways = likeliest(logits, Route("passage"), "SkatteFUNN, Eurostars?", catalogue())
    assert (ways.kind, [each.id for each in ways.records]) == ("compare", ["skattefunn", "eurostars"])


def test_logits_are_linear_in_meaning_and_form_and_pass_over_what_is_not_known():
    weights = np.eye(2, len(KINDS))
    known = Softmax("m", np.zeros(2), weights, {"hva": np.ones(len(KINDS))}, *np.zeros((2, len(KINDS))))
    assert known.logits(np.array([0, 2.0], np.float32), {"hva": 0.5, "ukjent": 9}).tolist() == [0.5, 1.5, 0.5, 0.5, 0.5]


def test_a_vector_at_the_centre_points_nowhere():
    assert not centred(np.ones((1, 3), np.float32), np.ones(3)).any()
