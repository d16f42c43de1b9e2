from dataclasses import replace

import numpy as np
import pytest
from llama_index.core.schema import QueryBundle

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.retrieval.hybrid import WORDS_WEIGHT, HybridRetriever


@pytest.fixture
def retriever(small_assistant):
    return HybridRetriever(small_assistant.index(), small_assistant.encoder)


QUERY = "støtte til forskning med frist"


def test_the_score_is_the_sum_of_its_parts_for_every_passage(small_assistant, retriever):
    index, encoder = small_assistant.index(), small_assistant.encoder
    hits = retriever.hits(QUERY, len(index.ids))
    assert len(hits) == len(index.ids)
    cosines = encoder.passages([hit.chunk.searchable for hit in hits]) @ encoder.queries([QUERY])[0]
    shares = index.words.shares(QUERY)
    for hit, cosine in zip(hits, cosines, strict=True):
        assert hit.cosine == pytest.approx(cosine, abs=1e-3)
        assert hit.words == pytest.approx(shares[index.rows[hit.chunk.id]], abs=1e-5)
        assert hit.score == pytest.approx(WORDS_WEIGHT * hit.words + encoder.scale.shifted(hit.cosine), abs=1e-5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_few_candidates_still_weigh_both_sides(small_assistant):
    narrow = HybridRetriever(small_assistant.index(), small_assistant.encoder, candidates=1)
    (best,) = narrow.hits("19 prosent", 1)
    assert best.chunk.document == "finansiering/skattefunn.md"
    assert best.words > 0 and 0 < best.cosine < 1


def test_it_is_a_llama_index_retriever(retriever):
    nodes = retriever.retrieve(QueryBundle("Hvor stor er Læringsfabrikken?"))
    assert nodes[0].node.metadata["document"] == "klynge/laeringsfabrikken.md"
    assert "kvadratmeter" in nodes[0].node.get_content()


def test_a_query_of_unknown_words_falls_back_on_meaning(small_assistant, retriever):
    assert not small_assistant.index().words.shares("xyzzy").any()
    assert len(retriever.hits("xyzzy", 3)) == 3
    assert np.isfinite([hit.score for hit in retriever.hits("xyzzy", 3)]).all()
    assert terms("xyzzy")


@pytest.mark.parametrize(("method", "words", "vectors"), [("words", 1, 0), ("vectors", 0, 1)])
def test_one_side_alone_ranks_by_that_side(small_assistant, method, words, vectors):
    alone = HybridRetriever(small_assistant.index(), small_assistant.encoder, method=method)
    hits = alone.hits(QUERY, 10)
    for hit in hits:
        part = words * WORDS_WEIGHT * hit.words + vectors * small_assistant.encoder.scale.shifted(hit.cosine)
        assert hit.score == pytest.approx(part, abs=1e-5)
    assert hits and [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_words_alone_find_nothing_for_unknown_words(small_assistant):
    index, encoder = small_assistant.index(), small_assistant.encoder
    assert HybridRetriever(index, encoder, method="words").hits("xyzzy", 3) == []
    assert len(HybridRetriever(index, encoder, method="vectors").hits("xyzzy", 3)) == 3


def test_the_setting_decides_and_without_hits_the_assistant_refuses(small_assistant):
    words = Assistant(replace(small_assistant.settings, retrieval="words"))
    assert words.search("xyzzy") == []
    assert words.ask("xyzzy plugh?").status == "not_found"
    words.close()
