"""What a record may be called: whole name, the part before a colon, what stands in brackets, its code."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

_NYNORSK = (("tilskot", "tilskudd"), ("skule", "skole"), ("støyp", "støp"))
_AFTER = re.compile(r"(?:-?ordningen|-?ordninga)?(?![\w-])(?! (?:og|eller|or|and)\b)")
_PLAIN = re.compile(r"[^\w/&,.-]+")
_EXAMPLE = re.compile(r"\s*\(eksempeldata\)\s*", re.IGNORECASE)


def plain(name: str) -> str:
    """A name as names are compared: lower case, no marks, tilskot = tilskudd.

    Example:
        >>> plain("Samarbeidende robot: test (eksempeldata)")
        'samarbeidende robot test'
    """
    name = _EXAMPLE.sub(" ", name).casefold()
    for nynorsk, bokmal in _NYNORSK:
        name = name.replace(nynorsk, bokmal)
    return " ".join(_PLAIN.sub(" ", name).replace(",", " ").split())


def short(name: str) -> str:
    """The name as people say it: before the colon, the bracket and the example mark.

    Example:
        >>> short("Robotcelle: prøv automatisering før du kjøper")
        'Robotcelle'
    """
    return re.split(r":| \(", _EXAMPLE.sub("", name))[0].strip()


@lru_cache(maxsize=1024)
def aliases(name: str, code: str | None) -> tuple[str, ...]:
    """All that the record may be called, plain, the longest first.

    Example:
        >>> aliases("BIO (bedriftsintern opplæring)", None)
        ('bio bedriftsintern opplæring', 'bedriftsintern opplæring', 'bio')
    """
    found = {plain(name), plain(short(name)), *([plain(code)] if code else [])}
    found |= {plain(inner) for inner in re.findall(r"\(([^()]+)\)", _EXAMPLE.sub(" ", name))}
    found |= {plain(part) for part in short(name).split(", ")[1:] if " " in part or "-" in part}
    found |= {plain(word) for word in re.findall(r"\b[A-ZÆØÅ]{3,}\b(?!-)", name) if word not in short(name)}
    return tuple(sorted((alias for alias in found if len(alias) > 1), key=lambda alias: (-len(alias), alias)))


def titled(title: str, names: Collection[str]) -> bool:
    """Whether a title is about the thing with one of those plain names, and about no other beside it.

    Example:
        >>> titled("SkatteFUNN: 19 prosent tilbake", ["skattefunn"]), titled("BIO eller lærlingtilskot?", ["bio"])
        (True, False)
    """
    return any(_begins(part, name) for part in _parts(title) for name in names if name in part)


@lru_cache(maxsize=4096)
def _parts(title: str) -> tuple[str, ...]:
    parts = [title, *re.split(r": ?| - ", title), *re.findall(r"\(([^()]+)\)", title)]
    return tuple(dict.fromkeys(plain(part).removeprefix("om ") for part in parts))


def _begins(part: str, name: str) -> bool:
    if not part.startswith(name):
        return False
    return bool(_AFTER.match(part, len(name)))
