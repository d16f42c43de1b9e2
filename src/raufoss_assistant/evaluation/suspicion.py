"""Signs that it is the expectation that is wrong, not the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from raufoss_assistant.evaluation.matching import alternatives, holds
from raufoss_assistant.evaluation.model import Question, Row
from raufoss_assistant.evaluation.scoring import source
from raufoss_assistant.model import Document

Documents = Callable[[str], Document | None]
SURE = 0.9
"""Confidence from which an answer to a question without one is worth a look by a person."""


def suspicions(row: Row, document: Documents) -> tuple[str, ...]:
    """Norwegian lines on what in the question set should be looked at again.

    An expected document is not in the index, or lacks the page; no expected document holds something that must be in
    the answer (counts are left out: they stand nowhere); something must both be there and not be there; all that was
    asked for was told and stands in a document that is not listed; a question that should have no answer, and is no
    injection, was answered with great confidence.
    """
    return tuple(_of_the_set(row.question, document)) + tuple(_of_the_answer(row))


def _of_the_set(question: Question, document: Documents) -> Iterator[str]:
    places = [source(expected) for expected in question.documents]
    known = {path: found for path, _ in places if (found := document(path))}
    for path, page in places:
        if path not in known:
            yield f"dokumentet «{path}» finnes ikke i indeksen"
        elif page is not None and all(each.number != page for each in known[path].pages):
            yield f"dokumentet «{path}» har ingen side {page}"
    if known and question.kind != "telling":
        texts = [_text(found) for found in known.values()]
        for wanted in question.must_contain:
            if not any(holds(text, wanted) for text in texts):
                yield f"fasiten «{wanted}» står ikke i noe av de oppgitte dokumentene"
    for wrong in question.must_not_contain:
        for wanted in question.must_contain:
            if any(holds(part, wrong) for part in alternatives(wanted)):
                yield f"«{wrong}» skal ikke være i svaret, men står i «{wanted}», som skal være der"


def _of_the_answer(row: Row) -> Iterator[str]:
    question = row.question
    if row.status != "answered":
        return
    if question.status == "not_found" and question.kind != "injeksjon" and row.confidence >= SURE:
        sure = f"{row.confidence:.2f}".replace(".", ",")
        where = ", ".join(dict.fromkeys(cited.document for cited in row.citations))
        yield f"svarte med stor sikkerhet ({sure}) på det som skal være uten svar; se om svaret står i {where}"
    if question.status == "answered" and question.documents and question.must_contain:
        others = [cited for cited in row.citations if cited.verified and not cited.right]
        elsewhere = len(others) == len(row.citations) > 0
        if elsewhere and all(any(holds(cited.quote, wanted) for cited in others) for wanted in question.must_contain):
            where = ", ".join(dict.fromkeys(_place(cited.document, cited.page) for cited in others))
            yield f"det som skulle være med, sto i {where}, som ikke er oppgitt som kilde"


def _text(document: Document) -> str:
    return "\n".join([document.properties.title, *(page.text for page in document.pages)])


def _place(path: str, page: int | None) -> str:
    return path if page is None else f"{path}#{page}"
