"""What is searched for: the question, or a short follow-up together with the question it follows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from raufoss_assistant.model import Turn
from raufoss_assistant.norwegian.analyse import terms

_LEANS = re.compile(
    r"^(?:og|men|enn|hva med|kva med|what about|and)\b|\b(?:det|den|de|dei|dem|deira|der|dette|it|they|them|there)\b",
    re.IGNORECASE,
)
_SHORT = 2


def search_query(question: str, history: Sequence[Turn]) -> str:
    """The question itself, or after the user's former question where it is short and leans on that.

    Example:
        >>> search_query("Og når er fristen?", [Turn("user", "Hva er SkatteFUNN?")])
        'Hva er SkatteFUNN? Og når er fristen?'
    """
    former = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    if former is None or len(terms(question)) > _SHORT or not _LEANS.search(question):
        return question
    return f"{former} {question}"
