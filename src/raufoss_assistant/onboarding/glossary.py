"""A word explained in one sentence, with where it stands, from whichever glossary among the documents has it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from raufoss_assistant.model import Document
from raufoss_assistant.norwegian.analyse import stem, words
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.onboarding.definitions import Entry, entries, names

LONGEST_TERM = 100
"""Characters of a term that are looked at."""
_ASKED = re.compile(
    r"^(?:hva|kva|what) (?:er|betyr|tyder|står|is|are|does)\s+(?:(?:en|et|ei|ein|eit|a|an|the)\s+)?|^forklar\s+"
    r"|\s+(?:for noe|for|mean|betyr)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[/,;()]|\bog\b|\beller\b)\s*")


@dataclass(frozen=True, slots=True)
class Explained:
    """What is found on a term.

    Attributes:
        term: what was asked for, tidied.
        found: an entry for each part that is known; empty where none is.
        suggestion: the nearest term there is, where nothing is found and one is near, else None.
    """

    term: str
    found: tuple[Entry, ...] = ()
    suggestion: str | None = None


class Glossary:
    """The entries of all glossaries, looked up by term.

    Case, hyphens, quotation marks and inflection do not matter. Of several explanations the surest is taken, in
    Norwegian before English, from the documents for new employees before others.

    Example:
        >>> glossary.explain("minifabrikken").found[0].terms
        ('Minifabrikk',)
    """

    def __init__(self, found: Iterable[Entry]) -> None:
        ordered = sorted(found, key=_order)
        self._entries: dict[tuple[bool, str, bool], Entry] = {}
        for entry in ordered:
            for alias, terms in ((False, entry.terms), (True, entry.aliases)):
                for term in terms:
                    for key in (_plain(term), _key(term)):
                        self._entries.setdefault((_english(entry), key, alias), entry)
        self._terms: dict[str, str] = {}
        for name in names(ordered):
            self._terms.setdefault(_plain(name), name)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Glossary:
        """The glossary that the documents hold."""
        return cls(entry for document in documents for entry in entries(document))

    def explain(self, term: str) -> Explained:
        """Explain a term, or each of several with «/», a comma or «og» between them; or tell the nearest there is."""
        asked = _tidied(term)
        whole = self._entry(asked)
        if whole:
            return Explained(asked, (whole,))
        parts = _apart(asked)
        found = tuple(dict.fromkeys(entry for part in parts if (entry := self._entry(part))))
        return Explained(asked, found, None if found else self._nearest(asked))

    def _entry(self, term: str) -> Entry | None:
        for english in (False, True):
            for alias in (False, True):
                for key in filter(None, (_plain(term), _key(term))):
                    if entry := self._entries.get((english, key, alias)):
                        return entry
        return None

    def _nearest(self, term: str) -> str | None:
        """The term that is fewest letters away, if they are few for its length; short terms have no neighbours."""
        asked = _plain(term)
        allowed = 0 if len(asked) < 4 else 1 if len(asked) < 7 else 2 if len(asked) < 12 else 3
        near: dict[int, list[str]] = defaultdict(list)
        for plain, name in self._terms.items():
            distance = OSA.distance(asked, plain, score_cutoff=allowed)
            if distance <= allowed:
                near[distance].append(name)
        return near[min(near)][0] if near else None


def _order(entry: Entry) -> tuple[bool, int, bool, int]:
    return _english(entry), entry.rank, entry.proof.properties.kind != "onboarding", -_day(entry)


def _english(entry: Entry) -> bool:
    return entry.proof.properties.language == "en"


def _day(entry: Entry) -> int:
    day = entry.proof.properties.date
    return day.toordinal() if day else 0


def _tidied(term: str) -> str:
    plain = " ".join(normalise(term[:LONGEST_TERM]).split()).strip(" ?!.,:;")
    return _ASKED.sub("", plain).strip(" «»\"'“”")


def _apart(term: str) -> list[str]:
    """The parts of «OFII / OIR», «VG1/VG2/VG3»; of «Industri 4.0 / 5.0», a number gets the first words too."""
    parts = [part.strip(" «»\"'“”") for part in _BETWEEN.split(term)]
    lead = parts[0].rsplit(" ", 1)[0] if " " in parts[0] else ""
    return [f"{lead} {part}" if lead and re.fullmatch(r"[\d.,]+", part) else part for part in parts]


def _plain(term: str) -> str:
    return "".join(words(term))


def _key(term: str) -> str:
    return "".join(stem(word) for word in words(term))
