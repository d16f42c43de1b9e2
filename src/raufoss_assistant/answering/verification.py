"""Whether a sentence in a language model's own words says no more than one sentence of the passages that it cites.

Strict on purpose: what is not plainly the same claim is not let through. No model judges; on one day the same text is
always judged alike, in time that grows in step with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from raufoss_assistant.answering.claim_words import NOTE, Word, lists, read_words
from raufoss_assistant.answering.dating import YEAR
from raufoss_assistant.answering.units import Unit, units
from raufoss_assistant.model import Hit, Language
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.instructions import instructs
from raufoss_assistant.norwegian.language import detect

LONGEST = 600
"""Characters of a sentence; a longer one is not shown."""
_CITED = re.compile(r"\[(\d{1,3}(?:\s?,\s?\d{1,3}){0,8})\]")
_MARKUP = re.compile(r"[`<>{}\[\]|#*_~\\]|https?:|www\.|\w@\w|(?<!\w)//")
_NEAR = 3
"""Words before a number, and after it, that may limit it."""
_SKIPPED = 1 / 3
"""Share of the source's own terms, between the first and the last that a claim has, which the claim may leave out."""
_PARTED = re.compile(r",? (?:og|men|mens|medan|samt|and|but|while) |, (?:som|which) ")
"""Where a sentence may go on to a second claim."""
_APART = re.compile(
    r"[;:] |, (?:og|men|mens|medan|and|but|while) "
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
_MODAL = ("possibility", "duty", "advice", "will")
_PAST = ("et", "te", "de")
_PRESENT = ("er", "ar")
_LONG = 4
"""Letters from which the last part of a compound stands for the whole."""
_PARTS = 6
"""Places at most where a sentence is parted."""
_RECENT = 5
"""Years back from today for which what a source says in the present tense still counts as such."""
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

    def __init__(self, passages: Sequence[Hit], language: Language) -> None:
        self._sources = [[(unit, told) for unit in units(hit) for told in _tellings(unit)] for hit in passages]
        self._language = language

    def check(self, sentence: str) -> Verdict:
        """Judge one whole sentence, its citations included."""
        cited = [int(n) for found in _CITED.findall(sentence) for n in found.split(",")]
        text = re.sub(r"\s+([.!?,])", r"\1", " ".join(_CITED.sub(" ", sentence).split()))
        known = [self._sources[n - 1] for n in dict.fromkeys(cited) if 0 < n <= len(self._sources)]
        sources = [source for passage in known for source in passage]
        said = read_words(text[:LONGEST])
        if cited and len(known) == len(set(cited)) and self._showable(text):
            support = _support(known, _LEAD.sub("", text, count=1) if _LEAD.match(text) else text)
            if support:
                return Verdict(text, support)
        return Verdict("", _nearest(sources, said))

    def _showable(self, text: str) -> bool:
        whole = len(text) <= LONGEST and text.endswith((".", "!")) and any(map(str.isalpha, text))
        return (
            whole
            and not _MARKUP.search(text)
            and not instructs(text)
            and detect(text, self._language) == self._language
        )


def _tellings(unit: Unit) -> list[list[Word]]:
    """What a source sentence says: the whole of it, and each of the sentences that it is put together from."""
    whole = unit.readable
    notes = "".join(f" {note[0]}" for note in NOTE.finditer(whole))
    parts = _APART.split(NOTE.sub(" ", whole))
    return [read_words(whole)] + ([read_words(part + notes) for part in parts] if len(parts) > 1 else [])


def _support(passages: Sequence[Sequence[tuple[Unit, list[Word]]]], text: str) -> Unit | None:
    """The source sentence that says what the text does, or the first of those that say each its part of it."""
    said = read_words(text)
    for unit, told in (source for passage in passages for source in passage):
        if _says(unit, told, said):
            return unit
    for cut in list(_PARTED.finditer(text))[:_PARTS]:
        first, second = read_words(text[: cut.start()]), read_words(text[cut.end() :])
        for passage in passages:
            head = next((source for source in passage if _says(*source, first)), None)
            if head and any(_goes_on(source, head, first, second) for source in passage):
                return head[0]
    return None


def _goes_on(
    source: tuple[Unit, list[Word]], head: tuple[Unit, list[Word]], first: Sequence[Word], second: Sequence[Word]
) -> bool:
    """Whether the source says the second part of a sentence of the subject that its first part has."""
    unit, told = source
    subject = next((word for word in told if word.topical), None)
    if len(_topical(second)) < 2 or subject is None or not _says(unit, told, second):
        return False
    named = {word.key for word in second if word.topical}
    if subject.key in named:
        return True
    start = next((word for word in first if word.topical), None)
    refers = told[0].low in lists().referring and not subject.name
    refers = refers and not any(word.low in lists().passive for word in told[1:2])
    follows = 0 <= unit.start - head[0].end < _PARTS
    shared = start is not None and (start.key == subject.key or (refers and follows))
    return shared and any(second[0].key == word.key for word in told[1:5])


def _says(unit: Unit, written: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether the source sentence says all that the sentence does: words, order, numbers, negation, limits."""
    told = [word for word in written if not word.note]
    noted = [word for word in written if word.note]
    kinds = _kinds(told)
    if kinds != _kinds(said) or _scopes(told) != _scopes(said) or (_outdated(written, said) and "past" not in kinds):
        return False
    said = _undated(told, noted, said)
    claims = [word for word in said if word.topical]
    found = _places(unit, told, claims) if claims else None
    if found is None:
        return False
    pairs = [(at, place) for at, place in zip(_topical(said), found, strict=True) if place is not None]
    turned = _turned(told, said)
    kept = [(at, place) for at, place in pairs if place not in turned]
    related = all(_relation(said, at) == _relation(told, place) for at, place in kept)
    whole = bool(kept) and _whole(told, [place for _, place in pairs], said)
    return whole and related and _ordered(kept, said) and _limited(told, said)


def _kinds(words: Sequence[Word]) -> set[str]:
    return {lists().same[word.low] for word in words if word.low in lists().same}


def _scopes(words: Sequence[Word]) -> list[str]:
    """The modal verbs by kind, and each negation and «only» with the term that it stands before."""
    found = []
    for at, word in enumerate(words):
        kind = lists().same.get(word.low)
        if kind in _MODAL:
            found.append(kind)
        elif kind in ("negation", "only"):
            found.append(f"{kind} {next((after.key for after in words[at + 1 :] if after.topical), '')}")
    return sorted(found)


def _years(words: Sequence[Word]) -> set[str]:
    return {word.low for word in words if YEAR.fullmatch(word.low)}


def _outdated(told: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether a year long gone is left out: what held then is not said to hold at all times."""
    return any(int(year) < date.today().year - _RECENT for year in _years(told) - _years(said))


def _undated(told: Sequence[Word], noted: Sequence[Word], said: Sequence[Word]) -> list[Word]:
    """The sentence without a date that the source has in its note, where it has no date elsewhere."""
    dates = {word.key for word in noted} if not _years(told) else set()
    kept, at = [], 0
    while at < len(said):
        end = at
        while end < len(said) and said[end].key in dates and (said[end].number or said[end].low in MONTHS):
            end += 1
        before = [word.low for word in said[max(0, at - 3) : at]]
        if end > at and _years(said[at:end]) and (before[-1:] == ["i"] or lists().sources & set(before)):
            at = end
        else:
            kept.append(said[at])
            at += 1
    return kept


def _turned(told: Sequence[Word], said: Sequence[Word]) -> set[int]:
    """Places in the source of who does it and of the verb, where one of the two is passive and the other active."""
    for active, passive in ((told, said), (said, told)):
        agent = _agent(passive)
        first = [active[at].key for at in _topical(active)]
        keys = {word.key for word in agent}
        if agent and first[: len(agent) - 1] == [word.key for word in agent[:-1]] and agent[-1].key in first:
            return {place for place, word in enumerate(told) if word.key in keys}
    return set()


def _agent(words: Sequence[Word]) -> list[Word]:
    """Who does it in a passive sentence, and then the verb; nothing where there is none."""
    for at, word in enumerate(words):
        if lists().relating.get(word.low) != "agent" or not at or not words[at - 1].topical:
            continue
        verb = words[at - 1]
        helped = any(before.low in lists().passive for before in words[max(0, at - 4) : at - 1])
        end = next((end for end in range(at + 1, len(words)) if not words[end].topical), len(words))
        if (verb.low.endswith("s") or helped) and end > at + 1:
            return [*words[at + 1 : end], verb]
    return []


def _topical(words: Sequence[Word]) -> list[int]:
    return [at for at, word in enumerate(words) if word.topical]


def _fits(claim: Word, source: Word) -> bool:
    """Whether they are one word, or the claim's is the last part of the source's compound."""
    if claim.key == source.key:
        return claim.low == source.low or not _tenses(claim.low, source.low)
    return not claim.number and len(claim.key) >= _LONG and source.key.endswith(claim.key)


def _tenses(one: str, other: str) -> bool:
    """Whether two forms of a word may be its past and its present."""
    pairs = ((one, other), (other, one))
    return any((a.endswith(_PAST) and b.endswith(_PRESENT)) or (a[-1:] == "a" and b[-2:] == "ar") for a, b in pairs)


def _places(unit: Unit, told: Sequence[Word], claims: Sequence[Word]) -> list[int | None] | None:
    """Where in the source each term stands, None for what stands above it; None where a term stands in neither."""
    refers = unit.is_row or (bool(told) and told[0].low in lists().referring)
    above = {word.key for word in read_words(unit.hit.chunk.context) if not word.number} if refers else set()
    places: list[int | None] = []
    last = -1
    for claim in claims:
        free = [(place, word) for place, word in enumerate(told) if place not in places]
        at = [place for place, word in free if word.key == claim.key and _fits(claim, word)]
        at = at or [place for place, word in free if _fits(claim, word)]
        at = at or _compounded(told, claim)
        if at:
            last = next((place for place in at if place > last), at[0])
            places.append(last)
        elif claim.key in above or _modifies(claim, told, claims):
            places.append(None)
        else:
            return None
    return places


def _modifies(claim: Word, told: Sequence[Word], claims: Sequence[Word]) -> bool:
    """Whether it is the first part of a compound of the source of which another term is the last part."""
    long = len(claim.key) >= _LONG and not claim.number
    compounds = [word.key for word in told if word.key.startswith(claim.key)] if long else []
    return any(
        key != other.key and key.endswith(other.key) for key in compounds for other in claims if len(other.key) >= _LONG
    )


def _compounded(told: Sequence[Word], claim: Word) -> list[int]:
    """Where the first part of a compound stands, its last part being one of a word of the source too."""
    for place, word in enumerate(() if claim.number else told):
        for joint in ("", "s", "e"):
            first = word.low + joint
            last = claim.key.removeprefix(first)
            long = len(word.low) > 1 and last != claim.key and len(last) >= _LONG
            if long and any(other is not word and other.key.endswith(last) for other in told):
                return [place]
    return []


def _relation(words: Sequence[Word], at: int) -> str:
    """The kind of preposition that a term stands after, or ""."""
    for word in reversed(words[max(0, at - 2) : at]):
        if word.low in lists().relating:
            return lists().relating[word.low]
        if word.topical:
            break
    return ""


def _ordered(pairs: Sequence[tuple[int, int]], said: Sequence[Word]) -> bool:
    """Whether the terms come in the source's order.

    What stands after a preposition may be moved, once; where it is put first, the verb comes before its subject.
    """
    places = [place for _, place in pairs]
    falls = [at for at in range(1, len(places)) if places[at] < places[at - 1]]
    if not falls:
        return True
    moved = pairs[: falls[0]], pairs[falls[0] :]
    if len(falls) == 1:
        return any(_relation(said, part[0][0]) for part in moved)
    rest = places[falls[0] + 1 :]
    turned = not said[moved[1][0][0]].name and rest == sorted(rest) and rest[0] < places[falls[0]]
    return bool(_relation(said, pairs[0][0])) and turned


def _whole(told: Sequence[Word], places: Sequence[int], said: Sequence[Word]) -> bool:
    """Whether nothing that matters is left out between the terms, and nothing that narrows the claim around them."""
    first, last = min(places), max(places)
    between = [word for place, word in enumerate(told[first : last + 1], first) if place not in places and word.topical]
    if any(word.number or word.name for word in between) or len(between) > _SKIPPED * (len(between) + len(places)):
        return False
    ended = (told[last].name and told[last + 1 : last + 2] and told[last + 1].low in ("med", "with")) or any(
        word.low in lists().narrowing for word in said[_topical(said)[-1] + 1 :]
    )
    before, after = told[:first], told[last + 1 : last + 2] if not ended else ()
    narrowed = [word for word in (*before[:1], *after) if word.low in lists().narrowing]
    return not narrowed and not any(word.number for word in before[-1:])


def _limited(told: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether each number has the same limit in both, and the same word beside it."""
    known = [place for place, word in enumerate(told) if word.number]
    return all(any(_alike(said, at, told, place) for place in known) for at, word in enumerate(said) if word.number)


def _alike(said: Sequence[Word], at: int, told: Sequence[Word], place: int) -> bool:
    if said[at].key != told[place].key or _limits(said, at) != _limits(told, place):
        return False
    sides = [(_beside(said, at + step), _beside(told, place + step)) for step in (1, -1)]
    if not any(one or other for one, other in sides):
        return True
    return any(one is not None and other is not None and _fits(one, other) for one, other in sides)


def _limits(words: Sequence[Word], place: int) -> frozenset[str]:
    before, after = words[max(0, place - _NEAR) : place], words[place + 1 : place + 1 + _NEAR]
    kinds = {lists().limits[word.low] for word in before if word.low in lists().limits}
    behind = {
        lists().limits[word.low] for word in after if word.low not in lists().relating and word.low in lists().limits
    }
    return frozenset(kinds | behind)


def _beside(words: Sequence[Word], place: int) -> Word | None:
    return words[place] if 0 <= place < len(words) and words[place].topical else None


def _nearest(sources: Sequence[tuple[Unit, list[Word]]], said: Sequence[Word]) -> Unit | None:
    claims = {word.key for word in said if word.topical}
    shares = [len(claims & {word.key for word in told}) / max(len(claims), 1) for _, told in sources]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return sources[best][0] if best is not None and shares[best] >= _NEAREST else None
