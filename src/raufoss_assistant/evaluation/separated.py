"""Question sets in comma-separated files: any encoding and separator that Excel writes, and no formula ever run."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.entries import Entries, Head, filled, key_of
from raufoss_assistant.evaluation.fields import FIELDS

_SEPARATORS = ";,\t"  # a Norwegian Excel writes semicolons
_RISKY = re.compile(r"'*[=+\-@\t]")
_KEPT = re.compile(r"\A'(?='*[=+\-@\t])")
_NEW = codecs.BOM_UTF8 + (";".join(field.head for field in FIELDS) + "\r\n").encode()


def read(data: bytes) -> Entries:
    """The rows of a file in UTF-8 or Windows-1252, parted by semicolon, comma or tab.

    A «'» in front of what a spreadsheet would take for a formula is left out; see `appended`.

    Raises:
        UsageError: it cannot be decoded, its quotation marks do not match, or it is empty.
    """
    head, rows = _table(_text(data)[0])
    return head.entries(rows)


def appended(data: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file with rows added at its end; a file without content gets a head first, and a byte order mark for Excel.

    A text that begins with =, +, -, @ or a tab gets a «'» in front, so that no spreadsheet runs it as a formula
    (OWASP, CSV injection).

    Args:
        data: the file.
        rows: texts by key.

    Raises:
        UsageError: it cannot be read, has no column for a text, or its encoding lacks a character.
    """
    data = data if data.strip() else _NEW
    text, encoding = _text(data)
    head = _table(text)[0]
    end = "\r\n" if "\r\n" in text else "\n"
    added = io.StringIO("" if text.endswith("\n") else end, newline="")
    added.seek(0, io.SEEK_END)
    writer = csv.writer(added, delimiter=_separator(text), lineterminator=end)
    writer.writerows([_guarded(cell) for cell in head.cells(values)] for values in rows)
    try:
        return data + added.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        missing = error.object[error.start]
        raise UsageError(f"kan ikke lagre tegnet «{missing}»; lagre fila som «CSV UTF-8» i Excel først") from error


def _text(data: bytes) -> tuple[str, str]:
    """The text of a file and its encoding."""
    body = data.removeprefix(codecs.BOM_UTF8)
    for encoding in ("utf-8", "cp1252"):
        try:
            return body.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UsageError("har tegn som ikke kan leses; lagre fila som «CSV UTF-8» i Excel")


def _table(text: str) -> tuple[Head, list[tuple[int, list[str]]]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        rows = [(number, [_KEPT.sub("", cell) for cell in cells]) for number, cells in enumerate(lines, 1)]
    except csv.Error as error:
        raise UsageError(
            f'har anførselstegn (") som ikke passer sammen, i linje {lines.line_num}; sett dem i par'
        ) from error
    first = next((place for place, (_, cells) in enumerate(rows) if any(map(filled, cells))), None)
    if first is None:
        raise UsageError("er tom; begynn med malen evals/mal.xlsx")
    return Head.of(*rows[first]), rows[first + 1 :]


def _separator(text: str) -> str:
    """The separator that gives the most known heads."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return max(
        _SEPARATORS, key=lambda separator: sum(key_of(cell.strip('"')) is not None for cell in line.split(separator))
    )


def _guarded(text: str) -> str:
    return f"'{text}" if _RISKY.match(text) else text
