"""The web server: the chat page mounted on a FastAPI app beside the HTTP interface."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import threading
import warnings
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, reason
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.api import explain_errors, routes
from raufoss_assistant.web.chat import chat_page
from raufoss_assistant.web.protection import Protection

_FOLDER = Path(__file__).parent
_STYLES = ("style.css",)
_SCRIPTS = ("page.js",)


def create_app(assistant: Assistant) -> FastAPI:
    """The chat at /, the guide at /ny, the interface at /api and /health. To be called where no event loop runs."""
    app = FastAPI(title="Raufoss-assistenten", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Protection)
    explain_errors(app)
    app.include_router(routes(assistant))
    asyncio.run(_mount_chat(app, assistant))
    return app


async def _mount_chat(app: FastAPI, assistant: Assistant) -> None:
    """Asynchronous because Gradio opens event loops that it never closes where none runs."""
    warnings.filterwarnings("ignore", "SSR mode is not supported")  # it is off, and Gradio warns all the same
    gr.mount_gradio_app(
        app,
        chat_page(assistant),
        path="/",
        theme=_theme(),
        css_paths=[_FOLDER / name for name in _STYLES],
        head="".join(f"<script>{(_FOLDER / name).read_text('utf-8')}</script>" for name in _SCRIPTS),
        favicon_path=_FOLDER / "favicon.svg",
        footer_links=[],
        max_file_size="1mb",
        ssr_mode=False,
        show_error=False,
        allowed_paths=[],
    )
    mount: Any = app.routes[-1]
    app.state.stopping = mount.app.stop_event


def _theme() -> gr.themes.Base:
    """Teal on white; every text at least 4.5:1 against its ground (WCAG AA), light and dark."""
    return gr.themes.Soft(
        primary_hue="teal", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    ).set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )


class Server(uvicorn.Server):
    """A server that stops at once: open pages keep a connection alive, and uvicorn alone would wait for it."""

    def __init__(self, app: FastAPI, host: str, port: int) -> None:
        super().__init__(uvicorn.Config(app, host=host, port=port, log_level="warning"))
        self._stopping: asyncio.Event = app.state.stopping

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the pages go, then stop as uvicorn does."""
        self._stopping.set()
        await super().shutdown(sockets)


def serve(settings: Settings) -> None:
    """Run the chat until it is stopped; on a terminal, open it in the browser.

    Raises:
        IndexUnavailableError: there is no index yet, or it cannot be used.
        RaufossError: the address cannot be listened on.
    """
    assistant = Assistant(settings)
    assistant.index()
    _check_free(settings.host, settings.port)
    shown = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host  # noqa: S104
    address = f"http://{shown}:{settings.port}"
    app = create_app(assistant)
    threading.Thread(target=_warm, args=[assistant], daemon=True).start()
    print(f"Chatten er åpen på {address} (stopp med Ctrl+C)", flush=True)
    if sys.stdout.isatty():
        threading.Timer(1.0, webbrowser.open, [address]).start()
    with suppress(KeyboardInterrupt):
        Server(app, settings.host, settings.port).run()


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
