import asyncio
import threading
import time

import pytest
from anyio import CapacityLimiter

from raufoss_assistant.stages import Stage
from raufoss_assistant.web.following import followed


async def all_of(work, limit=None):
    return [told async for told in followed(work, limit or CapacityLimiter(4))]


def test_steps_come_in_order_and_then_the_result():
    def work(told):
        for passages in range(5):
            told(Stage("Hva?", passages))
        return "svar"

    assert asyncio.run(all_of(work)) == [*(Stage("Hva?", passages) for passages in range(5)), "svar"]


def test_a_step_is_told_while_the_work_goes_on():
    may_end = threading.Event()

    def work(told):
        told(Stage("Hva?"))
        assert may_end.wait(10)

    async def first():
        told = await anext(followed(work, CapacityLimiter(1)))
        may_end.set()
        return told

    assert asyncio.run(first()) == Stage("Hva?")


def test_what_goes_wrong_is_told_to_the_one_who_follows():
    with pytest.raises(ZeroDivisionError):
        asyncio.run(all_of(lambda told: 1 / 0))


def test_who_leaves_is_let_go_at_once_and_the_work_ends_with_its_next_step():
    began, may_go_on, ended = threading.Event(), threading.Event(), threading.Event()
    steps = []

    def work(told):
        began.set()
        assert may_go_on.wait(10)
        try:
            told(Stage("Hva?"))
            steps.append("read on")
        finally:
            ended.set()

    async def leave():
        following = asyncio.ensure_future(all_of(work, limit))
        await asyncio.to_thread(began.wait, 10)
        left = time.monotonic()
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following
        assert time.monotonic() - left < 1
        may_go_on.set()
        assert await asyncio.to_thread(ended.wait, 10)

    limit = CapacityLimiter(1)
    asyncio.run(leave())
    assert steps == []


def test_no_more_than_the_limit_work_together():
    working, most = [], []

    def work(told):
        working.append(1)
        most.append(len(working))
        time.sleep(0.02)
        working.pop()

    async def many():
        limit = CapacityLimiter(3)
        await asyncio.gather(*(all_of(work, limit) for _ in range(12)))

    asyncio.run(many())
    assert max(most) == 3


def test_a_request_to_a_language_model_ends_at_once_when_nobody_follows():
    stopped = threading.Event()

    def work(told):
        told(Stage("Hva?", stop=stopped.set))
        assert stopped.wait(10)

    async def leave():
        following = followed(work, CapacityLimiter(1))
        await anext(following)
        await following.aclose()

    asyncio.run(leave())
    assert stopped.is_set()
