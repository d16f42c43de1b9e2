"""The way to the language model: an HTTP client that sends what we send and nothing of what the environment holds."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import certifi
import httpx

from raufoss_assistant.errors import SettingsError
from raufoss_assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_PLACEHOLDER = "ingen"
"""LlamaIndex wants a key, and would else take OPENAI_API_KEY; ours is put on the request, so that it stays there."""
_SENT = frozenset(("host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent"))
_OPENED = frozenset(("connection.connect_tcp.complete", "connection.start_tls.complete"))


class Wire:
    """The connection of a request, which can be cut from another thread, whatever is being waited for.

    Example:
        >>> wire = Wire()
        >>> with http_client(settings, wire) as client:
        ...     reply = connect(settings, client).stream_complete("Hei")
        ...     wire.cut()
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False

    def follow(self, request: httpx.Request) -> None:
        """Learn of the connection that this request gets."""
        request.extensions["trace"] = self._trace

    def cut(self) -> None:
        """End the connection at once, and any that is opened later; the server sees that we have left."""
        with self._lock:
            self._is_cut = True
            self._shut()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event in _OPENED:
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._is_cut:
                    self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # it is closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # closing would not wake one who reads from it


def is_chosen(settings: Settings) -> bool:
    """Whether a language model is set.

    Raises:
        SettingsError: an address is set, but no model.

    Example:
        >>> is_chosen(Settings())
        False
    """
    if settings.llm_base_url is not None and settings.llm_model is None:
        raise SettingsError("RAUFOSS_LLM_BASE_URL er satt, men ikke RAUFOSS_LLM_MODEL. Skriv modellens navn der.")
    return settings.llm_base_url is not None


def http_client(settings: Settings, wire: Wire | None = None) -> httpx.Client:
    """Goes straight to the address: no proxy from the environment, no other address that the server points to.

    Each request has a connection of its own, which ends with it, so that a client need not be closed where its
    replies are read to their end.

    Example:
        >>> http_client(Settings(llm_api_key="sk-…")).trust_env
        False
    """
    key = settings.llm_api_key

    def sign(request: httpx.Request) -> None:
        """Take away what openai adds from OPENAI_ORG_ID, OPENAI_CUSTOM_HEADERS and so on, and put our key in."""
        kept = {name: value for name, value in request.headers.items() if name in _SENT}
        request.headers = httpx.Headers(kept | ({"authorization": f"Bearer {key}"} if key else {}))

    return httpx.Client(
        verify=_trusted(),
        trust_env=False,
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=0),
        event_hooks={"request": [sign, wire.follow] if wire else [sign]},
    )


def connect(settings: Settings, client: httpx.Client | None = None) -> LLM | None:
    """The language model that the settings name, or None where they name none. Nothing is asked yet.

    Without a client of the caller's, what cannot be delivered is tried once more, so a question takes at most twice
    `llm_timeout`; with one, the caller decides on that.

    Raises:
        SettingsError: an address is set, but no model.

    Example:
        >>> connect(Settings()) is None
        True
    """
    if not is_chosen(settings):
        return None
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # noqa: PLC0415 - slow

    model: LLM = OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_base_url,
        api_key=_PLACEHOLDER,
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_tokens=settings.llm_max_tokens,
        context_window=settings.llm_context,
        max_retries=0 if client else 1,
        http_client=client or http_client(settings),
    )
    return model


@cache
def _trusted() -> ssl.SSLContext:
    """Those who may vouch for a server: the machine's own (SSL_CERT_FILE included), and the usual ones of the web."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
