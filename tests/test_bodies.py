import json
from datetime import date

import pytest
from pydantic import ValidationError

from raufoss_assistant import contract
from raufoss_assistant.web.interfaces.bodies import AskAnswer, MatchAnswer, SearchAnswer
from record_corpus import record_assistant  # noqa: F401 - a fixture

NEED = "Vi er ni ansatte på Lena, vil prøve en robot på TRL 5 og har 30 000 kroner."


def told(value):
    return contract.dump(value)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Hvor stor er Læringsfabrikken?", "answered"),
        ("Hva er dagsprisen på metallprinteren?", "not_found"),
        ("Hei!", "answered"),
    ],
)
def test_answers_have_the_shape(small_assistant, question, status):
    shaped = AskAnswer.model_validate_json(told(contract.ask_json(small_assistant.ask(question))))
    assert shaped.status == status


def test_a_source_has_the_types_that_are_told(small_assistant):
    shaped = AskAnswer.model_validate_json(
        told(contract.ask_json(small_assistant.ask("Hvor stor er Læringsfabrikken?")))
    )
    assert (shaped.citations[0].n, shaped.citations[0].date) == (1, date(2024, 2, 6))


@pytest.mark.parametrize(
    "question", ["Hvilke tjenester koster under 20 000 kroner?", "Hvor mange tjenester er det?", NEED]
)
def test_answers_with_records_have_the_shape(assistant, question):
    shaped = AskAnswer.model_validate_json(told(contract.ask_json(assistant.ask(question))))
    assert shaped.records


def test_nothing_is_lost_between_the_answer_and_its_shape(assistant):
    """The shape says all there is: written out again it is the same."""
    for shape, made in (
        (AskAnswer, contract.ask_json(assistant.ask("Hvilke tjenester koster under 20 000 kroner?"))),
        (SearchAnswer, contract.search_json("robot", assistant.search("robot", 3))),
        (MatchAnswer, contract.match_json(assistant.match(NEED), NEED, 3)),
    ):
        read = shape.model_validate_json(told(made))
        assert read.model_dump(mode="json", exclude_unset=True) == json.loads(told(made))


def test_a_need_has_its_profile(assistant):
    shaped = MatchAnswer.model_validate_json(told(contract.match_json(assistant.match(NEED), NEED, 3)))
    assert (shaped.needs.employees, shaped.needs.place, shaped.needs.trl) == (9, "Lena", (5, 5))


def test_another_key_is_no_part_of_the_shape(small_assistant):
    made = contract.search_json("robot", small_assistant.search("robot", 1))
    with pytest.raises(ValidationError, match="extra"):
        SearchAnswer.model_validate_json(told({**made, "extra": 1}))
    with pytest.raises(ValidationError, match="hits"):
        SearchAnswer.model_validate_json(told({"id": None, "query": "robot"}))
