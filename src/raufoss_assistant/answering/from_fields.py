"""What a record says of the fields that a question asks for: «Hva koster robotcellen?»."""

from __future__ import annotations

import re

from raufoss_assistant.answering.currency import Currency
from raufoss_assistant.answering.dating import YEAR
from raufoss_assistant.answering.phrases import When, its_day, literal
from raufoss_assistant.answering.record_phrases import say
from raufoss_assistant.answering.table import Sources, cell, tells, told
from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.naming import named
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Language, Question, Record, RecordType

_DOES_NOT_APPLY = re.compile(r"gj(?:elder|eld) ikk(?:e|je)\b|does not apply", re.IGNORECASE)
_NAMED = 2
"""Words of its own that name a record."""


_NOT_TOLD_BY_FIELDS = re.compile(
    r"\b(?:endr(?:et|a) seg|forandr(?:et|a) seg|økt|auka|sunket|sokke|steget|gått (?:opp|ned)|opp eller ned|changed"
    r"|gone (?:up|down)|risen|fallen|increased|decreased|up or down)\b"
    r"|(?:^|[.!?,]\s+)(?:må|treng(?:er)?|does|do|must|need)\b.{0,40}"
    r"\b(?:tar?|fullføre|gjennomføre|melde|studere|ha|complete|take|finish|sign up)\b",
    re.I,
)
"""Asks whether something rose or fell, or whether one has to, which no field tells."""


def from_fields(question: Question, catalogue: Catalogue, manifest: Manifest) -> Answer | None:
    """The answer where a question names one record and asks for fields that are told of it; else None.

    A record tells what holds; what held before, whether it rose, and what one has to do, is left
    to the passages. A figure of more than a year ago is dated.

    Example:
        >>> from_fields(Question(text, text, "nb"), catalogue, manifest).text
        '**Robotcelle**: Pris: fra 25 000 kroner. [1]'
    """
    if _NOT_TOLD_BY_FIELDS.search(question.meant) or Currency.asks_of_past(YEAR.sub("", question.meant)):
        return None
    found = named(question.meant, catalogue.records)
    records = {each.record for each in found if each.exact}
    if not records:  # «the welding service»: a word of its own, and what it is; or two words of its own
        records = {
            each.record for each in found if each.words >= _NAMED or _is_called(question.meant, each.record.type)
        }
    if len(records) != 1:
        return None
    [record] = records
    language, sources = question.language, Sources(manifest)
    lines = []
    for field in _asked(question.meant, record):
        label, marks = schema(record.type).fields[field].label[language], sources.marks(told(record, field))
        if marks:
            said = cell(record, field, language)
            lines.append(f"**{literal(record.name)}**: {label}: {said}{_day(record, field, language)}.{marks}")
    if not lines:
        return None
    if record.example:
        lines.insert(0, say("example", language))
    return Answer(
        question=question.text,
        search_query=question.meant,
        status="answered",
        text="\n\n".join(lines),
        language=language,
        responder="extractive",
        confidence=1.0,
        citations=tuple(sources.citations),
        records=(record,),
    )


def _day(record: Record, field: str, language: Language) -> str:
    """When what is told of a field was so, in brackets: as its table says, else its document's day."""
    [statement, *_] = told(record, field)
    beside = next((each.text for each in record.all("as_of") if each.document == statement.document), "")
    if not YEAR.search(beside):
        beside = beside.lower()
    elif language == "en":
        beside = ", ".join(YEAR.findall(beside))
    day = its_day(statement.text, statement.properties, language, When(beside))
    return f" ({day})" if day else ""


def _is_called(question: str, type_: RecordType) -> bool:
    """Whether a question has a noun for one thing of that type."""
    return type_ in vocabulary().singular and bool(vocabulary().singular[type_].search(question))


def _asked(question: str, record: Record) -> list[str]:
    """The fields that a question asks for of which the record's documents tell something."""
    asks = vocabulary().fields
    fields = (key for key in schema(record.type).fields if key in asks and asks[key].search(question))
    return [
        key
        for key in fields
        if (said := record.said(key)) and tells(said, record.type) and not _DOES_NOT_APPLY.match(said.text)
    ]
