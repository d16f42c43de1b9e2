"""The records that a question names, by their names or by a word that only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.filters import WORD
from raufoss_assistant.catalogue.names import aliases, plain
from raufoss_assistant.model import Record
from raufoss_assistant.norwegian.analyse import stem, stop_words, terms

_BRACKETS = re.compile(r"\(([^()]{2,30})\)")
_JOINED = re.compile(
    r"[,;:?]|\b(?:og|å|eller|and|or|kontra|versus|vs|mot|med|frå|fra|from|enn|than|på|av|mellom|between)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r" (?:og|å|eller|elle|and|or|kontra|versus|vs|mot|med|frå|fra|from|(?:\w+ )?(?:enn|than))(?: (?:i|in))? (\d)(?!\w)"
)
"""A second number after a name that ends with one: «Oppstartstilskudd 2 og 3»."""
_SORT = r"(?:t(?:jen|en)este?|test|kurs|studie?|ordning)\w{0,4}"
_KIND, _KIND_AFTER = re.compile(rf"(?<=\w{{3}}){_SORT}$"), re.compile(rf"-{_SORT}")
"""What a compound adds to a name to say what kind of thing it is: «sveisetjenesten», «cobot-testen»."""
_EVERYDAY = "test prøv finn nivå støtt bedrift norg raufoss pass hjelp"
_PART = 4
"""Letters of a part of a compound."""
_ALIKE = 2
"""Records that one word may name; of more, none is meant."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A record that a question names at an offset.

    Attributes:
        record: that one.
        start: where its name begins, or the part of the question that has words of its own.
        exact: whether it is named by its name.
        words: where it is not, how many words of its own name it; «sveisetjenesten» counts as two.
    """

    record: Record
    start: int
    exact: bool
    words: int = 0


def named(question: str, records: Sequence[Record]) -> list[Naming]:
    """The records that a question names, in its order, each once; the longest name counts where names overlap.

    Example:
        >>> [each.record.name for each in named("Manufacturing 4.0 eller Industri 5.0?", catalogue.records)]
        ['Manufacturing 4.0', 'Industri 5.0']
    """
    asked = plain(question)
    found: dict[Record, Naming] = {}
    for start, end, record in by_name(asked, records):
        found.setdefault(record, Naming(record, start, exact=True))
        if (following := _NEXT.match(asked, end)) and asked[end - 1].isdigit():
            name = asked[start : end - 1] + following[1]
            for each in (each for each in records if name in aliases(each.name, each.code)):
                found.setdefault(each, Naming(each, following.start(1), exact=True))
        asked = asked[:start] + " " * (end - start) + asked[end:]
    for naming in _by_word(asked, records):
        found.setdefault(naming.record, naming)
    return sorted(found.values(), key=lambda each: each.start)


def by_name(asked: str, records: Sequence[Record]) -> Iterator[tuple[int, int, Record]]:
    """Where a plain question names records by their names: asked[start:end], the longest first, none within another.

    Example:
        >>> [(start, end, record.name) for start, end, record in by_name("hva er eurostars", catalogue.records)]
        [(7, 16, 'Eurostars')]
    """
    names = sorted(
        ((alias, record) for record in records for alias in aliases(record.name, record.code)),
        key=lambda pair: -len(pair[0]),
    )
    for alias, record in names:
        definite = rf"|{re.escape(alias[:-1])}a" if alias.endswith("e") else ""
        pattern = re.compile(
            rf"(?<![\w-])(?:{re.escape(alias)}(?:-?\w*(?:ordning|studi|tjenest|tenest|test|støtt|tilskudd|penge"
            rf"|midl)\w*|e?ne?|a|et|s)?{definite})(?![\w-])"
        )
        if place := pattern.search(asked):
            asked = asked[: place.start()] + " " * len(place[0]) + asked[place.end() :]
            yield *place.span(), record


def _by_word(asked: str, records: Sequence[Record]) -> Iterator[Naming]:
    """The record that each part of an enumeration has most words of its own in common with; of two alike, both."""
    own = _own_words(records)
    for manager in _managers(records):
        asked = re.sub(rf"\b{re.escape(manager)}s?\b", lambda found: " " * len(found[0]), asked)
    start = 0
    for part in _JOINED.split(asked):
        at = asked.find(part, start)
        start = at + len(part)
        scores: Counter[Record] = Counter()
        for meant, worth in _meant(part.casefold()):
            for record, words in own.items():
                if any(_close(each, words) or _made_of(each, words) for each in meant):
                    scores[record] += worth
        pairs = _pairs(part.casefold())
        for record, words in own.items():
            scores[record] += sum(any(_joined(*pair, each) for each in words) for pair in pairs)
        best = [record for record, score in scores.items() if score == max(scores.values()) > 0]
        if len(best) > 1:
            named = plain(part).strip(".")
            first = [each for each in best if plain(each.name).startswith(named.split()[-1])]
            best = first or [each for each in best if named in plain(each.name)] or best
        if len(best) <= _ALIKE:
            yield from (Naming(record, at, exact=False, words=scores[record]) for record in best)


def _meant(part: str) -> Iterator[tuple[frozenset[str], int]]:
    """The stems that each word of a question may stand for, then what its words are in Norwegian; each with its worth.

    A compound that also says what kind of thing it names is worth two words.
    """
    seen: set[str] = set()
    for found in WORD.finditer(part):
        word = found[0]
        topics = (term for term, pattern in vocabulary().topics.items() if pattern.fullmatch(word))
        bare = _KIND.sub("", word)
        meant = frozenset([stem(word), stem(bare), *topics, *terms(word)])
        seen |= meant
        yield meant, 1 if bare == word and not _KIND_AFTER.match(part, found.end()) else 2
    yield from ((frozenset([term]), 1) for term in dict.fromkeys(terms(part)) if term not in seen)


def _pairs(part: str) -> list[tuple[str, str]]:
    """The stems of words that follow one another, as they are and in Norwegian: «robot cell» may be «robotcelle»."""
    stems = [frozenset([stem(word), *terms(word)]) for word in WORD.findall(part)]
    return [(one, other) for first, second in pairwise(stems) for one in first for other in second]


def _made_of(compound: str, words: frozenset[str]) -> bool:
    """Whether a compound is made of two of those words: «metallprint» of «3D-printing i metall»."""
    first = [word for word in words if compound.startswith(word)]
    return any(_joined(one, other, compound) for one in first for other in words if one != other)


def _joined(first: str, last: str, compound: str) -> bool:
    """Whether two stems make that compound, with a letter between them at most; its end may be cut («metallprint»)."""
    rest = compound.removeprefix(first)
    ends = (rest, rest[1:])
    return rest != compound and len(first) >= _PART and any(len(end) >= _PART and last.startswith(end) for end in ends)


def _close(term: str, words: frozenset[str]) -> bool:
    if term in _generic() or not term.isalpha():
        return term in words
    return term in words or (len(term) > 4 and any(word.startswith(term) or word.endswith(term) for word in words))


def _own_words(records: Sequence[Record]) -> dict[Record, frozenset[str]]:
    """Stems and terms of the words of each record's name, and of what its description puts in brackets («cobot»)."""
    generic = _generic()
    return {
        record: frozenset(
            each
            for text in (record.name, record.code or "", *_in_brackets(record))
            for word in WORD.findall(text.casefold())
            for each in (stem(word), *terms(word))
            if len(word) > 1 and not word.isdigit() and stem(word) not in generic
        )
        for record in records
    }


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    """Stems that many names could have, so that none is meant by them."""
    return frozenset(map(stem, stop_words())) | frozenset(_EVERYDAY.split())


def _managers(records: Sequence[Record]) -> frozenset[str]:
    """Who runs schemes, plain; their names are no names of schemes."""
    return frozenset(plain(each.text) for record in records for each in record.all("manager") if each.cell)


def _in_brackets(record: Record) -> Iterator[str]:
    for statement in record.all("about"):
        yield from (inner for inner in _BRACKETS.findall(statement.text) if not re.search(r"\d| ", inner))
