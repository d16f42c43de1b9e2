"""Numbers of a question as ranges of the fields that they measure: TRL, money, time, size, share, credits, years."""

from __future__ import annotations

import re

from raufoss_assistant.catalogue.asked import OR_MORE_OR_LESS, Bound, vocabulary
from raufoss_assistant.catalogue.denial import denied
from raufoss_assistant.catalogue.filters import InRange, Mode
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.catalogue.values import DAYS, EMPLOYEES, MONEY
from raufoss_assistant.model import RecordType
from raufoss_assistant.norwegian.analyse import stop_words

_BEGINS = re.compile(
    r"\b(?:begynn\w*|byrj\w*|start(?:e[rt]?|ar|a|s)?|krev\w*|requir\w*)(?: \w+){0,5}\s*$", re.IGNORECASE
)
_ENDS = re.compile(
    r"\b(?:slutt\w*|stopp\w*|ende[rt]?|topp\w*|til og med|til TRL|opp til|oppe? til|opptil|inntil"
    r"|øvre grense(?: \w+)?|upper limit|ends?|stops?|up to|høyest\w*|høgast\w*)(?: \w+){0,2}\s*$|^(?:opp til"
    r"|opptil|inntil|up to)\b",
    re.IGNORECASE,
)
_WHOLE_WAY = re.compile(r"\b(?:helt|heilt|all the way)\s*$", re.IGNORECASE)
"""What reaches just so far: «går helt opp til TRL 9»."""
_ONLY = re.compile(r"\b(?:bare|kun|berre|only)\b", re.IGNORECASE)
_BEGINNING = {"target": _ONLY, "trl": _BEGINS}
"""By field, what stands before a number that the record's range is to begin with or above."""
_LIMIT = re.compile(r"øvre grense|upper limit|slutt\w* på|topp\w* på", re.IGNORECASE)
_AS_LEAST = re.compile(
    r"\W+(?:\w+\W+)?(?:som|as) (?:\w+ )?(?:lavest|lågast|minst|nedre|lowest|least)\w*", re.IGNORECASE
)
_FROM_TRL = re.compile(r"\b(?:fra|frå|from)\s+(?:TRL\W*)?\d\W+(?:og )?(?:til|opp til|to)\b", re.IGNORECASE)
_TO_SPEND = re.compile(
    r"\s*(?:kroner |kr )?(?:å bruke|til rådighet|til rådvelde|å rutte med|i budsjett|to spend)", re.IGNORECASE
)
_DONE_IN = re.compile(
    r"\b(?:ferdig\w*|unnagj\w+|klar\w*|i mål|over|overstått|gjennomfør\w*|avslutt\w*|levert|done|finished"
    r"|completed?|delivered|ready)"
    r"(?: \w+){0,2} (?:på|i|in)\s*$",
    re.IGNORECASE,
)
_AT_HAND = re.compile(
    r"\b(?:vi|me|eg|jeg|æ|oss|we|I|i)\b(?: \w+){0,2} (?:har|hev|hadde|fått|får|have|got|had)(?: \w+){0,2}\s*$"
    r"|\b(?:og|and|but|men) (?:har|have)(?: \w+){0,2}\s*$",
)
"""A time that somebody has, who tells of himself."""
_LEFT = re.compile(
    r"\s*(?:på oss|på meg|på seg|til rådighet|til rådvelde|til (?:jul|påske|sommeren|fristen)|å bruke|to spare|left)"
)
_MAY = re.compile(
    r"(?<!\bvi )(?<!\bme )(?<!\bjeg )(?<!\beg )(?<!\bwe )(?<!\bi )"
    r"\b(?:kan|kunne|can|may|might)\b(?! vi| me| jeg| eg| we| i\b| dere| de| dykk| dokker| you)[^,.?]{0,30}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:fra|frå|from)\b(?! og med| and)", re.IGNORECASE)
_UP_TO = re.compile(r"(?:inntil|opptil|opp til|up to)\b", re.IGNORECASE)
_PRICED = re.compile(r"\b(?:koste\w*|kostar|pris\w*|costs?|price\w*)\W+(?:er |på |of |is )?$", re.IGNORECASE)
_HEADS = (
    r"(?:stykk\w* )?på (?:lønn\w+|laget|huset)|person(?:er|ar|s|lig)?|workers?|sjeler|heads|mann|personer"
    r"|folk|hoder|hovud|stykke[rn]?|stykk"
)
_COMPANIES = re.compile(
    r"\b(?:bedrift|verksemd|virksomhet|firma|foretak|selskap|compan|firm)\w*(?: (?:med|with|på|of))?\s*$", re.I
)
"""What a number of people is of."""
_MONTH, _LEAST_MONTH = 30.0, 28.0
"""Days of a month; four weeks are one where at least one is asked for."""
_LEAST_SUM = 100
"""Kroner; a smaller number without a unit is no sum of money."""
_WE_ARE = re.compile(r"\b(?:vi|me|oss|we)(?: er| e|'re| are) (?:\w+ )?$", re.IGNORECASE)
_SPENDS = re.compile(
    r"\b(?:bruk\w*|budsjett\w*|råd til|ramme\w*|betal\w*|penge\w*|pengar|kass[ae]\w*|spend\w*|afford|pay|budget)"
    r"(?: \w+){0,3}\s*$",
    re.IGNORECASE,
)
"""What is said of a sum that somebody has."""
_FROM_PRICE = re.compile(
    r"\bfra-?pris\w*|\bstarting (?:price|at)\b|\bprices? from\b|\bfrå-?pris\w*|\bstartpris\w*", re.IGNORECASE
)


def ranged(text: str, bound: Bound, type_: RecordType) -> tuple[InRange, int] | None:
    """The range that a bounded number of a question asks for, and the offset after its unit; None where it has none.

    Example:
        >>> text = "under 10 000 kr"
        >>> ranged(text, next(bounds(text)), "service")[0].field
        'price'
    """
    found = _measured(text, bound, type_)
    if found is None:
        return None
    field, factor, end = found
    before = text[: bound.start]
    after = OR_MORE_OR_LESS.match(text, end)
    if after and not bound.exact:
        end = after.end()
    words = text[bound.start : end].strip()
    least, most = bound.low, bound.high
    at_hand = field == "duration" and bound.exact and _to_spend(text, bound, end)
    if at_hand or (field == "price" and bound.exact and not _PRICED.search(before)):
        least = None  # a sum or a time to spend
    if field in ("start", "as_of") and _FROM.match(words) and bound.high is None and not after:
        most = least  # «fra 2023» of a course or a source is that year
    if field in ("share", "amount") and _UP_TO.match(words):
        least = most  # «kan dekke inntil 50 prosent» names the greatest share itself
    if field == "trl" and least is None and _WHOLE_WAY.search(before):
        least = most
    if field == "duration" and factor == _MONTH and least is not None and least == int(least) and most is None:
        factor = _LEAST_MONTH
    return InRange(
        field,
        low=None if least is None else least * factor,
        high=None if most is None else most * factor,
        mode="within" if at_hand else _mode(field, bound, text),
        label=words,
        marks=frozenset({"from"} if field == "price" and _FROM_PRICE.search(text) else ()),
        negated=_denied(field, bound, before),
    ), end


def _to_spend(text: str, bound: Bound, end: int) -> bool:
    """Whether a time is what there is to spend, rather than what something takes."""
    before = text[: bound.start]
    return bool(_DONE_IN.search(before) or _AT_HAND.search(before) or _LEFT.match(text, end))


def _denied(field: str, bound: Bound, before: str) -> bool:
    """Whether what is bounded is denied; a bound that is denied itself is turned round already."""
    if bound.exact:
        return denied(re.sub(r"\bTRL\W*$", "", before, flags=re.I), bound.start)
    return field == "target" and denied(_COMPANIES.sub("", before), bound.start)


def _measured(text: str, bound: Bound, type_: RecordType) -> tuple[str, float, int] | None:
    """Field, factor to its unit and end of the unit, for a number of the question."""
    before, after = text[: bound.start], text[bound.end :]
    inside = text[bound.start : bound.end]
    another = r"|\d\W+(?:og|eller|and|or)\W+" if bound.exact else ""
    if re.search(rf"\btrl[- ]?(?:nivå\w*|level)?\s*(?:(?:på|fra|frå|from)\s*{another})?$", before, re.I) or re.match(
        r"\D*\btrl\b", inside, re.I
    ):
        return "trl", 1.0, bound.end
    for unit, days in DAYS.items():
        if (word := re.match(rf"\s*(?:{unit})\b", after, re.I)) and "duration" in schema(type_).fields:
            return "duration", days, bound.end + word.end()
    for field, unit in (
        (
            "staff" if type_ in ("organisation", "company") else "target",
            f"{EMPLOYEES}|{_HEADS}{'|' if _tells_size(bound, before, after) else ''}",
        ),
        ("credits", r"(?:studie)?poeng\w*|sp|ects|credits?"),
        ("share", r"%|prosent|per ?cent"),
    ):
        if word := re.match(rf"[\s-]*(?:{unit})(?!\w)", after, re.I):
            return field, 1.0, bound.end + word.end()
    money = "amount" if type_ == "funding" else "price"
    word = re.match(rf"\s*(?:{MONEY}|crowns)", after, re.I)
    number = round(bound.high if bound.high is not None else bound.low or 0.0, 6)
    if not word and 1990 <= number <= 2040 and number == int(number):
        told = re.search(r"opplysning|datert|information|kilde", text, re.I)
        field = "as_of" if told or "start" not in schema(type_).fields else "start"
        return (field, 1.0, bound.end) if field in schema(type_).fields else None
    priced = number >= _LEAST_SUM and (
        not bound.exact or _SPENDS.search(before) or vocabulary().fields[money].search(text) or _TO_SPEND.match(after)
    )
    if word or priced:
        return money, 1.0, bound.end + (word.end() if word else 0)
    return None


def _tells_size(bound: Bound, before: str, after: str) -> bool:
    """Whether somebody says with a number alone how many they are: «vi er 25 på jobb»."""
    following = re.match(r"\W*(\w+)", after)
    counts = following is not None and following[1].casefold() not in stop_words()
    few = bound.exact and bound.high == bound.low and (bound.high or 0.0) < _LEAST_SUM * 10
    return few and not counts and bool(_WE_ARE.search(before))


def _mode(field: str, bound: Bound, text: str) -> Mode:
    """How the range of a record is held against a bound of the question."""
    before = text[: bound.start]
    between = bound.low is not None and bound.high is not None and not bound.exact
    if field in ("price", "amount", "share", "credits"):
        return "stated"
    if field == "duration" and (not bound.exact or _DONE_IN.search(before)):
        may: Mode = "overlap" if between else "reach"
        return may if _MAY.search(before) else "within"
    if (
        field in ("trl", "target")
        and (field == "trl" or _LIMIT.search(before))
        and not _FROM_TRL.search(before)
        and (_ENDS.search(before) or _ENDS.search(text[bound.start : bound.end]))
    ):
        return "ends"
    if field in _BEGINNING and bound.high is None and _BEGINNING[field].search(before):
        return "begins"
    if bound.exact and field not in ("start", "as_of"):
        least = _BEGINS.search(before) or _AS_LEAST.match(text, bound.end)
        return "begins" if least and field != "duration" else "covers"
    return "overlap" if between or field in {"target", "staff", "start", "as_of"} else "reach"
