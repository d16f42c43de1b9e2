"""What staff should look at in the documents: missing fields, dead references, age, and facts that disagree."""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from raufoss_assistant.model import Document
from raufoss_assistant.norwegian.analyse import terms, words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.sentences import sentences

_OLD_DAYS = 2 * 365
_SAME = 0.75
"""Jaccard similarity of two sentences' terms from which they are about the same; set on the documents in corpus/."""
_FEWEST = 3
"""Terms; a shorter sentence does not say what it is about."""
_FORM = 4
"""The same words with as many different numbers are the sentence of a form («Kurset varer i 3 dager»), not one fact."""
_QUOTED = 110
"""Characters shown of a sentence."""

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_ASIDE = re.compile(
    rf"\([^()]*\)|\b\d{{1,2}}\.?\s(?:{_MONTH}|[A-Z][a-z]+)\s(?:19|20)\d\d\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b|(?<![\d.,])(?:19|20)\d\d(?:-\d\d-\d\d)?(?!\d)"
)
"""Parentheses, dates and years: they say when a sentence was true or where it comes from."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,2}}\.\s{_MONTH}\b|(?:\d{{1,3}}(?:[ \u00a0.]\d{{3}})+|\d+)(?:,\d+)?(?!\w|[.,]\d))", re.I
)
"""A day of the year («15. april») or a number that stands alone; «3D», «FTT72K» and «Industri 5.0» are names."""
_SPELT = {"to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "sju": "7", "syv": "7"}
_SPELT |= {"åtte": "8", "ni": "9", "ti": "10", "elleve": "11", "tolv": "12"}
_VAGUE = frozenset(
    terms(
        "rundt nesten over under ca cirka omtrent omkring kring om lag knapt drøyt vel minst høyst høgst inntil opptil "
        "bortimot about around nearly almost " + " ".join(_SPELT)
    )
)
"""Terms that belong to a number and not to what is counted."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at in the document at `path`: one Norwegian line that does not repeat the path."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class _Statement:
    """A sentence or table row with numbers; `label` is the row's first cell, "" for a sentence."""

    path: str
    day: date
    text: str
    label: str
    terms: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[str]

    def contradicts(self, other: _Statement) -> bool:
        """Whether each has a number that the other lacks, and not because the two tell of different years."""
        if self.path == other.path or (self.years and other.years and self.years != other.years):
            return False
        return bool(self.numbers - other.numbers and other.numbers - self.numbers)


def audit(documents: Sequence[Document], today: date) -> list[Remark]:
    """List what staff should look at: first each document by itself, then facts that disagree between documents.

    Two sentences disagree where they say the same but for their numbers («har rundt 60 bedrifter», «har nesten 50
    bedrifter»). What has expired or been replaced by another document is not compared, nor are sentences that name
    different years. The remark stands at the older document.

    Example:
        >>> from raufoss_assistant.model import Properties
        >>> lean = Document("kurs/lean.md", "", Properties("Lean", "kurs", owner="Studieveileder", example=True), ())
        >>> [remark.text for remark in audit([lean], date.today())]
        ['mangler dato (date)', 'er et eksempel, men teksten sier ikke «Eksempeldata»']
    """
    replaces = {document.path: document.properties.supersedes for document in documents}
    remarks = [Remark(document.path, text) for document in documents for text in _lacks(document, replaces, today)]
    outdated = {path for path in replaces.values() if path} | {d.path for d in documents if _expired(d, today)}
    current = [document for document in documents if document.path not in outdated]
    return remarks + list(dict.fromkeys(_disagreements([s for document in current for s in _statements(document)])))


def _lacks(document: Document, replaces: Mapping[str, str | None], today: date) -> Iterator[str]:
    known = document.properties
    if known.date is None:
        yield "mangler dato (date)"
    elif (today - known.date).days > _OLD_DAYS:
        yield "har opplysninger eldre enn to år"
    if not known.owner:
        yield "mangler ansvarlig (owner)"
    if not known.sources and not known.example:
        yield "mangler kilde (sources)"
    if _expired(document, today):
        yield "har gått ut på dato (valid_to)"
    if known.example and not any("Eksempeldata" in page.text for page in document.pages):
        yield "er et eksempel, men teksten sier ikke «Eksempeldata»"
    if known.supersedes == document.path:
        yield "erstatter seg selv"
    elif known.supersedes and known.supersedes not in replaces:
        yield f"erstatter «{known.supersedes}», som ikke finnes"
    elif known.supersedes and replaces[known.supersedes] == document.path:
        yield f"erstatter «{known.supersedes}», som selv erstatter dette dokumentet"
    yield from document.warnings


def _expired(document: Document, today: date) -> bool:
    last = document.properties.valid_to
    return last is not None and last < today


def _statements(document: Document) -> Iterator[_Statement]:
    spelt = {} if document.properties.language == "en" else _SPELT
    day = document.properties.date or date.min
    for page in document.pages:
        for start, end in sentences(page.text):
            text = " ".join(page.text[start:end].split())
            timeless = _ASIDE.sub(" ", text)
            rest = _NUMBER.sub(" ", timeless)
            numbers = {re.sub(r"[\s.]", "", number.lower()) for number in _NUMBER.findall(timeless)}
            numbers |= {spelt[word] for word in words(rest) if word in spelt}
            about = frozenset(terms(rest)) - _VAGUE
            if numbers and len(about) >= _FEWEST:
                label = text.strip("| ").partition("|")[0].strip().lower() if "|" in text else ""
                years = frozenset(_YEAR.findall(text))
                yield _Statement(document.path, day, text, label, about, frozenset(numbers), years)


def _disagreements(statements: Sequence[_Statement]) -> Iterator[Remark]:
    told = {(s.label, s.terms, s.numbers) for s in statements}
    variants = Counter((label, about) for label, about, _ in told)
    facts = [s for s in statements if variants[s.label, s.terms] < _FORM]
    against: dict[_Statement, list[_Statement]] = defaultdict(list)
    for one, other in _alike(facts):
        if one.contradicts(other):
            older, newer = sorted((one, other), key=attrgetter("day"))
            against[older].append(newer)
    for statement, opponents in against.items():
        newest = max(opponents, key=attrgetter("day"))
        others = len({opponent.path for opponent in opponents}) - 1
        rest = f" og {others} til" if others else ""
        yield Remark(statement.path, f"{_quoted(statement)} stemmer ikke med {_quoted(newest)} i {newest.path}{rest}")


def _alike(statements: Sequence[_Statement]) -> Iterator[tuple[_Statement, _Statement]]:
    """Give the pairs about the same, by prefix filtering (Bayardo, Ma & Srikant 2007).

    Sets with a Jaccard similarity of at least t share ceil(t·n) of the n elements of either, so they share one of the
    first n − ceil(t·n) + 1 in any order; with the rarest terms first, few others have to be compared.
    """
    spread = Counter(term for statement in statements for term in statement.terms)
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        ordered = sorted(one.terms, key=lambda term: (spread[term], term))
        prefix = [(one.label, term) for term in ordered[: len(ordered) - math.ceil(_SAME * len(ordered)) + 1]]
        for met in sorted({met for key in prefix for met in index[key]}):
            other = statements[met]
            if len(one.terms & other.terms) >= _SAME * len(one.terms | other.terms):
                yield other, one
        for key in prefix:
            index[key].append(number)


def _quoted(statement: _Statement) -> str:
    return f"«{textwrap.shorten(statement.text.lstrip('-*•|# '), _QUOTED, placeholder=' …')}»"
