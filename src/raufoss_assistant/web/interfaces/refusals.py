"""Errors as JSON, in the shape that readers of the address expect."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import JSONResponse

OPENAI = "/v1/"
"""What is under it speaks OpenAI's protocol."""


def refusal(
    path: str, said: str, status: int, code: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """An error with a line of Norwegian: under /v1 as clients of OpenAI read it, else as {"error": line}.

    Args:
        path: that was asked for.
        said: what is wrong and what to do.
        status: of HTTP.
        code: OpenAI's name of the error, where it has one.
        headers: of the response.

    Example:
        >>> refusal("/api/ask", "Spørsmålet er tomt.", 400).body.decode()
        '{"error":"Spørsmålet er tomt."}'
    """
    if not path.startswith(OPENAI):
        return JSONResponse({"error": said}, status, headers)
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return JSONResponse({"error": {"message": said, "type": kind, "param": None, "code": code}}, status, headers)
