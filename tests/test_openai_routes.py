"""The interface as clients of OpenAI use it: the real clients, over the loopback."""

import asyncio
from dataclasses import replace

import openai
import pytest
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

from browsing import served
from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.model import Turn
from raufoss_assistant.web.interfaces.completion import written

QUESTION = "Hvor stor er Læringsfabrikken?"
MODEL = "raufoss-assistenten"


@pytest.fixture(scope="module")
def steady(small_assistant):
    """Answers alike each time: without the reader, whose scores depend on the time it has."""
    assistant = Assistant(replace(small_assistant.settings, reader="off"))
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def address(steady):
    with served(steady) as address:
        yield address


@pytest.fixture(scope="module")
def client(address):
    with openai.OpenAI(base_url=f"{address}/v1", api_key="ubrukt", max_retries=0) as client:
        yield client


def create(client, content, **more):
    return client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": content}], **more)


def timeless(answer):
    return {**answer, "timings_ms": None}


def test_an_answer(client, steady):
    answer = steady.ask(QUESTION)
    completion = create(client, QUESTION, temperature=0.3, max_tokens=5)
    (choice,) = completion.choices
    assert (choice.message.content, choice.finish_reason) == (written(answer), "stop")
    assert timeless(completion.model_extra["raufoss"]) == timeless(contract.ask_json(answer))
    assert (completion.model, completion.usage.total_tokens) == (MODEL, 0)
    assert completion.id.startswith("chatcmpl-")


def test_a_stream(client, steady):
    chunks = list(create(client, QUESTION, stream=True, stream_options={"include_usage": True}))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == written(steady.ask(QUESTION))
    assert chunks[-1].usage.total_tokens == 0
    assert chunks[-2].model_extra["raufoss"]["citations"][0]["document"] == "klynge/laeringsfabrikken.md"


def test_an_asynchronous_stream(address, steady):
    async def read():
        async with openai.AsyncOpenAI(base_url=f"{address}/v1", api_key="ubrukt") as client:
            stream = await create(client, QUESTION, stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(read()) == written(steady.ask(QUESTION))


def test_earlier_messages_are_the_history(client, steady):
    turns = (Turn("user", "Hva er SkatteFUNN?"), Turn("assistant", "En ordning."))
    messages = [{"role": turn.role, "content": turn.content} for turn in turns]
    messages = [
        {"role": "system", "content": "Svar på fransk."},
        *messages,
        {"role": "user", "content": "Og når er fristen?"},
    ]
    completion = client.chat.completions.create(model=MODEL, messages=messages)
    assert timeless(completion.model_extra["raufoss"]) == timeless(
        contract.ask_json(steady.ask("Og når er fristen?", turns))
    )


def test_the_model_is_listed(client):
    assert [model.id for model in client.models.list()] == [MODEL]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (" ", "Spørsmålet er tomt"),
        ("a" * 5000, "for langt"),
        ([{"type": "image_url", "image_url": {"url": "data:,"}}], "bare tekst"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_wrong_use_is_explained_as_openai_would(client, content, said, stream):
    with pytest.raises(openai.BadRequestError, match=said) as caught:
        create(client, content, stream=stream)
    assert caught.value.type == "invalid_request_error"


def test_another_model_is_not_found(client):
    with pytest.raises(openai.NotFoundError, match=r"«gpt-4» finnes ikke her\. Bruk «raufoss-assistenten»") as caught:
        client.chat.completions.create(model="gpt-4", messages=[{"role": "user", "content": QUESTION}])
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize(("more", "field"), [({"n": 2}, "n"), ({"stream_options": "x"}, "stream_options")])
def test_a_field_that_cannot_be_read_is_named(client, more, field):
    with pytest.raises(openai.BadRequestError, match=f"Se på: {field}\\."):
        create(client, QUESTION, extra_body=more)


def test_what_is_too_large_is_refused(client):
    with pytest.raises(openai.APIStatusError, match="for stor") as caught:
        create(client, "a" * 1_000_001)
    assert (caught.value.status_code, caught.value.type) == (413, "invalid_request_error")


def test_another_method_is_told_to_post(client):
    with pytest.raises(openai.APIStatusError, match="Bruk POST på /v1/chat/completions") as caught:
        client.get("/chat/completions", cast_to=object)
    assert caught.value.response.headers["allow"] == "POST"


def test_an_unknown_address_is_refused_as_openai_would(client):
    with pytest.raises(openai.NotFoundError, match="Fant ikke siden"):
        client.embeddings.create(model=MODEL, input="x")


def test_without_an_index_the_remedy_is_named(settings):
    with (
        served(Assistant(settings)) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client,
    ):
        with pytest.raises(openai.InternalServerError, match="raufoss index") as caught:
            create(client, QUESTION, stream=True)
        assert (caught.value.status_code, caught.value.type) == (503, "server_error")


@pytest.fixture(scope="module")
def llm(address):
    return OpenAILike(
        model=MODEL, api_base=f"{address}/v1", api_key="ubrukt", is_chat_model=True, context_window=4000, max_retries=0
    )


def test_llama_index_chats(llm, steady):
    answer = written(steady.ask(QUESTION))
    assert llm.complete(QUESTION).text == answer
    assert llm.chat([ChatMessage(role="user", content=QUESTION)]).message.content == answer


def test_llama_index_streams(llm, steady):
    answer = written(steady.ask(QUESTION))
    assert list(llm.stream_complete(QUESTION))[-1].text == answer
    assert "".join(part.delta for part in llm.stream_chat([ChatMessage(role="user", content=QUESTION)])) == answer
