"""The FastAPI app of the web server: the pages, mounted beside the HTTP interface."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.web.api import explain_errors, routes
from raufoss_assistant.web.chat import chat_page
from raufoss_assistant.web.document_routes import document_routes
from raufoss_assistant.web.download import download_routes
from raufoss_assistant.web.interfaces.counters import Counters, Counting
from raufoss_assistant.web.interfaces.openai_routes import openai_routes
from raufoss_assistant.web.interfaces.origins import CrossOrigin, embedding_routes
from raufoss_assistant.web.interfaces.reference import reference_routes
from raufoss_assistant.web.interfaces.tools import tool_routes
from raufoss_assistant.web.protection import Protection
from raufoss_assistant.web.staff.gate import StaffGate, largest_upload, user
from raufoss_assistant.web.staff.login import closed_routes, login_routes
from raufoss_assistant.web.staff.sessions import Attempts, Sessions

_FOLDER = Path(__file__).parent
_STYLES = ("style.css", "conversation.css", "sources.css")
_SCRIPTS = ("page.js", "conversation.js", "sources.js", "interfaces/embedded.js")
_STAFF_STYLES = ("style.css", "staff/staff.css", "staff/work.css")
_STAFF_SCRIPTS = ("staff/staff.js",)


def create_app(assistant: Assistant) -> FastAPI:
    """The chat at /, the guide at /ny, documents at /dokument, the staff pages at /ansatt; /api, /v1, /mcp, /metrics.

    To be called where no event loop runs.
    """
    app = FastAPI(title="Raufoss-assistenten", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.stopping = []
    sessions = Sessions()
    app.add_middleware(StaffGate, sessions=sessions)
    origins = assistant.settings.allowed_origins
    app.add_middleware(CrossOrigin, origins=origins)
    app.add_middleware(Protection, largest_upload=largest_upload(assistant.settings), origins=origins)
    counters = Counters(assistant)
    app.add_middleware(Counting, counters=counters)
    explain_errors(app)
    interface = routes(assistant, counters)
    openai = openai_routes(assistant, counters)
    tools = tool_routes(assistant, counters)
    files = (download_routes(assistant), document_routes(assistant))
    for router in (interface, openai, reference_routes(interface, openai), embedding_routes(), *files, tools):
        app.include_router(router)
    if password := assistant.settings.staff_password:
        app.include_router(login_routes(password, sessions, Attempts()))
        asyncio.run(_mount_staff(app, assistant, sessions))
    else:
        app.include_router(closed_routes())
    asyncio.run(_mount_chat(app, assistant, counters))
    return app


async def _mount_staff(app: FastAPI, assistant: Assistant, sessions: Sessions) -> None:
    from raufoss_assistant.web.staff.page import staff_page  # noqa: PLC0415 - evaluations take a second to import

    _mount(
        app,
        staff_page(assistant),
        path="/ansatt",
        styles=_STAFF_STYLES,
        scripts=_STAFF_SCRIPTS,
        max_file_size=f"{assistant.settings.max_file_mb * 1_000_000}b",
        auth_dependency=lambda request: user(sessions, request),
    )


async def _mount_chat(app: FastAPI, assistant: Assistant, counters: Counters) -> None:
    """Asynchronous because Gradio opens event loops that it never closes where none runs."""
    _mount(app, chat_page(assistant, counters), path="/", styles=_STYLES, scripts=_SCRIPTS, max_file_size="1mb")


def _mount(
    app: FastAPI, page: gr.Blocks, path: str, styles: Sequence[str], scripts: Sequence[str], **more: Any
) -> None:
    warnings.filterwarnings("ignore", "SSR mode is not supported")  # it is off, and Gradio warns all the same
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        theme=_theme(),
        css_paths=[_FOLDER / name for name in styles],
        head="".join(f"<script>{(_FOLDER / name).read_text('utf-8')}</script>" for name in scripts),
        footer_links=[],
        ssr_mode=False,
        show_error=False,
        allowed_paths=[],
        **more,
    )
    page.favicon_path = _FOLDER / "favicon.svg"
    page.has_launched = True  # else Gradio takes any file of this machine for something a visitor has uploaded
    mount: Any = app.routes[-1]
    app.state.stopping.append(mount.app.stop_event)


def _theme() -> gr.themes.Base:
    """Teal on white; every text at least 4.5:1 against its ground (WCAG AA), light and dark."""
    links = {
        f"link_text_color{state}{scheme}": f"*primary_{shade}"
        for state in ("", "_active", "_hover", "_visited")
        for scheme, shade in (("", 700), ("_dark", 300))
    }
    return gr.themes.Soft(
        primary_hue="teal",
        secondary_hue="teal",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    ).set(
        **links,
        button_secondary_background_fill_dark="*neutral_800",
        button_secondary_background_fill_hover="*neutral_100",
        button_secondary_background_fill_hover_dark="*neutral_700",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
    )
