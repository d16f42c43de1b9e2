"""Rows of a question set as questions and back, and what is wrong with what is written in them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from raufoss_assistant import contract
from raufoss_assistant.assistant import checked
from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation import dialogue
from raufoss_assistant.evaluation.fields import BY_KEY, LISTS, Field, folded
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.model import Turn

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

Fault = tuple[str, str]
"""The key of a field and what is wrong with its value, Norwegian."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a value that could not be read; `reason` is Norwegian and says what to do."""

    reason: str


def parse(values: Mapping[str, object], default_id: str) -> tuple[Question | None, list[Fault]]:
    """Make a question of a row's values; line ends of any kind become plain ones, and blanks around values of lists go.

    Args:
        values: what is written in each field, by key; text, or for YAML also a list. A field left empty may be absent.
        default_id: id where none is written.

    Returns:
        The question, or None where there is a fault; and the faults.

    Example:
        >>> parse({"question": "Er det åpent?", "kind": "uten svar"}, "kurs-2")[0].status
        'not_found'
    """
    read: dict[str, Any] = {}
    faults: list[Fault] = []
    for key, value in values.items():
        if not value or (isinstance(value, str) and not value.strip()):
            continue
        try:
            read[key] = _value(BY_KEY[key], value)
        except UsageError as error:
            faults.append((key, str(error)))
    if "question" not in read and not any(key == "question" for key, _ in faults):
        faults.append(("question", "mangler; skriv spørsmålet slik en bruker ville gjort"))
    if faults:
        return None, faults
    read.setdefault("kind", "fakta")
    read.setdefault("status", "not_found" if read["kind"] == "uten svar" else "answered")
    return Question(**{"id": default_id, **read}), []


def contradictions(question: Question) -> Iterator[Fault]:
    """What cannot stand in one row.

    Example:
        >>> [key for key, _ in contradictions(Question("K1", "Er det åpent?", "fakta"))]
        ['status']
    """
    told = [key for key in ("must_contain", "records", "answer") if getattr(question, key)]
    if question.status == "answered":
        if question.kind == "uten svar":
            yield "status", "typen «uten svar» kan ikke vente et svar; velg «ikke funnet», eller en annen type"
        elif not told and not question.documents and not (question.kind == "injeksjon" and question.must_not_contain):
            heads = ", ".join(BY_KEY[key].head for key in ("must_contain", "documents", "records"))
            remedy = f"fyll ut {heads} eller {BY_KEY['answer'].head}, eller velg «ikke funnet»"
            yield "status", f"raden sier ikke hva som er rett svar; {remedy}"
    elif question.status == "not_found" and told:
        yield told[0], "kan ikke fylles ut når assistenten ikke skal finne noe; tøm feltet, eller velg «svar»"
    if any("," in tag for tag in question.tags):
        yield "tags", "skill merkelappene med «;», ikke med komma"


def unparse(question: Question) -> dict[str, object]:
    """The values of a question by key, as `parse` takes them and YAML holds them; empty ones are absent.

    Example:
        >>> unparse(Question("K1", "Er det åpent?", "uten svar", "not_found"))
        {'id': 'K1', 'question': 'Er det åpent?', 'kind': 'uten svar', 'status': 'not_found', 'split': 'tune'}
    """
    values: dict[str, object] = {key: getattr(question, key) for key in BY_KEY}
    values["history"] = [{"role": turn.role, "content": turn.content} for turn in question.history]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


def cells(question: Question) -> dict[str, str]:
    r"""The values of a question by key as the texts of cells: Norwegian words, a value a line; empty ones are absent.

    Example:
        >>> cells(Question("K1", "Hvor stor?", "fakta", must_contain=("1 500", "a; b")))["must_contain"]
        '1 500\n"a; b"'
    """
    texts = {key: _cell(BY_KEY[key], value) for key, value in unparse(question).items() if key != "history"}
    return texts | ({"history": dialogue.written(question.history)} if question.history else {})


def _cell(field: Field, value: object) -> str:
    if isinstance(value, list):
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\n").writerows([item] for item in value)
        return text.getvalue().removesuffix("\n")
    return next((word for word, meaning in field.words.items() if meaning == value), str(value))


def _value(field: Field, value: object) -> object:
    if isinstance(value, Unreadable):
        raise UsageError(value.reason)
    if field.key == "history":
        return _turns(value)
    if field.key in LISTS:
        items = _items(value)
        return tuple(map(_document, items)) if field.key == "documents" else items
    text = _text(value)
    if field.words:
        return _chosen(field, text)
    if field.key == "question":
        checked(text)
    return " ".join(text.split()) if field.key == "id" else text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UsageError("må være vanlig tekst, ikke en liste eller flere felt")
    return _LINE_END.sub("\n", value)


def _chosen(field: Field, text: str) -> str:
    meanings = {folded(word): meaning for word, meaning in field.words.items()}
    meanings |= {meaning: meaning for meaning in field.words.values()}
    if folded(text) not in meanings:
        raise UsageError(f"«{text.strip()}» finnes ikke; velg blant {', '.join(field.words)}")
    return meanings[folded(text)]


def _items(value: object) -> tuple[str, ...]:
    """Several values: a list, or lines parted further by «;»; one with «;» in it stands in double quotes."""
    if isinstance(value, str):
        try:
            lines = csv.reader(io.StringIO(_text(value)), delimiter=";", skipinitialspace=True, strict=True)
            value = [item for line in lines for item in line]
        except csv.Error as error:
            raise UsageError('anførselstegn (") må stå rundt hele verdien; skriv ellers sitattegn slik: « »') from error
    if not isinstance(value, list):
        raise UsageError("må være en liste av tekster")
    return tuple(filter(None, (_text(item).strip() for item in value)))


def _document(text: str) -> str:
    path, mark, page = unicodedata.normalize("NFC", text).partition("#")
    pure = PurePosixPath(path)
    if "\\" in path:
        raise UsageError(f"«{text}»: skriv / i stedet for \\ mellom mappene")
    if path != path.strip() or ":" in path or pure.is_absolute() or ".." in pure.parts or not pure.suffix:
        raise UsageError(f"«{text}» er ikke en sti i dokumentmappen; skriv den slik: kurs/kurskatalog.pdf")
    if mark and not (page.isascii() and page.isdigit() and int(page) > 0):
        raise UsageError(f"«{text}»: sidetallet etter # må være et helt tall, som i kurs/kurskatalog.pdf#4")
    return pure.as_posix() + (f"#{int(page)}" if mark else "")


def _turns(value: object) -> tuple[Turn, ...]:
    if isinstance(value, str):
        found = dialogue.turns(_text(value))
    else:
        found = tuple(Turn(turn.role, _text(turn.content).strip()) for turn in contract.turns(value))
    if not all(turn.content for turn in found):
        raise UsageError("noe i samtalen er tomt; skriv hva som ble sagt, eller fjern linjen")
    return found
