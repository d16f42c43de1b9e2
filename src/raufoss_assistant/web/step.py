"""A step of the chat page: what changes on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import gradio as gr

SEND = "Spør"
_STOP = "Stopp"


class Step(NamedTuple):
    """What changes on the page, in the order of the page's outputs; `gr.skip()` leaves a part as it is.

    Attributes:
        messages: to show.
        sources: as HTML.
        conversation: as the server keeps it.
        box: what is left in it, and its buttons.
        tools, filters, links: what `ListTools` shows.
        pending: the question that is being answered, else "".
        editing: position of the answer whose question is edited, or None.
        banner: what tells that a question is edited.
        kept: what the browser keeps of the conversation.
        said: what is told beside the conversation.

    Example:
        >>> Step.of(pending="Hva er en katapult?").pending
        'Hva er en katapult?'
    """

    messages: Any
    sources: Any
    conversation: Any
    box: Any
    tools: Any
    filters: Any
    links: Any
    pending: Any
    editing: Any
    banner: Any
    kept: Any
    said: Any

    @classmethod
    def of(cls, listed: Sequence[Any] | None = None, **changes: Any) -> Step:
        """A step that changes what is named, and what `ListTools` shows where that is given."""
        changes |= zip(("tools", "filters", "links"), listed, strict=True) if listed else ()
        return cls(**{name: changes.get(name, gr.skip()) for name in cls._fields})


def box(text: str | None = None, *, stop: bool = False) -> Any:
    """The box with a text in it, or with what is there, and the button that fits."""
    value = {} if text is None else {"value": text}
    return gr.update(submit_btn=not stop and SEND, stop_btn=stop and _STOP, **value)


def banner(editing: int | None) -> Any:
    """What tells that a question is edited, or nothing."""
    return gr.update(visible=editing is not None)
