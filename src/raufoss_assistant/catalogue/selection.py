"""Records that a question asks for: its words as filters, and what they leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from raufoss_assistant.catalogue.conditions import Condition, Reading
from raufoss_assistant.catalogue.denial import denies
from raufoss_assistant.catalogue.extremes import extreme
from raufoss_assistant.catalogue.filters import WORD, AnyOf, Filter, Known, Mentions, kept
from raufoss_assistant.catalogue.implied import implied
from raufoss_assistant.catalogue.leftover import asking, mentions
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.model import Record, RecordType
from raufoss_assistant.norwegian.analyse import stop_words

_OR = re.compile(r"\b(?:eller|elle|or)\b", re.IGNORECASE)
_APART = re.compile(r"[.;:?!]")
_GAP = 5
"""Words between two conditions that «eller» may join."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a question selects of the records of a type.

    Attributes:
        type: of the records.
        filters: that were used.
        records: those that hold them all, as the overviews list them.
        beside: those that hold them too, but stand in no overview.
        unknown: filters that no record of the type has data for; they were not used.
        ignored: words of the question that no record has; they were not used.
        total: number of listed records of the type.
    """

    type: RecordType
    filters: tuple[Filter, ...]
    records: tuple[Record, ...]
    beside: tuple[Record, ...]
    unknown: tuple[Filter, ...]
    ignored: tuple[str, ...]
    total: int


def select(
    question: str,
    type_: RecordType,
    records: Sequence[Record],
    off: Sequence[str] = (),
    meanings: Meanings | None = None,
) -> Selection:
    """Select the records of a type that a question asks for.

    Args:
        question: in bokmål, nynorsk or English.
        type_: of the records.
        records: all records of that type.
        off: labels of filters that the reader has taken off.
        meanings: tells what words mean that no pattern knows; without it they are not read so.
    """
    reading = Reading(question, type_, records)
    found = list(reading.conditions())
    meant = implied(reading, meanings, found) if meanings else []
    found += meant if kept(records, [each.filter for each in (*found, *meant)]) else []
    found += reading.foreign()
    conditions = sorted(found, key=lambda each: each.start)
    told = _asked([each for each in conditions if not _untold(each.filter, records)], reading)
    unknown = [each.filter for each in conditions if _untold(each.filter, records) and each.filter.label not in off]
    words, ignored = mentions(reading, _grouped(told, reading.text, records), meanings)
    grouped = _grouped(sorted([*told, *words], key=lambda each: each.start), reading.text, records)
    used = [each.filter for each in grouped if each.filter.label not in off]
    left = kept(records, used)
    if best := extreme(reading, left, conditions):
        filter_, left = best if best[0].label not in off else (None, left)
        used += [filter_] if filter_ else []
    return Selection(
        type=type_,
        filters=tuple(used),
        records=tuple(record for record in left if record.listed),
        beside=tuple(record for record in left if not record.listed),
        unknown=tuple(unknown),
        ignored=tuple(ignored),
        total=sum(record.listed for record in records),
    )


def _asked(conditions: Sequence[Condition], reading: Reading) -> list[Condition]:
    """The conditions that count.

    What is told of a field before the sentence that asks is background where that sentence speaks of the field itself;
    and that a field is told goes without saying where its value is asked for.
    """
    start, end = asking(reading)
    inside = {field for each in conditions if start <= each.start < end for field in each.filter.fields}
    kept_ = [each for each in conditions if start <= each.start < end or not inside & set(each.filter.fields)]
    valued = {field for each in kept_ if not isinstance(each.filter, Known) for field in each.filter.fields}
    return [
        each
        for each in kept_
        if not (isinstance(each.filter, Known) and each.filter.wanted and each.filter.field in valued)
    ]


def _untold(filter_: Filter, records: Sequence[Record]) -> bool:
    return all(filter_.holds(record) is None for record in records)


def _grouped(conditions: Sequence[Condition], text: str, records: Sequence[Record]) -> list[Condition]:
    """Conditions in order, those that «eller» joins made one; so are two of a field that nothing meets at once."""
    grouped: list[list[Condition]] = []
    for each in conditions:
        if grouped and _joined(grouped[-1][-1], each, text, records):
            grouped[-1].append(each)
        else:
            grouped.append([each])
    return [
        Condition(AnyOf(tuple(each.filter for each in group)), group[0].start, group[-1].end)
        if len(group) > 1
        else group[0]
        for group in grouped
    ]


def _joined(one: Condition, other: Condition, text: str, records: Sequence[Record]) -> bool:
    """Whether of two conditions one is enough."""
    gap = text[one.end : other.start]
    if _is_word(one.filter) != _is_word(other.filter):
        return False
    if _denies(other.filter) and (_denies(one.filter) or denies(gap)):
        return False
    words = [word for word in WORD.findall(gap.casefold()) if word not in stop_words()]
    if len(words) > _GAP or _APART.search(gap):
        return False
    if _OR.search(gap):
        return True
    same = set(one.filter.fields) & set(other.filter.fields)
    enumerated = gap.strip(" ,").casefold() in ("og", "and", "å", "&", "")
    return bool(same) and enumerated and not kept(records, [one.filter, other.filter])


def _is_word(filter_: Filter) -> bool:
    first = filter_.filters[0] if isinstance(filter_, AnyOf) else filter_
    return isinstance(first, Mentions)


def _denies(filter_: Filter) -> bool:
    return bool(getattr(filter_, "negated", False)) or (isinstance(filter_, Known) and not filter_.wanted)
