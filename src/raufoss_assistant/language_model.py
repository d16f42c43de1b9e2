"""The language model that staff may connect: any address that speaks OpenAI's protocol. None by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raufoss_assistant.errors import SettingsError
from raufoss_assistant.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_NO_KEY = "ingen"
"""Sent where none is set: the client wants one, and would else take OPENAI_API_KEY from the environment."""


def connect(settings: Settings) -> LLM | None:
    """The language model that the settings name, or None where they name none. Nothing is asked yet.

    What cannot be delivered is tried once more, so a question takes at most twice `llm_timeout`.

    Raises:
        SettingsError: an address is set, but no model.

    Example:
        >>> connect(Settings()) is None
        True
    """
    if settings.llm_base_url is None:
        return None
    if settings.llm_model is None:
        raise SettingsError("RAUFOSS_LLM_BASE_URL er satt, men ikke RAUFOSS_LLM_MODEL. Skriv modellens navn der.")
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]  # noqa: PLC0415 - slow

    model: LLM = OpenAILike(
        model=settings.llm_model,
        api_base=settings.llm_base_url,
        api_key=settings.llm_api_key or _NO_KEY,
        is_chat_model=True,
        temperature=0.0,
        timeout=settings.llm_timeout,
        max_tokens=settings.llm_max_tokens,
        context_window=settings.llm_context,
        max_retries=1,
        reuse_client=False,  # an asynchronous client is bound to the event loop that it was first used in
    )
    return model


def fault(error: Exception) -> str:
    """What went wrong when a language model was asked, as a Norwegian sentence; says nothing that the server wrote.

    Example:
        >>> fault(IndexError())
        'Språkmodellen ga et svar som ikke følger protokollen (IndexError).'
    """
    import openai  # noqa: PLC0415 - slow

    known: dict[type[Exception] | tuple[type[Exception], ...], str] = {
        openai.APITimeoutError: "svarte ikke i tide. Se om den er overbelastet, eller øk RAUFOSS_LLM_TIMEOUT.",
        openai.APIConnectionError: "svarer ikke. Se om den kjører, og om RAUFOSS_LLM_BASE_URL er riktig.",
        (openai.AuthenticationError, openai.PermissionDeniedError): "avviser nøkkelen. Se RAUFOSS_LLM_API_KEY.",
        openai.NotFoundError: "finnes ikke der. Se RAUFOSS_LLM_MODEL, og om RAUFOSS_LLM_BASE_URL skal slutte på /v1.",
        openai.RateLimitError: "får for mange spørsmål, eller kvoten er brukt opp. Vent, eller øk kvoten.",
    }
    for kinds, told in known.items():
        if isinstance(error, kinds):
            return f"Språkmodellen {told}"
    if isinstance(error, openai.APIStatusError):
        return f"Språkmodellen svarer med feil {error.status_code}. Se i loggen hos den."
    return f"Språkmodellen ga et svar som ikke følger protokollen ({type(error).__name__})."
