"""How much an extracted text looks like language."""

from __future__ import annotations

import re

LOW = 0.5
"""Below this a page's text is probably damaged."""
_WORD = re.compile(r"[^\W\d_]+")
_ORDINARY = frozenset(".,;:!?-–—()[]«»\"'“”’‘/%&§+=*•|°²³€$#@<>_→…·")
_MANY = 10  # words or lines; a share of fewer says nothing


def quality(text: str) -> float:
    """Tell how much of a text looks like language.

    The product of five shares: ordinary characters among all; words of a readable length on average (3 to 15
    letters); letters outside glued words (over 30 letters); words of more than one letter; lines of more than one
    word. The last two count only where a text is long enough and half of it is broken.

    Returns:
        0..1, two decimals; 0.0 for a text without words.

    Example:
        >>> quality("Klyngen har rundt 60 bedrifter."), quality("\ufffd\ufffd\ue000 \ue001\ufffd a")
        (1.0, 0.0)
    """
    words = _WORD.findall(text)
    characters = [character for character in text if not character.isspace()]
    if not words:
        return 0.0
    letters = sum(map(len, words))
    mean = letters / len(words)
    ordinary = sum(character.isalnum() or character in _ORDINARY for character in characters) / len(characters)
    length = min(1.0, max(0.0, (mean - 1) / 1.5), max(0.0, (30 - mean) / 15))
    unglued = 1 - sum(len(word) for word in words if len(word) > 30) / letters
    lines = [line for line in text.splitlines() if line.strip()]
    return round(
        _square(ordinary)
        * length
        * unglued
        * _half(sum(len(word) == 1 for word in words), len(words))
        * _half(sum(len(line.split()) == 1 for line in lines), len(lines)),
        2,
    )


def _square(share: float) -> float:
    return share * share


def _half(broken: int, total: int) -> float:
    """One while at most half is broken, then down to a fifth where all is."""
    share = broken / total if total >= _MANY else 0.0
    return 1 - 1.6 * max(0.0, share - 0.5)
