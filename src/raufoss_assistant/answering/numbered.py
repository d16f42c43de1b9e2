"""Things that a number or a code tells apart: «TRL 6», «Oppstartstilskudd 3», «Kubistprisen 2019», «TØL4025»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.dates import MONTHS

_NUMBERED = re.compile(r"\b([^\W\d_]{3,})(?:[ -]nivå)?[ \u00a0-](\d+(?:[.,]\d+)?)(?:\s?[–-]\s?(\d+))?(?![\d.,]*\d| ?%)")
_MORE = re.compile(r",? (?:og|and|eller|or|,)? ?(\d+(?:[.,]\d+)?)(?![\d.,]*\d| ?%)")
_CODE = re.compile(r"\b[A-ZÆØÅ]{2,}\d[\w-]*")
_COUNTED = re.compile(r"\s*(?:[a-zæøå]{3,}|kr\b|%)")
"""What follows a number that counts or measures something: «minst 5 ansatte»."""


def of_another_number(question: str, text: str) -> bool:
    """Whether a text tells of what the question names by a number, or a code, only under other ones.

    Example:
        >>> of_another_number("Hva betyr TRL 6?", "TRL 5 betyr at det er testet.")
        True
        >>> of_another_number("Hva betyr TRL 6?", "Tjenesten er for TRL 4–7.")
        False
        >>> of_another_number("Hvor mange studiepoeng er TØL4025 på?", "TØL4902: Masteroppgave (30 studiepoeng)")
        True
    """
    asked_codes, codes = (set(_CODE.findall(each)) for each in (question, text))
    if asked_codes and codes and not asked_codes & codes:
        return True
    told: dict[str, list[tuple[float, float]]] = {}
    for name, low, high in _numbered(text):
        told.setdefault(name, []).append((low, high))
    return any(
        name in told and not any(low <= asked <= high for low, high in told[name])
        for found in _NUMBERED.finditer(question)
        if found[1].isupper() or not _COUNTED.match(question, found.end())
        for name, asked, _ in _numbered(found[0])
    )


def _numbered(text: str) -> Iterator[tuple[str, float, float]]:
    """Names with the least and the greatest number that they have there."""
    for found in _NUMBERED.finditer(text):
        word = found[1].casefold()
        if word in stop_words() or word in MONTHS:
            continue
        low = float(found[2].replace(",", "."))
        yield stem(word), low, float(found[3] or low)
        end = found.end()
        while more := _MORE.match(text, end):
            yield stem(word), float(more[1].replace(",", ".")), float(more[1].replace(",", "."))
            end = more.end()
