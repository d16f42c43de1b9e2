import gc
import threading
import time
from itertools import islice

import pytest

from llm_server import serving
from raufoss_assistant.errors import LanguageModelError
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.settings import Settings

TEXT = "Raufoss ligger i Vestre Toten."


@pytest.fixture
def server():
    with serving(TEXT) as running:
        yield running


def stream(server, model, seconds=5):
    chosen = Settings(llm_base_url=server.address, llm_model=model, llm_timeout=seconds)
    return LanguageModel(chosen).stream("Svar kort.", "Hvor?")


def test_what_it_cost_is_told_afterwards(server):
    reply = stream(server, "slow-0.4s")
    assert "".join(reply) == TEXT
    usage = reply.usage
    assert (usage.tokens_in, usage.tokens_out, usage.attempts) == (3, 8, 1)
    assert not usage.estimated and not usage.truncated
    assert 0 < usage.first_token_ms < usage.total_ms and usage.total_ms > 400
    assert reply.usage is usage
    assert list(reply) == []


def test_where_the_server_does_not_count_the_cost_is_estimated(server):
    reply = stream(server, "uncounted")
    list(reply)
    assert (reply.usage.tokens_in, reply.usage.tokens_out, reply.usage.estimated) == (4, 8, True)


def test_a_failure_has_a_cost_too(server):
    reply = stream(server, "cut")
    with pytest.raises(LanguageModelError):
        list(reply)
    assert reply.usage.tokens_out > 0 and reply.usage.total_ms > 0
    reply = stream(server, "401")
    with pytest.raises(LanguageModelError):
        list(reply)
    assert (reply.usage.first_token_ms, reply.usage.tokens_out) == (None, 0)
    assert list(reply) == []


def test_a_reply_that_the_limit_ended_says_so(server):
    reply = stream(server, "length")
    assert "".join(reply) == TEXT
    assert reply.usage.truncated


def test_a_stream_that_does_not_end_is_left_soon_after_the_model_has_finished(server):
    began = time.perf_counter()
    reply = stream(server, "hang")
    assert "".join(reply) == TEXT
    assert time.perf_counter() - began < 3
    assert server.requests[0].hung_up.wait(2)


@pytest.mark.parametrize("model", ["drip", "slow-3s"])
def test_closing_ends_the_request_at_once(server, model):
    reply = stream(server, model)
    assert len(list(islice(reply, 2))) == 2
    assert not server.requests[0].hung_up.is_set()
    reply.close()
    assert server.requests[0].hung_up.wait(2)
    assert list(reply) == []
    reply.close()


def test_leaving_the_block_ends_the_request(server):
    with pytest.raises(KeyError), stream(server, "drip") as reply:
        next(reply)
        raise KeyError
    assert server.requests[0].hung_up.wait(2)


def test_a_generator_on_top_ends_the_request_when_it_is_closed(server):
    def shouting():
        with stream(server, "drip") as reply:
            for piece in reply:
                yield piece.upper()

    pieces = shouting()
    next(pieces)
    pieces.close()
    assert server.requests[0].hung_up.wait(2)


def test_a_reply_that_is_dropped_ends_the_request(server):
    for _ in stream(server, "drip"):
        break
    gc.collect()
    assert server.requests[0].hung_up.wait(2)


@pytest.mark.parametrize("model", ["silent-30s", "first-token-30s"])
def test_another_thread_can_close_while_one_waits_for_the_first_word(server, model):
    reply = stream(server, model, seconds=60)
    threading.Thread(target=lambda: (server.wait_for(1), time.sleep(0.1), reply.close())).start()
    began = time.perf_counter()
    assert list(reply) == []
    assert time.perf_counter() - began < 3
    assert server.requests[0].hung_up.wait(2)


def test_closing_before_anything_is_sent(server):
    stream(server, "ok").close()


@pytest.mark.parametrize("model", ["silent-30s", "first-token-30s", "drip", "slow-30s"])
def test_the_limit_of_time_holds_over_all_of_it(server, model):
    began = time.perf_counter()
    with pytest.raises(LanguageModelError, match="ikke i tide"):
        list(stream(server, model, seconds=1))
    assert 0.9 < time.perf_counter() - began < 2.5
    assert server.requests[0].hung_up.wait(2)


def test_the_one_who_reads_slowly_gets_what_has_come(server):
    reply = stream(server, "ok", seconds=1)
    time.sleep(1.2)
    assert "".join(reply) == TEXT
    assert reply.usage.first_token_ms < 1000
