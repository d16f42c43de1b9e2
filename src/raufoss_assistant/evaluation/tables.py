"""Rows of tables turned into the questions that they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from raufoss_assistant.evaluation import gist
from raufoss_assistant.evaluation.clauses import Draft
from raufoss_assistant.evaluation.grammar import Caption, Grammar
from raufoss_assistant.evaluation.outline import Outline, without_notes

_YES_NO = re.compile(r"^(?:ja|nei|yes|no),\s", re.IGNORECASE)
_LONG_NAME = 3  # words


def tabled(table: Sequence[Sequence[str]], grammar: Grammar, outline: Outline) -> Iterator[tuple[Draft, str]]:
    """The questions that a table answers, each with its answer: of fields with a value, or of rows with columns.

    The rows come each with another column first, so that the first questions are of many kinds.
    """
    head, *rows = table
    place = next((column for column, name in enumerate(head) if grammar.matches("entities", name)), None)
    if place is None:
        for row in rows if len(head) == 2 and outline.topic else ():
            if len(row) == 2 and (caption := grammar.caption(row[0])):
                yield from _cell(caption, outline.inside(outline.topic), row[1], grammar, outline)
        return
    captions = [(column, grammar.caption(name)) for column, name in enumerate(head) if column != place]
    asking = [(column, caption) for column, caption in captions if caption]
    whole = [row for row in rows if len(row) == len(head)]
    for shift in range(len(asking)):
        for number, row in enumerate(whole):
            column, caption = asking[(number + shift) % len(asking)]
            yield from _cell(caption, _quoted(without_notes(row[place])), row[column], grammar, outline)


def _quoted(name: str) -> str:
    """A name of a row as a question holds it: in «» where it might be taken for ordinary words."""
    others = name.split()[1:]
    ordinary = any(map(str.isalpha, others)) and "".join(others).islower()
    return f"«{name}»" if ordinary or name[:1].islower() or re.search("[:,]", name) else name


def _cell(caption: Caption, topic: str, value: str, grammar: Grammar, outline: Outline) -> Iterator[tuple[Draft, str]]:
    told = without_notes(_YES_NO.sub("", value))
    if grammar.absent(value) or grammar.absent(topic) or len(told) < 2 or len(topic) < 3:
        return
    question = caption.ask.format(t=topic)
    parts = [part.strip() for part in re.split(r"[,;]", told)]
    if caption.sought == "meaning":
        needed = gist.meaning(told, question, grammar, outline)
    elif caption.sought in ("money", "number", "when"):
        needed = gist.key(told, question, caption.sought, grammar, outline)
    elif caption.sought == "names" and len(told.split()) > _LONG_NAME:
        needed = gist.name(told, question, outline)
    else:
        needed = gist.short(parts if len(parts) <= 2 else parts[:1])
    if needed:
        template = "" if outline.explains_words(grammar.patterns["glossary"]) else caption.ask
        yield Draft(question, needed, "dato" if caption.sought == "when" else "fakta", template), value
