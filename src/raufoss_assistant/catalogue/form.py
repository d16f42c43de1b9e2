"""The form of a question, whatever it is about: its signs and n-grams, with records put as their type, figures as 0."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from raufoss_assistant.catalogue.names import plain
from raufoss_assistant.catalogue.naming import by_name
from raufoss_assistant.catalogue.routing import signs
from raufoss_assistant.model import Record

_FIGURE = re.compile(r"\d[\d., ]*\d|\d")
_STOP = re.compile(r"[.,]+(?= |$)")
_WORDS = (1, 2, 3)
_LETTERS = (2, 3, 4, 5)
"""Lengths of the n-grams: of words, and of letters within a word."""
_GRAMS = math.sqrt(2)
"""Length of the n-grams' part, beside that of the question's vector, which is 1."""
_SIGN = 0.2
"""Worth of a sign; they were written with questions in view and know them too well to count for more."""


def marks(question: str, records: Sequence[Record]) -> dict[str, float]:
    """What marks the form of a question: n-grams of words, those of letters after a `#`, and signs after a `:`.

    Letters keep dialects and slips near the words that they stand for (fastText; Bojanowski et al., 2017).

    Example:
        >>> {"hva er <funding>", "#_hv", ":full name"} <= marks("Hva er SkatteFUNN?", catalogue.records).keys()
        True
    """
    text = masked(question, records)
    grams = {*_of_words(text), *(f"#{gram}" for gram in _of_letters(text))}
    each = _GRAMS / math.sqrt(len(grams))
    return dict.fromkeys(sorted(grams), each) | {f":{sign}": _SIGN for sign in signs(question, records)}


def masked(question: str, records: Sequence[Record]) -> str:
    """A question in plain words: each record that it names by its type, each figure by 0, and how it ends.

    Example:
        >>> masked("Hva koster Robotcelle for 3 stk?", catalogue.records)
        'hva koster <service> for 0 stk ?'
    """
    text = plain(question)
    for start, end, record in sorted(by_name(text, records), key=lambda found: -found[0]):
        text = f"{text[:start]} <{record.type}> {text[end:]}"
    last = question.rstrip()[-1:]
    ending = last if last == "?" else "." if last in (".", "!") else "~"
    return " ".join([*_FIGURE.sub("0", _STOP.sub("", text)).split(), ending])


def _of_words(text: str) -> Iterator[str]:
    words = ["^", *text.split()]
    for length in _WORDS:
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _of_letters(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f"_{word}_"
        for length in _LETTERS:
            yield from (padded[at : at + length] for at in range(len(padded) - length + 1))
