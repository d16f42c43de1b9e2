"""What commands are given to work on: a text, or a file with a line for each."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from raufoss_assistant.assistant import checked
from raufoss_assistant.contract import Json
from raufoss_assistant.errors import UsageError, reason


def text_of(parsed: argparse.Namespace, what: str) -> str:
    """The text given on the command line.

    Raises:
        UsageError: there is none.
    """
    if not parsed.text:
        raise UsageError(f"Skriv {what} i anførselstegn, eller gi en fil med --batch.")
    return str(parsed.text)


def batch(parsed: argparse.Namespace, key: str) -> Iterator[Json]:
    """The lines of a batch file, each checked to hold a text under the key.

    Raises:
        UsageError: the file cannot be read, or a line is not what it must be.
    """
    if parsed.text:
        raise UsageError("Gi enten en tekst eller en fil med --batch, ikke begge deler.")
    for number, line in enumerate(read(parsed.batch).splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{parsed.batch}, linje {number}: er ikke gyldig JSON ({error}).") from error
        if not isinstance(value, dict) or not isinstance(value.get(key), str):
            raise UsageError(f"{parsed.batch}, linje {number}: mangler teksten «{key}».")
        try:
            checked(value[key])
        except UsageError as error:
            raise UsageError(f"{parsed.batch}, linje {number}: {error}") from error
        yield value


def read(file: Path) -> str:
    """The text of a file.

    Raises:
        UsageError: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"Kan ikke lese {file}: {reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} er ikke lagret som UTF-8.") from error
