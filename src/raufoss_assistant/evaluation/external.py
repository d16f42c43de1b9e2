"""Question sets that others have made, from a folder the user has: NorQuAD, laws in nynorsk, NorSumm."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, Field, ValidationError

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.model import Kind, Question, QuestionSet
from raufoss_assistant.norwegian.text import normalise

SEARCH_ONLY = "bare søk"
"""Tag of a question that is not to be answered: what counts is that its document is found."""
ANCHORED = "forankret"
"""Tag of a NorQuAD question that can be understood without its article."""
LEFT_OUT = 5
"""One article in so many is left out of the set «norquad-utelatt»."""
_NAME = re.compile(r"\w[\w. -]*")


class _Text(BaseModel):
    id: str
    title: str
    text: str
    url: str = ""
    lang: Literal["nb", "nn"] = "nb"


class _Answer(BaseModel):
    id: str
    question: str
    corpus_id: str
    answers: list[str] = Field(min_length=1)
    answer_start: list[int] = Field(min_length=1)


class _Query(BaseModel):
    id: str
    text: str
    text_with_law: str = ""
    anchored: bool = False


class _Pair(BaseModel):
    id: str
    corpus_id: str
    nb: str
    nn: str


_Record = TypeVar("_Record", bound=BaseModel)
_T = TypeVar("_T")


def external_sets(folder: Path, work: Path, limit: int | None = None) -> list[QuestionSet]:
    """The question sets of a folder, which is known by the files in it.

    NorQuAD (Ivanova et al. 2023) gives «norquad», all questions over all articles, and «norquad-utelatt», where a
    fifth of the articles is missing: half of its questions have lost their answer, the other half have not. Laws give
    «lovdata-nn», headings that shall lead to their section. NorSumm (Touileb et al. 2025) gives «norsumm-nb» and
    «norsumm-nn», the same sentences in both standards, that shall lead to their article, which is in bokmål.
    Questions in nynorsk are of the kind «språk», so that both standards are seen apart.

    Args:
        folder: the user's; nothing is written there.
        work: where the documents are written as Markdown for the index; only what has changed is rewritten.
        limit: at most so many questions a set, taken evenly, the same ones each time.

    Raises:
        UsageError: the folder holds none of the sets, or a file in it cannot be used.

    Example:
        >>> [found.name for found in external_sets(Path("norquad"), Path("data/eval"), limit=200)]
        ['norquad', 'norquad-utelatt']
    """
    for known in _KNOWN:
        if all((folder / name).is_file() for name in known.files):
            return known.adapter(folder, work, limit)
    looked_for = "; ".join(f"{known.name}: {', '.join(known.files)}" for known in _KNOWN)
    raise UsageError(f"Fant ikke noe kjent spørsmålssett i {folder}. Sett kjennes på filene sine ({looked_for}).")


def _norquad(folder: Path, work: Path, limit: int | None) -> list[QuestionSet]:
    articles = _texts(folder)
    anchored = {query.id for query in _read(folder / "train/queries.jsonl", _Query) if query.anchored}
    usable = [
        answer
        for answer in _read(folder / "train/answers.jsonl", _Answer)
        if _known(articles, answer.corpus_id).text.startswith(answer.answers[0], answer.answer_start[0])
    ]
    kept = {id_: text for id_, text in articles.items() if zlib.crc32(id_.encode()) % LEFT_OUT}
    lost, standing = _by_article(kept, [answer for answer in usable if answer.id in anchored])
    size = min(len(lost), len(standing), len(lost) if limit is None else max(limit // 2, 1))
    name = "norquad-utelatt"
    asked = [_unanswerable(_asked(name, answer, True)) for answer in _evenly(lost, size)]
    asked += [_asked(name, answer, True) for answer in _evenly(standing, size)]
    every = [_asked("norquad", answer, answer.id in anchored) for answer in _evenly(usable, limit)]
    return [
        _set("norquad", every, _written(work / "norquad", articles.values())),
        _set(name, asked, _written(work / name, kept.values())),
    ]


def _by_article(kept: dict[str, _Text], answers: Iterable[_Answer]) -> tuple[list[_Answer], list[_Answer]]:
    """Answers whose article is left out, and answers whose article is kept; none that stands in another article."""
    plain = {id_: _plain(text.text) for id_, text in kept.items()}
    everything = "\n".join(plain.values())
    groups: tuple[list[_Answer], list[_Answer]] = ([], [])
    for answer in answers:
        wanted = _plain(answer.answers[0])
        if everything.count(wanted) == plain.get(answer.corpus_id, "").count(wanted):
            groups[answer.corpus_id in kept].append(answer)
    return groups


def _plain(text: str) -> str:
    return normalise(text).strip().casefold()


def _asked(name: str, answer: _Answer, anchored: bool) -> Question:
    """In `test` where the rules of answering were not fitted on the article (evals/calibrate.py)."""
    expected = normalise(answer.answers[0]).strip()
    return Question(
        id=f"{name}-{answer.id}",
        question=answer.question,
        kind="fakta",
        documents=(f"{answer.corpus_id}.md",),
        must_contain=(expected,),
        answer=expected,
        tags=(ANCHORED,) if anchored else (),
        split="test" if zlib.crc32(answer.corpus_id.encode()) % 2 else "tune",
    )


def _unanswerable(question: Question) -> Question:
    return replace(
        question,
        kind="uten svar",
        status="not_found",
        documents=(),
        must_contain=(),
        answer=None,
        note=f"Artikkelen som svarer «{question.answer}», er utelatt.",
    )


def _laws(folder: Path, work: Path, limit: int | None) -> list[QuestionSet]:
    sections = _texts(folder)
    right: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(_lines(folder / "qrels.tsv")[1:], 2):
        query, section, *_ = [*line.split("\t"), ""]
        if section not in sections:
            raise UsageError(f"{folder / 'qrels.tsv'}, linje {number}: «{section}» finnes ikke i corpus.jsonl.")
        right[query].append(section)
    queries = [query for query in _read(folder / "queries.jsonl", _Query) if query.id in right]
    asked = [
        _search(f"lovdata-nn-{query.id}", query.text_with_law or query.text, "språk", right[query.id])
        for query in _evenly(queries, limit)
    ]
    return [_set("lovdata-nn", asked, _written(work / "lovdata-nn", sections.values()))]


def _norsumm(folder: Path, work: Path, limit: int | None) -> list[QuestionSet]:
    articles = _texts(folder)
    pairs = _evenly(_read(folder / "sentence_pairs.jsonl", _Pair), limit)
    right = [[_known(articles, pair.corpus_id).id] for pair in pairs]
    paired = list(zip(pairs, right, strict=True))
    nb = [_search(f"norsumm-nb-{pair.id}", pair.nb, "fakta", documents) for pair, documents in paired]
    nn = [_search(f"norsumm-nn-{pair.id}", pair.nn, "språk", documents) for pair, documents in paired]
    written = _written(work / "norsumm", articles.values())
    return [_set("norsumm-nb", nb, written), _set("norsumm-nn", nn, written)]


def _search(id_: str, query: str, kind: Kind, documents: Sequence[str]) -> Question:
    paths = tuple(f"{document}.md" for document in documents)
    return Question(id=id_, question=query, kind=kind, documents=paths, tags=(SEARCH_ONLY,))


def _set(name: str, questions: Sequence[Question], documents: Path) -> QuestionSet:
    if not questions:
        raise UsageError(f"Settet «{name}» har ingen spørsmål som kan brukes.")
    return QuestionSet(name, tuple(questions), extra=documents, alone=True)


class _Known(NamedTuple):
    name: str
    files: tuple[str, ...]
    adapter: Callable[[Path, Path, int | None], list[QuestionSet]]


_KNOWN = (
    _Known("NorQuAD", ("corpus.jsonl", "train/answers.jsonl", "train/queries.jsonl"), _norquad),
    _Known("lover på nynorsk", ("corpus.jsonl", "queries.jsonl", "qrels.tsv"), _laws),
    _Known("NorSumm", ("corpus.jsonl", "sentence_pairs.jsonl"), _norsumm),
)


def _evenly(items: Sequence[_T], limit: int | None) -> list[_T]:
    """At most so many of the items, as far from each other as can be."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[number * len(items) // limit] for number in range(limit)]


def _written(folder: Path, texts: Iterable[_Text]) -> Path:
    """The folder, holding the texts as Markdown and nothing else; what is there already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"{text.id}.md": _markdown(text) for text in texts}
    for stale in {file.name for file in folder.glob("*.md")} - files.keys():
        (folder / stale).unlink()
    for name, content in files.items():
        file = folder / name
        if not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)
    return folder


def _markdown(text: _Text) -> bytes:
    fields = {"title": text.title, "language": text.lang} | ({"sources": [text.url]} if text.url else {})
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    body = text.text.removeprefix(text.title).lstrip(" |\n")
    return f"---\n{front}---\n{body}\n".encode()


def _texts(folder: Path) -> dict[str, _Text]:
    texts = {text.id: text for text in _read(folder / "corpus.jsonl", _Text)}
    for id_ in texts:
        if not _NAME.fullmatch(id_):
            raise UsageError(f"{folder / 'corpus.jsonl'}: «{id_}» kan ikke være navnet på en fil.")
    return texts


def _known(texts: dict[str, _Text], id_: str) -> _Text:
    try:
        return texts[id_]
    except KeyError:
        raise UsageError(f"«{id_}» finnes ikke i corpus.jsonl.") from None


def _read(file: Path, kind: type[_Record]) -> list[_Record]:
    """The records of a JSONL file."""
    records = []
    for number, line in enumerate(_lines(file), 1):
        try:
            records.append(kind.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"])) or "linjen"
            raise UsageError(f"{file}, linje {number}: «{place}» mangler eller kan ikke leses.") from error
    return records


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Kan ikke lese {file} som tekst i UTF-8.") from error
