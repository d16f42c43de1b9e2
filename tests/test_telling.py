from datetime import date

import numpy as np
import pytest

from raufoss_assistant.catalogue.needs import profile
from raufoss_assistant.catalogue.telling import STAGES, Telling, features
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.settings import Settings

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(Settings())


@pytest.fixture(scope="module")
def telling(encoder):
    return Telling.of(encoder.passages, str(encoder.identity))


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (
            "Sykkelstativet har aldri forlatt tegnebrettet, det er bare streker på tavla. Hvem hjelper oss videre?",
            "1-2",
        ),
        (
            "Vi er seks. Den har gått i vanlig drift hos tre bønder gjennom hele sesongen og mangler bare CE-merket.",
            "7-8",
        ),
        ("Me har selt han i tolv år, og han står i kvar einaste butikk. No må han bli billegare å laga.", "9"),
        ("We put loose parts together on the bench and it worked, but it has never been outside the lab.", "4"),
    ],
)
def test_the_stage_that_is_told_in_no_fixed_words(telling, text, stage):
    chances, _ = telling.read(text)
    assert list(STAGES)[chances.argmax()] == stage and 0.5 < chances.sum() <= 1


@pytest.mark.parametrize("text", ["Hva koster det å leie et møterom?", "Vi trenger kurs i sveising til høsten."])
def test_no_stage_where_none_is_told(telling, text):
    assert telling.read(text)[0].sum() < 0.5


def test_the_sentence_that_counts_the_people(telling):
    text = "Vi leter etter noen som kan måle støy. Toogtyve i firmaet. Kunden vil ha svar før jul."
    assert telling.read(text)[1] == "Toogtyve i firmaet."
    assert telling.read("Vi leter etter noen som kan måle støy.")[1] is None


def test_nothing_is_told_by_nothing(telling):
    chances, counting = telling.read("")
    assert not chances.any() and counting is None


def test_another_encoder_has_learnt_nothing(encoder):
    assert Telling.of(encoder.passages, "annen") is None


def test_each_sentence_stands_beside_the_whole():
    assert features(np.array([[1.0], [2.0], [9.0]])).tolist() == [[1.0, 9.0], [2.0, 9.0]]


def test_words_come_before_meaning(telling):
    told = "Vi er ni ansatte, og alle tolv maskinene går. Vi er på TRL 4."
    assert profile(told, TODAY, telling).employees == 9 and profile(told, TODAY, telling).stages == ()
    untold = "Toogtyve i firmaet. Plogen tok hele høstsesongen hos to bønder uten å stoppe."
    needs = profile(untold, TODAY, telling)
    assert (needs.employees, needs.trl) == (22, None) and len(needs.stages) == len(STAGES)
    assert profile(untold, TODAY).employees is None
