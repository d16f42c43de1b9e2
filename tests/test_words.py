import math

import numpy as np
import pytest

from raufoss_assistant.index.words import WordIndex
from raufoss_assistant.norwegian.analyse import terms

TEXTS = [
    "Læringsfabrikken trener lærlinger på roboter.",
    "SkatteFUNN gir støtte til forskning i bedrifter.",
    "Roboter og sveising: kurs for lærlinger og fagarbeidere på Raufoss.",
    "Katapulten tester ny teknologi for bedrifter.",
]


def bm25(query, texts, k1=1.5, b=0.75):
    """BM25 written out from its definition, as an independent check."""
    documents = [terms(text) for text in texts]
    average = sum(map(len, documents)) / len(documents)
    asked = terms(query)
    idf = {}
    for term in asked:
        holding = sum(term in document for document in documents)
        idf[term] = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
    ideal = sum(idf[term] for term in asked)
    scores = []
    for document in documents:
        score = 0.0
        for term in asked:
            frequency = document.count(term)
            score += idf[term] * frequency / (frequency + k1 * (1 - b + b * len(document) / average))
        scores.append(score / ideal)
    return scores


@pytest.mark.parametrize(
    "query", ["roboter", "støtte til bedrifter", "kurs i sveising for lærlinger", "ukjentord robot"]
)
def test_shares_equal_the_definition(query):
    assert WordIndex.build(TEXTS).shares(query) == pytest.approx(bm25(query, TEXTS), abs=1e-5)


def test_unknown_words_lower_the_share():
    index = WordIndex.build(TEXTS)
    assert index.shares("roboter xyzzy").max() < index.shares("roboter").max()


@pytest.mark.parametrize("query", ["", "xyzzy", "!?"])
def test_nothing_in_common_is_zero(query):
    assert not WordIndex.build(TEXTS).shares(query).any()


def test_saved_and_loaded_it_says_the_same(tmp_path):
    index = WordIndex.build(TEXTS)
    index.save(tmp_path / "words")
    again = WordIndex.load(tmp_path / "words", len(TEXTS))
    assert np.array_equal(index.shares("robot kurs"), again.shares("robot kurs"))
    assert again.idf("robot") == index.idf("robot") < again.idf("xyzzy")


@pytest.mark.parametrize("texts", [[], ["…"]])
def test_a_collection_without_words(texts, tmp_path):
    WordIndex.build(texts).save(tmp_path / "words")
    assert WordIndex.load(tmp_path / "words", len(texts)).shares("robot").tolist() == [0.0] * len(texts)
