"""The fields of a question set's rows: their names, what staff write in them, and the words to choose from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from raufoss_assistant.evaluation.model import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row.

    Attributes:
        key: its name in YAML and in `Question`.
        head: its Norwegian name, the head of its column.
        help: what to write in it, Norwegian.
        words: for a field with a fixed choice, the words to choose from and what they stand for.
    """

    key: str
    head: str
    help: str
    words: Mapping[str, str] = field(default_factory=dict)


FIELDS = (
    Field("id", "Id", "Et kort navn som ingen andre spørsmål har. Tom: lages av filnavnet og radnummeret."),
    Field(
        "question",
        "Spørsmål",
        "Spørsmålet slik en bruker ville skrevet det. Må alltid fylles ut. Raden må også si hva som er riktig: fyll ut "
        "minst én av Dokumenter, Poster, Må inneholde og Fasit, eller velg «ikke funnet».",
    ),
    Field(
        "kind",
        "Type",
        "Hva slags spørsmål det er. Tom: fakta.",
        {kind: kind for kind in get_args(Kind)},
    ),
    Field(
        "status",
        "Forventet",
        "Hva assistenten skal gjøre: gi et svar, si at den ikke har funnet noe, eller be om en avklaring. "
        "Tom: svar, men ikke funnet når typen er «uten svar».",
        {"svar": "answered", "ikke funnet": "not_found", "avklaring": "clarify"},
    ),
    Field(
        "language",
        "Språk",
        "Språket svaret skal være på. Tom: det spiller ingen rolle.",
        {"bokmål": "nb", "nynorsk": "nn", "engelsk": "en"},
    ),
    Field(
        "history",
        "Samtale",
        "Det som ble sagt før spørsmålet, en linje for hver: «Bruker: …» og «Assistent: …». "
        "Trengs bare for oppfølgingsspørsmål.",
    ),
    Field(
        "documents",
        "Dokumenter",
        "Dokumentene som er rett kilde, for eksempel kurs/kurskatalog.pdf. Det holder at assistenten viser til ett av "
        "dem. Legg til # og sidetall når siden betyr noe: kurs/kurskatalog.pdf#4.",
    ),
    Field(
        "records",
        "Poster",
        "Navn på kurs, tjenester eller støtteordninger som skal være med i svaret. Sett den beste først når typen er "
        "behov. Skill ulike skrivemåter av samme navn med |.",
    ),
    Field(
        "must_contain",
        "Må inneholde",
        "Det som må stå i svaret. Alt på lista må være med. Skill likeverdige skrivemåter med |: 4 000|fire tusen.",
    ),
    Field("must_not_contain", "Må ikke inneholde", "Det som ikke må stå i svaret, for eksempel et gammelt tall."),
    Field("answer", "Fasit", "Et kort, riktig svar med egne ord. Svaret trenger ikke være ordrett likt."),
    Field("tags", "Merkelapper", "Ord du vil velge spørsmål etter, for eksempel deltid."),
    Field(
        "split",
        "Del",
        "innstilling: spørsmålet kan brukes mens assistenten forbedres. prøve: det brukes bare til å måle. "
        "Tom: innstilling.",
        {"innstilling": "tune", "prøve": "test"},
    ),
    Field("note", "Merknad", "Det andre som leser spørsmålene, bør vite."),
)
"""In the order of the columns of the template."""
LISTS = frozenset({"documents", "records", "must_contain", "must_not_contain", "tags"})
"""Keys of the fields that hold several values."""
BY_KEY = {field.key: field for field in FIELDS}


def folded(text: str) -> str:
    """A name as it is compared: composed letters, small ones, single blanks.

    Example:
        >>> folded("Må  Inneholde ")
        'må inneholde'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
