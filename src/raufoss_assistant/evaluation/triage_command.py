"""`raufoss feedback`: what visitors said of the answers, for staff to read, sort and make into tests."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, get_args

from raufoss_assistant.arguments import whole_number
from raufoss_assistant.errors import IndexUnavailableError, UsageError, reason
from raufoss_assistant.evaluation import sets, triage, triage_views
from raufoss_assistant.evaluation.model import Question
from raufoss_assistant.evaluation.triage import Case
from raufoss_assistant.feedback.log import FeedbackLog
from raufoss_assistant.feedback.model import STATES, Entry, Importance, State
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.index.store import current_generation
from raufoss_assistant.model import Properties
from raufoss_assistant.settings import Settings

_NUMBER = whole_number(1, 10**9)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options; without any, what is still to be looked at is listed."""
    do = parser.add_mutually_exclusive_group()
    do.add_argument("--show", type=_NUMBER, metavar="NR", help="vis alt om én tilbakemelding")
    do.add_argument("--mark", type=_NUMBER, metavar="NR", help="merk én, med de fire valgene under")
    do.add_argument(
        "--to-set", nargs=2, metavar=("NR", "FIL"), help="legg én til i et spørsmålssett og merk den «test»"
    )
    do.add_argument("--export", type=Path, metavar="FIL", help="skriv lista til en fil som ender på .csv eller .jsonl")
    do.add_argument("--delete", type=_NUMBER, metavar="NR", help="slett én for godt")
    parser.add_argument(
        "--state",
        choices=get_args(State),
        metavar="TILSTAND",
        help="ny, sett, test eller avvist: den nye tilstanden med --mark, ellers hvilke som skal vises",
    )
    parser.add_argument("--importance", choices=get_args(Importance), metavar="GRAD", help="høy, middels eller lav")
    parser.add_argument("--cause", metavar="TEKST", help="hvorfor det gikk galt")
    parser.add_argument("--note", metavar="TEKST", help="egen merknad")
    parser.add_argument("--answer", metavar="TEKST", help="med --to-set: riktig svar, i stedet for det brukeren skrev")
    parser.add_argument("--all", action="store_true", help="ta med tommel opp og dem som er ferdige")
    parser.add_argument("--json", action="store_true", help="skriv lista, eller den som vises, som JSON")


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked; returns the exit status.

    Raises:
        UsageError: options that make no sense together, no feedback with that number, or a file that is there already.
        RaufossError: the file with feedback cannot be used.
    """
    log = FeedbackLog(settings.data_dir)
    marks = {name: getattr(parsed, name) for name in ("importance", "cause", "note")}
    if parsed.mark is None and any(value is not None for value in marks.values()):
        raise UsageError("--importance, --cause og --note hører til --mark.")
    if parsed.answer is not None and not parsed.to_set:
        raise UsageError("--answer hører til --to-set.")
    if parsed.mark is not None:
        _mark(log, parsed.mark, {**marks, "state": parsed.state})
    elif parsed.to_set:
        _to_set(log, *parsed.to_set, answer=parsed.answer or "")
    elif parsed.delete is not None:
        log.delete(log.entry(parsed.delete).id)
        print(f"Tilbakemelding {parsed.delete} er slettet.")
    elif parsed.show is not None:
        (case,) = _cases(settings, [log.entry(parsed.show)])
        print(triage_views.as_json(case) if parsed.json else triage_views.whole(case))
    else:
        _list(_cases(settings, _chosen(log.entries(), parsed)), parsed)
    return 0


def _chosen(entries: Sequence[Entry], parsed: argparse.Namespace) -> list[Entry]:
    if parsed.state:
        return [entry for entry in entries if entry.state == parsed.state]
    return [entry for entry in entries if parsed.all or triage.is_open(entry)]


def _cases(settings: Settings, entries: Sequence[Entry]) -> list[Case]:
    return triage.cases(entries, _documents(settings.data_dir), date.today())


def _documents(data_dir: Path) -> dict[str, Properties]:
    """What is in the index now, without loading a model; nothing where there is no index to read."""
    folder = current_generation(data_dir)
    if folder is None:
        return {}
    try:
        with closing(Manifest.open(folder / "manifest.sqlite")) as manifest:
            return manifest.properties()
    except IndexUnavailableError:
        return {}


def _mark(log: FeedbackLog, id_: int, marks: dict[str, Any]) -> None:
    if not any(marks.values()):
        raise UsageError("Si hva den skal merkes med: --importance, --cause, --note eller --state.")
    entry = log.mark(id_, **marks)
    told = [f"tilstand «{STATES[entry.state]}»", f"viktighet {entry.importance or 'ikke satt'}"]
    print(f"Tilbakemelding {id_} er merket: {', '.join(told)}.")


def _to_set(log: FeedbackLog, number: str, file: str, *, answer: str) -> None:
    try:
        id_ = _NUMBER(number)
    except argparse.ArgumentTypeError as error:
        raise UsageError(f"--to-set: nummeret {error}. Skriv nummeret først, så fila.") from error
    question = add_to_set(log, id_, Path(file), answer)
    print(f"Tilbakemelding {id_} er lagt til i {file} som {question.id}. Les over raden; den er bare et forslag.")


def add_to_set(log: FeedbackLog, id_: int, file: Path, answer: str) -> Question:
    """Add a feedback to a question set, as a suggestion that staff must read, and mark it; gives the row.

    Raises:
        UsageError: there is none with that number, or neither a right answer nor a right source is known.
        QuestionSetError: the set has faults, or the row already.
    """
    question = triage.to_question(log.entry(id_), answer)
    sets.append(file, [question])
    log.mark(id_, state="test")
    return question


def _list(cases: Sequence[Case], parsed: argparse.Namespace) -> None:
    if parsed.export:
        _export(parsed.export, cases)
        what = "tilbakemelding" if len(cases) == 1 else "tilbakemeldinger"
        print(f"{len(cases)} {what} er skrevet til {parsed.export}.")
    elif parsed.json:
        print(triage_views.as_json(cases))
    elif cases:
        print(triage_views.table(cases, shutil.get_terminal_size((120, 24)).columns))
    else:
        print("Ingen tilbakemeldinger å vise." if parsed.all or parsed.state else "Ingen nye tilbakemeldinger.")


def _export(file: Path, cases: Sequence[Case]) -> None:
    kinds = {".csv": triage_views.as_csv, ".jsonl": triage_views.as_lines}
    kind = kinds.get(file.suffix.lower())
    if kind is None:
        raise UsageError(f"{file}: navnet må ende på .csv eller .jsonl.")
    try:
        with file.open("xb") as out:
            out.write(kind(cases))
    except FileExistsError as error:
        raise UsageError(f"{file} finnes fra før; velg et annet navn.") from error
    except OSError as error:
        raise UsageError(f"Kan ikke skrive {file}: {reason(error)}.") from error
