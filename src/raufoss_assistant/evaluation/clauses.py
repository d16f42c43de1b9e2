"""A statement taken apart: subject, finite verb, the rest; and the question that is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.model import Kind
from raufoss_assistant.evaluation.outline import Outline, without_notes

_LONGEST_SUBJECT = 8  # words


@dataclass(frozen=True, slots=True)
class Draft:
    """A question with what its answer must hold.

    Attributes:
        question: as a user would write it.
        needed: parts that an answer must hold.
        kind: what sort of question it is.
        template: wording of the heading or field that it was made from, or "".
    """

    question: str
    needed: tuple[str, ...]
    kind: Kind = "fakta"
    template: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement.

    Attributes:
        subject: what stands in front of the verb, as it stands inside a question.
        verb: the finite verb.
        rest: what follows it.
        year: that of the note in parentheses, or "".
        general: whether the subject can be understood without the text around it.

    Example:
        >>> Clause.of("OFII har 37 medlemmer (2024).", Grammar.of("nb"), outline).verb
        'har'
    """

    subject: str
    verb: str
    rest: str
    year: str
    general: bool

    @classmethod
    def of(cls, sentence: str, grammar: Grammar, outline: Outline) -> Clause | None:
        """Take a sentence apart; None where it begins with no plain subject of its own."""
        patterns = grammar.patterns
        found = re.match(rf"([^,;:?«»]+?) ({patterns['verb']}) (.+)$", without_notes(sentence))
        if not found:
            return None
        subject, verb, rest = found.groups()
        words = subject.casefold().split()
        indefinite = grammar.matches("indefinite", words[0])
        if words[0] in grammar.words["pronouns"] or (words[0] in grammar.words["stops"] and not indefinite):
            return None
        numbered = re.match(rf"(?:{patterns['about']}|{patterns['number']}) ", subject, re.IGNORECASE)
        if numbered or len(words) > _LONGEST_SUBJECT or any(grammar.matches("clause", word) for word in words):
            return None
        years = re.findall(r"\([^()]*?((?:19|20)\d\d)[^()]*\)", sentence)
        complement = re.search(rf" (?:{patterns['complement']}) (?!\S*(?:en|et|ene|ane|a)$)\S+$", subject)
        return cls(
            outline.inside(subject), verb, rest, years[-1] if years else "", indefinite or complement is not None
        )

    def question(self, name: str, grammar: Grammar, **parts: str) -> str:
        """The question of that kind about the subject; further parts as in `Grammar.question`."""
        before, after = grammar.verbs[self.verb]
        return grammar.question(name, **{"s": self.subject, "v": before, "w": after, **parts})


def cut(text: str, grammar: Grammar) -> str:
    """The beginning of a text, up to the first comma, colon, dash, «mens» or «og» with another verb."""
    but, and_, verb = (grammar.patterns[name] for name in ("but", "and", "verb"))
    return re.split(rf"(?<!-)[,;:]| –| (?:{but})\b| {and_} (?:{verb})\b", text)[0].strip()
