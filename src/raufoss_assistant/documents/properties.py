"""What a document's author says of it: the fields of front matter and sidecars."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from raufoss_assistant.documents.extract import Extract, one_line
from raufoss_assistant.model import Language, Properties
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.language import detect

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN_DAY = re.compile(rf"(\d{{1,2}})\.\s*(\d{{1,2}}\.|{'|'.join(MONTHS)})\s*(\d{{4}})", re.IGNORECASE)
_SAMPLE = 20_000  # characters, enough to tell the language


def _date(value: object) -> dt.date:
    text = one_line(str(value)).casefold().replace("\u00a0", " ")
    if found := _DAY.fullmatch(text):
        return dt.date(*map(int, found.groups()))
    if found := _NORWEGIAN_DAY.fullmatch(text):
        day, month, year = found.groups()
        number = int(month[:-1]) if month.endswith(".") else MONTHS.index(month) + 1
        return dt.date(int(year), number, int(day))
    raise ValueError(value)


def _address(value: object) -> str:
    text = str(value).strip()
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError(value)
    return text


def _path(value: object) -> str:
    text = unicodedata.normalize("NFC", str(value).strip())
    path = PurePosixPath(text)
    if not path.name or path.is_absolute() or ".." in path.parts or "\\" in text:
        raise ValueError(value)
    return path.as_posix()


_YES_NO = {"true": True, "ja": True, "yes": True, "false": False, "nei": False, "no": False}
_Text = Annotated[str, BeforeValidator(lambda value: one_line(value) if isinstance(value, str) else value)]
_Filled = Annotated[_Text, StringConstraints(min_length=1)]
_Day = Annotated[dt.date, BeforeValidator(_date)]


class _Fields(BaseModel):
    """The fields an author may fill in; values are text as it stands in the YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: _Filled | None = None
    kind: Annotated[_Filled, StringConstraints(to_lower=True)] | None = None
    owner: _Filled | None = None
    date: _Day | None = None
    updated: _Day | None = None
    language: Annotated[Language, BeforeValidator(lambda value: str(value).strip().lower())] | None = None
    sources: Annotated[
        tuple[Annotated[str, BeforeValidator(_address)], ...],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    ] = ()
    valid_from: _Day | None = None
    valid_to: _Day | None = None
    supersedes: Annotated[str, BeforeValidator(_path)] | None = None
    eksempel: Annotated[bool, BeforeValidator(lambda value: _YES_NO.get(str(value).strip().lower(), value))] = False


_DATE_REMEDY = "skriv en dato som 2024-02-06 eller 6. februar 2024"
_REMEDIES = {
    "title": "skriv tittelen som vanlig tekst",
    "kind": "skriv ett ord, for eksempel klynge, kurs, katapult, finansiering eller onboarding",
    "owner": "skriv rollen som har ansvaret, som vanlig tekst",
    "language": "velg nb, nn eller en",
    "sources": "skriv hele adressen, med https:// foran",
    "supersedes": "skriv stien fra dokumentmappen, for eksempel kurs/lean.md",
    "eksempel": "skriv true eller false",
}


def parse_yaml(text: str, place: str) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """Read fields written in YAML; all values stay text, so that neither dates nor «no» are taken for something else.

    Args:
        text: the YAML.
        place: Norwegian name of where it stands, for the warning.

    Returns:
        The filled-in fields, and warnings; no fields where the YAML cannot be read.
    """
    try:
        fields = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds nothing but text, lists and mappings
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (linje {mark.line + 1})" if mark else ""
        return {}, (f'{place} er ikke gyldig YAML{line} og er ikke brukt; sett verdier med kolon i «"»',)
    if fields in (None, ""):
        return {}, ()
    if not isinstance(fields, dict):
        return {}, (f"{place} er ikke felt på formen «navn: verdi» og er ikke brukt",)
    return {str(name): value for name, value in fields.items() if value not in ("", "null", "~")}, ()


def properties(path: str, extract: Extract, sidecar: Mapping[str, object]) -> tuple[Properties, tuple[str, ...]]:
    """Gather what is known about a document: from its sidecar, else its front matter, else from itself.

    A field that cannot be used is left out with a warning; the document counts all the same.

    Args:
        path: the document's path, relative to the corpus; its top folder is the kind where no field names one.
        extract: what its loader found.
        sidecar: fields of its sidecar.

    Returns:
        The properties, and Norwegian warnings.

    Example:
        >>> properties("kurs/lean_for_alle.txt", Extract(()), {"date": "31.02.2024"})[1]
        ('feltet «date» er utelatt: «31.02.2024» kan ikke brukes; skriv en dato som 2024-02-06 eller 6. februar 2024',)
    """
    fields, warnings = _checked({**extract.metadata, **sidecar})
    if fields.valid_from and fields.valid_to and fields.valid_from > fields.valid_to:
        warnings.append("«valid_from» er senere enn «valid_to»; begge er utelatt, rett datoene")
        fields = fields.model_copy(update={"valid_from": None, "valid_to": None})
    known = fields.model_dump(exclude={"title", "kind", "language", "eksempel"})
    text = "\n".join(page.text for page in extract.pages)[:_SAMPLE]
    return Properties(
        title=fields.title or extract.title or _pretty(path),
        kind=fields.kind or _folder(path),
        language=fields.language or detect(text),
        example=fields.eksempel,
        **known,
    ), tuple(warnings)


def _checked(values: Mapping[str, object]) -> tuple[_Fields, list[str]]:
    """Validate; what does not pass is taken out with a warning and the rest validated again."""
    remaining: dict[str, Any] = dict(values)
    warnings: list[str] = []
    try:
        return _Fields.model_validate(remaining), []
    except ValidationError as error:
        for problem in reversed(error.errors()):  # from the back, so that places in lists stay right
            warnings.insert(0, _take_out(remaining, problem["loc"], problem["type"]))
    return _Fields.model_validate(remaining), warnings


def _take_out(values: dict[str, Any], place: tuple[int | str, ...], kind: str) -> str:
    name = str(place[0])
    if kind == "extra_forbidden":
        del values[name]
        return f"feltet «{name}» er ukjent og er utelatt; kjente felt er {', '.join(_Fields.model_fields)}"
    value = values[name]
    if len(place) > 1 and isinstance(place[1], int) and isinstance(value, list):
        bad = value[place[1]]
        values[name] = value[: place[1]] + value[place[1] + 1 :]
    else:
        bad = values.pop(name)
    shown = one_line(bad if isinstance(bad, str) else str(bad))[:80]
    return f"feltet «{name}» er utelatt: «{shown}» kan ikke brukes; {_REMEDIES.get(name, _DATE_REMEDY)}"


def _folder(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[0].lower() if len(parts) > 1 else "annet"


def _pretty(path: str) -> str:
    """Make a title of a file's name: «lean_for-alle.pdf» becomes «Lean for alle»."""
    name = one_line(re.sub(r"[-_]+", " ", PurePosixPath(path).stem))
    return name[:1].upper() + name[1:] if name else PurePosixPath(path).name
