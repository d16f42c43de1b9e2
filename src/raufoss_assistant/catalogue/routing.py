"""What kind of answer a question wants: a passage, a list, a count, a comparison, or a match of a need."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

import yaml

from raufoss_assistant.catalogue.asked import bounds, vocabulary
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.concepts import concepts_of
from raufoss_assistant.catalogue.conditions import Reading
from raufoss_assistant.catalogue.leftover import mentions
from raufoss_assistant.catalogue.names import plain
from raufoss_assistant.catalogue.naming import Naming, named
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.model import Record, RecordType
from raufoss_assistant.norwegian.analyse import stop_words
from raufoss_assistant.norwegian.sentences import sentences

Kind = Literal["passage", "list", "count", "compare", "need"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_CHOICE = r"\b(?:av|mellom|eller|elle|enn|or|of|than|between|og|and)\b"
_TYPES: tuple[RecordType, ...] = ("service", "course", "funding")
"""Types that conditions alone may tell."""
_SAME = re.compile(r"\W*(?:er|is|are)\b.*\b(?:samme|same)\b", re.I)
_WHICH = re.compile(
    r"\b(?:(?:hvor|kor) mange|how many|antall(?:et)?|number of|hvilke[nt]?|hvilket|kva for (?:ein|eit|ei)|which"
    r"|what)\s+([\w-]+)",
    re.IGNORECASE,
)
_CALENDAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d ]*(?:kr|,-))")
_KINDS = {"level", "unit", "school", "form"}
"""Fields whose values may be used as nouns: «hvor mange bachelorer»."""
_OF_NOUNS = ("count", "which", "overview", "there_is")
"""Cues that ask for records where a noun of theirs follows."""
_PAIR = 2
_WHO = re.compile(r"\bk[eæ]m(?= (?:av|som|har|kan|e|er)\b)")
"""«Hvem» as it is said; in capitals it is a name."""
_ALSO = re.compile(r"\b(?:og|and) (?:hvilke[nt]?|hvor|når|which|what|when|where)\b")
"""A second question, of something else."""
_JOINS = re.compile(r"\b(?:og|and|eller|or|å|mot)\b|&")
_LONG = 25
"""Words from which a text in the first person tells of a need."""
_TOLD = 35
"""Words from which it does so even where it ends by asking for a list."""
_STATED = 6
"""Words from which a plain statement tells of a need; fewer are keywords."""
_KEYWORDS = 4
"""Words up to which values alone ask for a list."""
_SHORT = 12
"""Words of a question without a verb of asking that may be keywords."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes.

    Attributes:
        kind: of answer.
        type: of the records that a list, a count or a comparison is of, else None.
        records: those that a comparison is of.
    """

    kind: Kind
    type: RecordType | None = None
    records: tuple[Record, ...] = ()


def route(question: str, catalogue: Catalogue) -> Route:
    """Tell what kind of answer a question wants.

    Example:
        >>> route("Hvor mange tjenester er det for TRL 4?", catalogue).kind
        'count'
    """
    text = _told(question)
    names = named(text, catalogue.records)
    exact = [each.record for each in names if each.exact]
    if (compared := _compared(text, names, exact)) and not _whether_one(text, compared):
        return Route("compare", compared[0].type, compared)
    type_ = type_of(text) or _type_of_names(names)
    situated = bool(_finds("situation", text))
    told = situated and len(text.split()) >= _TOLD and _finds("we", text)
    if type_ and not told and not (exact and re.search(r"\bem[nm]e?\w*", text, re.I)):
        if schema(type_).partial:
            return Route("list", type_) if _lists_all(text) else Route("passage")
        if _counts(text):
            return Route("count", type_)
        if _lists(text, exact=bool(exact)) and not (situated and _finds("help", text) and concepts_of(text)):
            return Route("list", type_)
        if not exact and not situated and (kind := _narrowed(text)):
            return Route(kind, type_)
    wanted = None if exact else _by_conditions(text, type_, catalogue, told=bool(told))
    return wanted or Route("need" if _needs(text, exact=bool(exact)) else "passage")


def routed(kind: Kind, question: str, catalogue: Catalogue) -> Route | None:
    """The route of that kind, whatever the rules say; None where the question tells not the records that it needs.

    Example:
        >>> routed("list", "Vis alt under TRL 3", catalogue).type
        'service'
    """
    text = _told(question)
    names = named(text, catalogue.records)
    if kind == "compare":
        compared = _of_one_type([each.record for each in names], [each.record for each in names if each.exact])
        apart = {each.start for each in names if each.record in compared}
        return Route(kind, compared[0].type, compared) if len(apart) > 1 and not _whether_one(text, compared) else None
    if kind in ("passage", "need"):
        return Route(kind)
    if type_ := type_of(text) or _type_of_names(names):
        return None if kind == "count" and schema(type_).partial else Route(kind, type_)
    asked = {each: _asked_for(text, each, catalogue, words=True) for each in _TYPES}
    most = max(_TYPES, key=lambda each: asked[each])
    return Route(kind, most) if asked[most] else None


def signs(question: str, records: Sequence[Record]) -> list[str]:
    """What the rules go by: names of the cues that a question has, where they stand, and how many records it names.

    Example:
        >>> "count before noun" in signs("Hvor mange kurs har dere?", catalogue.records)
        True
    """
    text = _told(question)
    names = named(text, records)
    exact = sum(each.exact for each in names)
    found = {cue: _finds(cue, text) for cue in _cues()}
    for cue in _OF_NOUNS:
        found[f"{cue} before noun"] = _before_noun(cue, text)
        found[f"{cue} near noun"] = _near_noun(cue, text)
    found |= {"counts": _counts(text), "superlative": _superlative(text), "else": _of_something_else(text)}
    found |= {"names": len(names) > 1, "full name": exact == 1, "full names": exact > 1}
    return [sign for sign, there in found.items() if there]


def _told(question: str) -> str:
    """A question on one line, «hvem» as it is written."""
    return _WHO.sub("hvem", " ".join(question.split()))


def _narrowed(text: str) -> Kind | None:
    """The kind where the type's noun is narrowed beside a word that counts or lists; None where it is not."""
    if _finds("fact", text) or not _narrows(text):
        return None
    if _near_noun("count", text):
        return "count"
    return "list" if _near_noun("which", text) or _near_noun("overview", text) else None


def _by_conditions(text: str, type_: RecordType | None, catalogue: Catalogue, *, told: bool) -> Route | None:
    """A list or a count, where a question asks and what it asks for are conditions that records can be held against.

    One is enough where it names the type or an overview, else two; a situation that calls for help must set three.
    """
    if not _finds("seeks", text) or _finds("help_plain", text) or _of_something_else(text):
        return None
    overview = bool(_finds("where_listed", text))
    bounded = any(not each.exact and not _CALENDAR.search(text[each.start : each.end]) for each in bounds(text))
    if _finds("fact", text) and not (bounded or (overview and _finds("where", text))):
        return None
    types = (type_,) if type_ else _TYPES
    words = overview or bool(type_ and _finds("gives", text))
    ranked = [(_asked_for(text, each, catalogue, words=words), each) for each in types]
    most = max(count for count, _ in ranked)
    enough = 1 if overview or _named_type(text) or (type_ and (bounded or _finds("count", text))) else 2
    if _finds("situation", text):
        enough = 3 if told or (concepts_of(text) and not type_) or _finds("fits", text) else 2
    if most < enough:
        return None
    best = next(each for count, each in ranked if count == most)
    return Route("count" if _finds("count", text) or _finds("count_of_these", text) else "list", best)


def _asked_for(text: str, type_: RecordType, catalogue: Catalogue, *, words: bool) -> int:
    """How many conditions a question sets on fields of a type that records have data for, a superlative counted too.

    With `words`, also how many of its other words such records have.
    """
    records = catalogue.of_type(type_)
    reading = Reading(text, type_, records)
    found = list(reading.conditions())
    typed = [each for each in found if any(each.filter.holds(record) is not None for record in records)]
    mentioned = mentions(reading, found)[0] if words else []
    return len(typed) + len(mentioned) + _superlative(text)


def _named_type(text: str) -> bool:
    """Whether a noun of a type stands in the question, in the plural or the singular."""
    asked = vocabulary()
    return any(pattern.search(text) for pattern in (*asked.nouns.values(), *asked.singular.values()))


def _of_something_else(text: str) -> bool:
    """Whether «which» stands before a noun that is no type of record, so that this is what is asked for."""
    asked = vocabulary()
    for found in _WHICH.finditer(text):
        word = found[1].casefold()
        if any(pattern.fullmatch(word) for pattern in asked.fields.values()):
            return True
        types = (*asked.nouns.values(), *asked.singular.values(), asked.offers)
        kinds = (it for it in asked.values if set(it.fields) & _KINDS)
        known = any(pattern.match(word) for pattern in types) or any(it.asked.match(word) for it in kinds)
        if not (known or word in stop_words() or asked.noise.fullmatch(word) or _superlative(word)):
            return True
    return False


def _compared(text: str, naming: list[Naming], exact: list[Record]) -> tuple[Record, ...]:
    """The records of one type that a question holds against each other.

    Where it says that it compares, a word of theirs names them; where it only leans that way («dyrest av»), one of them
    must be named in full; where it only asks for a field, both.
    """
    names = [each.record for each in naming]
    asked = _before_noun("count", text) or (_before_noun("which", text) and len(exact) < _PAIR)
    if asked and not _finds("compare", text):
        return ()
    fielded = any(pattern.search(text) for pattern in vocabulary().fields.values())
    leans = _finds("leans", text) or (_finds("better", text) and re.search(_CHOICE, text, re.I))
    if _finds("compare", text) or (leans and (exact or fielded) and not _finds("situation", text)):
        found = names
    elif leans and len(exact) > 1 and text.endswith("?"):
        found = exact
    elif fielded and len(naming) > 1 and not naming[0].start and _enumerates(text, naming):
        found = names
    elif (fielded or (_finds("asks_of", text) and len(exact) > 1)) and not _finds("situation", text):
        found = names if exact and _enumerates(text, naming) else exact
    else:
        return ()
    return _of_one_type(found, exact)


def _whether_one(text: str, compared: Sequence[Record]) -> bool:
    """Whether it is asked if companies or catapults are the same one, which no field tells."""
    return compared[0].type in ("organisation", "company") and bool(_SAME.match(text))


def _of_one_type(found: Sequence[Record], exact: Sequence[Record]) -> tuple[Record, ...]:
    """The records of the type that has several of them, that with most named in full; nothing where no type has."""
    kinds = [
        tuple(record for record in found if record.type == type_)
        for type_ in dict.fromkeys(each.type for each in found)
    ]
    return max((same for same in kinds if len(same) > 1), key=lambda same: len(set(same) & set(exact)), default=())


def _enumerates(text: str, naming: list[Naming]) -> bool:
    """Whether a question names just two things of a type, with a word that joins them between."""
    one, *others = [each for each in naming if each.record.type == naming[0].record.type]
    between = plain(text)[one.start : others[0].start] if len(others) == 1 else ""
    return bool(_JOINS.search(between)) and len(between.split()) <= _SHORT and not _ALSO.search(plain(text))


def type_of(text: str) -> RecordType | None:
    """The type of records that a question speaks of: by its first noun for one, else by what it speaks of beside.

    Example:
        >>> type_of("Hvilke av tilbudene i kurslisten er på nett?")
        'course'
    """
    for nouns in (vocabulary().nouns, vocabulary().singular):
        if found := [(match.start(), type_) for type_, pattern in nouns.items() if (match := pattern.search(text))]:
            return min(found)[1]
    return next((type_ for type_, pattern in vocabulary().contexts.items() if pattern.search(text)), None)


def _type_of_names(names: list[Naming]) -> RecordType | None:
    """The type that all records have which words of the question name."""
    types = {each.record.type if each.record.type in _TYPES else None for each in names}
    return types.pop() if len(types) == 1 and len(names) > 1 else None


def _counts(text: str) -> bool:
    counted = re.search(rf"(?<![\w-])(?:{_raw()['count']}) (?:av|of) (?:\S+ ){{0,4}}{_nouns()}", text, re.I)
    return bool(_before_noun("count", text) or counted or _finds("count_of_these", text))


def _lists(text: str, *, exact: bool) -> bool:
    if _lists_all(text):
        return True
    if _finds("which_are", text) or (_finds("something", text) and _valued(text) and not _finds("we", text)):
        return True
    if _before_noun("which_one", text, singular=True) and (_valued(text) or _superlative(text)):
        return True
    nouns = (*vocabulary().nouns.values(), *vocabulary().singular.values())
    if not exact and not _finds("fact_of", text) and any(noun.search(text) for noun in nouns) and _superlative(text):
        return True
    if (
        not exact
        and len(text.split()) <= _KEYWORDS
        and sum(bool(v.asked.search(text)) for v in vocabulary().values) > 1
    ):
        return True
    few = len(text.split()) <= _SHORT and not (
        exact and any(each.search(text) for each in vocabulary().fields.values())
    )
    return (
        few
        and bool(re.match(rf"\W*(?:\w+\W+){{0,2}}?{_nouns()}", text, re.I))
        and not _finds("fact", text)
        and (not text.endswith("?") or bool(re.match(_nouns(), text, re.I)))
    )


def _lists_all(text: str) -> bool:
    return any(_before_noun(cue, text) for cue in ("which", "overview", "there_is"))


def _narrows(text: str) -> bool:
    """Whether a question names a field, bounds a number or asks for the most or the least."""
    asked = vocabulary()
    return (
        any(True for _ in bounds(text))
        or any(pattern.search(text) for pattern in asked.fields.values())
        or _superlative(text)
    )


def _superlative(text: str) -> bool:
    """Whether a question asks for the most or the least of something that records have."""
    return any(each.least.search(text) or each.most.search(text) for each in vocabulary().extremes)


def _valued(text: str) -> bool:
    """Whether a question bounds a number or names a value that records have."""
    return any(True for _ in bounds(text)) or any(value.asked.search(text) for value in vocabulary().values)


def _before_noun(cue: str, text: str, *, singular: bool = False) -> bool:
    """Whether the cue stands before a noun of a type, with nothing but small words and values between."""
    return bool(_cue_and_noun(cue, singular=singular).search(text))


def _near_noun(cue: str, text: str) -> bool:
    """Whether the cue stands a few words before a noun of a type."""
    return bool(re.search(rf"(?<![\w-])(?:{_raw()[cue]})\W+(?:[\w-]+\W+){{0,4}}?{_nouns()}", text, re.I))


@lru_cache(maxsize=16)
def _cue_and_noun(cue: str, *, singular: bool) -> re.Pattern[str]:
    values = "|".join(value.asked.pattern for value in vocabulary().values)
    noun = (
        "(?:" + "|".join(pattern.pattern for pattern in vocabulary().singular.values()) + ")" if singular else _nouns()
    )
    between = rf"(?:\W+(?:{_raw()['between']}|ntnu|\w+-|{values})){{0,5}}"
    return re.compile(rf"(?<![\w-])(?:{_raw()[cue]}){between}\W+{noun}", re.I)


def _nouns() -> str:
    return "(?:" + "|".join(pattern.pattern for pattern in (*vocabulary().nouns.values(), vocabulary().offers)) + ")"


def _needs(text: str, *, exact: bool) -> bool:
    """Whether somebody tells of a situation or a wish and does not go on to ask for a plain fact."""
    told_of_us = _finds("we", text) and len(text.split())
    stated = not (text.endswith("?") or _finds("asks", text)) and told_of_us >= _STATED and concepts_of(text)
    if _finds("wants", text) or told_of_us >= _LONG or stated:
        return True
    parts = [text[start:end] for start, end in sentences(text)]
    asked = [part for part in parts if part.endswith("?")]
    told = [part for part in parts if _finds("situation", part) and part not in asked]
    if told and not asked:
        return not exact or len(parts) > 1
    if told:
        return any(not _finds("fact", part) or _finds("help", part) for part in asked)
    if _finds("fact", text):
        return bool(_finds("we", text) and _finds("help", text) and _finds("situation", text) and not exact)
    if _finds("situation", text) and (_finds("help", text) or _finds("wish", text)):
        return not (exact and text.endswith("?") and not _finds("help", text))
    return bool(_finds("we", text) and _finds("help", text)) and not exact


def _finds(cue: str, text: str) -> bool:
    return bool(_cues()[cue].search(text))


@lru_cache(maxsize=1)
def _raw() -> Mapping[str, str]:
    file = resources.files("raufoss_assistant.catalogue").joinpath("data/routing.yaml")
    data: dict[str, str] = yaml.safe_load(file.read_text("utf-8"))
    return data


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, re.Pattern[str]]:
    return {
        cue: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)" if not pattern.startswith("^") else pattern, re.I)
        for cue, pattern in _raw().items()
    }
