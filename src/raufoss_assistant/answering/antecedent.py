"""Sentences that begin with a word for something named before («Den kostet 110 millioner kroner»)."""

from __future__ import annotations

import re

from raufoss_assistant.answering.units import Unit
from raufoss_assistant.norwegian.sentences import sentences

_VERB = (
    r"(?:er|var|har|hadde|kan|kunne|skal|skulle|må|måtte|vil|ville|bør|burde|ble|blei|vart|fikk|fekk|ga|gav|gikk|gjekk"
    r"|kom|lå|låg|ligg|sto|stod|tok|tek|holdt|held|heldt|het|heitte|gjev|finst|treng|brukte|brukar|solgte|viste|krevde|leverte"
    r"|begynte|gjør|gjorde|gjer|\w{2,}(?:er|ar)|\w{3,}et)\b"
)
_EMPTY = r"(?:er|var|finnes|finst|fins|tar|tek|kan|må|bør|blir|ble|blei|vart|vil|skal|hender|går|står|stod|har)\b"
"""After «det» these mostly point forward: «Det finnes fem sentre.»"""
_SHORT = r"(?:er|var) (?:\S+\s*){1,4}$"
_REFERRING = re.compile(
    r"(?:Dette|Disse|Desse|Denne|Han|Hun|Ho|Begge|Hans|Hennes|Hennar|It|This|These|They|He|She|Both|Its|Their)\b"
    rf"|(?:Den|De|Dei)\s+{_VERB}|Det\s+(?:{_SHORT}|(?!{_EMPTY}){_VERB})"
    r"|(?:\S+\s){1,3}heller ikk(?:e|je)\b"
)
_DEFINITE = re.compile(r"[A-ZÆØÅ][a-zæøå]{3,}(?:en|et|a|ene|ane|ingen|inga)\s+[a-zæøå]")
_BACK = 2
"""Sentences at most that are taken along."""


def refers_back(text: str) -> bool:
    """Whether a sentence begins with a pronoun for what another one names, or goes on from it («Vi vet heller ikke …»).

    Example:
        >>> refers_back("Den kostet 110 millioner kroner."), refers_back("Den norske staten eier halvparten.")
        (True, False)
    """
    return bool(_REFERRING.match(text))


def leans(text: str) -> bool:
    """Whether a sentence may need the one before it to be understood («Navneskiftet kom mellom 2019 og 2022»)."""
    return refers_back(text) or bool(_DEFINITE.match(text))


def before(unit: Unit) -> Unit | None:
    """The sentence before a unit in its paragraph; None where it is a row, an item of a list or the first."""
    text = unit.hit.chunk.text
    earlier = [span for span in sentences(text) if span[1] <= unit.start]
    if unit.is_row or not earlier:
        return None
    found = Unit(unit.hit, *earlier[-1])
    beside = "\n" not in text[found.end : unit.start] and found.quote.endswith((".", "!", "?"))
    return found if beside and not found.is_row else None


def with_lead(unit: Unit) -> Unit:
    """The unit, after the sentence before it where it leans on that."""
    earlier = before(unit) if leans(unit.quote) else None
    return Unit(unit.hit, earlier.start, unit.end) if earlier else unit


def with_antecedent(unit: Unit) -> Unit:
    """The unit after the sentences that name what it begins with; as it is where none does.

    Example:
        >>> with_antecedent(cost).quote
        'Læringsfabrikken åpnet i 2020. Den kostet 110 millioner kroner.'
    """
    first: Unit | None = unit
    for _ in range(_BACK):
        if first is None or not refers_back(first.quote):
            break
        first = before(first)
    return Unit(unit.hit, first.start, unit.end) if first is not None else unit
