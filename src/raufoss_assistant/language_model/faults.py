"""What went wrong when a language model was asked: in Norwegian, whether to ask again, and whether it is the server."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Iterator
from email.utils import mktime_tz, parsedate_tz

import httpx

CUT_OFF = "brøt av midt i svaret. Se i loggen hos den."
EMPTY = "ga et tomt svar. Øk RAUFOSS_LLM_MAX_TOKENS, eller velg en annen modell i RAUFOSS_LLM_MODEL."
FILTERED = "stoppet svaret med sitt innholdsfilter."
NO_STREAM = (
    "svarte, men ikke som en strøm. Se om RAUFOSS_LLM_BASE_URL er riktig (den skal ofte slutte på /v1), "
    "og om tjeneren støtter strømming."
)
_LATE = "svarte ikke i tide. Se om den er overbelastet, eller øk RAUFOSS_LLM_TIMEOUT."
_GONE = "svarer ikke. Se om den kjører, og om RAUFOSS_LLM_BASE_URL er riktig."
_REFUSED = "Se RAUFOSS_LLM_MODEL, RAUFOSS_LLM_CONTEXT og RAUFOSS_LLM_MAX_TOKENS, og i loggen hos den."
_QUESTION = frozenset((400, 413, 422))
"""Statuses that say something of the question, nothing of the server."""
_PASSING = frozenset((429, 500, 502, 503))
_PAUSE = 0.25
"""Seconds before the second attempt, doubled for each later one; and the spread after a Retry-After."""


class UnusableReplyError(Exception):
    """The server replied, but with nothing to use; the message is one of the sentences above."""


def fault(error: Exception) -> str:
    """What went wrong when a language model was asked, as a Norwegian sentence; says nothing that the server wrote.

    Example:
        >>> fault(IndexError())
        'Språkmodellen ga et svar som ikke følger protokollen (IndexError).'
    """
    return f"Språkmodellen {_told(error)}"


def _told(error: Exception) -> str:
    import openai  # noqa: PLC0415 - slow

    if isinstance(error, UnusableReplyError):
        return str(error)
    if _behind(error, ssl.SSLCertVerificationError):
        return "har et sertifikat som denne maskinen ikke godtar. Legg til utstederen, eller se RAUFOSS_LLM_BASE_URL."
    known: dict[type[Exception] | tuple[type[Exception], ...], str] = {
        openai.APITimeoutError: _GONE if _behind(error, httpx.ConnectTimeout) else _LATE,
        openai.APIConnectionError: _GONE,
        (TimeoutError, httpx.TimeoutException): _LATE,
        httpx.TransportError: CUT_OFF,
        (openai.AuthenticationError, openai.PermissionDeniedError): "avviser nøkkelen. Se RAUFOSS_LLM_API_KEY.",
        openai.NotFoundError: "finnes ikke der. Se RAUFOSS_LLM_MODEL, og om RAUFOSS_LLM_BASE_URL skal slutte på /v1.",
        openai.RateLimitError: "får for mange spørsmål, eller kvoten er brukt opp. Vent, eller øk kvoten.",
    }
    for kinds, told in known.items():
        if isinstance(error, kinds):
            return told
    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code)
    if type(error) is openai.APIError:
        return CUT_OFF
    return f"ga et svar som ikke følger protokollen ({type(error).__name__})."


def _status(status: int) -> str:
    if status < 400:
        return "peker til en annen adresse. Skriv den i RAUFOSS_LLM_BASE_URL."
    return f"svarer med feil {status}. {_REFUSED if status in _QUESTION else 'Se i loggen hos den.'}"


def blames_server(error: Exception) -> bool:
    """Whether others who ask the same server will likely fail too; not where it was this question that it refused.

    Example:
        >>> blames_server(UnusableReplyError(FILTERED))
        False
    """
    if isinstance(error, UnusableReplyError):
        return str(error) != FILTERED
    return getattr(error, "status_code", None) not in _QUESTION


def pause(error: Exception, attempts: int) -> float | None:
    """Seconds to wait before another attempt after so many, with jitter; None where none will help.

    Example:
        >>> pause(IndexError(), 1) is None
        True
    """
    if not _passes(error):
        return None
    asked = _retry_after(error)
    backoff = _PAUSE * 2 ** (attempts - 1)
    jitter = random.uniform(0, _PAUSE)  # noqa: S311 - spreads those who were turned away together
    return jitter + (backoff if asked is None else asked)


def _passes(error: Exception) -> bool:
    import openai  # noqa: PLC0415 - slow

    if isinstance(error, openai.APIStatusError):
        return error.status_code in _PASSING
    if _behind(error, ssl.SSLCertVerificationError):
        return False
    if isinstance(error, openai.APITimeoutError):
        return _behind(error, httpx.ConnectTimeout)
    if isinstance(error, httpx.TransportError):
        return not isinstance(error, httpx.TimeoutException)
    return isinstance(error, openai.APIConnectionError)


def _retry_after(error: Exception) -> float | None:
    """Seconds that the server asks us to wait, given as a number or as a moment."""
    response = getattr(error, "response", None)
    raw = response.headers.get("retry-after", "") if response is not None else ""
    try:
        return max(0.0, float(raw))
    except ValueError:
        moment = parsedate_tz(raw)
        return max(0.0, mktime_tz(moment) - time.time()) if moment else None


def _behind(error: BaseException, kind: type[BaseException]) -> bool:
    """Whether such an error is among the causes of this one."""
    return any(isinstance(each, kind) for each in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
