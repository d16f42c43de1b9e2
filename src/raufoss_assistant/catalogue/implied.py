"""Conditions that a question implies in words that no pattern knows, by what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.conditions import Condition, Reading
from raufoss_assistant.catalogue.denial import affirmed, denied
from raufoss_assistant.catalogue.filters import WORD, Filter, Known, Says
from raufoss_assistant.catalogue.leftover import asking
from raufoss_assistant.catalogue.meanings import Meanings, Meant
from raufoss_assistant.catalogue.wordings import Wish, phrases
from raufoss_assistant.norwegian.analyse import stop_words

_SURE, _SURER = 0.4, 0.45
"""Least chance of a part with a word that tells something, and of one without or beside the sentence that asks."""
_BESIDE = re.compile(r"\W*\b(?:eller|or)\b(?:\W+\w+){1,3}", re.IGNORECASE)
"""What «eller» adds to a part, and means no value itself."""


def implied(reading: Reading, meanings: Meanings, taken: Sequence[Condition]) -> list[Condition]:
    """The conditions that are meant by what is left of a question; what they use is taken away.

    A field that a number or a value of its own bounds already is left alone.

    Args:
        reading: of the question, after its conditions were found.
        meanings: tells what words mean.
        taken: the conditions that were found.

    Example:
        >>> [each.filter.label for each in implied(Reading("Hvilke studier kan jeg ta hjemmefra?", ...), meanings, [])]
        ['på nett']
    """
    made: list[Condition] = []
    for (start, end), meant, negated in _sure(reading, meanings):
        filter_, alone = _filter(meant.wish, reading, (start, end), negated=negated)
        bound = any(_bounds(each.filter, filter_, alone=alone) for each in (*taken, *made))
        if not bound and reading.left[start:end].strip():
            more = _BESIDE.match(reading.left, end)
            last = more.end() if more and not reading.text[more.end() :].strip(" ?.!") else end
            reading.take(start, last)
            made.append(Condition(filter_, start, last))
    return made


def _sure(reading: Reading, meanings: Meanings) -> list[tuple[tuple[int, int], Meant, bool]]:
    """The parts that surely mean a value, the surest first, each with its meaning and whether that is denied.

    What is denied before a part is; so is what the part would mean without its own word that denies, too. That a field
    is missing is said by denying.
    """
    spans, (first, last) = _parts(reading), asking(reading)
    texts = [reading.text[slice(*span)] for span in spans]
    found = meanings.of([*texts, *map(affirmed, texts)], reading.type)
    sure = []
    for (start, end), meant, otherwise in zip(spans, found, found[len(spans) :], strict=False):
        telling = first <= start < last and any(not _empty(word) for word in _words(reading, start, end))
        if meant and otherwise and meant.chance >= (_SURE if telling else _SURER):
            text = reading.text[start:end]
            same = otherwise.wish == meant.wish and otherwise.chance >= meant.chance / 2
            missing = meant.wish.field is not None and not meant.wish.told
            inside = same and not missing and affirmed(text) != text
            sure.append(((start, end), meant, denied(reading.text, start) != inside))
    return sorted(sure, key=lambda each: -each[1].chance)


def _parts(reading: Reading) -> list[tuple[int, int]]:
    """The parts of the question between what is taken, signs and joining words; and two such parts together."""
    edges = {0, len(reading.text)}
    blank = [False] * len(reading.text)
    for pattern in (vocabulary().nouns[reading.type], phrases().at):
        for cut in pattern.finditer(reading.text):
            edges |= set(cut.span())
            blank[slice(*cut.span())] = [True] * len(cut[0])
    for place, (was, left) in enumerate(zip(reading.text, reading.left, strict=True)):
        blank[place] = blank[place] or (not was.isspace() and left.isspace())
    edges |= {place for place in range(1, len(blank)) if blank[place] != blank[place - 1]}
    edges |= {cut.start() for cut in phrases().before.finditer(reading.text)}
    spans = [(start, end) for start, end in pairwise(sorted(edges)) if not all(blank[start:end])]
    whole = [span for span in (_trimmed(reading.text, *each) for each in spans) if span[0] < span[1]]
    joined = [(one[0], other[1]) for one, other in pairwise(whole) if not _ends(reading.text[one[1] : other[0]])]
    return [span for span in (*whole, *joined) if _speaks(reading, *span)]


def _speaks(reading: Reading, start: int, end: int) -> bool:
    """Whether a part has words of its own; one word after what is taken is the unit of that."""
    words = list(_words(reading, start, end))
    before = reading.left[:start].rstrip()
    unit = len(words) == 1 and len(before) < len(reading.text[:start].rstrip())
    return bool(words) and not unit


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _ends(gap: str) -> bool:
    return any(sign in gap for sign in ".?!;:")


def _words(reading: Reading, start: int, end: int) -> Iterator[str]:
    """The words of a part that are left and are more than the glue of a sentence."""
    for found in WORD.finditer(reading.left, start, end):
        word = found[0].casefold()
        if word not in stop_words() and not vocabulary().nouns[reading.type].fullmatch(word):
            yield word


def _empty(word: str) -> bool:
    return word.isdigit() or bool(vocabulary().noise.fullmatch(word))


def _filter(wish: Wish, reading: Reading, span: tuple[int, int], *, negated: bool) -> tuple[Filter, bool]:
    """The filter of a wish that the text of a span means, and whether no record has two values of its kind."""
    if wish.field:
        wanted = wish.told != negated
        return Known(
            wish.field, reading.label(wish.field, "oppgitt" if wanted else "ikke oppgitt"), wanted=wanted
        ), True
    value = next(each for each in vocabulary().values if each.type == wish.type and each.label == wish.value)
    every = reading.asks_every(value, *span)
    label = f"{'ikke ' if negated else ''}{value.label}{' (alt)' if every else ''}"
    return Says(value.fields, value.holds, label, negated, every), value.alone


def _bounds(one: Filter, other: Filter, *, alone: bool) -> bool:
    """Whether a condition settles the field of another: it is of the same value, or more exact."""
    if one.label.removeprefix("ikke ") == other.label.removeprefix("ikke "):
        return True
    return bool(set(one.fields) & set(other.fields)) and (alone or not isinstance(one, Says))
