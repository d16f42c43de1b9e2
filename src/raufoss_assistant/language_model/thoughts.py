"""What a reasoning model writes for itself, between <think> and </think>, is not for the reader."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class Thoughts:
    """Takes the thoughts out of a text that comes in pieces; a mark may be split between pieces.

    Example:
        >>> thoughts = Thoughts()
        >>> thoughts.spoken("<think>Hm.</thi"), thoughts.spoken("nk>Oslo"), thoughts.rest()
        ('', 'Oslo', '')
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False

    def spoken(self, piece: str) -> str:
        """What may be shown now that this piece has come; the beginning of a mark is held back."""
        text = self._held + piece
        shown, place = [], 0
        while (found := text.find(self._mark, place)) >= 0:
            if not self._thinking:
                shown.append(text[place:found])
            place = found + len(self._mark)
            self._thinking = not self._thinking
        end = len(text) - _begun(text[place:], self._mark)
        if not self._thinking:
            shown.append(text[place:end])
        self._held = text[end:]
        return "".join(shown)

    def rest(self) -> str:
        """What was held back, when nothing more comes; a thought without an end is a thought all the same."""
        return "" if self._thinking else self._held

    @property
    def _mark(self) -> str:
        return _CLOSE if self._thinking else _OPEN


def _begun(text: str, mark: str) -> int:
    """Characters at the end of the text that may be the beginning of the mark."""
    return next((size for size in range(len(mark) - 1, 0, -1) if text.endswith(mark[:size])), 0)
