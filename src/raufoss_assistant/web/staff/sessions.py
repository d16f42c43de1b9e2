"""Who is logged in, and who must wait before the next try: kept in memory, gone with a restart."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

SESSION_SECONDS = 8 * 3600
"""A session ends that long after the log-in, used or not."""
FREE_TRIES = 5
"""Wrong tries from an address before it must wait."""
FREE_TRIES_OF_ALL = 50
"""Wrong tries from all addresses together before everyone must wait."""
_FIRST_WAIT, _LONGEST_WAIT = 60, 900
_FORGOTTEN_AFTER = 3600
_MOST_SESSIONS = 200
_MOST_ADDRESSES = 1000
_EVERYONE = ""

Clock = Callable[[], float]


class Sessions:
    """Log-ins that hold, each by the digest of a random key that only the browser has.

    Example:
        >>> sessions = Sessions()
        >>> sessions.valid(sessions.open()), sessions.valid("gjettet")
        (True, False)
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ends: OrderedDict[bytes, float] = OrderedDict()

    def open(self) -> str:
        """Begin a session; gives its key. The oldest session ends where there are too many."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._ends[_digest(key)] = self._clock() + SESSION_SECONDS
            while len(self._ends) > _MOST_SESSIONS:
                self._ends.popitem(last=False)
        return key

    def valid(self, key: str | None) -> bool:
        """Whether that is the key of a session that holds."""
        with self._lock:
            ends = self._ends.get(_digest(key)) if key else None
        return ends is not None and self._clock() < ends

    def close(self, key: str | None) -> None:
        """End a session; no matter if there is none."""
        with self._lock:
            self._ends.pop(_digest(key or ""), None)


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float
    until: float


class Attempts:
    """Counts wrong passwords. After some, an address must wait, longer for each that follows; so must all, after many.

    Example:
        >>> attempts = Attempts()
        >>> [attempts.judge("192.0.2.1", right=False) for _ in range(5)]
        [0, 0, 0, 0, 60]
        >>> attempts.judge("192.0.2.1", right=True) > 0
        True
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def judge(self, address: str, *, right: bool) -> int:
        """Whole seconds that the address must wait now; 0 with a right password lets it in.

        While it must wait, a try counts for nothing, right or wrong.
        """
        now = self._clock()
        with self._lock:
            if wait := max(self._waits(address, now), self._waits(_EVERYONE, now)):
                return wait
            if right:
                self._failures.pop(address, None)
                return 0
            return max(self._fail(address, FREE_TRIES, now), self._fail(_EVERYONE, FREE_TRIES_OF_ALL, now))

    def _waits(self, address: str, now: float) -> int:
        known = self._failures.get(address)
        return max(0, round(known.until - now + 0.5)) if known else 0

    def _fail(self, address: str, free: int, now: float) -> int:
        known = self._failures.pop(address, None)
        count = 1 + (known.count if known and now - known.last < _FORGOTTEN_AFTER else 0)
        wait = min(_FIRST_WAIT * 2 ** min(count - free, 10), _LONGEST_WAIT) if count >= free else 0
        self._failures[address] = _Failures(count, now, now + wait)
        while len(self._failures) > _MOST_ADDRESSES:
            oldest = next(iter(self._failures))
            del self._failures[oldest]
        return wait


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()
