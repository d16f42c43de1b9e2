"""Headings and labels turned into the questions that the text below or behind them answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from raufoss_assistant.answering.expectation import Expectation
from raufoss_assistant.evaluation import gist
from raufoss_assistant.evaluation.clauses import Draft
from raufoss_assistant.evaluation.grammar import Grammar, Sought
from raufoss_assistant.evaluation.model import Kind
from raufoss_assistant.evaluation.outline import Outline, Section
from raufoss_assistant.norwegian.analyse import stop_words, words

_QUESTION_WORD = re.compile(r"(?:Hva|Hvor|Hvordan|Når|Hvem|Kva|Kvar|Korleis|Kven|What|Where|How|When|Who)\s", re.I)
_HOW = re.compile(r"(?:Hvor|Kor|How) (?:lenge|mange|mye|mykje|ofte|stor|long|many|much|often|big)\b")
_LABELLED = re.compile(r"([^:.]{2,40}): (.+)$")
_SOUGHT: dict[str, Sought] = {
    "time": "when",
    "amount": "number",
    "money": "number",
    "person": "names",
    "place": "names",
}
_ALONE = 2  # words with a meaning of their own; with fewer a heading cannot be understood by itself
_READ = 3  # sentences of a section
_ITEMS = 2  # of a list that must be in an answer


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a heading asks: the question, what answers it, and its template or ""."""

    question: str
    sought: Sought
    template: str = ""


def asked(section: Section, grammar: Grammar, outline: Outline) -> Iterator[tuple[Draft, str]]:
    """The question that a section's heading asks, and those of its paragraphs' labels, each with its answer."""
    told = [said for said in section.sentences if not grammar.matches("meta", said.partition(" ")[0])]
    if told and not grammar.absent(told[0]) and (asking := _asking(section.heading, grammar, outline)):
        yield from _listed(asking, told) if asking.sought == "items" else _answered(asking, told, grammar, outline)
    for said in section.sentences:
        if (found := _LABELLED.match(said)) and not grammar.absent(said):
            yield from _labelled(found[1], found[2], section.heading, grammar, outline)


def _listed(asking: _Asking, told: Sequence[str]) -> Iterator[tuple[Draft, str]]:
    """A question that a list answers, by the first items that the question does not hold itself."""
    items = [re.split(r" \(|: ", item)[0] for item in told]
    needed = gist.short([item for item in items if item.casefold() not in asking.question.casefold()][:_ITEMS])
    if needed and not any(said.endswith(".") for said in told):
        yield Draft(asking.question, needed, template=asking.template), "; ".join(items)


def _answered(asking: _Asking, told: Sequence[str], grammar: Grammar, outline: Outline) -> Iterator[tuple[Draft, str]]:
    """A question that one of the first sentences answers; by the first one where a «yes» would do."""
    if grammar.matches("yes_no", asking.question.partition(" ")[0]):
        yield Draft(asking.question, ()), told[0]
        return
    for said in told[:_READ]:
        needed = () if grammar.absent(said) else gist.key(said, asking.question, asking.sought, grammar, outline)
        if needed:
            kind: Kind = "dato" if asking.sought == "when" else "fakta"
            yield Draft(asking.question, needed, kind, asking.template), said
            return
    if not asking.template:
        yield Draft(asking.question, ()), told[0]


def _labelled(label: str, text: str, heading: str, grammar: Grammar, outline: Outline) -> Iterator[tuple[Draft, str]]:
    """The question of a paragraph or list item such as «Leveranse: …»; in a glossary, of each word."""
    if outline.explains_words(grammar.patterns["glossary"]):
        word = label.strip("«»")
        kept = word.partition(" ")[0] in outline.names or word[1:2] in ("", "-")
        question = grammar.question("means", s=f"«{word if kept else word[:1].lower() + word[1:]}»")
        yield Draft(question, gist.meaning(text, question, grammar, outline)), f"{label}: {text}"
    elif heading and (caption := grammar.caption(label)):
        question = caption.ask.format(t=f"«{heading}»")
        if needed := gist.key(text, question, caption.sought, grammar, outline):
            yield Draft(question, needed, template=caption.ask), text


def _asking(heading: str, grammar: Grammar, outline: Outline) -> _Asking | None:
    """The question that a heading asks, with the topic where it names nothing itself."""
    if caption := grammar.caption(heading):
        question = caption.ask.format(t=outline.inside(outline.topic))
        return _Asking(question, caption.sought, caption.ask) if outline.topic else None
    question = heading if heading.endswith("?") else _turned(heading, grammar)
    if grammar.matches("skip", heading.rstrip("?")) or heading == outline.title:
        return None
    if not (_QUESTION_WORD.match(question) or grammar.matches("yes_no", question.partition(" ")[0])):
        return None
    rest = question.rstrip("?").casefold().split()[1:]
    able = bool(rest) and grammar.matches("yes_no", rest[0])  # «Hvem kan …?» asks for no name
    sought = "words" if able else _SOUGHT.get(Expectation.of(question).kind, "words")
    points = any(grammar.matches("anaphora", word) for word in rest)
    indefinite = len(rest) > 1 and rest[0] in grammar.verbs and grammar.matches("indefinite", rest[-2])
    if not points and (indefinite or outline.named(question.partition(" ")[2])):
        return _Asking(question, sought)
    if outline.topic and not outline.topic.startswith("«"):
        return _Asking(f"{outline.topic}: {question[0].lower()}{question[1:]}", sought)
    alone = sum(word not in stop_words() for word in words(question)) >= _ALONE
    return _Asking(question, sought) if alone and not points else None


def _turned(heading: str, grammar: Grammar) -> str:
    """A heading such as «Hva OFII gjør» as a question; "" where it is none."""
    if not _QUESTION_WORD.match(heading) or len(heading.split()) < 3 or _HOW.match(heading):
        return ""
    if heading.split()[1] in grammar.verbs:
        return f"{heading}?"
    found = re.match(rf"(\w+) (?!som\b)(.+?) ({grammar.patterns['verb']})(?: (.+))?$", heading)
    if not found or not grammar.inverts:
        return ""
    return " ".join(filter(None, (found[1], found[3], found[2], found[4]))) + "?"
