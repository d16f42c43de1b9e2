"""The catalogue: all records of the documents, one for each thing, merged from all that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from raufoss_assistant.catalogue.names import aliases, plain, short, titled
from raufoss_assistant.catalogue.reading import Sighting, Subject, tabled, told
from raufoss_assistant.catalogue.schema import is_own, schema
from raufoss_assistant.documents.outdated import outdated
from raufoss_assistant.model import Document, Record, RecordType, Statement
from raufoss_assistant.norwegian.instructions import instructs

_TOLD = {
    "service": ("about", "benefit", "equipment", "target", "deliverable", "trl"),
    "course": ("about", "level", "form", "part_time", "school", "place", "admission", "target", "exam", "more"),
    "funding": ("about", "target", "requirement", "amount", "apply", "more"),
    "organisation": ("about", "more"),
    "company": ("about", "more"),
    "equipment": ("about", "service"),
}
"""Fields by which a record is searched for, in this order."""
_LONGEST = 1500
"""Characters of a record's text; more is cut."""
_DATED = re.compile(
    r" \((?:kilden|kjelda|source|trolig|ca\.|våren|høsten|hausten|[^()]*\b(?:19|20)\d\d)[^()]*\)", re.IGNORECASE
)
_CODE = re.compile(r"[A-ZÆØÅ]+[A-ZÆØÅ0-9-]*")


@dataclass(frozen=True, slots=True)
class Remark:
    """A field that should hold a value and does not: document, record, the field's label and what stands there."""

    document: str
    record: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All records, in the order of the overviews that list them.

    Attributes:
        records: of all types but equipment.
        equipment: what the services use. Its names are everyday words («robot»), so that questions do not name it.

    Example:
        >>> catalogue = Catalogue.of(index.manifest.documents(), date.today())
        >>> catalogue.listed("service")[0].name
        '3D-printing i metall: fra tegning til prøvedel'
    """

    records: tuple[Record, ...]
    equipment: tuple[Record, ...] = ()

    @classmethod
    def of(cls, documents: Iterable[Document], today: date) -> Catalogue:
        """Read the records of the documents; what speaks to the assistant is left out."""
        read = list(documents)
        old = outdated({each.path: each.properties for each in read}, today)
        sightings = (found for each in read for found in tabled(each, outdated=each.path in old))
        drafts = _gathered([found for found in sightings if not instructs(found.name)])
        subjects = [
            Subject(draft.type, number, draft.aliases)
            for number, draft in enumerate(drafts)
            if draft.type != "equipment"
        ]
        for document in read:
            for number, statement in told(document, subjects, outdated=document.path in old):
                drafts[number].statements.append(statement)
        records = [draft.record() for draft in drafts]
        equipment = tuple(record for record in records if record.type == "equipment")
        return cls(tuple(record for record in records if record.type != "equipment"), equipment)

    def of_type(self, type_: RecordType) -> list[Record]:
        """All records of a type."""
        return [record for record in (*self.records, *self.equipment) if record.type == type_]

    def listed(self, type_: RecordType) -> list[Record]:
        """The records of a type that an overview lists."""
        return [record for record in self.of_type(type_) if record.listed]

    def offered(self) -> tuple[Record, ...]:
        """What can be of use to somebody: what overviews list, no companies, and of the catapults the others."""
        listed = (record for record in self.records if record.listed and record.type != "company")
        return tuple(record for record in listed if not is_own(record.id))

    def remarks(self) -> list[Remark]:
        """The fields that should hold a value and do not."""
        return [
            Remark(each.document, record.name, schema(record.type).fields[each.field].label["nb"], each.text)
            for record in self.records
            for each in record.statements
            if each.broken
        ]


def searchable(record: Record) -> str:
    """What a record is searched by: its name and what is told of it, cut where it gets long.

    Example:
        >>> searchable(record)
        'Sveising: prøvesveis, robotsveis og sveisesimulator. Vi prøver ny sveisemetode …'
    """
    told = (each.text for field in _TOLD[record.type] for each in record.all(field) if not each.outdated)
    texts = (_DATED.sub("", each).rstrip(".") for each in told)
    return ". ".join(dict.fromkeys([record.name, *texts]))[:_LONGEST]


@dataclass(slots=True)
class _Draft:
    """A record while it is gathered."""

    type: RecordType
    name: str
    code: str | None
    listed: bool
    statements: list[Statement]
    overview: str | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        return aliases(self.name, self.code)

    def record(self) -> Record:
        told = (each for each in dict.fromkeys(self.statements) if not instructs(each.text))
        ordered = sorted(told, key=_age)
        identity = plain(self.code or short(self.name)).replace(" ", "-")
        return Record(self.type, identity, self.name, self.code, self.listed, tuple(ordered))


def _age(statement: Statement) -> tuple[bool, int]:
    """Newest first, undated after dated, outdated last."""
    day = statement.properties.date
    return statement.outdated, -day.toordinal() if day else 0


def _gathered(sightings: Sequence[Sighting]) -> list[_Draft]:
    """One draft for each thing: what overviews list first, the fullest in front; then what else tells of them.

    A row that only adds to things does not make one; a table of facts does, but for types that overviews have in part.
    """
    drafts: list[_Draft] = []
    for sighting in sorted(sightings, key=lambda one: (not one.listed, -len(one.statements))):
        code = next((each.text for each in sighting.statements if each.field == "code"), None)
        code = code if code and _CODE.fullmatch(code) else None
        same = [draft for draft in drafts if draft.type == sighting.type and _same(draft, sighting, code)]
        if same:
            same[0].statements += sighting.statements
        elif sighting.listed or (len(sighting.statements) > 1 and not schema(sighting.type).partial):
            made = _Draft(sighting.type, sighting.name, code, sighting.listed, list(sighting.statements))
            made.overview = sighting.statements[0].document if sighting.listed else None
            drafts.append(made)
    return drafts


def _same(draft: _Draft, sighting: Sighting, code: str | None) -> bool:
    """Whether a draft is of the thing; two rows of one overview are two things, unless they have the same name.

    Two machines of one name are still two; «Nammo, i 11 land» is more than the Nammo that an overview lists.
    """
    if code and draft.code:
        return code == draft.code
    if sighting.listed and sighting.statements[0].document == draft.overview:
        return plain(sighting.name) == plain(draft.name) and draft.type != "equipment"
    if schema(draft.type).partial:
        return plain(sighting.name) == plain(draft.name)
    return titled(sighting.name, draft.aliases)
