"""A question set suggested from a document, for staff to correct: by template, from what its text and tables say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from raufoss_assistant.evaluation import headings, statements, tables
from raufoss_assistant.evaluation.clauses import Draft
from raufoss_assistant.evaluation.fields import folded
from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.outline import Outline, Section
from raufoss_assistant.model import Document

MOST = 25
"""Questions suggested from one document."""
_OF_A_TABLE = 8
_STATEMENT, _HEADING, _TABLE = range(3)
_OF_A_TEMPLATE = 4
_FIGURE = re.compile(r"\d[\d ,.]*")
_LONGEST_ANSWER = 250  # characters


def suggest(document: Document) -> tuple[Question, ...]:
    """Suggest questions that a document answers, at most `MOST`, in the order of the text.

    Headings that ask something, definitions, numbers, amounts, dates, places, people and table rows are worded as
    questions by the templates of `data/suggest.yaml`. Each must be understandable by itself, and what its answer must
    hold stands in the document. Nothing is suggested from sentences that deny or that say what is not known.

    Example:
        >>> suggest(document)[0].question
        'Hvor mange bedrifter er med i NCE Manufacturing?'
    """
    outline = Outline.of(document)
    grammar = Grammar.of(document.properties.language)
    kept = _chosen(_drafts(outline, grammar), folded(" ".join(page.text for page in document.pages)))
    stem = re.sub(r"[^\w-]+", "-", str(PurePosixPath(document.path).with_suffix("")))
    return tuple(
        Question(
            id=f"{stem}-{number}",
            question=found.draft.question,
            kind=found.draft.kind,
            language=document.properties.language,
            documents=(f"{document.path}#{found.section.page}" if found.section.page else document.path,),
            must_contain=tuple(" ".join(needed.split()) for needed in found.draft.needed),
            answer=found.answer if len(found.answer) <= _LONGEST_ANSWER else None,
            note=grammar.ask["note"].format(t=found.section.heading or outline.title),
        )
        for number, found in enumerate(kept, 1)
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A draft with its answer and where it stands; the smaller `order`, the surer the template."""

    order: int
    draft: Draft
    answer: str
    section: Section


def _chosen(found: Iterable[_Found], text: str) -> list[_Found]:
    """The surest of what can be asked, in the order of the text; nothing twice, and no template all the time."""
    chosen: list[_Found] = []
    asked: set[object] = set()
    templates: Counter[str] = Counter()
    for one in found:
        draft = one.draft
        held = [folded(needed) for needed in draft.needed]
        told = any(needed in folded(draft.question) for needed in held) or "@" in one.answer
        question = folded(draft.question)
        start = question.rpartition(": ")[2].split()[0]
        same = {question, (one.answer, *map(_figure, held))}
        if one.order == _HEADING:
            same.add((one.answer, start))
        if told or not all(needed in text for needed in held) or same & asked:
            continue
        if draft.template and templates[draft.template] == _OF_A_TEMPLATE:
            continue
        asked |= same | {(one.answer, start)}
        templates[draft.template] += 1
        chosen.append(one)
    surest = sorted(range(len(chosen)), key=lambda place: chosen[place].order)[:MOST]
    return [chosen[place] for place in sorted(surest)]


def _figure(needed: str) -> str:
    """The number that something begins with, or all of it."""
    found = _FIGURE.match(needed)
    return found[0].strip() if found else needed


def _drafts(outline: Outline, grammar: Grammar) -> Iterator[_Found]:
    """All that can be asked, in the order of the text."""
    for section in outline.sections:
        for said in section.sentences:
            for draft in statements.drafts(said, grammar, outline):
                yield _Found(_STATEMENT, draft, said, section)
        for draft, answer in headings.asked(section, grammar, outline):
            yield _Found(_HEADING, draft, answer, section)
        for table in () if grammar.matches("skip", section.heading) else section.tables:
            for draft, answer in list(tables.tabled(table, grammar, outline))[:_OF_A_TABLE]:
                yield _Found(_TABLE, draft, answer, section)
