"""A question back, where a name of the question may mean several things."""

from __future__ import annotations

from collections.abc import Sequence

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.model import Answer, Question

_WHICH = {
    "nb": "Det er flere som heter noe slikt. Hva mener du?",
    "nn": "Det er fleire som heiter noko slikt. Kva meiner du?",
    "en": "Several things have that name. Which do you mean?",
}


def clarify(question: Question, choices: Sequence[str]) -> Answer:
    """Ask which of the choices is meant; each is the question as it would be asked of that one.

    Example:
        >>> print(clarify(question, ["Hvem leder NCE Manufacturing?", "Hvem leder SINTEF Manufacturing?"]).text)
        Det er flere som heter noe slikt. Hva mener du?
        <BLANKLINE>
        1. Hvem leder NCE Manufacturing?
        2. Hvem leder SINTEF Manufacturing?
    """
    listed = "\n".join(f"{n}. {literal(choice)}" for n, choice in enumerate(choices, 1))
    text = f"{_WHICH[question.language]}\n\n{listed}"
    return Answer(
        question.text,
        question.meant,
        "clarify",
        text,
        question.language,
        "extractive",
        confidence=0.0,
        choices=tuple(choices),
    )
