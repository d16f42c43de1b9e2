"""What an answer must hold of a text: its sum, number, date or name, or a word that is seldom there by chance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from raufoss_assistant.evaluation.grammar import Grammar, Sought
from raufoss_assistant.evaluation.outline import Outline, without_notes
from raufoss_assistant.norwegian.analyse import stop_words

_NAMES = re.compile(r"[A-ZÆØÅ][\w.-]+(?: (?:i |og |and )?[A-ZÆØÅ][\w.-]+)*")
_LONG_PART = 6  # words; more are not repeated letter for letter
_SHORT_MEANING = 3  # words
_LONG_WORD = 8  # letters


def short(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts that are short enough to be repeated letter for letter."""
    return tuple(part for part in parts if len(part.split()) <= _LONG_PART)


def meaning(text: str, question: str, grammar: Grammar, outline: Outline) -> tuple[str, ...]:
    """What must be said of a word: its explanation where that is short, else the noun of it.

    Example:
        >>> meaning("et nettverk av bedrifter", "Hva betyr «klynge»?", Grammar.of("nb"), outline)
        ('nettverk av bedrifter',)
    """
    same = re.match(r"(?:det |the )?(?:samme|same) (?:som|as) ([^,;:.]+)", text)
    told = same[1] if same else text
    bare = re.sub(r"^(?:en?|et|ei|ein|eit|a|an) ", "", told)
    first, _, second = (part.strip() for part in re.split(r"[;:.]", bare)[0].partition(","))
    if second and bare != told and " " not in first:  # «en modulær, fleksibel celle»: no noun before the comma
        first = second
    nouns = [noun for noun in grammar.nouns(first) if len(noun) > 3 and noun not in stop_words()]
    capitals = sum(word[0].isupper() for word in first.split())
    short = len(first.split()) <= (_LONG_PART if capitals > len(first.split()) / 2 else _SHORT_MEANING)
    needed = first if short else nouns[-1] if nouns else ""
    if len(needed) < 3 or needed.casefold() in question.casefold():
        return key(text, question, "words", grammar, outline)
    return (needed,)


def key(answer: str, question: str, sought: Sought, grammar: Grammar, outline: Outline) -> tuple[str, ...]:
    """What an answer must hold of a text; nothing where the text has not what is sought.

    Example:
        >>> key("Fra 25 000 kroner.", "Hva koster det?", "money", Grammar.of("nb"), outline)
        ('25 000 kroner',)
    """
    text = without_notes(answer)
    if sought == "when":
        found = re.search(rf"(?:{grammar.patterns['date']})|\b(?:{grammar.patterns['always']})\b", text)
        return (found[0],) if found and (found[0] == text or not found[0].isdigit()) else ()
    if sought == "names":
        return name(text, question, outline) or key(text, question, "words", grammar, outline)
    number = rf"(?:{grammar.patterns['number']})"
    if sought == "money":
        paid = re.search(rf"{number}(?:[–-]{number})? (?:{grammar.patterns['money']})", text)
        return (paid[0],) if paid else ()
    counted = rf"(?<![\w.]){number}(?:[–-]{number})?(?! ?\w*\.\d)(?: [a-zæøå%]+)?(?!\w)"
    for found in re.finditer(counted if sought == "number" else rf"(?<![A-ZÆØÅ\d] ){counted}", text):
        words = found[0].split()
        told = " ".join(words[:-1] if words[-1] in grammar.words["stops"] else words)
        if told not in question and (sought == "number" or not re.fullmatch(r"\d|[12]\d{3}", told)):
            return (told,)
    if sought == "number":
        return ()
    return _word(text, question, grammar, outline)


def name(text: str, question: str, outline: Outline) -> tuple[str, ...]:
    """The first name of a text that is not in the question."""
    names = (name for name in _NAMES.findall(text) if name in outline.names or " " in name)
    return tuple(name for name in names if name not in question)[:1]


def _word(text: str, question: str, grammar: Grammar, outline: Outline) -> tuple[str, ...]:
    """The longest word, neither in the question nor a name."""
    common = stop_words() | set(grammar.verbs)
    words = [
        word
        for word in re.findall(r"[^\W\d_][\w-]+", text)
        if len(word) >= _LONG_WORD and word.casefold() not in common and word not in outline.names
    ]
    fresh = [word for word in words if word.casefold() not in question.casefold()]
    return tuple(sorted(fresh, key=len, reverse=True)[:1])
