"""Bytes to text, whatever program wrote them."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD = ("cp1252", "mac_roman", "cp865")  # Windows, old Macs, DOS; the likeliest first
_EXPECTED = frozenset("æøåÆØÅéèóòôüöäÖÄ«»–—’“”…§° \u00a0")


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode text: by its byte order mark, else as UTF-8, else as declared, else as it reads best in Norwegian.

    UTF-8 goes before what a file says of itself: text that is valid UTF-8 by accident does not occur. For the rest,
    the one of three old 8-bit encodings is chosen that gives the most Norwegian letters; general guessers take
    Norwegian in Windows-1252 for Polish.

    Example:
        >>> decode("Målerom på Østre Toten".encode("cp1252"))
        'Målerom på Østre Toten'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for candidate in ("utf-8", _without_mark(data), declared):
        try:
            if candidate and not (candidate == "utf-8" and b"\0" in data):
                return data.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
    return max((data.decode(encoding, "replace") for encoding in _OLD), key=_expected)


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark shows by its zero bytes, all at odd or all at even places."""
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 <= len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _expected(text: str) -> int:
    return sum(1 if character in _EXPECTED else -1 for character in text if not character.isascii())
