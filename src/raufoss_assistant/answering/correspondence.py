"""Whether the words of a claim stand in one sentence of a source so that the sentence says what the claim does.

Each term of the claim must have its place in the source; places, order, prepositions and voice must agree; numbers,
negations, modal verbs and limits must be the same; and nothing may be left out that narrows what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product

from raufoss_assistant.answering.claim_kinds import ALTERNATIVE, addresses, kind_of, kinds_of, offers, scopes
from raufoss_assistant.answering.claim_limits import limited
from raufoss_assistant.answering.claim_terms import LONG, fits, places_of_terms, relation, tenses
from raufoss_assistant.answering.claim_words import Word, lists, read_words
from raufoss_assistant.answering.dating import YEAR
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.norwegian.dates import MONTHS

_RECENT = 5
"""Years back from today for which what a source says in the present tense still counts as such."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is understood without being said, as keys of words.

    Attributes:
        terms: what the question asks about, numbers too, and what the passage's title and headings say.
        asked: those of the question that are no names.
        generic: nouns such as «senteret» that the passage calls something by and the question does not.
        called: such nouns of the question, each with the name that they stand before: «studiet Industri».
        titled: what the title says, where it names one thing only.

    Example:
        >>> Known(frozenset({"mtnc", "størr"}), asked=frozenset({"størr"})).generic
        frozenset()
    """

    terms: frozenset[str]
    asked: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    called: frozenset[tuple[str, str]] = frozenset()
    titled: frozenset[str] = frozenset()


def says(unit: Unit, written: Sequence[Word], said: Sequence[Word], known: Known) -> bool:
    """Whether the source sentence says all that the sentence does: words, order, numbers, negation, limits.

    Args:
        unit: the source sentence.
        written: its words.
        said: those of the claim.
        known: what is understood without being said.
    """
    told = [word for word in written if not word.note]
    noted = [word for word in written if word.note]
    said = _undated(told, noted, said)
    differing = kinds_of(told) ^ kinds_of(said)
    if differing - {ALTERNATIVE} or addresses(said) > addresses(told) or scopes(told) != scopes(said):
        return False
    claims = [word for word in said if word.topical]
    found = _places(unit, told, claims, known) if claims else None
    if found is None:
        return False
    pairs = [(at, place) for at, place in zip(places_of_terms(said), found, strict=True) if place is not None]
    named = found[0] is None and _names_subject(claims[0], told, known) and len(pairs) > 1
    answers = found[0] is None and not named
    if (answers and not _answers(unit, told, pairs, known)) or (differing and offers(told, said, pairs)):
        return False
    turned = _turned(told, said)
    if turned is None:
        turned = _agentless(told, said, pairs)
    if turned is None:
        return False
    kept = [(at, place) for at, place in pairs if place not in turned]
    related = all(relation(said, at) == relation(told, place) for at, place in kept[answers:])
    whole = bool(kept) and _whole(
        told, [place for _, place in pairs], said, known, led=found[0] is None or bool(turned)
    )
    return whole and related and _named(pairs, told) and _ordered(kept, said) and limited(told, said, pairs)


def outdated(told: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether a year long gone is left out: what held then is not said to hold at all times."""
    long_gone = any(int(year) < date.today().year - _RECENT for year in _years(told) - _years(said))
    return long_gone and not any(kind_of(word).startswith("past") for word in told if not word.note)


def _years(words: Sequence[Word]) -> set[str]:
    return {word.low for word in words if YEAR.fullmatch(word.low)}


def _undated(told: Sequence[Word], noted: Sequence[Word], said: Sequence[Word]) -> list[Word]:
    """The sentence without a date that the source has in its note, where it has no date elsewhere."""
    said = [word for word in said if not word.note or word.key not in {each.key for each in noted}]
    dates = {word.key for word in noted} if not _years(told) else set()
    kept: list[Word] = []
    at = 0
    while at < len(said):
        end = at
        while end < len(said) and said[end].key in dates and (said[end].number or said[end].low in MONTHS):
            end += 1
        before = [word.low for word in said[max(0, at - 3) : at]]
        if end > at and _years(said[at:end]) and (before[-1:] == ["i"] or lists().sources & set(before)):
            if before[-1:] == ["i"]:
                kept.pop()
            at = end
        else:
            kept.append(said[at])
            at += 1
    return kept


def _turned(told: Sequence[Word], said: Sequence[Word]) -> set[int] | None:
    """Places in the source of who does it and of the verb, where one of the two is passive and the other active.

    None where neither names who does it after a passive verb.
    """
    voices = ((told, said), (said, told))
    for (active, passive), numbered in product(voices, (True, False)):
        agent = _agent(passive, numbered=numbered)
        first = [active[at].key for at in places_of_terms(active)]
        keys = {word.key for word in agent}
        if agent and first[: len(agent) - 1] == [word.key for word in agent[:-1]] and agent[-1].key in first:
            verb = next(word for word in active if word.key == agent[-1].key)
            if verb.voice != "passive" and not tenses(verb, agent[-1]):
                return {place for place, word in enumerate(told) if word.key in keys}
    return None


def _agent(words: Sequence[Word], *, numbered: bool) -> list[Word]:
    """Who does it in a passive sentence, with or without a number behind, then the verb; nothing where none is."""
    for at, word in enumerate(words):
        if lists().relating.get(word.low) != "agent" or not at or words[at - 1].voice != "passive":
            continue
        doer: list[Word] = []
        for after in words[at + 1 :]:
            if (after.number and not (numbered and doer)) or after.low in lists().relating:
                break
            if after.topical:
                doer.append(after)
        if doer:
            return [*doer, words[at - 1]]
    return []


def _agentless(told: Sequence[Word], said: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> set[int] | None:
    """Places of the verbs that are passive in the sentence and active in the source, its doer not named.

    None where an active and a passive form stand against each other in any other way.
    """
    verbs = set()
    for at, place in pairs:
        voices = said[at].voice, told[place].voice
        if said[at].low == told[place].low and _helpers(said) == _helpers(told):
            continue
        if voices == ("active", "passive"):
            return None
        if voices == ("passive", "active"):
            if any(other < place for before, other in pairs if before != at):
                return None
            verbs.add(place)
    return verbs


def _helpers(words: Sequence[Word]) -> set[str]:
    return {lists().helping[word.low] for word in words if word.low in lists().helping}


def _places(unit: Unit, told: Sequence[Word], claims: Sequence[Word], known: Known) -> list[int | None] | None:
    """Where in the source each term stands, None for what stands above it; None where a term stands in neither."""
    refers = unit.is_row or (bool(told) and told[0].low in lists().referring)
    above = {word.key for word in read_words(unit.hit.chunk.context) if not word.number} if refers else set()
    above |= known.titled if told and told[0].low in lists().own else frozenset()
    places: list[int | None] = []
    last = -1
    for claim in claims:
        free = [(place, word) for place, word in enumerate(told) if place not in places]
        at = [place for place, word in free if word.key == claim.key and fits(claim, word)]
        at = at or [place for place, word in free if fits(claim, word)]
        at = at or _compounded(told, claim)
        if at:
            last = next((place for place in at if place > last), at[0])
            places.append(last)
        elif claim.key in above or _modifies(claim, told, claims) or (last < 0 and _leads(claim, told, known)):
            places.append(None)
        else:
            return None
    return places


def _leads(claim: Word, told: Sequence[Word], known: Known) -> bool:
    """Whether a claim may begin with it though the source sentence does not have it."""
    return (claim.key in known.asked and not claim.number) or _names_subject(claim, told, known)


def _names_subject(claim: Word, told: Sequence[Word], known: Known) -> bool:
    """Whether it stands for what the source sentence begins with, as a pronoun would («senteret», «ordningen»)."""
    subject = next((word for word in told if word.topical), None)
    if claim.low not in lists().generic or subject is None or not subject.name:
        return False
    return (claim.key in known.generic and subject.key in known.terms) or (claim.key, subject.key) in known.called


def _answers(unit: Unit, told: Sequence[Word], pairs: Sequence[tuple[int, int]], known: Known) -> bool:
    """Whether the claim begins with what is asked and goes on with the whole source sentence, or stands below it.

    «Prisen er inntil 40 000 kroner» says no more than «Inntil 40 000 kroner» where the price is asked for.
    """
    if unit.is_row or told[0].low in lists().referring | lists().own:
        return True
    places = [place for _, place in pairs]
    terms = [place for place in places_of_terms(told) if told[place].key not in known.terms]
    return bool(places) and places[0] == min(places_of_terms(told)) and set(terms) <= set(places)


def _modifies(claim: Word, told: Sequence[Word], claims: Sequence[Word]) -> bool:
    """Whether it is the first part of a compound of the source of which another term is the last part."""
    long = len(claim.key) >= LONG and not claim.number
    compounds = [word.key for word in told if word.key.startswith(claim.key)] if long else []
    return any(
        key != other.key and key.endswith(other.key) for key in compounds for other in claims if len(other.key) >= LONG
    )


def _compounded(told: Sequence[Word], claim: Word) -> list[int]:
    """Where the first part of a compound stands, its last part being one of a word of the source too."""
    for place, word in enumerate(() if claim.number else told):
        for joint in ("", "s", "e"):
            first = word.low + joint
            last = claim.key.removeprefix(first)
            long = len(word.low) > 1 and last != claim.key and len(last) >= LONG
            if long and any(other is not word and other.key.endswith(last) for other in told):
                return [place]
    return []


def _ordered(pairs: Sequence[tuple[int, int]], said: Sequence[Word]) -> bool:
    """Whether the terms come in the source's order.

    What stands after a preposition may be moved, once; where it is put first, the verb comes before its subject, as it
    does after a word that tells nothing («I alt deltok 16 bedrifter»).
    """
    places = [place for _, place in pairs]
    falls = [at for at in range(1, len(places)) if places[at] < places[at - 1]]
    if not falls:
        return True
    moved = pairs[: falls[0]], pairs[falls[0] :]
    rest = places[falls[0] + 1 :]
    if len(falls) == 1 == len(moved[0]) and said[pairs[0][0]].voice == "active" and not said[pairs[0][0]].name:
        return True
    turned = not said[moved[1][0][0]].name and rest == sorted(rest) and bool(rest) and rest[0] < places[falls[0]]
    return (bool(relation(said, pairs[0][0])) and turned) or _ordered_without_one(pairs, said)


def _ordered_without_one(pairs: Sequence[tuple[int, int]], said: Sequence[Word]) -> bool:
    """Whether all but one phrase with a preposition come in the source's order."""
    for start in (number for number, (at, _) in enumerate(pairs) if relation(said, at)):
        for stop in range(start + 1, len(pairs) + 1):
            block = [place for _, place in pairs[start:stop]]
            rest = [place for _, place in (*pairs[:start], *pairs[stop:])]
            parted = any(block[0] < each < block[-1] for each in rest)
            joined = _joined(pairs, start, said) or _joined(pairs, stop, said)
            ascending = block == sorted(block) and rest == sorted(rest)
            if ascending and not parted and not joined and not _swaps(pairs, start, stop, said):
                return True
    return False


def _joined(pairs: Sequence[tuple[int, int]], number: int, said: Sequence[Word]) -> bool:
    """Whether a word such as «og» stands between a term and the one before it."""
    if not 0 < number < len(pairs):
        return False
    return any(word.low in lists().joining for word in said[pairs[number - 1][0] : pairs[number][0]])


def _swaps(pairs: Sequence[tuple[int, int]], start: int, stop: int, said: Sequence[Word]) -> bool:
    """Whether the phrase changes places with one that has the same kind of preposition, both of them no numbers."""
    place = pairs[start][1]
    jumped = [at for at, other in pairs[:start] if other > place] + [at for at, other in pairs[stop:] if other < place]
    kind = relation(said, pairs[start][0])
    return any(relation(said, at) == kind and not said[at].number for at in jumped) and not said[pairs[start][0]].number


def _whole(told: Sequence[Word], places: Sequence[int], said: Sequence[Word], known: Known, *, led: bool) -> bool:
    """Whether nothing that matters is left out between the terms, and nothing that narrows the claim around them.

    What is known from the question or the title need not be said again.
    """
    first, last = min(places), max(places)
    between = [place for place in range(first, last) if place not in places and told[place].topical]
    if any(
        told[place].key not in known.terms or (told[place].number and place - 1 not in between) for place in between
    ):
        return False
    ended = (told[last].name and told[last + 1 : last + 2] and told[last + 1].low in ("med", "with")) or any(
        word.low in lists().narrowing for word in said[places_of_terms(said)[-1] + 1 :]
    )
    before, after = told[:first], told[last + 1 : last + 2] if not ended else ()
    narrowed = [word for word in (*before[:1], *after) if word.low in lists().narrowing]
    asked = any(word.low in ("om", "hvorvidt", "whether") for word in before)
    beside = [
        word
        for word in (*(() if led else before[-1:]), *told[last + 1 : last + 2])
        if word.topical and word.key not in known.terms
    ]
    return not narrowed and not asked and not any(word.low not in lists().generic for word in beside)


def _named(pairs: Sequence[tuple[int, int]], told: Sequence[Word]) -> bool:
    """Whether names of more than one word are whole and kept together; a title before the first may go."""
    said = {place: number for number, (_, place) in enumerate(pairs)}
    for place, (one, other) in enumerate(pairwise(told)):
        first, second = said.get(place), said.get(place + 1)
        if not (one.name and other.name and one.topical and other.topical) or first is second is None:
            continue
        parted = first is not None and (second is None or second - first != 1)
        if parted or (first is None and place > 0):
            return False
    return True
