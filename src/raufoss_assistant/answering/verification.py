"""Whether a sentence in a language model's own words says no more than one sentence of the passages that it cites.

Strict on purpose: what is not plainly the same claim is not let through. No model judges; on one day the same text is
always judged alike, in time that grows in step with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from raufoss_assistant.answering.claim_terms import places_of_terms
from raufoss_assistant.answering.claim_words import NOTE, Word, lists, read_words, readings
from raufoss_assistant.answering.correspondence import Known, outdated, says
from raufoss_assistant.answering.units import Unit, units
from raufoss_assistant.model import Hit, Language
from raufoss_assistant.norwegian.instructions import instructs
from raufoss_assistant.norwegian.language import detect

LONGEST = 600
"""Characters of a sentence; a longer one is not shown."""
_CITED = re.compile(r"\[(\d{1,3}(?:\s?,\s?\d{1,3}){0,8})\]")
_MARKUP = re.compile(r"[`<>{}\[\]|#*_~\\]|https?:|www\.|\w@\w|(?<!\w)//")
_PARTED = re.compile(r",? (?:og|men|mens|medan|samt|and|but|while) |, (?:som|which) ")
"""Where a sentence may go on to a second claim."""
_APART = re.compile(
    r"[;:] |, (?=ikk(?:e|je) |not )|, (?:og|men|mens|medan|and|but|while) "
    r"| (?:og|and) (?=(?:er|har|hadde|var|ble|blei|blir|kan|skal|må|is|has|was) )"
)
"""Where a source sentence goes on to another one."""
_LEAD = re.compile(
    r"(?:(?:ja|nei|yes|no),? "
    r"|(?:ifølge|according to) (?:en|ein|ei|an?) (?:kilde|kjelde|source) (?:uten|utan|without a) dat[oe],? "
    r"|(?:ifølge|according to) (?:en|ein|ei|an?) (?:udatert|undated) (?:kilde|kjelde|source),? )(?=\w)",
    re.I,
)
"""What a sentence may begin with that is no part of its claim."""
_SEVERAL = re.compile(r"\b(?:og|eller|and|or)\b|[,/]")
"""What a title has that names more than one thing."""
_PARTS = 6
"""Places at most where a sentence is parted."""
_NEAREST = 0.5
"""Share of a sentence's terms that a source sentence must have to stand in for it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence.

    Attributes:
        text: the sentence without its citations; "" where it is not to be shown in its own words.
        support: the source sentence that says the same; where text is "", one that may stand in for it, or None.
    """

    text: str
    support: Unit | None


class Verifier:
    """Checks sentences against numbered passages; number n is passages[n - 1].

    Example:
        >>> Verifier(passages, "nb").check("Læringsfabrikken er 1500 kvadratmeter stor [1].").text
        'Læringsfabrikken er 1500 kvadratmeter stor.'
    """

    def __init__(self, passages: Sequence[Hit], language: Language, asked: str = "") -> None:
        """Read the passages.

        Args:
            passages: those that may be cited.
            language: of the answer.
            asked: the question; what it asks about need not be said again.
        """
        question = read_words(asked)
        self._sources = [
            [_Source(unit, told, _known(hit, question)) for unit in units(hit) for told in _tellings(unit)]
            for hit in passages
        ]
        self._language = language

    def check(self, sentence: str) -> Verdict:
        """Judge one whole sentence, its citations included."""
        cited = [int(n) for found in _CITED.findall(sentence) for n in found.split(",")]
        text = re.sub(r"\s+([.!?,])", r"\1", " ".join(_CITED.sub(" ", sentence).split()))
        known = [self._sources[n - 1] for n in dict.fromkeys(cited) if 0 < n <= len(self._sources)]
        if cited and len(known) == len(set(cited)) and self._showable(text):
            verdict = _supported(known, text)
            if verdict:
                return verdict
        sources = [source for passage in known for source in passage]
        return Verdict("", _nearest(sources, read_words(text[:LONGEST])))

    def _showable(self, text: str) -> bool:
        whole = len(text) <= LONGEST and text.endswith((".", "!")) and any(map(str.isalpha, text))
        return (
            whole
            and not _MARKUP.search(text)
            and not instructs(text)
            and detect(text, self._language) == self._language
        )


@dataclass(frozen=True, slots=True)
class _Source:
    """One reading of a source sentence: the sentence, the words of the reading, what is known beside it."""

    unit: Unit
    told: list[Word]
    known: Known

    def says(self, said: Sequence[Word]) -> bool:
        return says(self.unit, self.told, said, self.known)


def _terms(text: str) -> list[Word]:
    return [word for word in read_words(text) if word.topical and not word.number]


def _known(hit: Hit, asked: Sequence[Word]) -> Known:
    terms = [word for word in asked if word.topical]
    questioned = {word.key for word in terms}
    title = _terms(hit.properties.title)
    headed = {word.key for word in (*title, *_terms(" ".join((hit.chunk.context, *hit.chunk.heading))))}
    written = headed | {word.key for word in _terms(hit.chunk.text)}
    nouns = {word.key for word in _terms(" ".join(lists().generic))}
    return Known(
        frozenset(questioned | headed),
        asked=frozenset(word.key for word in terms if not word.name and not word.number),
        generic=frozenset(noun for noun in nouns - questioned if any(each.endswith(noun) for each in written)),
        called=frozenset((noun.key, name.key) for noun, name in pairwise(asked) if noun.key in nouns and name.topical),
        titled=frozenset() if _SEVERAL.search(hit.properties.title) else frozenset(word.key for word in title),
    )


def _tellings(unit: Unit) -> list[list[Word]]:
    """What a source sentence says: the whole of it, and each of the sentences that it is put together from."""
    whole = unit.readable
    notes = "".join(f" {note[0]}" for note in NOTE.finditer(whole))
    parts = _APART.split(NOTE.sub(" ", whole))
    told = readings(whole, lists().source_frames)
    return told + ([read_words(part + notes) for part in parts] if len(parts) > 1 else [])


def _supported(passages: Sequence[Sequence[_Source]], text: str) -> Verdict | None:
    """The sentence with the source sentence that says what it does, or the first of those that say each its part.

    A note of date that the source has and the sentence lacks is put back, where it is of a year long gone.
    """
    plain = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    said = readings(plain, lists().frames)
    for source in (source for passage in passages for source in passage):
        if any(source.says(each) for each in said):
            dated = _dated(text, [source], said[0])
            if dated:
                return Verdict(dated, source.unit)
    for cut in list(_PARTED.finditer(plain))[:_PARTS]:
        first, second = read_words(plain[: cut.start()]), read_words(plain[cut.end() :])
        for passage in passages:
            head = next((source for source in passage if source.says(first)), None)
            rest = next((source for source in passage if head and _goes_on(source, head, first, second)), None)
            dated = _dated(text, [head, rest], said[0]) if head and rest else ""
            if head and dated:
                return Verdict(dated, head.unit)
    return None


def _dated(text: str, sources: Sequence[_Source], said: Sequence[Word]) -> str:
    """The sentence with the note of an old date that the source has; "" where that date is no note."""
    old = next((source for source in sources if outdated(source.told, said)), None)
    if old is None:
        return text
    if outdated([word for word in old.told if not word.note], said):
        return ""
    note = next((note[0] for note in NOTE.finditer(old.unit.readable) if re.search(r"\d{4}", note[0])), "")
    return f"{text[:-1]} {note}{text[-1]}"


def _goes_on(source: _Source, head: _Source, first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether the source says the second part of a sentence of the subject that its first part has."""
    told = source.told
    subject = next((word for word in told if word.topical), None)
    if len(places_of_terms(second)) < 2 or subject is None or not source.says(second):
        return False
    named = {word.key for word in second if word.topical}
    if subject.key in named:
        return True
    start = next((word for word in first if word.topical), None)
    refers = told[0].low in lists().referring and not subject.name
    refers = refers and not any(word.low in lists().helping for word in told[1:2])
    follows = 0 <= source.unit.start - head.unit.end < _PARTS
    shared = start is not None and (start.key == subject.key or (refers and follows))
    return shared and any(second[0].key == word.key for word in told[1:5])


def _nearest(sources: Sequence[_Source], said: Sequence[Word]) -> Unit | None:
    claims = {word.key for word in said if word.topical}
    shares = [len(claims & {word.key for word in source.told}) / max(len(claims), 1) for source in sources]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return sources[best].unit if best is not None and shares[best] >= _NEAREST else None
