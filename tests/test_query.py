import pytest

from raufoss_assistant.model import Turn
from raufoss_assistant.retrieval.query import search_query

HISTORY = [Turn("user", "Hva er SkatteFUNN?"), Turn("assistant", "SkatteFUNN er en ordning. [1]")]


@pytest.mark.parametrize("question", ["Og når er fristen?", "hvem leder den?", "hva med på deltid?", "How big is it?"])
def test_a_short_follow_up_takes_the_former_question_along(question):
    assert search_query(question, HISTORY) == f"Hva er SkatteFUNN? {question}"


@pytest.mark.parametrize("question", ["Hvor stor er Læringsfabrikken?", "Og hvem leder NCE Manufacturing i dag?"])
def test_a_question_that_stands_alone_is_searched_as_it_is(question):
    assert search_query(question, HISTORY) == question


def test_the_first_question_stands_alone():
    assert search_query("hvem leder den?", []) == "hvem leder den?"
