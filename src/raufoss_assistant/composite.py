"""Answers that are made of the answers to other questions: to each part, on either thing, or on what is so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from raufoss_assistant.answering.joining import joined
from raufoss_assistant.answering.phrases import asks_the_documents
from raufoss_assistant.answering.settling import open_question
from raufoss_assistant.model import Answer, Language, Question, Turn
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.retrieval.parts import apart, asks_which, carried, leans, parts
from raufoss_assistant.retrieval.query import WHAT_IS, Query
from raufoss_assistant.stages import Told

if TYPE_CHECKING:
    from raufoss_assistant.knowledge import Knowledge

_CALLED = "Hva heter {} nå?"
"""In bokmål, as most documents are."""
_RENAMES = re.compile(
    r"\b(?:tidligere|tidlegare|het|heter nå|nå heter|heiter no|no heiter|heter i dag|avløst\w*|erstatt\w*|er nå"
    r"|arbeidsnavn\w*|første navn"
    r"|nytt navn|formerly|now called|replaced)\b",
    re.IGNORECASE,
)
"""What a sentence says that tells of another name."""


class Composite:
    """Answers questions that are better asked as others.

    Args:
        knowledge: what answers those.
        told: is told of each step as it begins.

    Example:
        >>> Composite(knowledge, untold).answer(Question(text, text, "nb"))  # «Når åpnet MTNC, og hvem leder det?»
        Answer(question='Når åpnet MTNC, og hvem leder det?', …)
    """

    def __init__(self, knowledge: Knowledge, told: Told) -> None:
        self._knowledge = knowledge
        self._told = told

    def answer(self, asked: Question) -> Answer | None:
        """The answer where several things are asked, how two differ, or whether something still is so; else None."""
        if not asks_the_documents(asked.text):
            return None
        return self._several(asked) or self._of_one(asked)

    def _of_one(self, asked: Question) -> Answer | None:
        return self._told_apart(asked) or self._settled(asked) or self._renamed(asked)

    def _each(self, question: str, language: Language) -> Answer:
        """The answer to a question that is one of several."""
        asked = Question(question, question, language)
        return (
            self._knowledge.by_itself(asked) or self._of_one(asked) or self._knowledge.from_passages(asked, self._told)
        )

    def _several(self, asked: Question) -> Answer | None:
        """The answers to the questions of a message that asks several, or None where none of them is answered.

        Each is read as if it followed upon the one before; one that names nothing is about the same.
        """
        first, *others = parts(asked.meant)
        if not others:
            return None
        meant, answers = [first], [self._each(first, asked.language)]
        for part in others:
            meant.append(self._part(part, meant, answers[-1], asked.language))
            answers.append(self._each(meant[-1], asked.language))
        return joined(asked, answers) if any(each.status == "answered" for each in answers) else None

    def _part(self, part: str, before: Sequence[str], said: Answer, language: Language) -> str:
        """What a later question of a message means after those before it, of which the last one got that answer."""
        if self._parallel(before[0], part):
            return part
        found = self._found_by(before[-1], said) if leans(part) else None
        history = [WHAT_IS[language].format(found)] if found else before
        query = self._knowledge.understanding.query(part, [Turn("user", each) for each in history])
        taken = max(query.text, query.otherwise or "", key=len)
        follows = taken != part and not found
        return self._knowledge.likelier(Query(taken, carried(before[0], part)) if follows else query)

    def _parallel(self, first: str, part: str) -> bool:
        """Whether two ask the same of different things: «hva omsetter parken for», «hva omsetter klyngen for»."""
        held, topic = set(terms(first)), self._knowledge.understanding.topics.about(part)
        return bool(topic and held & set(terms(part)) and not held & set(terms(topic)))

    def _found_by(self, question: str, answer: Answer) -> str | None:
        """What an answer names, first where it is marked, where it is asked which one or who it is; None elsewhere."""
        if not asks_which(question) or answer.status != "answered":
            return None
        asked, marked = question.casefold(), [each.span for each in answer.citations if each.span]
        told = (name for text in (*marked, answer.text) for name in self._knowledge.understanding.names(text))
        return next((name for name in told if name.casefold() not in asked), None)

    def _told_apart(self, asked: Question) -> Answer | None:
        """What each of two things is, where it is asked how they differ and no section found is about both."""
        things = apart(asked.meant)
        if things is None:
            return None
        named = self._knowledge.understanding.named(asked.meant)
        for best in self._knowledge.passages(named, 1):
            about = set(terms(" ".join((best.properties.title, *best.chunk.heading))))
            if all(set(terms(each)) <= about for each in things):
                return None
        answers = [self._each(WHAT_IS[asked.language].format(each), asked.language) for each in things]
        return joined(asked, answers) if all(each.status == "answered" for each in answers) else None

    def _settled(self, asked: Question) -> Answer | None:
        """What is so, where a yes or no is asked of what may no longer be, or was at another time; None elsewhere.

        The question's own answer follows where it is as sure.
        """
        openly = open_question(asked.meant, self._knowledge.understanding.names(asked.meant))
        if openly is None:
            return None
        settled, own = (
            self._knowledge.from_passages(replace(asked, meant=each), self._told) for each in (openly, asked.meant)
        )
        if settled.status != "answered":
            return None
        surer = own.status == "answered" and own.confidence >= settled.confidence
        return joined(asked, (settled, own) if surer else (settled,))

    def _renamed(self, asked: Question) -> Answer | None:
        """The answer after the sentence that says that what it is asked of has another name now; None without one."""
        names = self._knowledge.understanding.other_names(asked.meant)
        if len(names) != 1:
            return None
        old = names[0][0]
        called = self._knowledge.from_passages(replace(asked, meant=_CALLED.format(old)), self._told)
        claim = next((claim for claim in called.text.split("\n\n") if _tells_of_both(claim, names[0])), None)
        if claim is None or called.status != "answered":
            return None
        answer = self._knowledge.from_passages(asked, self._told)
        if answer.status != "answered" or all(name.casefold() in answer.text.casefold() for name in names[0]):
            return None
        cited = tuple(each for each in called.citations if f"[{each.n}]" in claim)
        renamed = replace(called, text=claim, citations=cited)
        return replace(joined(asked, (renamed, answer)), confidence=answer.confidence)


def _tells_of_both(claim: str, names: Sequence[str]) -> bool:
    """Whether a claim tells of an earlier name and today's."""
    return bool(_RENAMES.search(claim)) and all(name.casefold() in claim.casefold() for name in names)
