"""Whether an answer to a question of a path is right: lenient in wording and spelling, strict in what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from raufoss_assistant.norwegian.analyse import stem, words
from raufoss_assistant.norwegian.dates import MONTHS
from raufoss_assistant.norwegian.numbers import numbers
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.onboarding.paths import Check

LONGEST_ANSWER = 500
"""Characters of an answer that are looked at."""
_NEGATIONS = frozenset(
    {
        *("ikke", "ikkje", "ingen", "inga", "intet", "ingenting", "aldri", "nei", "neppe", "verken", "hverken"),
        *("uten", "utan", "unntatt", "usant", "galt", "feil", "not", "no", "never", "none", "nothing", "wrong"),
    }
)
_YES = frozenset({"ja", "jo", "jau", "yes"})
_CLAUSE = re.compile(r"(?<!\d)[.,:;!?]|[,:;!?](?!\d)|\.(?!\d|\s+[a-zæøå])|\bmen\b|\bbut\b|\s[-–]\s", re.IGNORECASE)
_OTHER_THAN = re.compile(r"\b(?:annet|andre|anna|other) (?:enn|than)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:over|mer enn|meir enn|flere enn|fleire enn|minst|minimum|more than|at least)\b", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:under|mindre enn|færre enn|høyst|høgst|maks|maksimum|maksimalt|inntil|opptil|less than|at most|up to)\b",
    re.IGNORECASE,
)
_MONTHS = {name[:3]: name for name in MONTHS} | {"sept": "september"}
_MONTH = re.compile(rf"(?<=\d)\.?\s?({'|'.join(sorted(_MONTHS, reverse=True))})\b\.?", re.IGNORECASE)
_DATE = re.compile(r"\b(\d{1,2})[./](\d{1,2})(?:[./-](\d{4}))?\b")
_ONE = re.compile(r"(?:en|ein|ei|et|eit|a)\b", re.IGNORECASE)


def is_right(check: Check, answer: str, known: Collection[str] = ()) -> bool:
    """Whether an answer says what one of the accepted answers says.

    Case, punctuation and inflection do not matter; numbers may be figures or words; a longer word may be misspelt by a
    letter or two; the answer may be a whole sentence. An answer with another number is wrong, and so is one that denies
    («ikke 60»), or that says more or less than where the quote does not.

    Args:
        check: the question.
        answer: as it was written.
        known: lower-case words that are spelt right, so none of them is taken for another one misspelt.

    Example:
        >>> is_right(Check("Hvor mange?", ("60",), "a.md", "Rundt 60 bedrifter er med."), "det er omtrent seksti!")
        True
    """
    said = _spelt_out(answer[:LONGEST_ANSWER])
    if not words(said):
        return False
    return any(_says(said, _spelt_out(accepted), check, known) for accepted in check.accepted)


def contradicts(check: Check, accepted: str) -> bool:
    """Whether an accepted answer is a number that the quote does not have, with or without its «millioner»."""
    value = _only_number(_spelt_out(accepted))
    proved = {value for each in numbers(check.quote) for value in (each.value, each.value / each.scale)}
    return value is not None and value not in proved


def _says(said: str, accepted: str, check: Check, known: Collection[str]) -> bool:
    """Whether one clause of what is said has the accepted answer, and nothing there or after it takes that back."""
    denying = _NEGATIONS & set(words(accepted))
    if denying and _YES & set(words(said)[:1]):
        return False
    if _OTHER_THAN.search(said) or not _measures_agree(said, check.quote):
        return False
    clauses = [clause for clause in _CLAUSE.split(said) if words(clause)]
    value = _only_number(accepted)
    if value is not None and not _numbers_agree(said, value, check):
        return False
    for position, clause in enumerate(clauses):
        found = _has_number(clause, value) if value is not None else _has_words(clause, accepted, known)
        taken_back = not denying and _NEGATIONS & set(words(clause))
        later = clauses[position + 1 :]
        if found and not taken_back and not any(set(words(each)) <= _NEGATIONS for each in later):
            return True
    return False


def _only_number(accepted: str) -> float | None:
    """The number that an accepted answer is, or None where it is more than a number."""
    found = list(numbers(accepted))
    whole = len(found) == 1 and not words(accepted[: found[0].start] + accepted[found[0].end :])
    return found[0].value if whole else None


def _has_number(clause: str, value: float) -> bool:
    if value == 1 and _ONE.match(clause.strip()):
        return True
    return any(each.value == value for each in numbers(clause))


def _numbers_agree(said: str, value: float, check: Check) -> bool:
    """Whether what is said has no number but the right ones and those that the quote or the question has beside it."""
    right = {value, *filter(None, map(_only_number, check.accepted))}
    around = {each.value for text in (check.quote, check.question) for each in numbers(text)}
    found = list(numbers(said))
    for one, other in pairwise(found):
        between = words(said[one.end : other.start])
        if between in (["eller"], ["or"]) and not {one.value, other.value} <= right:
            return False
    return all(each.value in right | around for each in found)


def _measures_agree(said: str, quote: str) -> bool:
    return all(pattern.search(quote) or not pattern.search(said) for pattern in (_MORE, _LESS))


def _has_words(clause: str, accepted: str, known: Collection[str]) -> bool:
    """Whether a run of the clause's words is the accepted answer, whatever its inflection, spelling and joints."""
    wanted, there = words(accepted), words(clause)
    for size in range(max(1, len(wanted) - 1), len(wanted) + 2):
        for start in range(len(there) - size + 1):
            run = there[start : start + size]
            if len(run) == len(wanted):
                if all(map(_same, wanted, run, [known] * size)):
                    return True
            elif not _has_figure(wanted) and _alike("".join(wanted), "".join(run), known):
                return True
    return False


def _has_figure(run: Sequence[str]) -> bool:
    return any(character.isdigit() for word in run for character in word)


def _same(wanted: str, word: str, known: Collection[str]) -> bool:
    return word == wanted or (wanted.isalpha() and (stem(word) == stem(wanted) or _alike(wanted, word, known)))


def _alike(wanted: str, word: str, known: Collection[str]) -> bool:
    """Whether a word is a longer one misspelt: a letter wrong, missing, extra or swapped; two from nine letters on."""
    if word == wanted:
        return True
    if len(wanted) < 5 or word in known or word in (f"u{wanted}", f"in{wanted}") or wanted in (f"u{word}", f"in{word}"):
        return False
    return OSA.distance(wanted, word) <= (2 if len(wanted) >= 9 else 1)


def _spelt_out(text: str) -> str:
    """On one line, with months by their names and whole numbers in figures."""
    plain = " ".join(normalise(text).split())
    named = _DATE.sub(_in_words, _MONTH.sub(lambda found: f". {_MONTHS[found[1].lower()]}", plain))
    for number in reversed(list(numbers(named))):
        if number.scale == 1 and number.value.is_integer():
            named = f"{named[: number.start]}{int(number.value)}{named[number.end :]}"
    return named


def _in_words(date: re.Match[str]) -> str:
    day, month, year = date[1], int(date[2]), date[3]
    if not 1 <= month <= 12:
        return date[0]
    return f"{int(day)}. {MONTHS[month - 1]}{f' {year}' if year else ''}"
