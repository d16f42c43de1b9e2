"""Questions that a visitor may begin with, drawn from the documents and records of the index."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from raufoss_assistant.catalogue.names import short
from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.knowledge import Knowledge
from raufoss_assistant.model import Answer, Document, Record, RecordType
from raufoss_assistant.norwegian.analyse import words
from raufoss_assistant.onboarding.definitions import entries

_ASKED: dict[RecordType, dict[str, str]] = {
    "course": {
        "credits": "Hvor mange studiepoeng gir {name}?",
        "part_time": "Kan jeg ta {name} på deltid?",
        "admission": "Hva er opptakskravet til {name}?",
    },
    "funding": {
        "share": "Hvor mange prosent gir {name}?",
        "target": "Hvem kan søke {name}?",
        "deadline": "Når er søknadsfristen for {name}?",
    },
    "service": {
        "trl": "Hvilke tjenester dekker TRL {low}?",
        "price": "Hvilke tjenester koster under {above} kroner?",
    },
}
"""What one would ask of a field that a record has, with its name and its value."""
_SURE = 0.7
"""Least confidence of the answer to a question that is suggested."""
_ABOVE = 5000
"""Kroner; prices are asked about in steps of so many."""
_QUESTION = re.compile(r"(?:Hv\w+|Når|Kan|Er|Må|Får|Går|Finnes) [^.?!]{12,70}\?")
_NAME = re.compile(r"[A-ZÆØÅ][\w.-]*(?: [\w.-]+){0,3}")
_NAMED = re.compile(r"(?<=[\w,] )[A-ZÆØÅ]\w")
_LEFT_OUT = frozenset({"du", "deg", "din", "den", "de", "dem", "denne", "dette", "disse", "der", "oss"})
"""Words that mean something only where the question stands."""
_TERM = re.compile(r"[A-ZÆØÅa-zæøå][\w-]{2,20}(?: [\w-]{2,20})?")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question, with the kind of its origin and the documents of which its answer has to name one."""

    text: str
    kind: str
    documents: frozenset[str]

    def answered(self, answer: Answer) -> bool:
        """Whether the answer is sure, and rests on what the question was drawn from."""
        cited = {each.chunk.document for each in answer.citations}
        return answer.status == "answered" and answer.confidence >= _SURE and bool(cited & self.documents)


def candidates(knowledge: Knowledge) -> list[Suggested]:
    """The questions that the documents suggest, of each kind by turns; which are answered is not known yet."""
    properties = knowledge.index.properties
    old = outdated(properties, knowledge.today)
    current = [
        document
        for document in knowledge.index.manifest.documents()
        if document.path not in old and document.properties.language == "nb"
    ]
    drawn = [
        list(chain.from_iterable(map(_headings, current))),
        list(chain.from_iterable(map(_terms, current))),
        *(list(_of_records(knowledge.catalogue.listed(type_), fields)) for type_, fields in _ASKED.items()),
    ]
    for each in drawn:
        random.shuffle(each)
    by_turns = chain.from_iterable(zip_longest(*drawn))
    return list({each.text: each for each in by_turns if each}.values())


def _headings(document: Document) -> Iterator[Suggested]:
    """Headings that are questions, and can be understood by themselves."""
    for page in document.pages:
        for block in page.blocks:
            text = " ".join(page.text[block.start : block.end].split()).lstrip("# ")
            asks = block.kind == "heading" and _QUESTION.fullmatch(text) and _NAMED.search(text)
            if asks and _LEFT_OUT.isdisjoint(words(text)):
                yield Suggested(text, "heading", frozenset({document.path}))


def _terms(document: Document) -> Iterator[Suggested]:
    """Words that a document for new employees explains."""
    for entry in entries(document) if document.properties.kind == "onboarding" else ():
        if entry.rank == 0 and _TERM.fullmatch(entry.terms[0]):
            yield Suggested(f"Hva betyr «{entry.terms[0]}»?", "term", frozenset({document.path}))


def _of_records(records: list[Record], fields: dict[str, str]) -> Iterator[Suggested]:
    """What can be asked of the fields of records."""
    for record in records:
        name = short(record.name)
        for field, asked in fields.items():
            said = record.said(field)
            if said is None or said.value is None or ("{name}" in asked and not _NAME.fullmatch(name)):
                continue
            low = said.value.low or 0
            above = f"{int(low // _ABOVE + 1) * _ABOVE:,}".replace(",", " ")
            text = asked.format(name=name, low=f"{low:g}", above=above)
            told = frozenset(each.document for each in record.all(field) if not each.outdated)
            yield Suggested(text, record.type, told)
