"""Names that stand for another: earlier names and nicknames, read from tables of the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from raufoss_assistant.model import Document

_TODAY = re.compile(r"(?:i dag|dagens navn|dagens namn|today|current name)", re.IGNORECASE)
_ALSO = re.compile(r".*(?:tidligere|tidlegare|kallenavn|kallenamn|earlier|also called)", re.IGNORECASE)
_CELL = re.compile(r"\s*\|\s*")
_APART = re.compile(r",\s+|\s+og\s+|\s+and\s+")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_OF_NAMES = re.compile(
    r"\b\w*(?:navn|namn|name)\w*|\b(?:het|heter|hete|heite|heiter|kalle\w*|kalla\w*|called|forkort\w*|short for)\b"
    r"|\b(?:står|stend|stands?)\b.{1,40}\bfor\b|\b(?:betyr|tyder|mean)\b",
    re.IGNORECASE,
)
_CASED = 3
"""Letters up to which a name is meant only where it is written with its capitals."""


class Aliases:
    """Says who is meant where a question uses an earlier name or a nickname.

    Example:
        >>> Aliases({"OIR": "OFII", "Raufossklyngen": "NCE Manufacturing"}).told("Hvem leder raufossklyngen?")
        'Hvem leder raufossklyngen (NCE Manufacturing)?'
    """

    def __init__(self, names: dict[str, str]) -> None:
        self._names = {alias.casefold(): name for alias, name in names.items()}
        longest = sorted(names, key=len, reverse=True)
        either = "|".join(re.escape(alias) if len(alias) <= _CASED else f"(?i:{re.escape(alias)})" for alias in longest)
        self._pattern = re.compile(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])")

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Aliases:
        """Those that tables with a column of today's names and one of earlier ones or nicknames tell."""
        return cls({alias: name for document in documents for alias, name in _told(document)})

    def told(self, question: str) -> str:
        """The question with today's name in brackets after each other name, where it does not have it itself."""
        named: set[str] = set()

        def with_name(found: re.Match[str]) -> str:
            name = self._names[found[0].casefold()]
            if name.casefold() in question.casefold() or name in named:
                return found[0]
            named.add(name)
            return f"{found[0]} ({name})"

        return self._pattern.sub(with_name, question)

    def used(self, question: str) -> list[tuple[str, str]]:
        """The other names in a question as it writes them, each with today's, where the question does not have that.

        Example:
            >>> Aliases({"OIR": "OFII"}).used("Hva er OIR?")
            [('OIR', 'OFII')]
        """
        found = [(match[0], self._names[match[0].casefold()]) for match in self._pattern.finditer(question)]
        return [(alias, name) for alias, name in found if name.casefold() not in question.casefold()]

    def today(self, question: str) -> str:
        """The question with today's name in place of each other one; where it asks of names, beside it as by `told`.

        Example:
            >>> Aliases({"Katapulten": "MTNC"}).today("Hva er katapulten?")
            'Hva er MTNC?'
        """
        if _OF_NAMES.search(question) or self.told(question) == question:
            return self.told(question)
        return self._pattern.sub(lambda found: self._names[found[0].casefold()], question)


def table_rows(document: Document) -> Iterator[tuple[list[str], list[str]]]:
    """The header's cells and those of each row of a document's tables, rows without a first cell left out."""
    for page in document.pages:
        for block in page.blocks:
            header = _cells(block.header) if block.kind == "table" else []
            for row in page.text[block.start : block.end].split("\n") if len(header) > 1 else ():
                cells = _cells(row)
                if len(cells) > 1 and cells != header and cells[0].strip("-: "):
                    yield header, cells


def _told(document: Document) -> Iterator[tuple[str, str]]:
    """Every other name in a document, with today's."""
    for header, cells in table_rows(document):
        if _TODAY.fullmatch(header[0]) and _ALSO.match(header[1]):
            name = _APART.split(_BRACKETS.sub("", cells[0]))[0].strip()
            yield from ((alias, name) for alias in _names(cells[1]) if alias != name)


def _cells(row: str) -> list[str]:
    return _CELL.split(row.strip().strip("|").strip())


def _names(cell: str) -> Iterator[str]:
    """The names in a cell, and the short ones in its brackets."""
    yield from _BRACKETS.findall(cell)
    for name in _APART.split(_BRACKETS.sub("", cell)):
        if plain := name.strip(' «»".'):
            yield plain
