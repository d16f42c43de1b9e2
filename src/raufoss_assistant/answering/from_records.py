"""Lists, counts and comparisons of records, each row with where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.answering.record_phrases import enumerated, say
from raufoss_assistant.answering.table import Sources, compared, listed
from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.filters import Filter, stated
from raufoss_assistant.catalogue.leftover import TELLING
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.catalogue.routing import Route
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.catalogue.selection import Selection, select
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Language, Question, Record

_NEAREST = 3
_LEAST = re.compile(
    r"\b(?:billi|rimeli|rimele|rask|kort|fort|lavest|lågast|minst|færrest|cheap|fast|short|least|low)", re.I
)
_COLUMNS = 5
_WHETHER = re.compile(
    r"\W*(?:har (?:dere|de|dykk|katapulten|mtnc)|fins|finn?es|finst|er det|is there|are there|do you have)\b", re.I
)
"""Begins a question whether there is something."""


class FromRecords:
    """Answers from the catalogue.

    Example:
        >>> FromRecords(catalogue, manifest).answer(question, Route("count", "service")).text
        'Oversikten har 22 tjenester. …'
    """

    def __init__(self, catalogue: Catalogue, manifest: Manifest, meanings: Meanings | None = None) -> None:
        self._catalogue = catalogue
        self._manifest = manifest
        self._meanings = meanings

    def answer(self, question: Question, route: Route, off: Sequence[str] = ()) -> Answer | None:
        """Answer a question that asks for a list, a count or a comparison.

        None where it is asked whether there is something that no record mentions: a list of the others says nothing.

        Args:
            question: what is asked.
            route: of one of those three kinds.
            off: labels of filters that the reader has taken off.
        """
        language, sources = question.language, Sources(self._manifest)
        filters: tuple[str, ...] = ()
        if route.kind == "compare":
            records, text = route.records, self._comparison(question.meant, route.records, sources, language)
        else:
            assert route.type is not None
            selection = select(question.meant, route.type, self._catalogue.of_type(route.type), off, self._meanings)
            if not selection.filters and _strange(selection) and _WHETHER.match(question.meant):
                return None
            records, filters = selection.records, tuple(each.label for each in selection.filters)
            text = self._selection(selection, sources, language, counted=route.kind == "count")
        return Answer(
            question=question.text,
            search_query=question.meant,
            status="answered" if sources.citations else "not_found",
            text=text,
            language=language,
            responder="extractive",
            confidence=1.0,
            citations=tuple(sources.citations),
            records=records,
            filters=filters,
        )

    def _selection(self, selection: Selection, sources: Sources, language: Language, *, counted: bool) -> str:
        kinds, found = schema(selection.type), selection.records
        n, total = len(found), selection.total
        nouns = kinds.nouns[language][1] if total != 1 else kinds.nouns[language][0]
        name = "none" if not found else "all" if not selection.filters else "count" if counted else "list"
        parts = [say(name, language, n=n, total=total, nouns=nouns)]
        if selection.filters:
            labels = "; ".join(literal(each.label) for each in selection.filters)
            parts[0] += " " + say("filters", language, filters=labels)
        if kinds.partial:
            parts[0] += " " + say("partial", language)
        for each in selection.unknown:
            parts.append(say("no_data", language, field=_label(selection, each, language), label=literal(each.label)))
        strange = [f"«{literal(word)}»" for word in _strange(selection)]
        if strange and found and not selection.unknown:
            parts.append(say("ignored", language, words=enumerated(strange, language)))
        shown = found
        if not found:
            shown = self._nearest(selection)
            parts += [say("nearest", language)] if shown else []
        if shown:
            parts.append(listed(shown, _fields(selection), sources, language))
        parts += self._left_out(selection, language)
        if selection.beside:
            names = [
                f"{literal(record.name)}{sources.marks([record.said('about') or record.statements[0]])}"
                for record in selection.beside
            ]
            parts.append(say("beside", language, names=enumerated(names, language)))
        if any(record.example for record in (*shown, *selection.beside)):
            parts.insert(0, say("example", language))
        return "\n\n".join(parts)

    def _nearest(self, selection: Selection) -> tuple[Record, ...]:
        """The records that fail fewest of the filters."""
        records = [record for record in self._catalogue.of_type(selection.type) if record.listed]
        ranked = sorted(records, key=lambda record: sum(not each.holds(record) for each in selection.filters))
        return tuple(ranked[:_NEAREST])

    def _left_out(self, selection: Selection, language: Language) -> list[str]:
        """What is left out only because a field is not known."""
        parts = []
        for each in selection.filters:
            others = [other for other in selection.filters if other is not each]
            names = [
                literal(record.name)
                for record in self._catalogue.of_type(selection.type)
                if record.listed and each.holds(record) is None and all(other.holds(record) for other in others)
            ]
            if names:
                field = _label(selection, each, language)
                parts.append(say("not_known", language, n=len(names), field=field, names=enumerated(names, language)))
        return parts

    def _comparison(self, question: str, records: Sequence[Record], sources: Sources, language: Language) -> str:
        kinds = schema(records[0].type)
        told = [
            key for key in kinds.fields if key not in ("more", "code") and any(record.said(key) for record in records)
        ]
        asked = [key for key in told if key in vocabulary().fields and vocabulary().fields[key].search(question)]
        fields = asked or [
            key for key in told if any(record.value(key) for record in records) or key in ("target", "about", "exam")
        ]
        parts = [compared(records, fields, sources, language)]
        for key in asked:
            numbers = {record: number for record in records if (number := stated(record, key)) is not None}
            if len(numbers) == len(records) and len(set(numbers.values())) > 1:
                least = _LEAST.search(question)
                top = min(numbers.values()) if least else max(numbers.values())
                names = enumerated(
                    [f"**{literal(record.name)}**" for record in records if numbers[record] == top], language
                )
                parts.insert(
                    0, say("least" if least else "most", language, label=kinds.fields[key].label[language], names=names)
                )
        if any(record.example for record in records):
            parts.insert(0, say("example", language))
        return "\n\n".join(parts)


def _strange(selection: Selection) -> list[str]:
    """Words of the question that tell something and that no record has."""
    return [word for word in selection.ignored if len(word) >= TELLING]


def _fields(selection: Selection) -> list[str]:
    """The fields that a list shows: those that were asked for, then those of every list."""
    kinds = schema(selection.type)
    asked = [key for each in selection.filters for key in each.fields]
    usual = [key for key, field in kinds.fields.items() if field.shown]
    return list(dict.fromkeys([*asked, *usual]))[:_COLUMNS]


def _label(selection: Selection, filter_: Filter, language: Language) -> str:
    kinds = schema(selection.type)
    known = next((kinds.fields[key] for key in filter_.fields if key in kinds.fields), None)
    if known:
        label = known.label[language]
        return label if label.isupper() else label[0].lower() + label[1:]
    return say("place", language) if "place" in filter_.fields else filter_.label.partition(":")[0]
