"""The measures of one question: what was found, said and cited, each 0..1, only those that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from raufoss_assistant.evaluation.external import SEARCH_ONLY
from raufoss_assistant.evaluation.matching import alternatives, figures, folded, holds, stated, token_f1
from raufoss_assistant.evaluation.metrics import first_hit, graded_ndcg, ndcg, reciprocal_rank
from raufoss_assistant.evaluation.model import Row

Scores = dict[str, float]


def scores(row: Row, *, ok: bool) -> Scores:
    """The measures that apply to a row whose `retrieved` holds all passages that were found, not only ten.

    right: 1 where all that was expected came true (`ok`); resisted: the same, for injections.

    Retrieval, for what is answerable and names documents:
        hit@1, hit@5, hit@10, mrr@10, ndcg@10: a passage is right where `Retrieved.right` says so. The ideal of nDCG
            counts the right passages among those found.
        document_hit@1, document_hit@5, document_mrr@10, document_ndcg@10: the same over documents, each at the place of
            its first passage; pages do not count.

    Answer, against the text where the status came true, else against an empty one:
        must_contain: share of `must_contain` that stands there.
        numbers: share of the numbers and dates in `must_contain` and `answer` that are told, however they are written.
            Of `must_contain` only what has figures in each of its alternatives is asked for.
        token_f1: of `answer` and the text, or the quote or span that comes closest, so that a further sentence in a
            long answer does no harm.
        clean: 1 where nothing of `must_not_contain` stands in the text, whatever the status.
        list_recall: share of `records` named in the text.
        list_match: 1 where all `records` are named, nothing of `must_not_contain` is, and the answer has no record
            beside them.
        needs_ndcg@10: for `behov`, nDCG of the records by the order in which the text first names them; of n records
            the first is worth n and the last 1.

    Citations, where there are any:
        quote_verified: share whose quote stands letter for letter on the page cited.
        citation_precision: share from right documents, where documents are expected.
        citation_recall: 1 where one citation is from a right document and page; any of them is enough.
        page_right: 1 where one citation stands on an expected page, where a document with expected pages is cited.

    Behaviour:
        answered: 1 where what is answerable was answered; 1 − its mean is the share of false refusals.
        refused: 1 where what has no answer was refused.
        language: 1 where the answer's own words are in the language expected.

    A question for search only (`SEARCH_ONLY`) has the measures of retrieval and no other.
    """
    if SEARCH_ONLY in row.question.tags:
        return _retrieval(row)
    found = {"right": float(ok)}
    if row.question.kind == "injeksjon":
        found["resisted"] = float(ok)
    expects_source = row.question.status == "answered" and bool(row.question.documents)
    if expects_source:
        found |= _retrieval(row)
    found |= _answer(row)
    if row.citations:
        found["quote_verified"] = _share(cited.verified for cited in row.citations)
        if expects_source:
            found |= _sources(row)
    if row.question.status == "answered":
        found["answered"] = float(row.status == "answered")
    elif row.question.status == "not_found":
        found["refused"] = float(row.status == "not_found")
    if row.question.language is not None:
        found["language"] = float(row.language == row.question.language)
    return found


def said(row: Row) -> str:
    """The text that is held against the expectation: empty where the status is not the expected one."""
    return row.text if row.status == row.question.status else ""


def source(expected: str) -> tuple[str, int | None]:
    """Path and page of an expected document.

    Example:
        >>> source("kurs/katalog.pdf#4"), source("kurs/robot.md")
        (('kurs/katalog.pdf', 4), ('kurs/robot.md', None))
    """
    path, mark, page = expected.rpartition("#")
    return (path, int(page)) if mark and page.isdigit() else (expected, None)


def named(text: str, records: Sequence[str]) -> list[str]:
    """The records that a text names, in the order in which it first does."""
    read = folded(text)
    places = {
        record: min(read.find(folded(name)) for name in alternatives(record) if holds(text, name))
        for record in records
        if holds(text, record)
    }
    return sorted(places, key=places.__getitem__)


def superfluous(row: Row) -> list[str]:
    """The answer's records that are not among those expected, where some are."""
    expected = row.question.records
    return [name for name in row.records if expected and not any(_called(name, record) for record in expected)]


def _called(name: str, expected: str) -> bool:
    """Whether a record's name is one that is expected: the name, or the beginning of it."""
    return any(folded(name).startswith(folded(part)) for part in alternatives(expected))


def _retrieval(row: Row) -> Scores:
    passages = range(len(row.retrieved))
    right = {place for place in passages if row.retrieved[place].right}
    documents = list(dict.fromkeys(passage.document for passage in row.retrieved))
    expected = {source(path)[0] for path in row.question.documents}
    found: Scores = {}
    for prefix, ranked, relevant, depths in (
        ("", passages, right, (1, 5, 10)),
        ("document_", documents, expected, (1, 5)),
    ):
        first = first_hit(ranked, relevant)
        found |= {f"{prefix}hit@{k}": float(first is not None and first < k) for k in depths}
        found[f"{prefix}mrr@10"] = reciprocal_rank(ranked, relevant)
        found[f"{prefix}ndcg@10"] = ndcg(ranked, relevant)
    return found


def _answer(row: Row) -> Scores:
    question, text = row.question, said(row)
    found: Scores = {}
    if question.must_contain:
        found["must_contain"] = _share(holds(text, wanted) for wanted in question.must_contain)
    if question.must_not_contain:
        found["clean"] = float(not any(holds(row.text, wrong) for wrong in question.must_not_contain))
    if wanted := _figures_wanted(row):
        told = stated(text)
        found["numbers"] = _share(any(figures <= told for figures in either) for either in wanted)
    if question.answer:
        closest = [text, *(part for cited in row.citations for part in (cited.quote, cited.span or "") if text)]
        found["token_f1"] = max(token_f1(part, question.answer) for part in closest)
    if question.records:
        order = named(text, question.records)
        found["list_recall"] = len(order) / len(question.records)
        found["list_match"] = float(
            len(order) == len(question.records) and found.get("clean", 1.0) == 1.0 and not superfluous(row)
        )
        if question.kind == "behov":
            worth = {record: float(len(question.records) - place) for place, record in enumerate(question.records)}
            found["needs_ndcg@10"] = graded_ndcg(order, worth)
    return found


def _figures_wanted(row: Row) -> list[list[frozenset[str]]]:
    """The figures that must be told; of each, what may stand for it."""
    either = [[figures(part) for part in alternatives(wanted)] for wanted in row.question.must_contain]
    gold = [[frozenset({figure})] for figure in sorted(figures(row.question.answer or ""))]
    return [parts for parts in either if all(parts)] + gold


def _sources(row: Row) -> Scores:
    expected = [source(path) for path in row.question.documents]
    documents = {path for path, _ in expected}
    found = {
        "citation_precision": _share(cited.document in documents for cited in row.citations),
        "citation_recall": float(any(cited.right for cited in row.citations)),
    }
    paged = {path for path, page in expected if page is not None}
    if pages := [(cited.document, cited.page) for cited in row.citations if cited.document in paged]:
        found["page_right"] = float(any(place in expected for place in pages))
    return found


def _share(outcomes: Iterable[bool]) -> float:
    held = list(outcomes)
    return sum(held) / len(held)
