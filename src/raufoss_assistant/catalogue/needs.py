"""A need in free text as a profile: size, age, place, maturity, money, time, and what is wished for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from raufoss_assistant.catalogue.asked import bounds, places
from raufoss_assistant.catalogue.values import DAYS, EMPLOYEES, MONEY
from raufoss_assistant.norwegian.numbers import numbers

_PEOPLE = rf"(?:{EMPLOYEES}|mann|menn|stykker|personar|folk|karer|karar|gründer(?:e|ar)|venner|venar|på huset|workers|founders)"
_SELF = re.compile(r"\b(?:bare|berre|bærre|kun|just|only) (?:meg|me)\b|\bhelt alene\b|\bheilt åleine\b|\balene i firmaet\b|\bfor meg (?:selv|sjølv)\b|\b(?:ingen|uten|utan|no|without) (?:ansatte|tilsette|employees)\b", re.I)
_WE_ARE = re.compile(r"\b(?:vi|me|mæ|mi|we|det) (?:er|e|are|driver|driv|blir)(?: (?:bare|berre|nå|no|om lag|ca\.?|rundt|about|only|now))?\s*$", re.I)
_FIRM = r"(?:firma(?:et)?|selskap(?:et)?|bedrift(?:en|a)?|verksemd(?:a)?|foretak(?:et)?|føretak(?:et)?|enkeltpersonf[oø]retak|company|firm|business|AS|vi|me)"
_YEARS = re.compile(r"\s*(?:år|years?)\b(?! (?:gammel|gamal|old) (?:\w+ ?)?(?:maskin|machine))", re.I)
_SINCE = re.compile(r"\b(?:fra|frå|siden|sidan|since|i|in|starta|startet|stiftet|stifta|founded)\s+((?:19|20)\d\d)\b", re.I)
_STARTED = re.compile(r"\b(?:start(?:a|et|ed|ar)|stift(?:a|et)|etabler(?:t|te)|grunnla|founded|nystart\w*|nyetablert\w*|splitter ny\w*)\b", re.I)
_TRL = re.compile(r"\btrl[- ]?(?:nivå\s*)?(\d)(?:\s*(?:[–-]|til|to|eller|or)\s*(\d))?", re.I)
_OUTSIDE = re.compile(r"\b(?:i|på|ved|fra|frå|in|at|near|utenfor)\s+(\w+)", re.I)
_WISHES = {
    "fund": r"støtt\w*|tilskudd\w*|tilskot\w*|stønad\w*|(?:få|fått|skaffe|trenger?|treng|trengs) (?:\w+ ){0,3}(?:penge\w*|pengar|kapital)|penger til|pengar til|finansier\w*|søke på|søkje på|søke om|funding|grants?|money|betale(?:r)?\b|dekke(?:t|r)? (?:noe|et|en|noko)|med på regning\w*|få igjen|kapital|skatt\w*|spleise",
    "learn": r"\b(?:lære?|læra|lærer|studere|studium|kurs\w*|fagsk[ou]le\w*|ingeniør|bachelor\w*|master\w*|utdann\w*|fag på nett|enkelt fag|emne\w*|fagbrev\w*|learn|study|course|degree|skole|skule|papirer på|opplæring|lære(?:s)? opp|læres|trening)\b",
    "recruit": r"\blærling\w*|apprentice\w*|lærebedrift\w*|vg2\b|fagbrev (?:på jobb|mens|medan)",
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What a need says of whoever has it; what it does not say is None or empty.

    Attributes:
        employees: number of people.
        age: of the company, in years.
        place: where it is, as written.
        innlandet: whether that is in Innlandet.
        trl: stated technology readiness, least and most.
        budget: sum that may be spent, in kroner.
        days: time there is, in days.
        wishes: fund, learn and recruit; test where it asks for none of them, or for something to be tried.
    """

    employees: float | None = None
    age: float | None = None
    place: str | None = None
    innlandet: bool | None = None
    trl: tuple[float, float] | None = None
    budget: float | None = None
    days: float | None = None
    wishes: frozenset[str] = frozenset()


def profile(text: str, today: date) -> Needs:
    """Read the profile of a need.

    Args:
        text: in bokmål, nynorsk or English, as somebody writes it.
        today: for «startet i fjor».

    Example:
        >>> profile("Vi er ni ansatte på Lena og vil prøve en robot.", date(2026, 11, 26)).employees
        9.0
    """
    place = next(_places(text), None)
    trl = _TRL.search(text)
    return Needs(
        employees=_employees(text),
        age=_age(text, today),
        place=place,
        innlandet=places()[place.casefold()] if place else None,
        trl=(float(trl[1]), float(trl[2] or trl[1])) if trl else None,
        budget=_budget(text),
        days=_days(text),
        wishes=frozenset(wish for wish, pattern in _WISHES.items() if re.search(pattern, text, re.I)),
    )


def _employees(text: str) -> float | None:
    found = list(numbers(text))
    for number in found:
        if re.match(rf"[ -]*(?:\w+ )?(?:{EMPLOYEES})\b", text[number.end :], re.I) and not re.match(r"\s*(?:av|of)\b", text[number.end :], re.I):
            return number.value
    for number in found:
        if _WE_ARE.search(text[: number.start]) and not _YEARS.match(text[number.end :]):
            return number.value
    for number in found:
        if re.match(rf"[ -]*{_PEOPLE}\b", text[number.end :], re.I) or re.match(r"-(?:person|mann)", text[number.end :], re.I):
            return number.value
    return 1.0 if _SELF.search(text) else None


def _age(text: str, today: date) -> float | None:
    for number in numbers(text):
        before, after = text[: number.start], text[number.end :]
        if _YEARS.match(after) and number.value < 200:
            firm = re.search(rf"\b{_FIRM}\b(?:\W+\w+){{0,3}}\W*$", before, re.I)
            old = re.match(r"\s*(?:år|years?) (?:gammel\w*|gamal\w*|old|nå\b|no\b)", after, re.I)
            if (firm and re.search(r"\b(?:er|e|is|på|ble|fylte|har eksistert)\b(?:\W+\w+){0,2}\W*$", before, re.I)) or (old and re.search(_FIRM, before, re.I)):
                return number.value
    if year := _SINCE.search(text):
        return float(today.year - int(year[1])) if int(year[1]) <= today.year else None
    if started := _STARTED.search(text):
        return 1.0 if re.search(r"\bi fjor\b|last year", text[started.start() :], re.I) else 0.5
    return None


def _places(text: str) -> Iterator[str]:
    """Places named after a preposition, or with a capital letter that does not begin a sentence."""
    known = places()
    for found in _OUTSIDE.finditer(text):
        if found[1].casefold() in known and (found[1][0].isupper() or len(found[1]) > 4):
            yield found[1][0].upper() + found[1][1:]
    for found in re.finditer(r"(?:^|[\w,] )([A-ZÆØÅ]\w+)", text):
        if found[1].casefold() in known and len(found[1]) > 3:
            yield found[1]


def _budget(text: str) -> float | None:
    for bound in bounds(text):
        value = bound.high if bound.high is not None else bound.low
        if value and value >= 1000 and re.match(rf"\s*(?:{MONEY})", text[bound.end :], re.I):
            return round(value, 2)
    return None


def _days(text: str) -> float | None:
    for bound in bounds(text):
        for unit, days in DAYS.items():
            if not bound.exact and bound.high is not None and re.match(rf"\s*(?:{unit})\b", text[bound.end :], re.I):
                return round(bound.high * days, 2)
    return None
