"""Statements of how many and how much, turned into the questions that they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from raufoss_assistant.evaluation.clauses import Clause, Draft, cut
from raufoss_assistant.evaluation.grammar import Grammar

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NEAR = 3  # words between the verb and the number
_BETWEEN = 4  # words between what is counted and the verb


def counts(clause: Clause, grammar: Grammar) -> Iterator[Draft]:
    """Questions of what follows the verb: «OFII har 37 medlemsbedrifter og om lag 130 lærlinger».

    Example:
        >>> next(counts(Clause("OFII", "har", "37 bedrifter", "", False), Grammar.of("nb"))).question
        'Hvor mange bedrifter har OFII?'
    """
    patterns = grammar.patterns
    amount = rf"(?:(?:{patterns['about']}) )*(?P<number>{patterns['number']}) (?P<tail>[^\W\d_].*)$"
    start = amount.replace("?P<number>", "?:").replace("?P<tail>", "?:")
    middle = ""
    for place, part in enumerate(re.split(rf",? (?:{patterns['and']}) (?={start})", clause.rest)):
        found = re.match(rf"(?P<middle>(?:[^\s,\d]+ ){{0,{_NEAR}}}?){amount}", part)
        if not found or (place and found["middle"]):
            return
        middle = middle if place else found["middle"].strip()
        *others, last = middle.split() or [""]
        if last[:1].isupper() or grammar.matches("numbered", last) or grammar.matches("anaphora", last):
            return  # «bygning 5» and «de fem sentrene» count nothing
        if grammar.matches("be", clause.verb) and not all(word.endswith(("t", "d")) for word in others):
            return
        if last in ("i", "in") and re.match(rf"(?:{patterns['spans']})\b", found["tail"]):  # «vare i inntil 52 uker»
            middle = " ".join(others)
        yield from _asked(found["number"], found["tail"], middle, clause, grammar)


def counted(plain: str, grammar: Grammar) -> Iterator[Draft]:
    """The question of a statement that begins with a number: «Rundt 60 bedrifter er med i klyngen»."""
    patterns = grammar.patterns
    verb = patterns["verb"] if grammar.inverts else "is|are|was|were"
    found = re.match(
        rf"(?:(?:{patterns['about']}) )*({patterns['number']}) ([^,;:]*?)\b({verb}) (.+)$", plain, re.IGNORECASE
    )
    nouns = grammar.nouns(found[2]) if found else []
    if not found or not nouns or _YEAR.fullmatch(found[1]) or re.match(patterns["money"], found[2]):
        return
    if len(found[2].split()) <= len(nouns) + _BETWEEN:
        question = grammar.question("counted", n=found[2].strip(), v=found[3], r=cut(found[4], grammar))
        yield Draft(question, (_needed(found[1].lower(), nouns),))


def _asked(number: str, tail: str, middle: str, clause: Clause, grammar: Grammar) -> Iterator[Draft]:
    if money := re.match(grammar.patterns["money"], tail):
        name = "kroner" if grammar.matches("owe", clause.verb) else "money"
        scale = money[0].partition(" ")
        rest = _rest(tail[money.end() :], clause, grammar)
        needed = f"{number} {scale[0]}" if scale[2] else number
        yield Draft(clause.question(name, grammar, m=middle, r=rest), (needed,))
        return
    nouns = grammar.nouns(tail)
    if not nouns or _YEAR.fullmatch(number) or re.match(rf"{grammar.patterns['times']}\b", tail):
        return
    rest = _rest(tail.removeprefix(" ".join(nouns)), clause, grammar)
    if not rest or middle.split()[-1:] == [] or middle.rsplit(maxsplit=1)[-1] not in grammar.words["stops"]:
        question = clause.question("count", grammar, n=" ".join(nouns), m=middle, r=rest)
        yield Draft(question, (_needed(number, nouns),))


def _needed(number: str, nouns: list[str]) -> str:
    """A number that can hardly be taken for another; a small one with what it counts."""
    return number if sum(map(str.isdigit, number)) > 1 else " ".join([number, *nouns])


def _rest(text: str, clause: Clause, grammar: Grammar) -> str:
    """What follows what is counted, but for further numbers; with the year where the past is told."""
    patterns = grammar.patterns
    ended = re.match(rf"\s*(?:{patterns['and']}|{patterns['or']}|{patterns['sizes']})\b", text)
    rest = "" if ended else re.sub(rf"(?:^| )(?:{patterns['with']}) \D*\d.*", "", cut(text, grammar))
    if clause.year and grammar.matches("past", clause.verb) and not _YEAR.search(f"{rest} {clause.subject}"):
        rest += " " + patterns["in_year"].format(y=clause.year)
    return rest
