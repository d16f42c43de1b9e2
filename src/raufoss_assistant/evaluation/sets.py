"""Question sets as files that staff edit: YAML, Excel or comma-separated; read, checked and added to."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raufoss_assistant.errors import QuestionSetError, UsageError, reason
from raufoss_assistant.evaluation import listed, separated, spreadsheet, template
from raufoss_assistant.evaluation.entries import Entries
from raufoss_assistant.evaluation.fields import BY_KEY
from raufoss_assistant.evaluation.model import Question, QuestionSet
from raufoss_assistant.evaluation.rows import cells, contradictions, parse, unparse


@dataclass(frozen=True, slots=True)
class _Format:
    """How one kind of file is read, added to and begun, and how it holds a question."""

    read: Callable[[bytes], Entries]
    appended: Callable[[bytes, list[Any]], bytes]
    values: Callable[[Question], Mapping[str, object]] = cells
    empty: Callable[[], bytes] = bytes


_YAML = _Format(listed.read, listed.appended, unparse)
_FORMATS = {
    ".yaml": _YAML,
    ".yml": _YAML,
    ".xlsx": _Format(spreadsheet.read, spreadsheet.appended, empty=template.empty),
    ".csv": _Format(separated.read, separated.appended),
}


def read_set(path: Path) -> QuestionSet:
    """Read a question set; the ending of the file's name tells its format.

    A folder beside the file with its name but for the ending holds the set's own documents.

    Raises:
        QuestionSetError: rows that cannot be used, each named with row, column and remedy; or the file
            cannot be read, or has none.

    Example:
        >>> read_set(Path("evals/sett/kurs.yaml")).name
        'kurs'
    """
    questions = _questions(path, _bytes(path))
    if not questions:
        raise QuestionSetError([f"{path.name} har ingen spørsmål; skriv minst ett"])
    folder = path.with_suffix("")
    return QuestionSet(path.stem, questions, folder if folder.is_dir() else None)


def default_sets(folder: Path) -> tuple[QuestionSet, ...]:
    """All question sets under a folder, in the order of their paths; folders of documents that belong to a set aside.

    Raises:
        QuestionSetError: the faults of all of them.
        UsageError: there is no set in the folder.
    """
    files = set_files(folder)
    if not files:
        raise UsageError(f"{folder}: fant ingen spørsmålssett ({', '.join(_FORMATS)}).")
    sets: list[QuestionSet] = []
    problems: list[str] = []
    for path in files:
        try:
            sets.append(read_set(path))
        except QuestionSetError as error:
            problems += error.problems
    if problems:
        raise QuestionSetError(problems)
    return tuple(sets)


def set_files(folder: Path) -> list[Path]:
    """The files of all question sets under a folder, in the order of their paths, unread; none where it is missing."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _FORMATS and not path.name.startswith(("~$", ".")) and not _belongs(path, folder)
    ]


def check_together(sets: Sequence[QuestionSet]) -> None:
    """Check that sets can be run together.

    Raises:
        QuestionSetError: two questions have the same id.
    """
    places: dict[str, list[str]] = {}
    for set_ in sets:
        for question in set_.questions:
            places.setdefault(question.id, []).append(set_.name)
    problems = [
        f"Id «{id_}» står i flere sett: {', '.join(names)}; gi spørsmålene hver sin id."
        for id_, names in places.items()
        if len(names) > 1
    ]
    if problems:
        raise QuestionSetError(problems)


def write_rows(path: Path, questions: Sequence[Question]) -> None:
    """Write a new question set; the ending of the name decides the format.

    Raises:
        UsageError: the file is there already, or cannot be written.
        QuestionSetError: a question that cannot be used, or two with the same id.
    """
    if path.exists():
        raise UsageError(f"{path} finnes fra før; velg et annet navn, eller legg til i fila i stedet.")
    append(path, questions)


def append(path: Path, questions: Sequence[Question]) -> None:
    """Add questions at the end of a question set, which is begun where there is none; what it has stays as it is.

    The new file is made aside, read again, and takes the old one's place only when nothing is lost.

    Raises:
        UsageError: the file cannot be read or written as it is.
        QuestionSetError: faults in the file, a question that cannot be used, or an id that is there already.
    """
    format_ = _format(path)
    data = _bytes(path) if path.exists() else format_.empty()
    before = _questions(path, data) if data.strip() else ()
    added = _checked(questions)
    taken = {question.id for question in before} & {question.id for question in added}
    if taken:
        names = ", ".join(f"«{id_}»" for id_ in sorted(taken))
        raise QuestionSetError([f"{path.name} har spørsmål med id {names} fra før; velg en annen id, eller fjern dem"])
    with _faults_of(path):
        after = format_.appended(data, [format_.values(question) for question in added])
    if not _holds(path, after, (*before, *added)):
        raise QuestionSetError([f"{path.name} kan ikke få flere rader uten at noe annet endres; legg dem til for hånd"])
    _swap(path, after)


def _questions(path: Path, data: bytes) -> tuple[Question, ...]:
    """The questions of a file; none where it has no rows."""
    format_ = _format(path)
    with _faults_of(path):
        entries = format_.read(data)
    problems = [f"{path.name}, {problem}" for problem in entries.problems]
    questions: list[Question] = []
    places: dict[str, str] = {}
    for entry in entries.rows:
        question, faults = parse(entry.values, f"{path.stem}-{entry.number}")
        if question:
            if not entries.problems:  # what a misspelt column holds may be what seems to be missing
                faults += contradictions(question)
            if question.id in places:
                faults.append(("id", f"«{question.id}» står også i {places[question.id]}; gi spørsmålene hver sin id"))
            places.setdefault(question.id, entry.place)
            questions.append(question)
        for key, message in faults:
            name = entries.names.get(key, BY_KEY[key].head)
            problems.append(f"{path.name}, {entry.place}, {entries.column} {name}: {message}")
    if problems:
        raise QuestionSetError(problems)
    return tuple(questions)


def _holds(path: Path, data: bytes, questions: tuple[Question, ...]) -> bool:
    """Whether a file would be read as these questions and no others."""
    try:
        return _questions(path, data) == questions
    except QuestionSetError:
        return False


def _checked(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions as they will be read again.

    Raises:
        QuestionSetError: one of them cannot be used, or two have the same id.
    """
    read, problems = [], []
    for question in questions:
        again, faults = parse(unparse(question), question.id)
        if again:
            faults += contradictions(again)
            read.append(again)
        problems += [f"{question.id}, {BY_KEY[key].head}: {message}" for key, message in faults]
    twice = [id_ for id_, count in Counter(question.id for question in read).items() if count > 1]
    problems += [f"Id «{id_}» står to ganger; gi spørsmålene hver sin id" for id_ in twice]
    if problems:
        raise QuestionSetError(problems)
    return tuple(read)


def _format(path: Path) -> _Format:
    if path.suffix.lower() not in _FORMATS:
        raise QuestionSetError([f"{path.name} er ikke et spørsmålssett; navnet må slutte på {', '.join(_FORMATS)}"])
    return _FORMATS[path.suffix.lower()]


def _belongs(path: Path, folder: Path) -> bool:
    """Whether a file is one of a set's own documents: a folder above it stands beside a set of the same name."""
    above = [folder / parent for parent in path.relative_to(folder).parents if parent.name]
    return any(parent.with_name(parent.name + ending).is_file() for parent in above for ending in _FORMATS)


def _bytes(path: Path) -> bytes:
    with _faults_of(path):
        return path.read_bytes()


def _swap(path: Path, data: bytes) -> None:
    """Put a file in place in one step, with the rights that the one before had."""
    with _faults_of(path):
        place = path.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as folder:
            aside = Path(folder) / place.name
            with aside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if place.exists():
                shutil.copymode(place, aside)
            aside.replace(place)


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """Put the file's name in front of what is wrong with it."""
    try:
        yield
    except UsageError as error:
        raise QuestionSetError([f"{path.name} {error}"]) from error
    except FileNotFoundError as error:
        raise QuestionSetError([f"{path} finnes ikke; se etter skrivefeil i navnet"]) from error
    except OSError as error:
        remedy = "lukk den i Excel hvis den er åpen der"
        raise QuestionSetError([f"{path} kan ikke leses eller skrives ({reason(error)}); {remedy}"]) from error
