"""What a file of questions holds before it is checked: its rows, and which column is which field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.fields import BY_KEY, FIELDS, folded

_KEYS = {folded(name): field.key for field in FIELDS for name in (field.head, field.key, field.key.replace("_", " "))}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as it is written.

    Attributes:
        number: place in the list or spreadsheet, from 1; a head counts.
        place: the same for the reader, Norwegian: «rad 7».
        values: what is written in each field, by key.
    """

    number: int
    place: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entries:
    """The rows of a file.

    Attributes:
        rows: those that are not empty.
        column: what a field is called in such a file, «kolonne» or «felt».
        names: the name of each field in the file, by key.
        problems: faults of the file as a whole, Norwegian, without its name.
    """

    rows: tuple[Entry, ...]
    column: str
    names: Mapping[str, str]
    problems: tuple[str, ...] = ()


def key_of(name: str) -> str | None:
    """Key of the field that a column is named after, in Norwegian or English; letter case does not count.

    Example:
        >>> key_of("Må inneholde"), key_of("must_contain"), key_of("Svar")
        ('must_contain', 'must_contain', None)
    """
    return _KEYS.get(folded(name))


def unknown(name: str, names: Sequence[str]) -> str:
    """What to say of a name that no field has: the nearest of those there are, or all of them.

    Example:
        >>> unknown("Spørmål", ["Id", "Spørsmål"])
        '«Spørmål» finnes ikke; mente du «Spørsmål»?'
    """
    spelled = {folded(candidate): candidate for candidate in names}
    near = difflib.get_close_matches(folded(name), spelled, 1)
    remedy = f"mente du «{spelled[near[0]]}»?" if near else f"velg blant {', '.join(names)}"
    return f"«{name.strip()}» finnes ikke; {remedy}"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a spreadsheet.

    Attributes:
        number: place of its row, from 1.
        columns: key of the field of each column, by the column's place from 0.
        names: the head of each field as it is written, by key.
        named: places of the columns that have a name, known or not.
        problems: unknown, repeated and missing heads, Norwegian.

    Example:
        >>> Head.of(1, ["Spørsmål", "Må inneholde"]).columns
        {0: 'question', 1: 'must_contain'}
    """

    number: int
    columns: Mapping[int, str]
    names: Mapping[str, str]
    named: frozenset[int]
    problems: tuple[str, ...]

    @classmethod
    def of(cls, number: int, cells: Iterable[object]) -> Head:
        """Read the head from the cells of its row."""
        columns: dict[int, str] = {}
        names: dict[str, str] = {}
        named = {place: str(cell).strip() for place, cell in enumerate(cells) if filled(cell)}
        problems = []
        for place, name in named.items():
            key = key_of(name)
            if key is None:
                problems.append(f"kolonne {unknown(name, [field.head for field in FIELDS])}")
            elif key in names:
                problems.append(f"kolonne «{name}»: den samme kolonnen står to ganger; slå dem sammen")
            else:
                columns[place], names[key] = key, name
        if "question" not in names:
            problems.append("kolonne «Spørsmål» mangler; navnene på kolonnene må stå i den øverste raden")
        return cls(number, columns, names, frozenset(named), tuple(problems))

    def entries(self, rows: Iterable[tuple[int, Sequence[object]]]) -> Entries:
        """The rows below the head, each with its place; empty rows are passed over."""
        found = []
        strays: dict[int, int] = {}
        for number, cells in rows:
            if not any(map(filled, cells)):
                continue
            values = {key: cells[place] for place, key in self.columns.items() if place < len(cells)}
            found.append(Entry(number, f"rad {number}", values))
            for place, cell in enumerate(cells):
                if place not in self.named and filled(cell):
                    strays.setdefault(place, number)
        problems = [
            f"rad {number}: kolonne {place + 1} har ikke noe navn; gi den et, eller tøm cellen"
            for place, number in strays.items()
        ]
        rows_read = tuple(found) if "question" in self.names else ()
        return Entries(rows_read, "kolonne", self.names, (*self.problems, *problems))

    def cells(self, values: Mapping[str, str]) -> list[str]:
        """Texts by key as the cells of a row.

        Raises:
            UsageError: there is no column for one of them.
        """
        missing = [BY_KEY[key].head for key in values if key not in self.names]
        if missing:
            raise UsageError(f"mangler kolonne for {', '.join(f'«{head}»' for head in missing)}; legg den til øverst")
        return [values.get(self.columns.get(place, ""), "") for place in range(max(self.columns) + 1)]


def filled(cell: object) -> bool:
    """Whether a cell holds anything but blanks."""
    return bool(cell.strip() if isinstance(cell, str) else cell)
