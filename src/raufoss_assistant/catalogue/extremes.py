"""The most and the least: superlatives of a question, by the field that they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.conditions import Condition, Reading
from raufoss_assistant.catalogue.filters import Filter, InRange, stated
from raufoss_assistant.model import Record
from raufoss_assistant.norwegian.numbers import numbers as numbers_in

_HOW_MANY = re.compile(r"\b(?:hvilke|kva for|kva|which|what|de|dei|the) (\w+) ", re.IGNORECASE)


def extreme(
    reading: Reading, found: Sequence[Record], conditions: Sequence[Condition]
) -> tuple[Filter, list[Record]] | None:
    """The records with the least or the most of a field, where the question asks for them.

    Args:
        reading: of the question.
        found: the records that hold all else.
        conditions: of the question; a superlative within one of them is part of it.

    Example:
        >>> extreme(reading, services, [])[0].label
        'Pris: billigst'
    """
    for each in vocabulary().extremes:
        field = next((field for field in each.fields if field in reading.fields), None)
        for pattern, best in ((each.least, min), (each.most, max)):
            if not field:
                continue
            for word in pattern.finditer(reading.text):
                within = (it for it in conditions if isinstance(it.filter, InRange))
                if not any(other.start < word.end() and word.start() < other.end for other in within):
                    return _best(reading, field, each.of, best, word=word[0], found=found)
    return None


def _best(
    reading: Reading,
    field: str,
    of: str,
    best: Callable[[list[float]], float],
    *,
    word: str,
    found: Sequence[Record],
) -> tuple[Filter, list[Record]] | None:
    count = _HOW_MANY.search(reading.text)
    of = "low" if field in ("target", "trl") and of == "value" and best is min else of
    numbers = {record.id: number for record in found if (number := stated(record, field, of)) is not None}
    if not numbers:
        return None
    ranked = sorted(numbers.values(), reverse=best is max)
    last = ranked[min(len(ranked), next((int(n.value) for n in numbers_in(count[1])), 1) if count else 1) - 1]
    top = {value for value in ranked if (value >= last if best is max else value <= last)}
    label = reading.label(field, word)
    return InRange(field, min(top), max(top), "stated", label), [each for each in found if numbers.get(each.id) in top]
