import numpy as np
import pytest
from llama_index.core.schema import QueryBundle

from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.retrieval.hybrid import COSINE_UNIT, COSINE_ZERO, WORDS_WEIGHT, HybridRetriever


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
        assert hit.score == pytest.approx(WORDS_WEIGHT * hit.words + (hit.cosine - COSINE_ZERO) / COSINE_UNIT, abs=1e-5)
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
