"""Statements turned into the questions that they answer, by template: when, where, who, what, how many, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from raufoss_assistant.evaluation.clauses import Clause, Draft, cut
from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.outline import Outline, without_notes
from raufoss_assistant.evaluation.quantities import counted, counts

_NAME = r"[A-ZÆØÅ][\w.-]+"
_LONG_FORM = re.compile(r"((?:[\w-]+ ){1,7})\(([A-ZÆØÅ][\w-]{1,7})\)")
_LONGEST = 22  # words of a question
_LONGEST_SENTENCE = 400  # characters
_LONGEST_NAME = 5  # words of what is defined


def drafts(sentence: str, grammar: Grammar, outline: Outline) -> Iterator[Draft]:
    """The questions that a sentence answers, those that can be understood by themselves.

    Example:
        >>> next(drafts("MTNC åpnet 5. februar 2018.", Grammar.of("nb"), outline)).question
        'Når åpnet MTNC?'
    """
    plain = without_notes(sentence)
    denied = re.search(rf"\b(?:{grammar.patterns['not']})\b", plain, re.IGNORECASE)
    if denied or plain.endswith(("?", ":")) or len(plain) > _LONGEST_SENTENCE:
        return
    found = [*_long_forms(sentence, grammar), *_said(plain, grammar, outline)]
    found += [*_fronted(plain, grammar), *counted(plain, grammar)]
    if clause := Clause.of(sentence, grammar, outline):
        found += [*_role(clause, grammar), *_place(clause, grammar), *counts(clause, grammar), *_when(clause, grammar)]
        found += [*_who(clause, grammar, outline), *_definition(clause, grammar, outline)]
    for draft in found:
        alone = outline.named(draft.question.partition(" ")[2]) or (clause is not None and clause.general)
        if alone and len(draft.question.split()) <= _LONGEST:
            yield draft


def _when(clause: Clause, grammar: Grammar) -> Iterator[Draft]:
    """«MTNC åpnet 5. februar 2018»."""
    within, date = grammar.patterns["within"], grammar.patterns["date"]
    found = re.match(rf"((?:[^\s,\d]+ ){{0,6}}?)(?:({within}) )?({date})(.*)$", clause.rest)
    if not found:
        return
    middle, inside, day, tail = (part.strip() if part else "" for part in found.groups())
    if day.isdigit() and not inside:
        return
    if clause.verb not in grammar.words["events"] and not grammar.matches("day", day):
        return
    unfit, and_, or_ = (grammar.patterns[name] for name in ("unfit", "and", "or"))
    if not re.search(rf"(?:^| )(?:{unfit})$", middle) and not re.match(rf"(?:–|-|{unfit}|{and_}|{or_})(?!\w)", tail):
        yield Draft(clause.question("when", grammar, m=middle, r=cut(tail, grammar)), (day,), "dato")


def _fronted(plain: str, grammar: Grammar) -> Iterator[Draft]:
    """«I november 2022 pekte Siva ut åtte pilotnoder»."""
    found = re.match(rf"(?:I|Den) ({grammar.patterns['date']}) ({grammar.patterns['verb']}) (.+)$", plain)
    if found and grammar.inverts and (found[2] in grammar.words["events"] or grammar.matches("day", found[1])):
        yield Draft(grammar.question("when", v=found[2], s=cut(found[3], grammar)), (found[1],), "dato")


def _place(clause: Clause, grammar: Grammar) -> Iterator[Draft]:
    """«Nammo har hovedkontor på Raufoss»."""
    places, inside = grammar.patterns["places"], grammar.patterns["places_in"]
    found = re.match(rf"({places}) (?:{inside}) (.+)$", f"{clause.verb} {clause.rest}")
    if found:
        place = cut(found[2], grammar)
        name = re.search(rf"{_NAME}(?: {_NAME})*", place)
        before, after = grammar.verbs[clause.verb]
        particle = " ".join([after, *found[1].split()[1:]])
        yield Draft(clause.question("where", grammar, v=before, w=particle), (name[0] if name else place,))


def _role(clause: Clause, grammar: Grammar) -> Iterator[Draft]:
    """«Morten Brandtzæg er konsernsjef i Nammo»."""
    person = re.fullmatch(rf"{_NAME}(?: {_NAME}){{1,3}}", clause.subject)
    role = re.match(rf"(?:(?:{grammar.patterns['articles']}) )?(?:{grammar.patterns['roles']})\b", clause.rest)
    if person and role and grammar.matches("become", clause.verb):
        yield Draft(grammar.question("who", v=clause.verb, r=cut(clause.rest, grammar)), (person[0],))


def _who(clause: Clause, grammar: Grammar, outline: Outline) -> Iterator[Draft]:
    """«Medlemsbedriftene eier OFII»."""
    what = cut(clause.rest, grammar)
    first = what.casefold().partition(" ")[0]
    whom = first[:1].isalpha() and first not in grammar.words["stops"] | grammar.words["pronouns"]
    if clause.verb in grammar.words["who"] and whom and (outline.named(clause.subject) or outline.named(what)):
        subject = clause.subject[0].upper() + clause.subject[1:]
        yield Draft(grammar.question("who", v=clause.verb, r=what), (subject,))


def _said(plain: str, grammar: Grammar, outline: Outline) -> Iterator[Draft]:
    """«OFII står for …», «MTNC betyr …», «NCE Manufacturing het tidligere NCE Raufoss»."""
    for name, pattern in grammar.said.items():
        found = re.fullmatch(pattern, plain)
        if found and len(found[1].split()) <= _LONGEST_NAME and found[1].casefold() not in grammar.words["pronouns"]:
            yield Draft(grammar.question(name, s=outline.inside(found[1])), (cut(found[2], grammar),))


def _definition(clause: Clause, grammar: Grammar, outline: Outline) -> Iterator[Draft]:
    """«Kubistprisen er innovasjonsprisen til klyngen», «Ein katapultnode er ein lokal teststad»."""
    articles = grammar.patterns["articles"]
    found = re.match(rf"(?:(?:{articles}) (.+)|([a-zæøå-]{{5,}}(?:en|tet|rådet))\b(?! \d).*)$", clause.rest)
    indefinite = grammar.matches("indefinite", clause.subject.partition(" ")[0])
    if not found or not grammar.matches("be", clause.verb) or len(clause.subject.split()) > _LONGEST_NAME:
        return
    nouns = [found[2]] if found[2] else grammar.nouns(cut(found[1], grammar))
    clear = nouns and len(nouns[-1]) > 3 and not grammar.matches("vague", nouns[-1])
    if clear and (indefinite or outline.named(clause.subject)):
        yield Draft(grammar.question("what", v=clause.verb, s=clause.subject), (nouns[-1],))


def _long_forms(sentence: str, grammar: Grammar) -> Iterator[Draft]:
    """«senter for forskningsdrevet innovasjon (SFI)»: the words whose initials the short form has."""
    for found in _LONG_FORM.finditer(sentence):
        words, short = found[1].split(), found[2]
        start = next((place for place in reversed(range(len(words))) if _initials(words[place:], short)), None)
        if start is not None:
            yield Draft(grammar.question("stands", s=short), (" ".join(words[start:]),))


def _initials(words: list[str], short: str) -> bool:
    """Whether the letters of a short form begin these words, in order; up to two small words may be between them."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    heads = [word[0].casefold() for word in words]
    if len(words) < 2 or heads[0] != letters[0] or len(words) > len(letters) + 2:
        return False
    remaining = iter(heads)
    return all(letter in remaining for letter in letters)
