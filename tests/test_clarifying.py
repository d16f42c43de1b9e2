import pytest

from raufoss_assistant.answering.clarifying import clarify
from raufoss_assistant.model import Question

CHOICES = ("Hvem leder NCE Manufacturing?", "Hvem leder SINTEF *Manufacturing*?")


@pytest.mark.parametrize(
    ("language", "asked"), [("nb", "Hva mener du?"), ("nn", "Kva meiner du?"), ("en", "Which do you mean?")]
)
def test_a_question_back_lists_what_may_be_meant_in_the_language_of_the_question(language, asked):
    answer = clarify(Question("hvem leder manufacturing?", "hvem leder manufacturing?", language), CHOICES)
    assert answer.status == "clarify"
    assert answer.language == language
    first, *listed = answer.text.split("\n")
    assert first.endswith(asked)
    assert listed == ["", "1. Hvem leder NCE Manufacturing?", r"2. Hvem leder SINTEF \*Manufacturing\*?"]
    assert answer.choices == CHOICES
    assert answer.citations == answer.records == ()
