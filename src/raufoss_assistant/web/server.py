"""The web server: starts, says where the chat is, and stops at once."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, reason
from raufoss_assistant.settings import Settings

_LONGEST_FAREWELL = 5
"""Seconds that a request under way gets to end when the server is stopped."""


class Server(uvicorn.Server):
    """A server that stops at once: open pages keep a connection alive, and uvicorn alone would wait for it."""

    def __init__(self, app: FastAPI, host: str, port: int, opened: Callable[[], None] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=_LONGEST_FAREWELL)
        )
        self._stopping: list[asyncio.Event] = app.state.stopping
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, and say so when visitors can come."""
        await super().startup(sockets)
        if self.started:
            self._opened()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the pages go, then stop as uvicorn does."""
        for pages in self._stopping:
            pages.set()
        await super().shutdown(sockets)


def serve(settings: Settings) -> None:
    """Run the chat until it is stopped; on a terminal, open it in the browser.

    Raises:
        IndexUnavailableError: there is no index yet, or it cannot be used.
        RaufossError: the address cannot be listened on.
    """
    _check_free(settings.host, settings.port)
    assistant = Assistant(settings)
    with ThreadPoolExecutor(1) as thread:
        index = thread.submit(assistant.index)
        from raufoss_assistant.web.application import create_app  # noqa: PLC0415 - slow: imported meanwhile

        index.result()
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host  # noqa: S104
    address = f"http://{shown}:{settings.port}"
    app = create_app(assistant)

    def opened() -> None:
        print(f"Chatten er åpen på {address} (stopp med Ctrl+C)", flush=True)
        threading.Thread(target=_warm, args=[assistant], daemon=True).start()
        if sys.stdout.isatty():
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()

    with suppress(KeyboardInterrupt):
        Server(app, settings.host, settings.port, opened).run()


def _warm(assistant: Assistant) -> None:
    """Ask before the first visitor does, so that all that a question needs is loaded."""
    with suppress(RaufossError):
        assistant.ask("Hva er en katapult?")


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise RaufossError(f"Port {port} er opptatt. Velg en annen med --port eller RAUFOSS_PORT.") from error
            raise RaufossError(f"Kan ikke lytte på {host}:{port}: {reason(error)}.") from error
