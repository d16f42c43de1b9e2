"""One answer to a message that asks several things, made of the answers to each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from raufoss_assistant.answering.phrases import literal
from raufoss_assistant.model import Answer, Citation, Question

_MARK = re.compile(r"(?<!\\)\[(\d+)\]")
_SENTENCE = 5
"""Words from which a sentence says the same wherever it stands."""
_NOT_TOLD = {
    "nb": "Jeg finner ikke svar i dokumentene på dette: «{}»",
    "nn": "Eg finn ikkje svar i dokumenta på dette: «{}»",
    "en": "I cannot find an answer in the documents to this: «{}»",
}


def joined(question: Question, answers: Sequence[Answer]) -> Answer:
    r"""The answers one after the other, their sources numbered through; what is not answered is named.

    Its confidence is that of the least sure one.

    Example:
        >>> joined(question, [size, place]).text
        'Læringsfabrikken er 1 500 kvadratmeter stor. [1]\n\nLæringsfabrikken ligger i bygg 59. [2]'
    """
    citations: dict[tuple[str, str], Citation] = {}
    told = []
    for answer in answers:
        if answer.status != "answered":
            told.append(_NOT_TOLD[question.language].format(literal(answer.search_query)))
            continue
        if answer.citations and all(_place(each) in citations for each in answer.citations):
            continue
        known = {str(each.n) for each in answer.citations if _place(each) in citations}
        numbers = {}
        for each in answer.citations:
            kept = citations.setdefault(_place(each), replace(each, n=len(citations) + 1))
            numbers[str(each.n)] = str(kept.n)
        told += [_renumbered(claim, numbers) for claim in answer.text.split("\n\n") if not _told_by(claim, known)]
    return Answer(
        question.text,
        question.meant,
        "answered",
        "\n\n".join(told),
        question.language,
        "extractive",
        min(answer.confidence for answer in answers),
        tuple(citations.values()),
    )


def _told_by(claim: str, known: Collection[str]) -> bool:
    """Whether a claim rests on nothing but those numbers."""
    cited = _MARK.findall(claim)
    return bool(cited) and all(each in known for each in cited)


def _renumbered(text: str, numbers: Mapping[str, str]) -> str:
    return _MARK.sub(lambda mark: f"[{numbers.get(mark[1], mark[1])}]", text)


def _place(citation: Citation) -> tuple[str, str]:
    """What two citations of the same share: the place, or the words of a sentence that names what it is about."""
    words = citation.quote.split()
    whole = len(words) >= _SENTENCE and words[-1].endswith(".") and "|" not in words
    return ("", " ".join(words)) if whole else (citation.chunk.id, citation.quote)
