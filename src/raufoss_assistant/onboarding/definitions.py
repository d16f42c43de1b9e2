"""What the glossaries among the documents say: terms explained in lists, tables, headings and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from raufoss_assistant.model import Block, Document, Page
from raufoss_assistant.norwegian.sentences import sentences
from raufoss_assistant.onboarding.proof import Proof, proof_at

_GLOSSARY = re.compile(r"ordliste|forkort|glossar|begrep|uttrykk|betyr orde|navn som er endret|namn som er endra", re.I)
"""In a title: the document explains words throughout."""
_SHORTENED = frozenset({"forkortelse", "forkorting", "abbreviation"})
_TERMS = _SHORTENED | {"ord", "begrep", "term", "uttrykk", "norwegian", "norsk"}
"""First header of a table that explains words, whatever document it stands in."""
_FORMER = re.compile(r"tidligere|kallenavn|tidlegare|formerly|earlier", re.I)
_ITEM = re.compile(r"(?:[-*•–]|\d+\.)\s+")
_DEFINED = re.compile(r"\**(?P<term>[^:]{1,60}?)\**:\**\s+(?P<text>\S.*)", re.S)
_MEANS = re.compile(
    r"(?P<term>\S+(?: \S+){0,4}?),? (?:betyr|tyder|står for|stands for|means"
    r"|er en (?:feilskriving|skrivefeil) (?:av|for)|is a misprint of) \S"
)
_WAS = re.compile(r"(?P<term>\S+(?: \S+){0,3}?),? het (?:tidligere|før|først) \S")
_IS = re.compile(r"(?P<term>\S+(?: (?!er |og |is )\S+){0,2}(?:,? (?:og|and) \S+)?) (?:er|is) \S")
_AND = re.compile(r"\s*(?:[,;/]|\b(?:og|eller|and|or)\b)\s*")
_ALSO = re.compile(r"\s*(?:[,;]|\b(?:også kalt|nå omtalt som)\b)\s*")
_TRANSLATED = frozenset({"english", "engelsk"})
_SHORT = re.compile(r"\w*[A-ZÆØÅ]\w*[A-ZÆØÅ]\w*|[a-zæøå]{1,3}")
_NO_NAME = re.compile(r"(?:en|et|ei|i|ikke) ")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")
_LONGEST_ALIAS = 6
"""Words of an explanation that can stand for its term, as what an abbreviation is short for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term explained in one place.

    Attributes:
        terms: what is explained, as it is written; several where one explanation is for all.
        aliases: other words for it that stand beside it: a former name, what an abbreviation is short for.
        text: one sentence.
        proof: where it stands.
        rank: how surely this is an explanation, 0 for the surest.
    """

    terms: tuple[str, ...]
    aliases: tuple[str, ...]
    text: str
    proof: Proof
    rank: int


def entries(document: Document) -> Iterator[Entry]:
    """Every entry of a document; none where it is no glossary and has no table that is one.

    Example:
        >>> next(entries(document)).text
        'Klynge: et nettverk av bedrifter.'
    """
    whole = bool(_GLOSSARY.search(document.properties.title))
    for page in document.pages:
        before: Block | None = None
        for block in page.blocks:
            if block.kind == "table":
                yield from _tabled(document, page, block, whole=whole)
            elif whole and block.kind in ("list", "paragraph"):
                yield from _listed(document, page, block)
                yield from _told(document, page, block)
                if before and before.kind == "heading" and block.kind == "paragraph":
                    yield from _headed(document, page, before, block)
            before = block


def table_rows(text: str) -> list[tuple[int, int, list[str]]]:
    """The rows of a table's text: where each begins and ends, and its cells; the rule under a header is left out."""
    rows, at = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare and not (_RULE.fullmatch(bare) and "-" in bare):
            start = at + line.index(bare)
            inner = bare.removeprefix("|").removesuffix("|")
            rows.append((start, start + len(bare), [cell.strip().replace("\\|", "|") for cell in _CELL.split(inner)]))
        at += len(line)
    return rows


def _tabled(document: Document, page: Page, block: Block, *, whole: bool) -> Iterator[Entry]:
    rows = table_rows(page.text[block.start : block.end])
    if len(rows) < 2 or len(rows[0][2]) < 2:
        return
    header = rows[0][2]
    former = bool(_FORMER.search(header[1]))
    if not (whole or header[0].casefold() in _TERMS):
        return
    for start, end, cells in rows[1:]:
        if len(cells) < 2 or not cells[0] or not cells[1]:
            continue
        proof = proof_at(document, page, block.start + start, block.start + end)
        more = [(name, cell) for name, cell in zip(header[2:], cells[2:], strict=False) if cell]
        if former:
            rest = "".join(f", {name.lower()}: {cell}" for name, cell in more)
            text = f"{cells[0]}: {header[1].lower()} {cells[1]}{rest}."
        else:
            text = f"{cells[0]}: {' – '.join([cells[1], *(cell for _, cell in more)])}."
        shortened = header[0].casefold() in _SHORTENED or bool(_SHORT.fullmatch(cells[0].replace("-", "")))
        if former or header[1].casefold() in _TRANSLATED:
            aliases = _parts(cells[1])
        else:
            aliases = _written_out(cells[1]) if shortened else ()
        yield Entry(_parts(cells[0]), aliases, text, proof, 2 if former else 1)


def _written_out(text: str) -> tuple[str, ...]:
    """What a short form is short for."""
    parts = [_unquoted(part) for part in _ALSO.split(text)]
    return tuple(part for part in parts if part and len(part.split()) <= _LONGEST_ALIAS and not _NO_NAME.match(part))


def _listed(document: Document, page: Page, block: Block) -> Iterator[Entry]:
    """«- Term: explanation», an item a line; «**Term**: explanation» as a paragraph."""
    for start, end in _lines(page.text, block):
        line = page.text[start:end]
        mark = _ITEM.match(line)
        defined = _DEFINED.fullmatch(line[mark.end() :] if mark else line)
        if defined and (mark or line.startswith("**")):
            text = f"{defined['term']}: {_first(defined['text'])}"
            begin = start + (mark.end() if mark else 0)
            yield Entry(_parts(defined["term"]), (), text, proof_at(document, page, begin, end), 0)


def _told(document: Document, page: Page, block: Block) -> Iterator[Entry]:
    """«X betyr …», «X het tidligere …», «X er …»."""
    for start, end in _lines(page.text, block):
        mark = _ITEM.match(page.text[start:end])
        first = start + (mark.end() if mark else 0)
        said = _first(page.text[first:end])
        found = ((rank, pattern.match(said)) for rank, pattern in ((1, _MEANS), (2, _WAS), (4, _IS)))
        rank, match = next((each for each in found if each[1]), (0, None))
        if match:
            proof = proof_at(document, page, first, first + len(said))
            yield Entry(_parts(match["term"]), (), said, proof, rank)


def _headed(document: Document, page: Page, heading: Block, block: Block) -> Iterator[Entry]:
    """A heading, and under it a paragraph that says what it is."""
    term = page.text[heading.start : heading.end].strip()
    said = page.text[block.start : block.end]
    if len(term.split()) <= 3 and term.casefold() in said.casefold():
        first = _first(said)
        yield Entry(_parts(term), (), first, proof_at(document, page, block.start, block.start + len(first)), 3)


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a list, the whole of a paragraph."""
    if block.kind == "paragraph":
        yield block.start, block.end
        return
    at = block.start
    for line in text[block.start : block.end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line)


def _first(text: str) -> str:
    start, end = sentences(text)[0]
    return text[start:end]


def _parts(text: str) -> tuple[str, ...]:
    """The terms of a cell or lead: all of it, its parts, and what stands in brackets after one («… (HiG)»)."""
    bare = text.replace("**", "").strip(" .")
    inside = re.findall(r"\(([^()]+)\)", bare)
    outside = re.sub(r"\s*\([^()]*\)", "", bare)
    parts = [_unquoted(part) for part in (outside, *_AND.split(outside), *inside)]
    return tuple(dict.fromkeys(part for part in parts if part and not part.endswith("-")))


def _unquoted(text: str) -> str:
    return text.strip().strip("«»\"'“”")


def names(found: Sequence[Entry]) -> list[str]:
    """Every term of the entries, as it is written."""
    return list(dict.fromkeys(term for entry in found for term in (*entry.terms, *entry.aliases)))
