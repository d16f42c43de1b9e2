"""A circuit breaker: a server that fails is left in peace for a while, and tried again by one question at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE = 3
"""Failures in a row before the server is left in peace."""
REST = 30.0
"""Seconds it is left in peace, and seconds between the trials thereafter."""


class CircuitBreaker:
    """Tells whether a server should be asked, from how the last questions went. Safe to share between threads.

    Example:
        >>> breaker = CircuitBreaker()
        >>> for _ in range(PATIENCE):
        ...     breaker.failed()
        >>> breaker.admits()
        False
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0

    def admits(self) -> bool:
        """Whether the server may be asked now; after its rest, one question in `REST` seconds tries it."""
        with self._lock:
            if self._failures < PATIENCE:
                return True
            if self._clock() < self._rests_until:
                return False
            self._rests_until = self._clock() + REST
            return True

    def succeeded(self) -> None:
        """The server works: everyone may ask."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The server did not work."""
        with self._lock:
            self._failures += 1
            self._rests_until = self._clock() + REST
