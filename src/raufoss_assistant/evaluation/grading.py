"""Holding an answer against what was expected: what is wrong, and where on its way the question went astray."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.labels import EXPECTED, LANGUAGES, STATUSES
from raufoss_assistant.evaluation.matching import holds
from raufoss_assistant.evaluation.model import Cited, Question, Retrieved, Row, Stage
from raufoss_assistant.evaluation.scoring import named, said, scores, source, superfluous
from raufoss_assistant.evaluation.suspicion import Documents, suspicions
from raufoss_assistant.model import Answer, Chunk, Citation, Document, Hit

SHOWN = 10
"""Passages kept in a row."""
_Fault = tuple[Stage, str]


def grade(
    question: Question, set_name: str, answer: Answer, hits: Sequence[Hit], *, reads: int, document: Documents
) -> Row:
    """Grade an answer; the same input gives the same row.

    A row is right where the status and the language are the expected ones, all of `must_contain` and `records` and
    nothing of `must_not_contain` is in the text, the answer has no record that is not expected where some are, every
    quote stands on the page it is cited from, and one citation is from a document (and page) of `documents`. The stage
    of a row that is not:

    not_indexed: none of the documents is in the index.
    not_retrieved: none of `hits` is a right passage.
    not_ranked: the first right passage comes after the ones that were read.
    wrongly_refused: a right passage was read, and yet the answer is a refusal or a question back.
    not_answered: a right passage was read, but the text lacks something, or has something it must not have.
    wrong_source: the text is right, but no citation is, or a quote does not stand where it is cited from.
    wrongly_answered: answered where it should have refused or asked back, or said what must never be said.
    wrong_language: all else is right.

    A question for search only (`SEARCH_ONLY`) is right where a right passage is among those that are read.

    Args:
        question: with what is expected.
        set_name: of the question's set.
        answer: what came of it.
        hits: the passages found for the answer's `search_query`, best first, more than were read.
        reads: how many of them were read.
        document: gives a document of the index by its path.
    """
    expected = [source(path) for path in question.documents]
    row = Row(
        question=question,
        set=set_name,
        ok=False,
        status=answer.status,
        language=answer.language,
        text=answer.text,
        confidence=answer.confidence,
        search_query=answer.search_query,
        citations=tuple(_cited(citation, expected, document) for citation in answer.citations),
        retrieved=tuple(_retrieved(hit, expected, question) for hit in hits),
        scores={},
        records=tuple(record.name for record in answer.records),
        timings_ms=answer.timings_ms,
    )
    faults = tuple(_search_faults(row, reads) if SEARCH_ONLY in question.tags else _faults(row))
    ok = not faults
    return replace(
        row,
        ok=ok,
        retrieved=row.retrieved[:SHOWN],
        scores=scores(row, ok=ok),
        faults=tuple(text for _, text in faults),
        stage=None if ok else _stage(row, faults[0][0], reads, document),
        suspicions=suspicions(row, document),
    )


def _right_place(chunk: Chunk, expected: Sequence[tuple[str, int | None]]) -> bool:
    return (chunk.document, None) in expected or (chunk.document, chunk.page) in expected


def _retrieved(hit: Hit, expected: Sequence[tuple[str, int | None]], question: Question) -> Retrieved:
    """A passage is right where it stands in a right document (and page) and holds something of what is asked for.

    What must be in the answer is looked for in its text, the name of a record in its title and headings too. The answer
    to a count stands nowhere, so there only the records are looked for; where nothing is named, any passage of the
    document (and page) is right.
    """
    chunk = hit.chunk
    wanted = () if question.kind == "telling" else question.must_contain
    asked_for = any(holds(chunk.text, each) for each in wanted)
    asked_for = asked_for or any(holds(chunk.searchable, each) for each in question.records)
    right = _right_place(chunk, expected) and (asked_for or not (wanted or question.records))
    return Retrieved(
        document=chunk.document,
        page=chunk.page,
        heading=" › ".join(chunk.heading) or None,
        score=hit.score,
        text=chunk.text,
        right=right,
        right_document=chunk.document in {path for path, _ in expected},
    )


def _cited(citation: Citation, expected: Sequence[tuple[str, int | None]], document: Documents) -> Cited:
    chunk, properties = citation.chunk, citation.properties
    return Cited(
        document=chunk.document,
        page=chunk.page,
        title=properties.title,
        date=properties.date.isoformat() if properties.date else None,
        quote=citation.quote,
        span=citation.span,
        verified=_stands(citation.quote, chunk.page, document(chunk.document)),
        right=_right_place(chunk, expected),
    )


def _stands(quote: str, page: int | None, document: Document | None) -> bool:
    """Whether a quote stands letter for letter on the page; an independent check of the answering room's own."""
    if document is None or not quote.strip():
        return False
    return any(each.number == page and quote in each.text for each in document.pages)


def _search_faults(row: Row, reads: int) -> Iterator[_Fault]:
    if not any(passage.right for passage in row.retrieved[:reads]):
        yield "not_ranked", f"ingen ventet kilde blant de {reads} første utdragene"


def _faults(row: Row) -> Iterator[_Fault]:
    """What is wrong, the gravest first, with the stage that each speaks for."""
    question = row.question
    if row.status != question.status:
        refused = question.status == "answered" or row.status == "not_found"
        stage: Stage = "wrongly_refused" if refused else "wrongly_answered"
        yield stage, f"{STATUSES[row.status]}; ventet {EXPECTED[question.status]}"
    for wrong in question.must_not_contain:
        if holds(row.text, wrong):
            yield "not_answered" if question.status == "answered" else "wrongly_answered", f"har «{wrong}»"
    if said(row):
        yield from _lacks(row)
    yield from _sources(row)
    if question.language not in (None, row.language):
        yield "wrong_language", f"svarte på {LANGUAGES[row.language]}; ventet {LANGUAGES[question.language]}"


def _lacks(row: Row) -> Iterator[_Fault]:
    for wanted in row.question.must_contain:
        if not holds(row.text, wanted):
            yield "not_answered", f"mangler «{wanted}»"
    told = named(row.text, row.question.records)
    for record in row.question.records:
        if record not in told:
            yield "not_answered", f"nevner ikke «{record}»"
    if row.question.kind != "behov":
        for name in superfluous(row):
            yield "not_answered", f"har «{name}», som ikke hører med"


def _sources(row: Row) -> Iterator[_Fault]:
    for n, cited in enumerate(row.citations, 1):
        if not cited.verified:
            yield "wrong_source", f"sitatet i [{n}] står ikke på det oppgitte stedet i {cited.document}"
    expects_source = row.status == row.question.status == "answered" and row.question.documents
    if expects_source and not any(cited.right for cited in row.citations):
        where = ", ".join(dict.fromkeys(cited.document for cited in row.citations))
        yield "wrong_source", f"ingen av kildene er blant de ventede: {where}" if where else "viser ikke til noen kilde"


def _stage(row: Row, gravest: Stage, reads: int, document: Documents) -> Stage:
    """Where the question went astray: at retrieval where the answer never had a chance, else where the fault shows."""
    paths = {source(path)[0] for path in row.question.documents}
    if row.question.status != "answered" or not paths or gravest == "wrong_language":
        return gravest
    if not any(document(path) for path in paths):
        return "not_indexed"
    if not any(passage.right for passage in row.retrieved):
        return "not_retrieved"
    if not any(passage.right for passage in row.retrieved[:reads]):
        return "not_ranked"
    return gravest
