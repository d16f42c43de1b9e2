"""Gather the groups of passages that the reader is trained on: python training/gather.py --benchmarks FOLDER.

A group is a question with the passage that answers it, or none, and the passages that the hybrid ranks high although
they do not. What is held back (`sources.split_of`) is in no group, neither as question nor as wrong passage. Written to
.cache/training/groups.jsonl; questions that cannot be used are counted by reason.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml
from sources import CACHE, QUESTIONS, Split, collection, law_questions, norquad_questions, read_lines, split_of

from raufoss_assistant.model import Chunk, Hit
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.norwegian.text import normalise
from raufoss_assistant.retrieval.hybrid import HybridRetriever

GROUPS = CACHE / "groups.jsonl"
CLAIMS = Path(__file__).parent / "claims.jsonl"
SETS = Path(__file__).parent.parent / "evals" / "sett"
DEPTH = 40
WRONG = 8
SHARED = 2 / 3
"""A passage with so many of the answer's words may well answer too, and is not called wrong."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question, the passage that answers it and its answer there, and passages that do not answer it.

    Attributes:
        source: where the question comes from.
        split: train or dev.
        question: as asked.
        right: context and text of the answering passage, or None where nothing answers.
        span: first character of the answer in that text and the one after its last; None where all of it answers.
        wrong: context and text of the others, those ranked best first.
    """

    source: str
    split: Split
    question: str
    right: tuple[str, str] | None
    span: tuple[int, int] | None
    wrong: tuple[tuple[str, str], ...]


class Collection:
    """An indexed collection that makes groups."""

    def __init__(self, name: str, benchmarks: Path) -> None:
        self.name = name
        assistant = collection(name, benchmarks)
        self._index = assistant.index()
        self._retriever = HybridRetriever(self._index, assistant.encoder)
        self.stems = {Path(path).stem: path for path in self._index.properties}

    def chunks_of(self, document: str) -> list[Chunk]:
        """The passages of a document."""
        return self._index.manifest.chunks_of(document)

    def hits(self, question: str, k: int) -> list[Hit]:
        """What the hybrid finds."""
        return self._retriever.hits(question, k)

    def group(self, source: str, question: str, document: str, answer: str | None, start: int = 0) -> Group | str:
        """The group of an answerable question, or why there is none; without an answer, all the document answers."""
        if document not in self._index.properties:
            return "no such document"
        split = self._split(document)
        if split == "held":
            return "held back"
        found = self._found(question)
        ranks = {chunk.id: rank for rank, chunk in enumerate(found)}
        answer = answer and normalise(answer).strip()
        holding = [chunk for chunk in self.chunks_of(document) if not answer or answer in chunk.text]
        if not holding:
            return "answer not in one passage"
        right = min(
            holding,
            key=lambda chunk: (
                abs(chunk.start + chunk.text.find(answer) - start) if start and answer else ranks.get(chunk.id, DEPTH)
            ),
        )
        first = right.text.find(answer) if answer else 0
        wrong = [chunk for chunk in found if not (answer and holds(chunk, answer)) and (answer or chunk not in holding)]
        return Group(
            source,
            split,
            question,
            (right.context, right.text),
            (first, first + len(answer)) if answer else None,
            self._shown(wrong, split),
        )

    def without(self, source: str, question: str, document: str, answer: str | None = None) -> Group | str:
        """A group in which nothing answers: passages of the others, where the document would answer, else its own."""
        if document not in self._index.properties:
            return "no such document"
        split = self._split(document)
        if split == "held":
            return "held back"
        found = self._found(question)
        if answer:
            wrong = [chunk for chunk in found if chunk.document != document and not holds(chunk, answer)]
        else:
            own = {chunk.id: chunk for chunk in self.chunks_of(document)}
            wrong = [chunk for chunk in found if chunk.id in own] or list(own.values())
        shown = self._shown(wrong, split)
        return Group(source, split, question, None, None, shown) if shown else "no wrong passage"

    def claim(self, source: str, claim: str, document: str, passage: str, *, told: bool) -> Group | str:
        """A group of a claim and the sentences that tell it, or that do not quite."""
        split = self._split(document)
        if document not in self._index.properties or split == "held":
            return "no such document"
        passage = normalise(passage).strip()
        context = next((chunk.context for chunk in self.chunks_of(document) if passage in chunk.text), None)
        if context is None:
            return "claim's sentences not in one passage"
        shown = (context, passage)
        return Group(source, split, claim, shown if told else None, None, () if told else (shown,))

    def unanswered(self, source: str, question: str) -> Group:
        """A group of a question that nothing in the collection answers."""
        return Group(source, "train", question, None, None, self._shown(self._found(question), "train"))

    def _split(self, document: str) -> Split:
        return split_of(document) if self.name != "raufoss" else own_split(document)

    def _found(self, question: str) -> list[Chunk]:
        return [hit.chunk for hit in self.hits(question, DEPTH)]

    def _shown(self, wrong: Iterable[Chunk], split: Split) -> tuple[tuple[str, str], ...]:
        allowed = ("train",) if split == "train" else ("train", "dev")
        return tuple((chunk.context, chunk.text) for chunk in wrong if split_of(chunk.document) in allowed)[:WRONG]


def own_split(document: str) -> Split:
    """An eighth of corpus/ is for development, by document."""
    return "dev" if zlib.crc32(document.encode()) % 8 == 0 else "train"


def holds(chunk: Chunk, answer: str) -> bool:
    """Whether the passage has the answer, or most of its words."""
    if answer.casefold() in chunk.text.casefold():
        return True
    wanted = set(terms(answer))
    return bool(wanted) and len(wanted & set(terms(chunk.text))) >= SHARED * len(wanted)


def norquad(articles: Collection, benchmarks: Path) -> Iterator[Group | str]:
    """NorQuAD's questions; those that stand alone once more, without their article."""
    for asked in norquad_questions(benchmarks):
        yield articles.group("norquad", asked.text, asked.document, asked.answer, asked.start)
        if asked.anchored:
            yield articles.without("norquad, article left out", asked.text, asked.document, asked.answer)


def own(collections: dict[str, Collection]) -> Iterator[Group | str]:
    """Our own questions, over all three collections."""
    for file in sorted(QUESTIONS.glob("*.jsonl")):
        for row in read_lines(file):
            source, place = row["source"], collections[row["source"]]
            if row["document"] is None:
                yield place.unanswered(f"own, {source}", row["question"])
                continue
            document = place.stems.get(Path(row["document"]).stem) if source != "raufoss" else row["document"]
            make = place.group if row["answer"] else place.without
            yield make(f"own, {source}", row["question"], document or row["document"], row["answer"])
            if row.get("alone"):
                name = f"own, {source}, article left out"
                yield place.without(name, row["question"], document or row["document"], row["answer"])


def claims(collections: dict[str, Collection]) -> Iterator[Group | str]:
    """Claims as a language model makes them, each with the sentences that it cites."""
    for row in read_lines(CLAIMS):
        place = collections[row["source"]]
        document = row["document"] if row["source"] == "raufoss" else f"{row['document']}.md"
        yield place.claim(f"claims, {row['source']}", row["claim"], document, row["passage"], told=row["told"])


def sets(corpus: Collection) -> Iterator[Group | str]:
    """The split `tune` of the question sets of evals/, where a passage has all that the answer must contain."""
    for row in (row for file in sorted(SETS.glob("*.yaml")) for row in yaml.safe_load(file.read_text("utf-8"))):
        if row["split"] != "tune" or "sier selv" in row.get("note", ""):
            continue
        if row["status"] == "not_found":
            yield corpus.unanswered("sets", row["question"])
        elif row["status"] == "answered" and row.get("must_contain"):
            yield _of_set(corpus, row)


def _of_set(corpus: Collection, row: dict) -> Group | str:
    needed = [part.casefold().split("|") for part in row["must_contain"]]
    for document in (place.partition("#")[0] for place in row.get("documents", ())):
        for chunk in corpus.chunks_of(document):
            text = chunk.text.casefold()
            found = [next((text.find(part) for part in parts if part in text), -1) for parts in needed]
            if min(found) >= 0 and len(text) == len(chunk.text):
                part = next(part for part in needed[0] if part in text)
                return corpus.group("sets", row["question"], document, chunk.text[found[0] : found[0] + len(part)])
    return "answer not in one passage"


def main() -> None:
    """Gather and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--benchmarks", type=Path, required=True, help="folder that holds norquad/ and lovdata_nn/")
    given = arguments.parse_args()
    collections = {name: Collection(name, given.benchmarks) for name in ("raufoss", "norquad", "lovdata")}
    made = [("norquad", group) for group in norquad(collections["norquad"], given.benchmarks)]
    laws = collections["lovdata"]
    made += [("laws", laws.group("laws", one.text, one.document, None)) for one in law_questions(given.benchmarks)]
    made += [("own", group) for group in own(collections)]
    made += [("claims", group) for group in claims(collections)]
    made += [("sets", group) for group in sets(collections["raufoss"])]
    groups = [group for _, group in made if isinstance(group, Group)]
    GROUPS.write_text("".join(json.dumps(asdict(group), ensure_ascii=False) + "\n" for group in groups), "utf-8")
    print("unused:", dict(Counter(f"{name}: {why}" for name, why in made if isinstance(why, str))))
    print("groups:", dict(Counter(f"{group.source} ({group.split})" for group in groups)))


if __name__ == "__main__":
    main()
