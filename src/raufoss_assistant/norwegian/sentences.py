"""Finds where the sentences of a Norwegian text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

import yaml

from raufoss_assistant.norwegian.dates import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)})\b"
# Where a list item, a Markdown heading or a numbered clause begins; «6. februar» at a line's start is none of them.
_MARKER = re.compile(
    rf"\s*(?:[-–—*•▪●○◦‣·+]|#{{1,6}}|\(?\d{{1,3}}\)|(?!\d+\.\s{_MONTH})(?:§\s?)?\d{{1,3}}(?:[.-]\d{{1,3}})*\."
    r"|\d{1,3}(?:\.\d{1,3}){2,}(?:\.?[a-z])?|\(?[a-zæøå]\))(?=\s)",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[»”’\"')\]]*+(?=\s)")
_NEXT = re.compile(r"\s*[«“‘\"'(\[]*(.)", re.DOTALL)
_MONTH_NEXT = re.compile(rf"\s+{_MONTH}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*$")
_LOOK_BACK = 24  # characters before a full stop; a longer word is no abbreviation


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    data = resources.files("raufoss_assistant.norwegian").joinpath("data/abbreviations.yaml").read_text("utf-8")
    lists = yaml.safe_load(data)
    return frozenset(lists["open"].split()), frozenset(lists["closing"].split())


def sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a normalised text: (start, end) in order, without blanks around them.

    Together they cover all that is not blank. A blank line always ends a sentence; a single line end does where the
    line is a list item or a table row, or the next one is. A table row (cells between «|») is one sentence. The full
    stop of an abbreviation, an ordinal, a date or an initial ends none. Time grows in step with the text.

    Example:
        >>> text = "Kurset starter 6. februar kl. 10.30, jf. pkt. 2. Det koster ca. 4 mill. kr."
        >>> [text[start:end] for start, end in sentences(text)]
        ['Kurset starter 6. februar kl. 10.30, jf. pkt. 2.', 'Det koster ca. 4 mill. kr.']
    """
    spans = []
    for first, last, whole in _passages(text):
        start = first
        for end in () if whole else _ends(text, first, last):
            spans.append((start, end))
            start = end
        spans.append((start, last))
    trimmed = ((end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def ends_abbreviated(text: str) -> bool:
    """Tell whether the full stop that a text ends in is that of an abbreviation.

    Example:
        >>> ends_abbreviated("Krav til bygg, anlegg mv."), ends_abbreviated("Prisen er fast.")
        (True, False)
    """
    found = _WORD.search(text.removesuffix("."), max(0, len(text) - _LOOK_BACK))
    return text.endswith(".") and found is not None and any(found[0].lower() in words for words in _abbreviations())


def _passages(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the runs of lines that line ends divide the text into, as (start, end, is a table row)."""
    start = position = 0
    before = "blank"
    for line in text.splitlines(keepends=True):
        kind = _kind(line)
        wrapped = before == "text" or (before == "item" and (line[0].isspace() or line[0].islower()))
        if kind != "text" or not wrapped:
            yield start, position, before == "row"
            start, before = position, kind
        position += len(line)
    yield start, position, before == "row"


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if line.lstrip().startswith("|") or " | " in line:
        return "row"
    return "item" if _MARKER.match(line) else "text"


def _ends(text: str, first: int, last: int) -> Iterator[int]:
    """Give the ends of the sentences within a run of lines, but for the last."""
    marker = _MARKER.match(text, first, last)
    for stop in _STOP.finditer(text, marker.end() if marker else first, last):
        following = _NEXT.match(text, stop.end(), last)
        if following and not following[1].islower() and not _stays_open(text, stop, following[1]):
            yield stop.end()


def _stays_open(text: str, stop: re.Match[str], following: str) -> bool:
    """Tell whether a full stop belongs to the word before it rather than to the sentence."""
    found = _WORD.search(text, max(0, stop.start() - _LOOK_BACK), stop.start())
    if not found or stop[0].rstrip("»”’\"')]") != ".":
        return False
    word = found[0].lower()
    if word.isdecimal():
        return len(word) <= 2 and (following.isdecimal() or bool(_MONTH_NEXT.match(text, stop.end())))
    never_last, maybe_last = _abbreviations()
    initial = len(word) == 1 and found[0].isupper()
    return initial or word in never_last or (word in maybe_last and following.isdecimal())
