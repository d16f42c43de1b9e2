"""Work in a thread of its own, followed step by step from an event loop, and let go when nobody follows any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from threading import Event
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from raufoss_assistant.stages import Stage, Told

_T = TypeVar("_T")


class _LeftError(Exception):
    """Nobody follows the work any more."""


async def followed(work: Callable[[Told], _T], limit: CapacityLimiter) -> AsyncGenerator[Stage | _T, None]:
    """The steps of the work as they begin, and at last what comes of it.

    Where the generator is closed or cancelled before, it ends at once; the work ends when its next step begins, and a
    request to a language model at once.

    Args:
        work: is given whom to tell of its steps.
        limit: how much may be worked on at the same time.

    Example:
        >>> async for told in followed(lambda told: assistant.ask("Hva er en katapult?", told=told), limit):
        ...     print(type(told).__name__)
        Stage
        Answer
    """
    loop, stages, left = asyncio.get_running_loop(), asyncio.Queue[Stage | None](), Event()
    stops: list[Callable[[], None]] = []

    def told(stage: Stage) -> None:
        if stage.stop is not None:
            stops.append(stage.stop)
        if left.is_set():
            raise _LeftError
        loop.call_soon_threadsafe(stages.put_nowait, stage)

    working = asyncio.ensure_future(to_thread.run_sync(work, told, abandon_on_cancel=True, limiter=limit))
    working.add_done_callback(lambda _: stages.put_nowait(None))
    try:
        while (stage := await stages.get()) is not None:
            yield stage
        yield await working
    finally:
        left.set()
        for stop in stops:
            stop()
        working.cancel()
