"""Where a quote stands in a text that says the same in other signs: a painted PDF page, a rendered document."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_PARTED = " "
"""Stands for all that is between two figures."""


def locate_quote(quote: str, text: str, share: float = 0.0) -> tuple[int, int] | None:
    r"""The place of a quote: its first character in the text, and the one after its last; None where it does not stand.

    Only letters and figures are compared: not blanks, line ends, hyphens and other marks, capitals, or how letters are
    composed. What parts two figures counts, whatever it is: «5–8» is not «58». A quote without letters and figures
    stands nowhere, and no part of a word is taken for it. Marks that end the quote belong to its place, where they are
    there.

    Args:
        quote: what to look for.
        text: where to look.
        share: how far into the text it is expected, 0..1; of several places, the nearest is taken.

    Example:
        >>> locate_quote("fagskolen på Raufoss", "Ved fag-\nskolen på\nRaufoss.")
        (4, 27)
    """
    wanted, _ = _letters(quote)
    letters, places = _letters(text)
    found = []
    at = letters.find(wanted) if wanted else -1
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        if not (_within_word(text, start) or _within_word(text, end)):
            found.append((abs(at - share * len(letters)), start, end))
        at = letters.find(wanted, at + 1)
    if not found:
        return None
    _, start, end = min(found)
    for sign in quote[max(place for place, letter in enumerate(quote) if _counts(letter)) + 1 :].rstrip():
        if text[end : end + 1] != sign:
            break
        end += 1
    return start, end


def _letters(text: str) -> tuple[str, Sequence[int]]:
    """Letters and figures of a text, decomposed and in small letters, and where each stands in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if not _counts(part):
                continue
            if part.isdigit() and letters and letters[-1].isdigit() and place > places[-1] + 1:
                letters.append(_PARTED)
                places.append(place)
            letters.append(part)
            places.append(place)
    return "".join(letters), places


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _within_word(text: str, place: int) -> bool:
    """Whether a word goes on across a place."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
