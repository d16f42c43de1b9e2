"""What the language model is asked: instruction, passages as fenced data, question."""

from __future__ import annotations

import html
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.model import Hit, Language, Question

_CHARACTERS = 3
"""Characters in a token, at the least."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instruction, the user's part, and the passages in it: number n is passages[n - 1]."""

    system: str
    user: str
    passages: tuple[Hit, ...]


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """The texts of the prompt, and the note where no reply is used, by language."""
    data = resources.files("raufoss_assistant.answering").joinpath("data/prompt.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(data)
    return loaded


def note(language: Language) -> str:
    """What the reader is told where the model's reply is not used."""
    return words()[language]["note"]


def prompt(question: Question, hits: Sequence[Hit], tokens: int) -> Prompt:
    """Ask with the best passages that there is room for, the best last; nothing of the conversation but the question.

    Args:
        question: as it is meant.
        hits: passages.
        tokens: room for all of it.

    Example:
        >>> prompt(question, hits, 3000).passages[-1].properties.title
        'Læringsfabrikken'
    """
    told, mark = words()[question.language], secrets.token_hex(8)
    asked = f"{told['question']} {_data(question.meant)}"
    room = _CHARACTERS * tokens - len(told["system"]) - len(asked)
    taken: list[Hit] = []
    for hit in sorted(hits, key=_promise, reverse=True):
        room -= len(_fenced(hit, len(hits), mark)) + 2
        if room < 0:
            break
        taken.append(hit)
    taken.reverse()
    fenced = [_fenced(hit, n, mark) for n, hit in enumerate(taken, 1)]
    return Prompt(told["system"], "\n\n".join([*fenced, asked]), tuple(taken))


def _promise(hit: Hit) -> float:
    return hit.reading.chance if hit.reading else hit.score


def _fenced(hit: Hit, n: int, mark: str) -> str:
    above = " › ".join((hit.properties.title, *hit.chunk.heading))
    return f"<{mark} {n}>\n{_data(above)} ({_data(hit.chunk.document)})\n{_data(hit.chunk.text)}\n</{mark}>"


def _data(text: str) -> str:
    """The text without marks of its own, so that it cannot end the place where it stands."""
    return html.escape(text, quote=False)
