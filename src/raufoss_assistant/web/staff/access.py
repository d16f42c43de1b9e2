"""What every handler of the staff pages demands before it does anything."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator
from functools import wraps
from html import escape
from typing import Any

import gradio as gr

from raufoss_assistant.errors import RaufossError
from raufoss_assistant.web import SOMETHING_WRONG

STAFF = "ansatt"
"""The name that a request with a valid session goes by; see `raufoss_assistant.web.staff.gate`."""
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 4}
"""How the events of the staff pages are set up."""
_log = logging.getLogger(__name__)


def staff_only(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler of an event, or of a page's loading, that refuses anyone who is not logged in.

    A hidden button is still an endpoint, so each handler is wrapped. Errors of ours are shown as they are; of any
    other the log has the rest. A handler may be a function or a generator; it gets the values of its inputs.

    Example:
        >>> with gr.Blocks():
        ...     _ = gr.Button("Slett").click(staff_only(lambda: None))
    """

    def admit(request: gr.Request) -> None:
        if request.username != STAFF:
            raise gr.Error("Du er ikke logget inn. Last siden på nytt.", title="Feil", print_exception=False)

    def shown(error: Exception) -> gr.Error:
        if isinstance(error, RaufossError):
            return gr.Error(escape(str(error)), title="Feil", print_exception=False)
        _log.exception("A staff page failed")
        return gr.Error(SOMETHING_WRONG, title="Feil", print_exception=False)

    if inspect.isgeneratorfunction(handler):

        @wraps(handler)
        def steps(request: gr.Request, *values: Any) -> Iterator[Any]:
            admit(request)
            try:
                yield from handler(*values)
            except gr.Error:
                raise
            except Exception as error:
                raise shown(error) from error

        return _without_wrapped(steps)

    @wraps(handler)
    def step(request: gr.Request, *values: Any) -> Any:
        admit(request)
        try:
            return handler(*values)
        except gr.Error:
            raise
        except Exception as error:
            raise shown(error) from error

    return _without_wrapped(step)


def _without_wrapped(step: Callable[..., Any]) -> Callable[..., Any]:
    """Gradio reads the parameters to know that the request is wanted: they are the wrapper's, not the handler's."""
    del step.__wrapped__  # type: ignore[attr-defined]
    step.__annotations__ = {"request": gr.Request}
    return step
