"""Answers to what a word means, from the glossaries among the documents."""

from __future__ import annotations

import re
from collections.abc import Callable

from raufoss_assistant.answering.phrases import claim
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Citation, Question
from raufoss_assistant.onboarding.glossary import Glossary
from raufoss_assistant.onboarding.proof import cited

_ASKED = re.compile(
    r"\W*(?:(?:hva|kva|ka|va)\s+(?:betyr|tyder|menes med|meines med|vil det si med)\s+(?P<means>.+?)"
    r"|(?:hva|kva|ka|va)\s+(?:står|stend|er)\s+(?P<stands>.+?)\s+(?:for|en forkortelse for|ei forkorting for)"
    r"|what\s+(?:does|do|is)\s+(?P<english>.+?)\s+(?:mean|stand for|short for)"
    r"|(?:forklar|explain)\s+(?:ordet|begrepet|forkortelsen|omgrepet|forkortinga|the word|the term)\s+(?P<word>.+?))"
    r"[\s?.!]*",
    re.IGNORECASE,
)


def explained(question: Question, glossary: Callable[[], Glossary], manifest: Manifest) -> Answer | None:
    """One sentence on each word that a question asks the meaning of, with where it stands; None where none is known.

    Args:
        question: what is asked.
        glossary: gives the glossary; called only where a question asks for a meaning.
        manifest: of the index, which proves the quotes.

    Example:
        >>> explained(Question("Hva betyr TRL?", "Hva betyr TRL?", "nb"), lambda: glossary, manifest).text
        'TRL: Technology Readiness Level, teknologimodenhet fra 1 til 9. [1]'
    """
    asked = _ASKED.fullmatch(question.meant)
    if asked is None:
        return None
    term = next(filter(None, asked.groups()))
    citations: list[Citation] = []
    lines = []
    for entry in glossary().explain(term).found:
        if citation := cited(entry.proof, len(citations) + 1, manifest):
            citations.append(citation)
            lines.append(claim(entry.text, citation.n, citation.properties, question.language, outdated=False))
    if not citations:
        return None
    return Answer(
        question=question.text,
        search_query=question.meant,
        status="answered",
        text="\n\n".join(lines),
        language=question.language,
        responder="extractive",
        confidence=1.0,
        citations=tuple(citations),
    )
