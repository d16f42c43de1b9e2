import pytest
from llama_index.core.schema import QueryBundle

from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.retrieval.reranking import READER_WEIGHT, ReadingRetriever

QUERY = "Hvor stor er Læringsfabrikken?"


@pytest.fixture
def hybrid(small_assistant):
    return HybridRetriever(small_assistant.index(), small_assistant.encoder)


@pytest.fixture
def reading(small_assistant, hybrid):
    assert small_assistant.reader is not None
    return ReadingRetriever(hybrid, small_assistant.reader, seconds=1e9)


def test_the_score_is_the_hybrids_and_the_weighted_chance(hybrid, reading):
    plain = {hit.chunk.id: hit.score for hit in hybrid.hits(QUERY, 100)}
    hits = reading.hits(QUERY, 100)
    assert {hit.chunk.id for hit in hits} == set(plain)
    for hit in hits:
        assert hit.score == pytest.approx(plain[hit.chunk.id] + READER_WEIGHT * hit.reading.chance)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_first_passage_holds_the_answer_and_tells_where(reading):
    best, *_ = reading.hits(QUERY, 3)
    assert "1 500" in best.chunk.text[slice(*best.reading.span)]
    assert best.reading.chance > 0.5


def test_more_is_read_than_is_asked_for(hybrid, reading):
    assert len(reading.hits(QUERY, 1)) == 1
    assert reading.hits(QUERY, 1)[0] == reading.hits(QUERY, 100)[0]


def test_what_there_was_no_time_for_keeps_the_hybrids_score(small_assistant, hybrid):
    hurried = ReadingRetriever(hybrid, small_assistant.reader, seconds=-1)
    question = "Et spørsmål som ingen har stilt før?"
    hits = hurried.hits(question, 100)
    unread = [hit for hit in hits if hit.reading is None]
    assert len(unread) >= len(hits) - 1
    plain = {hit.chunk.id: hit.score for hit in hybrid.hits(question, 100)}
    assert all(hit.score == plain[hit.chunk.id] for hit in unread)


def test_it_is_a_llama_index_retriever(reading):
    nodes = reading.retrieve(QueryBundle(QUERY))
    assert nodes[0].node.metadata["document"] == "klynge/laeringsfabrikken.md"
