import threading
import time

import pytest

from llm_server import serving
from raufoss_assistant.language_model.asking import ATTEMPTS, Asking, Failure, Mark
from raufoss_assistant.settings import Settings

TEXT = "Raufoss ligger i Vestre Toten."


@pytest.fixture
def server():
    with serving(TEXT) as running:
        yield running


def asking(server, model, seconds=5.0, strict=None):
    settings = Settings(llm_base_url=server.address, llm_model=model)
    return Asking(settings, "Svar kort.", "Hvor?", time.monotonic() + seconds, strict or threading.Event())


def arrived(asked):
    """All that comes, up to the end."""
    asked.start()
    found = []
    while not found or not (isinstance(found[-1], Failure) or found[-1] is Mark.ENDED):
        found.append(asked.arrived.get(timeout=20))
    return found


@pytest.mark.parametrize("model", ["ok", "azure", "think", "reasoning", "uncounted", "slow-0.2s"])
def test_text_comes_in_pieces_and_then_the_marks(server, model):
    *pieces, finished, ended = arrived(asking(server, model))
    assert "".join(pieces) == TEXT and len(pieces) > 3 and all(pieces)
    assert (finished, ended) == (Mark.FINISHED, Mark.ENDED)


def test_what_the_server_counts_is_kept(server):
    asked = asking(server, "ok")
    arrived(asked)
    assert [*asked.counted] == [3, 8]
    asked = asking(server, "uncounted")
    arrived(asked)
    assert asked.counted is None


def test_thoughts_cost_but_are_not_shown(server):
    asked = asking(server, "think")
    arrived(asked)
    assert asked.characters > 2 * len(TEXT)


def test_a_reply_ended_by_the_limit_is_known(server):
    asked, whole = asking(server, "length"), asking(server, "ok")
    assert "".join(arrived(asked)[:-2]) == "".join(arrived(whole)[:-2])
    assert (asked.truncated, whole.truncated) == (True, False)


def test_a_text_that_never_ends_is_left_even_if_nobody_reads_it(server):
    asked = asking(server, "drip", seconds=0.6)
    asked.start()
    assert server.wait_for(1)[0].hung_up.wait(3)


def test_stopping_ends_the_request_and_the_attempts(server):
    asked = asking(server, "silent-30s")
    asked.start()
    (request,) = server.wait_for(1)
    asked.stop()
    assert request.hung_up.wait(2)
    time.sleep(0.7)
    assert asked.attempts == 1


def test_what_may_pass_is_tried_so_many_times_and_no_more(server):
    asked = asking(server, "503")
    (failure,) = arrived(asked)
    assert failure.told.startswith("Språkmodellen svarer med feil 503") and failure.blames_server
    assert (asked.attempts, len(server.asked)) == (ATTEMPTS, ATTEMPTS)


def test_nothing_is_tried_again_once_text_has_come(server):
    asked = asking(server, "cut")
    *pieces, failure = arrived(asked)
    assert TEXT.startswith("".join(pieces)) and pieces
    assert isinstance(failure, Failure)
    assert asked.attempts == 1


def test_a_wait_that_does_not_fit_is_not_begun(server):
    began = time.perf_counter()
    (failure,) = arrived(asking(server, "429-after-20s"))
    assert "kvoten" in failure.told
    assert time.perf_counter() - began < 2


def test_a_server_that_does_not_want_to_count_is_not_asked_to_again(server):
    strict = threading.Event()
    for _ in range(2):
        asked = asking(server, "no-usage", strict=strict)
        assert "".join(arrived(asked)[:-2]) == TEXT
        assert [*asked.counted] == [3, 8]
    assert ["stream_options" in body for body in server.asked] == [True, False, False]


def test_a_fault_after_the_end_changes_nothing(server):
    *pieces, finished, ended = arrived(asking(server, "hang", seconds=0.5))
    assert ("".join(pieces), finished, ended) == (TEXT, Mark.FINISHED, Mark.ENDED)
