"""What the reader is trained and measured on: three collections, indexed as the product indexes, and their splits."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings

Split = Literal["train", "dev", "held"]
CACHE = Path(".cache/training")
QUESTIONS = Path(__file__).parent / "questions"
CORPUS = Path(__file__).parent.parent / "corpus"
_WITHOUT_NUMBER = ("1952-10-24", "1961-02-03", "1961-05-05", "1968-11-29")
"""Laws whose id is their date alone; others have a number after it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the document that answers it.

    Attributes:
        text: the question.
        document: path in its collection.
        answer: stands in the document, or None where the whole document answers (a heading of a law).
        start: about where the answer stands, in characters from the document's start; 0 where unknown.
        anchored: can be understood without seeing the document.
    """

    text: str
    document: str
    answer: str | None = None
    start: int = 0
    anchored: bool = True


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def split_of(document: str) -> Split:
    """Where a document belongs: a quarter of NorQuAD's articles and half of the laws are held back, all else trains.

    Of the articles that are not held back, a fifth is for development: weights and thresholds are chosen on it.
    """
    name = document.removesuffix(".md")
    if name.startswith("nq-"):
        number = zlib.crc32(name.encode())
        return "held" if number % 4 == 0 else "dev" if number // 4 % 5 == 0 else "train"
    if name.startswith("lov-"):
        parts = name.split("-")
        law = "-".join(parts[:4] if "-".join(parts[1:4]) in _WITHOUT_NUMBER else parts[:5])
        return "held" if zlib.crc32(law.encode()) % 2 == 0 else "train"
    return "train"


def norquad_questions(benchmarks: Path) -> Iterator[Asked]:
    """NorQuAD's questions whose annotated answer stands where it should."""
    folder = benchmarks / "norquad"
    texts = {record["id"]: record["text"] for record in read_lines(folder / "corpus.jsonl")}
    anchored = {record["id"]: record["anchored"] for record in read_lines(folder / "train" / "queries.jsonl")}
    for record in read_lines(folder / "train" / "answers.jsonl"):
        answer, start = record["answers"][0], record["answer_start"][0]
        if texts[record["corpus_id"]][start : start + len(answer)] == answer:
            yield Asked(record["question"], f"{record['corpus_id']}.md", answer, start, anchored[record["id"]])


def law_questions(benchmarks: Path) -> Iterator[Asked]:
    """The headings of sections with the law's name; each is answered by its section."""
    folder = benchmarks / "lovdata_nn"
    texts = {record["id"]: record["text_with_law"] for record in read_lines(folder / "queries.jsonl")}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, section, _ = line.split("\t")
        yield Asked(texts[query], f"{section}.md")


def collection(name: str, benchmarks: Path) -> Assistant:
    """The indexed collection: norquad (an article a document), lovdata (a section a document) or raufoss (corpus/)."""
    if name == "raufoss":
        folder = CORPUS
    else:
        folder = CACHE / name / "corpus"
        file = benchmarks / ("norquad" if name == "norquad" else "lovdata_nn") / "corpus.jsonl"
        _write(read_lines(file), folder)
    assistant = Assistant(Settings(corpus_dir=folder, data_dir=CACHE / name / "data"))
    assistant.build()
    return assistant


def _write(records: list[dict[str, Any]], folder: Path) -> None:
    """Each record as a Markdown file with its title in front; a law's section under the law's name and its number."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in records:
        title, kind = record["title"], "artikkel"
        if "section" in record:
            title, kind = f"{title} § {record['section']}", "lov"
        front = yaml.safe_dump({"title": title, "kind": kind, "date": "2023-01-01"}, allow_unicode=True)
        body = record["text"].removeprefix(record["title"]).lstrip("\n")
        (folder / f"{record['id']}.md").write_text(f"---\n{front}---\n{body}\n", "utf-8")
