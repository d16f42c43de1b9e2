"""A real server: llama.cpp with a model that only babbles, asked through the same door as any other."""

import time

import pytest

from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.settings import Settings


@pytest.fixture
def model(llama_server):
    return LanguageModel(
        Settings(llm_base_url=llama_server.address, llm_model="gemma-3-270m", llm_timeout=60, llm_max_tokens=24)
    )


def test_a_real_model_is_asked_and_counts(model):
    reply = model.stream("Svar kort, på norsk.", "Hva heter hovedstaden i Norge?")
    pieces = list(reply)
    assert len(pieces) > 3 and "".join(pieces).strip()
    usage = reply.usage
    assert not usage.estimated and 10 < usage.tokens_in < 100 and 4 <= usage.tokens_out <= 24
    assert 0 < usage.first_token_ms < usage.total_ms
    assert usage.truncated == (usage.tokens_out == 24)


def test_a_real_model_stops_producing_when_nobody_waits(llama_server):
    settings = Settings(
        llm_base_url=llama_server.address, llm_model="gemma-3-270m", llm_timeout=60, llm_max_tokens=2000
    )
    with LanguageModel(settings).stream("Fortell.", "Skriv en lang historie om Raufoss.") as reply:
        next(reply)
        assert llama_server.is_busy()
    until = time.monotonic() + 5
    while llama_server.is_busy() and time.monotonic() < until:
        time.sleep(0.02)
    assert not llama_server.is_busy()
