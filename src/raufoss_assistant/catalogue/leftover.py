"""Words of a question that no condition took up, as words that records are to mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from raufoss_assistant.catalogue.asked import vocabulary
from raufoss_assistant.catalogue.conditions import Condition, Reading, stands_for
from raufoss_assistant.catalogue.denial import denied
from raufoss_assistant.catalogue.filters import NAME, WORD, About, AnyOf, Mentions, kept
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.catalogue.names import plain
from raufoss_assistant.model import Record
from raufoss_assistant.norwegian.analyse import stem, stop_words
from raufoss_assistant.norwegian.sentences import sentences

_IN_NAME = re.compile(r"\b(?:i|in) (?:\w+ ){0,2}(?:na[mv]n(?:et)?|titte?l\w*|names?|titles?)\b", re.IGNORECASE)
_OF_NAME = re.compile(r"\b(\w{4,})\W+(?:i|in) (?:\w+ )?(?:na[mv]n(?:et)?|tittelen|name|title)\b", re.IGNORECASE)
_FOR = re.compile(r"\b(?:målgruppe\w*|mynta|retta?|rettet|beregnet|berekna)\b", re.IGNORECASE)
_SCOPES = (
    "equipment",
    "training",
    "benefit",
    "contact",
    "deliverable",
    "exam",
    "admission",
    "not_covered",
)
_GIVES = re.compile(
    r"\b(?:gi|gir|gjev|får|fås|leverer|lever|nevn\w*|nemn\w*|slutter|avslutt\w*|sitte\w* igjen|include\w*"
    r"|give\w*|deliver\w*|mention\w*)\b",
    re.IGNORECASE,
)
"""Words that ask for what a record gives, rather than for what it is about."""
_SOME = 5
"""Letters of a word that tells what a record gives."""
TELLING = 6
"""Letters of a word that tells what a record is about although no name has it."""
_JOIN = re.compile(r",|\b(?:og|å|eller|and|or)\b", re.IGNORECASE)
_APART = re.compile(r"[.;:?!]|\b(?:som|that|which|men|but)\b", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:begge|både|both)\b", re.IGNORECASE)
_VERB = re.compile(r"er[ea]r$")
"""A verb of what is done, so that it is asked what a record gives."""
_OR = re.compile(r"\b(?:eller|or)\b", re.IGNORECASE)
_STRETCH = re.compile(r"(?: [^\W_]+)*")
"""What goes on without a sign, or words that are taken."""
_BACK = re.compile(r"\b(?:det|dette|dem|dei|slik\w*|slikt|that|this|it|them)\b\W*$", re.IGNORECASE)
"""The end of a question that points back to the sentence before."""


def mentions(
    reading: Reading, used: Sequence[Condition], meanings: Meanings | None = None
) -> tuple[list[Condition], list[str]]:
    """Conditions of the words that are left, and the words that no record has.

    All words must be met, or one of those that «og» or «eller» joins. Where no record has them all, what they mean
    together decides; where that tells nothing, the commonest is left out first.

    Example:
        >>> [each.filter.label for each in mentions(Reading("Tjenester med sveising", "service", services), [])[0]]
        ['sveising']
    """
    scope = _scope(reading)
    extremes = (pattern for each in vocabulary().extremes for pattern in (each.least, each.most))
    fields = (pattern for field, pattern in vocabulary().fields.items() if field in reading.fields)
    for pattern in (*extremes, *fields):
        for found in list(pattern.finditer(reading.left)):
            reading.take(*found.span())
    candidates = kept(reading.records, [each.filter for each in used])
    chosen, strange = _chosen(reading, scope, asking(reading))
    if not chosen and (before := _pointed_at(reading)):
        chosen, _ = _chosen(reading, scope, before)
    grouped = [_joined(reading, scope, group, candidates) for group in _runs(reading, chosen)]
    conditions = [each for group in grouped for each in group]
    ignored = [reading.text[slice(*span)] for span in strange]
    few = len(conditions) < len(strange) and not any(_names(reading, each) for each in conditions)
    apart = few or not kept(reading.records, [each.filter for each in conditions])
    if meanings and not scope and (meant := _meant(reading, meanings, conditions, strange, apart=apart)):
        return [meant], []
    while conditions and not kept(candidates, [each.filter for each in conditions]):
        if len(conditions) == 1 and (not candidates or _names(reading, conditions[0])):
            break
        common = max(conditions, key=lambda each: len(kept(reading.records, [each.filter])))
        conditions.remove(common)
        ignored.append(common.filter.label)
    return conditions, ignored


def _meant(
    reading: Reading,
    meanings: Meanings,
    conditions: Sequence[Condition],
    strange: Sequence[tuple[int, int]],
    *,
    apart: bool,
) -> Condition | None:
    """What the words that are left mean together, where no record has one of them, or none has them all."""
    spans = [span for span in strange if _telling(reading.text[slice(*span)])]
    if conditions and apart:
        spans = sorted([*spans, *((each.start, each.end) for each in conditions)])
    if not spans or (conditions and not apart):
        return None
    start, end = spans[0][0], max(last for _, last in spans)
    rest = [word for word in WORD.finditer(reading.left, end, _stretch(reading, end)) if word[0] not in stop_words()]
    words = reading.text[start : rest[-1].end() if rest else end]
    ids = meanings.about(words, reading.type, beside=bool(reading.found))
    deny = denied(reading.text, start, end)
    return Condition(About(ids, f"handler om: {words}"), start, end) if ids and not deny else None


def _names(reading: Reading, condition: Condition) -> bool:
    """Whether the words of a condition are in a record's name."""
    filters = condition.filter.filters if isinstance(condition.filter, AnyOf) else (condition.filter,)
    return any(isinstance(each, Mentions) and each.names(record) for each in filters for record in reading.records)


def _stretch(reading: Reading, start: int) -> int:
    """Where words that go on from there without a sign, or words that are taken, end."""
    found = _STRETCH.match(reading.left, start)
    return found.end() if found else start


def _telling(word: str) -> bool:
    """Whether a word tells of something although no record has it: a long one, or letters that stand for words."""
    return len(word) >= _SOME or (len(word) > 1 and word.isupper())


def _runs(reading: Reading, chosen: Sequence[tuple[Mentions, int, int]]) -> list[list[tuple[Mentions, int, int]]]:
    """The words in runs of those that «,», «og» or «eller» joins."""
    runs: list[list[tuple[Mentions, int, int]]] = []
    for each in chosen:
        if runs:
            gap = reading.text[runs[-1][-1][2] : each[1]]
            small = all(_small(word) for word in WORD.findall(gap.casefold()))
            if small and _JOIN.search(gap) and not _APART.search(gap):
                runs[-1].append(each)
                continue
        runs.append([each])
    return runs


def _joined(
    reading: Reading,
    scope: tuple[str, ...],
    run: Sequence[tuple[Mentions, int, int]],
    candidates: Sequence[Record],
) -> list[Condition]:
    """A run of words as conditions: one that any of them meets, where «eller» joins them or no record has them all."""
    wanted = [each for each in run if not each[0].negated]
    text = reading.text[run[0][1] : run[-1][2]]
    named = all(any(mention.names(record) for record in reading.records) for mention, _, _ in wanted)
    either = (
        _OR.search(text) or scope == (NAME,) or named or not kept(candidates, [mention for mention, _, _ in wanted])
    )
    if len(wanted) > 1 and either and not _BOTH.search(reading.text):
        joined = Condition(AnyOf(tuple(mention for mention, _, _ in wanted)), wanted[0][1], wanted[-1][2])
        return [joined, *(Condition(*each) for each in run if each not in wanted)]
    return [Condition(*each) for each in run]


def _small(word: str) -> bool:
    return word in stop_words() or bool(vocabulary().noise.fullmatch(word))


def _chosen(
    reading: Reading, scope: tuple[str, ...], part: tuple[int, int]
) -> tuple[list[tuple[Mentions, int, int]], list[tuple[int, int]]]:
    """The words of a part of the question that records have, and where those stand that none has."""
    chosen: list[tuple[Mentions, int, int]] = []
    strange = []
    for word, start, end in _words(reading, part):
        stems = frozenset({stem(word.casefold()), stem(plain(word)), *stands_for(word)})
        deny = denied(reading.text, start, end)
        mention = Mentions(stems, f"ikke {word}" if deny else word, scope, negated=deny)
        own = any(mention.names(record) for record in reading.records)
        if not scope and not (own and not (_GIVES.search(reading.text) or _VERB.search(word))):
            mention = replace(mention, scope=_gives(reading))
        if scope == ("equipment",) and not any(mention.holds(record) != deny for record in reading.records):
            mention = replace(mention, scope=("training",))  # what is told of it
        telling = scope or own or _telling(word)
        if telling and any(mention.holds(record) != deny for record in reading.records):
            chosen.append((mention, start, end))
        elif rare := _elsewhere(reading, stems, word, negated=deny):
            chosen.append((rare, start, end))
        else:
            strange.append((start, end))
    return chosen, strange


def _gives(reading: Reading) -> tuple[str, ...]:
    """The fields that tell what a record is about and what it gives."""
    return tuple(field for field in ("about", "benefit", "deliverable", "code", "target") if field in reading.fields)


def _elsewhere(reading: Reading, stems: frozenset[str], word: str, *, negated: bool) -> Mentions | None:
    """A filter on all fields, for a telling word that few records have."""
    mention = Mentions(stems, word, tuple(reading.fields))
    holding = sum(bool(mention.holds(record)) for record in reading.records)
    if len(word) < TELLING or not 0 < holding <= len(reading.records) / 2:
        return None
    return Mentions(stems, f"ikke {word}", tuple(reading.fields), negated=True) if negated else mention


def asking(reading: Reading) -> tuple[int, int]:
    """The sentence that names the type, of several the last that is a question; else the last sentence."""
    parts = sentences(reading.text) or [(0, 0)]
    noun = vocabulary().nouns[reading.type]
    naming = [part for part in parts if noun.search(reading.text[slice(*part)])]
    asked = [part for part in naming if reading.text[slice(*part)].rstrip().endswith("?")]
    return (asked[-1:] or naming[:1] or parts[-1:])[0]


def _pointed_at(reading: Reading) -> tuple[int, int] | None:
    """The sentence before the one that asks, where that points back to it or asks nothing itself."""
    parts, last = sentences(reading.text), asking(reading)
    place = parts.index(last) if last in parts else 0
    back = not reading.found or _BACK.search(reading.text[slice(*last)])
    return parts[place - 1] if place and back else None


def _words(reading: Reading, part: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """The words left in a part of the question that tell of something, with where they stand."""
    noise, noun, stops = vocabulary().noise, vocabulary().nouns[reading.type], stop_words()
    told: set[str] = set()
    nouns = [found.span() for found in noun.finditer(reading.text)]
    own = {found.start(1) for found in _OF_NAME.finditer(reading.text, *part)}
    for found in WORD.finditer(reading.left, *part):
        word = found[0].casefold()
        if (
            len(word) > 1
            and not word.isdigit()
            and word not in stops | told
            and not any(start <= found.start() < end for start, end in nouns)
            and (found.start() in own or not noise.fullmatch(word))
        ):
            told.add(word)
            yield found[0], *found.span()


def _scope(reading: Reading) -> tuple[str, ...]:
    """The field that the words are to stand in, where the question names one."""
    if found := _IN_NAME.search(reading.left):
        reading.take(*found.span())
        return (NAME,)
    scope: list[str] = []
    for field in _SCOPES:
        if field in reading.fields and (found := vocabulary().fields[field].search(reading.left)):
            reading.take(*found.span())
            scope.append(field)
            if not _OR.search(reading.text):
                break
    if scope:
        return tuple(scope)
    return ("target",) if _FOR.search(reading.left) and "target" in reading.fields else ()
