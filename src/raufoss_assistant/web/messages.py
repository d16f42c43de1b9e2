"""The conversation as the messages that the chat page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from raufoss_assistant.assistant import LONGEST_QUESTION
from raufoss_assistant.stages import Stage
from raufoss_assistant.web.history import Answered
from raufoss_assistant.web.links import linked
from raufoss_assistant.web.panel import literal

READING = "Ser på spørsmålet …"
WRITING = "Skriver svaret …"
_LONGEST_QUERY = 150
"""Characters of what is searched for, while it is."""


def shown(conversation: Sequence[Answered], question: str | None = None, notice: str = "") -> list[dict[str, Any]]:
    """Questions and answers as Gradio shows them, perhaps with one more question and a notice in place of its answer.

    A question stands at each even position, its answer after it. Only what comes last has its choices.
    """
    messages = [part for each in conversation for part in _pair(each.asked, _page(each))]
    if question is not None:
        messages += _pair(question, notice)
    elif conversation and conversation[-1].choices:
        messages[-1]["options"] = [{"value": choice} for choice in conversation[-1].choices]
    return messages


def notice(*lines: str) -> str:
    """What the assistant says that is no answer; style.css takes the buttons off."""
    return f'<span class="beskjed">{"<br>".join(map(literal, lines))}</span>'


def working(stage: Stage | None) -> str:
    """The notice on what is done just now."""
    if stage is None:
        return notice(READING)
    if stage.stop is not None:
        return "\n\n".join([*stage.released, notice(WRITING)])
    query = stage.query if len(stage.query) <= _LONGEST_QUERY else f"{stage.query[:_LONGEST_QUERY]} …"
    if not stage.passages:
        return notice(f"Søker etter «{query}» …")
    passages = f"{stage.passages} utdrag" if stage.passages > 1 else "ett utdrag"
    return notice(f"Søkte etter «{query}»", f"Leser {passages} …")


def _pair(asked: str, reply: str) -> list[dict[str, Any]]:
    return [{"role": "user", "content": _cut(asked)}, {"role": "assistant", "content": reply}]


def _page(answered: Answered) -> str:
    """An answer with what is to be known of it above; of a question back, what stands above the choices."""
    said = answered.shown.partition("\n\n")[0] if answered.choices else answered.shown
    above = [f"Svar fra {answered.when}"] if answered.old else []
    above += [f"Søkte etter: {answered.searched}"] if answered.searched else []
    said = linked(said, answered.answer.citations, answered.number)
    return "".join(f'<span class="sokt">{literal(line)}</span>\n\n' for line in above) + said


def _cut(written: str) -> str:
    """What the user wrote, shown as written; what is too long to be answered is cut."""
    return literal(written if len(written) <= LONGEST_QUESTION else f"{written[:LONGEST_QUESTION]} …")
