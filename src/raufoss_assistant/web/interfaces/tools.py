"""The assistant as tools for language models (MCP), through Gradio's own support."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import wraps
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.web import SOMETHING_WRONG
from raufoss_assistant.web.interfaces.bodies import MOST
from raufoss_assistant.web.interfaces.counters import Counters
from raufoss_assistant.web.interfaces.refusals import refusal

if TYPE_CHECKING:
    from gradio.mcp import GradioMCPServer

ADDRESS = "/mcp"
_GRADIO = "/gradio_api/mcp"
"""The only path that Gradio's server answers on."""
_log = logging.getLogger(__name__)


def tool_routes(assistant: Assistant, counters: Counters) -> APIRouter:
    """POST /mcp."""
    tools = _Tools(assistant, counters)
    router = APIRouter(lifespan=tools.lifespan)
    router.routes.append(Route(ADDRESS, _Endpoint(tools, assistant.settings.allowed_origins), methods=["POST"]))

    @router.api_route(ADDRESS, methods=["GET", "HEAD", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    def not_posted(request: Request) -> JSONResponse:
        said = "Adressen er for MCP-klienter (streamable HTTP). Bruk POST."
        return refusal(request.url.path, said, 405, headers={"Allow": "POST"})

    return router


class _Tools:
    """Gradio's server of tools, started by the first client that asks: it takes a second that the chat need not wait.

    It is used without the app around it, so that none of the app's own endpoints (uploads, files, the queue) comes
    into being.
    """

    def __init__(self, assistant: Assistant, counters: Counters) -> None:
        self._assistant = assistant
        self._counters = counters

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Stops the server of tools, where it was started, with the app."""
        self._stopped = asyncio.Event()
        self._started: asyncio.Future[GradioMCPServer] = asyncio.get_running_loop().create_future()
        self._running: asyncio.Task[None] | None = None
        yield
        self._stopped.set()
        if self._running is not None:
            await self._running

    async def server(self) -> GradioMCPServer:
        """The one that answers, once it is up."""
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await asyncio.shield(self._started)

    async def _run(self) -> None:
        try:
            server = await asyncio.to_thread(asyncio.run, self._made())
            async with server.lifespan(self):
                self._started.set_result(server)
                await self._stopped.wait()
        except Exception as error:
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _made(self) -> GradioMCPServer:
        """Asynchronous because Gradio opens an event loop that it never closes where none runs."""
        from gradio.mcp import GradioMCPServer  # noqa: PLC0415 - slow

        return GradioMCPServer(_functions(self._assistant, self._counters))


class _Endpoint:
    """Passes a request on to Gradio's server, unless it comes from a page of a site that is not allowed.

    The protocol demands that the origin is checked: a page elsewhere must not use a browser to reach a server that
    listens on the visitor's own machine.
    """

    def __init__(self, tools: _Tools, origins: Sequence[str]) -> None:
        self._tools = tools
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = Headers(scope=scope).get("origin")
        if origin is None or "*" in self._origins or origin in self._origins:
            server = await self._tools.server()
            await server.handle_streamable_http({**scope, "path": _GRADIO}, receive, send)
            return
        said = "Nettstedet har ikke lov til å bruke assistenten. RAUFOSS_ALLOWED_ORIGINS sier hvem som har det."
        await refusal(ADDRESS, said, 403)(scope, receive, send)


def _functions(assistant: Assistant, counters: Counters) -> gr.Blocks:
    """The functions that become tools: Gradio reads their names, types and Norwegian descriptions."""

    def ask(question: str) -> str:
        """Svarer på spørsmål om industriklyngen på Raufoss, ut fra klyngens egne dokumenter.

        Dekker NCE Manufacturing, Katapulten (MTNC), Læringsfabrikken, kurs, støtteordninger og bedriftene rundt. Hver
        påstand har en kilde med ordrett sitat og dato. Når dokumentene ikke svarer, er status «not_found»: da skal
        svaret ikke gjettes. Er status «clarify», må brukeren velge hva som menes.

        Args:
            question: Spørsmålet på norsk eller engelsk, skrevet så det kan forstås alene.

        Returns:
            JSON med answer, status, confidence og citations (title, date, page, quote).
        """
        answer = assistant.ask(question)
        counters.answered(answer)
        return contract.dump(contract.ask_json(answer))

    def search(query: str, k: int = 10) -> str:
        """Finner utdragene i klyngens dokumenter som passer best til et søk.

        Bruk dette når du trenger selve teksten i dokumentene, for eksempel for å lese mer enn det ask svarte.

        Args:
            query: Det som skal finnes, på norsk.
            k: Hvor mange utdrag, fra 1 til 100.

        Returns:
            JSON med hits (rank, score, document, title, page, heading, date, text).
        """
        return contract.dump(contract.search_json(query, assistant.search(query, _checked(k))))

    def match(query: str, k: int = 5) -> str:
        """Finner tjenester, kurs og støtteordninger som passer til behovet en bedrift har.

        Faste grenser (antall ansatte, TRL, alder, sted, frist) utelukker et tilbud; det står da i excluded med grunn.

        Args:
            query: Behovet med bedriftens egne ord; si gjerne antall ansatte, sted og TRL.
            k: Hvor mange tilbud, fra 1 til 100.

        Returns:
            JSON med needs, matches (name, score, reasons, misfits, citation), excluded og ask.
        """
        return contract.dump(contract.match_json(assistant.match(query), query, _checked(k)))

    with gr.Blocks(title="Raufoss-assistenten", analytics_enabled=False) as tools:
        for tool in (ask, search, match):
            gr.api(_explained(tool), queue=False)
    return tools


def _checked(k: int) -> int:
    if not 1 <= k <= MOST:
        raise UsageError(f"k må være fra 1 til {MOST}, men er {k}.")
    return k


def _explained(tool: Callable[..., str]) -> Callable[..., str]:
    """The tool, saying nothing of errors nobody foresaw; the log has the rest."""

    @wraps(tool)
    def told(*values: object) -> str:
        try:
            return tool(*values)
        except RaufossError:
            raise
        except Exception as error:
            _log.exception("A tool failed")
            raise RuntimeError(SOMETHING_WRONG) from error

    return told
