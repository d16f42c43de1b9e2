import pytest
from pydantic import ValidationError

from raufoss_assistant import contract
from raufoss_assistant.web.interfaces.completion import completion
from raufoss_assistant.web.interfaces.openai_bodies import ChatBody, Completion, OpenAIFault
from raufoss_assistant.web.interfaces.refusals import refusal


@pytest.mark.parametrize("question", ["Hvor stor er Læringsfabrikken?", "Hva er dagsprisen på metallprinteren?"])
def test_a_completion_has_the_shape(small_assistant, question):
    made = completion(small_assistant.ask(question))
    assert Completion.model_validate_json(contract.dump(made)).model_dump(mode="json", exclude_unset=True) == made


def test_an_error_has_the_shape():
    assert OpenAIFault.model_validate_json(refusal("/v1/models", "Nei.", 404, "kode").body).error.code == "kode"


def test_what_else_the_protocol_has_is_let_be():
    body = ChatBody.model_validate(
        {"messages": [], "temperature": 0.2, "tools": [], "seed": 1, "stream": None or False}
    )
    assert (body.model, body.stream, body.n) == ("raufoss-assistenten", False, None)


def test_there_is_one_answer():
    with pytest.raises(ValidationError):
        ChatBody.model_validate({"messages": [], "n": 2})
