"""What an answer puts side by side, so that a reader may choose «den andre» of it."""

from __future__ import annotations

import re

_ITEM = re.compile(r"(?:[-•*]|\d{1,2}[.)]) ")
_RULE = re.compile(r"[\s|:-]+")
_NAME_ENDS = re.compile(r"\[\d|:|\(|–| - ")


def offered(said: str) -> list[str]:
    r"""The items of an answer's list, else the columns of a table of comparison, else the rows of a table, by name.

    Example:
        >>> offered("1. **Sveising**: prøvesveis [1]\n2. **Liming** [2]"), offered("|  | A | B |\n| --- | --- | --- |")
        (['Sveising', 'Liming'], ['A', 'B'])
    """
    lines = [line.strip() for line in said.split("\n")]
    items = [line[found.end() :] for line in lines if (found := _ITEM.match(line))]
    if not items:
        rows = [line.strip("|").split("|") for line in lines if line.startswith("|") and not _RULE.fullmatch(line)]
        compared = bool(rows) and not rows[0][0].strip()
        items = rows[0][1:] if compared else [row[0] for row in rows[1:]]
    return [name for item in items if (name := _name(item))]


def _name(item: str) -> str:
    """What an item is called: its words before a colon, a bracket or a number of a source; a question as it is."""
    plain = item.replace("**", "").replace("\\", "").strip()
    return plain if plain.endswith("?") else _NAME_ENDS.split(plain)[0].strip()
