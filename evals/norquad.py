"""Retrieval on NorQuAD's questions over all its articles: python evals/norquad.py --benchmarks FOLDER.

The articles are written to a folder as Markdown and indexed by the real pipeline. A hit is a passage of the right
article that contains the answer; `strict` counts only the passage that holds the answer at its annotated place.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.evaluation.metrics import first_hit, mean, ndcg
from raufoss_assistant.model import Chunk
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.retrieval.hybrid import HybridRetriever
from raufoss_assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its article, answer and the answer's place in the article's text."""

    text: str
    anchored: bool
    article: str
    answer: str
    start: int


def read_lines(file: Path) -> list[dict]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def questions(folder: Path) -> list[Question]:
    """NorQuAD's questions with a usable answer span."""
    texts = {record["id"]: record["text"] for record in read_lines(folder / "corpus.jsonl")}
    anchored = {record["id"]: record["anchored"] for record in read_lines(folder / "train" / "queries.jsonl")}
    found = []
    for record in read_lines(folder / "train" / "answers.jsonl"):
        answer, start = record["answers"][0], record["answer_start"][0]
        if texts[record["corpus_id"]][start : start + len(answer)] == answer:
            found.append(Question(record["question"], anchored[record["id"]], record["corpus_id"], answer, start))
    return found


def write_articles(folder: Path, corpus: Path, keep: frozenset[str] | None = None) -> None:
    """The articles as Markdown files with their title as front matter; only those in keep, where given."""
    corpus.mkdir(parents=True, exist_ok=True)
    for record in read_lines(folder / "corpus.jsonl"):
        if keep is not None and record["id"] not in keep:
            continue
        front = yaml.safe_dump({"title": record["title"], "kind": "artikkel", "date": "2023-01-01"}, allow_unicode=True)
        body = record["text"].removeprefix(record["title"]).lstrip("\n")
        (corpus / f"{record['id']}.md").write_text(f"---\n{front}---\n{body}\n", "utf-8")


def relevant(question: Question, passages: list[Chunk], *, strict: bool) -> set[str]:
    """Ids of the passages that answer the question."""
    answer = normalise(question.answer).strip()
    holding = [passage for passage in passages if answer in passage.text]
    if strict and len(holding) > 1:
        holding = [min(holding, key=lambda passage: abs(passage.start + passage.text.find(answer) - question.start))]
    return {passage.id for passage in holding}


def main() -> None:
    """Index, ask every question, print a Markdown table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds norquad/")
    arguments.add_argument("--work", type=Path, default=Path(".cache/norquad"), help="folder for articles and index")
    arguments.add_argument("--limit", type=int, help="only the first N questions")
    given = arguments.parse_args()
    folder = given.benchmarks / "norquad"
    write_articles(folder, given.work / "corpus")
    assistant = Assistant(Settings(corpus_dir=given.work / "corpus", data_dir=given.work / "data"))
    report = assistant.build()
    index = assistant.index()
    print(
        f"{len(report.files)} articles, {report.chunks} passages, {report.embedded} embedded in {report.seconds:.0f} s"
    )
    retriever = HybridRetriever(index, assistant.encoder)
    passages = {path: index.manifest.chunks_of(path) for path in index.properties}
    rows: dict[str, list[tuple[float, float, float, float, float]]] = {"hybrid": [], "hybrid, strict": []}
    seconds = []
    for question in questions(folder)[: given.limit]:
        of_article = passages[f"{question.article}.md"]
        if not relevant(question, of_article, strict=False):
            continue
        began = time.perf_counter()
        ranked = [hit.chunk.id for hit in retriever.hits(question.text, 10)]
        seconds.append(time.perf_counter() - began)
        for name, strict in (("hybrid", False), ("hybrid, strict", True)):
            right = relevant(question, of_article, strict=strict)
            first = first_hit(ranked, right)
            rows[name].append(
                (
                    first == 0,
                    first is not None and first < 5,
                    first is not None,
                    1 / (first + 1) if first is not None else 0.0,
                    ndcg(ranked, right),
                )
            )
    print(f"| method ({len(seconds)} questions) | hit@1 | hit@5 | hit@10 | MRR@10 | nDCG@10 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, values in rows.items():
        print(f"| {name} | " + " | ".join(str(mean(column)) for column in zip(*values, strict=True)) + " |")
    middle, high = np.percentile(np.array(seconds) * 1000, [50, 95])
    print(f"one search: median {middle:.0f} ms, p95 {high:.0f} ms")


if __name__ == "__main__":
    main()
