"""The command line: what `raufoss --help` lists."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from raufoss_assistant import catalogue_commands, contract
from raufoss_assistant.arguments import NorwegianParser, whole_number
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.batch import batch, read, text_of
from raufoss_assistant.errors import RaufossError, UsageError
from raufoss_assistant.evaluation import command as eval_command
from raufoss_assistant.evaluation import suggest_command, triage_command
from raufoss_assistant.model import FileStatus, Hit, IndexReport
from raufoss_assistant.printed import answer_text, place
from raufoss_assistant.progress import Bar
from raufoss_assistant.settings import Settings

_STATUS: dict[FileStatus, str] = {
    "added": "ny",
    "updated": "endret",
    "deleted": "slettet",
    "unchanged": "uendret",
    "failed": "feilet",
}
_COUNTED: dict[FileStatus, str] = {**_STATUS, "added": "nye"}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit with its status: 0 done, 1 failed, 2 wrong use."""
    parsed = parser().parse_args(arguments)
    try:
        status = parsed.run(parsed, _settings(parsed))
    except RaufossError as error:
        if parsed.debug:
            raise
        print(f"raufoss: {error}", file=sys.stderr)
        status = error.exit_code
    except BrokenPipeError:
        status = 0
        sys.stdout = None
    except KeyboardInterrupt:
        print("raufoss: avbrutt.", file=sys.stderr)
        status = 130
    except Exception as error:
        if parsed.debug:
            raise
        print(f"raufoss: uventet feil ({type(error).__name__}: {error}). Kjør igjen med --debug.", file=sys.stderr)
        status = 1
    sys.exit(status)


def parser() -> NorwegianParser:
    """The parser of all commands; each sets `run`."""
    top = NorwegianParser(
        prog="raufoss", description="Raufoss-assistenten: svar fra klyngens egne dokumenter, med kilde."
    )
    commands = top.add_subparsers(title="Kommandoer", metavar="KOMMANDO", dest="command", required=True)
    for name, run, help_ in (
        ("index", _index, "bygg eller oppdater indeksen over dokumentene"),
        ("search", _search, "finn utdragene som passer best til et søk"),
        ("ask", _ask, "still et spørsmål og få svar med kilder"),
        ("match", catalogue_commands.match, "finn tjenester, kurs og støtte som passer til et behov"),
        ("courses", catalogue_commands.lister("course"), "list studier og emner"),
        ("services", catalogue_commands.lister("service"), "list tjenester"),
        ("funding", catalogue_commands.lister("funding"), "list støtteordninger"),
        ("serve", _serve, "start chatten og API-et"),
        ("eval", eval_command.run, "prøv svarene mot spørsmålssett og lag en rapport"),
        ("feedback", triage_command.run, "se på tilbakemeldinger fra brukerne, og gjør dem til prøvespørsmål"),
        ("suggest", suggest_command.run, "foreslå prøvespørsmål fra et dokument"),
        ("doctor", _doctor, "vis hva som er installert, og om noe mangler"),
    ):
        command = commands.add_parser(name, help=help_, description=help_[0].upper() + help_[1:] + ".")
        command.set_defaults(run=run)
        command.add_argument(
            "--corpus", type=Path, metavar="MAPPE", help="mappe med dokumenter (ellers RAUFOSS_CORPUS_DIR)"
        )
        command.add_argument("--data", type=Path, metavar="MAPPE", help="mappe for indeksen (ellers RAUFOSS_DATA_DIR)")
        command.add_argument("--debug", action="store_true", help="vis hele feilmeldingen med programspor")
        _ARGUMENTS[name](command)
    return top


def _index_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="avslutt med feil om noen fil har en merknad")
    command.add_argument("--json", action="store_true", help="skriv resultatet som JSON")


def _search_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", nargs="?", metavar="SØK", help="det du leter etter")
    command.add_argument("--k", type=whole_number(1, 1000), default=10, metavar="ANTALL", help="antall treff (10)")
    command.add_argument("--json", action="store_true", help="skriv treffene som JSON")
    command.add_argument("--batch", type=Path, metavar="FIL", help='JSONL-fil med {"id", "query"} på hver linje')


def _ask_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("text", nargs="?", metavar="SPØRSMÅL", help="det du vil vite")
    command.add_argument("--history", type=Path, metavar="FIL", help="JSON-fil med samtalen så langt")
    command.add_argument("--json", action="store_true", help="skriv svaret som JSON")
    command.add_argument(
        "--batch", type=Path, metavar="FIL", help='JSONL-fil med {"id", "question", "history"} på hver linje'
    )


def _serve_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", metavar="ADRESSE", help="adressen chatten lytter på (127.0.0.1)")
    command.add_argument("--port", type=whole_number(1, 65535), metavar="PORT", help="porten chatten lytter på (7860)")


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "index": _index_arguments,
    "search": _search_arguments,
    "ask": _ask_arguments,
    "match": catalogue_commands.match_arguments,
    "courses": catalogue_commands.list_arguments,
    "services": catalogue_commands.list_arguments,
    "funding": catalogue_commands.list_arguments,
    "serve": _serve_arguments,
    "eval": eval_command.arguments,
    "feedback": triage_command.arguments,
    "suggest": suggest_command.arguments,
    "doctor": lambda _: None,
}


def _settings(parsed: argparse.Namespace) -> Settings:
    chosen = {"corpus_dir": parsed.corpus, "data_dir": parsed.data}
    chosen |= {name: getattr(parsed, name, None) for name in ("host", "port")}
    return replace(Settings.from_environment(), **{name: value for name, value in chosen.items() if value is not None})


def _index(parsed: argparse.Namespace, settings: Settings) -> int:
    with Bar() as bar:
        report = Assistant(settings).build(bar)
    if parsed.json:
        print(contract.dump(contract.index_json(report), indent=2))
    else:
        _print_report(report)
    if not report.files:
        print(f"raufoss: fant ingen dokumenter i {settings.corpus_dir}.", file=sys.stderr)
    remarks = sum(file.error is not None for file in report.files)
    if parsed.strict and (remarks or not report.files):
        print(f"raufoss: {remarks} filer har merknader, og --strict er valgt.", file=sys.stderr)
        return 1
    return 0


def _print_report(report: IndexReport) -> None:
    for file in report.files:
        if file.error is not None or file.status in ("added", "updated", "deleted"):
            remark = f": {file.error}" if file.error else ""
            print(f"{_STATUS[file.status]:<8} {file.path} ({file.chunks} utdrag){remark}")
    for file in report.files:
        for line in file.unread:
            print(f"ukjent   {file.path}: {line}")
    counts = ", ".join(f"{report.count(status)} {word}" for status, word in _COUNTED.items())
    seconds = f"{report.seconds:.1f}".replace(".", ",")
    print(f"Dokumenter: {counts}. {report.chunks} utdrag i indeksen, {report.embedded} nye vektorer. {seconds} s.")


def _search(parsed: argparse.Namespace, settings: Settings) -> int:
    assistant = Assistant(settings)
    if parsed.batch:
        lines = list(batch(parsed, "query"))
        for line in lines:
            query = line["query"]
            print(
                contract.dump(contract.search_json(query, assistant.search(query, parsed.k), line.get("id"))),
                flush=True,
            )
        return 0
    query = text_of(parsed, "et søk")
    hits = assistant.search(query, parsed.k)
    if parsed.json:
        print(contract.dump(contract.search_json(query, hits), indent=2))
    else:
        print("\n\n".join(_hit_text(rank, hit) for rank, hit in enumerate(hits, 1)) or "Ingen treff.")
    return 0


def _hit_text(rank: int, hit: Hit) -> str:
    score = f"{hit.score:.2f}".replace(".", ",")
    return f"{rank}. {place(hit)} (poeng {score})\n   {' '.join(hit.chunk.text.split())}"


def _ask(parsed: argparse.Namespace, settings: Settings) -> int:
    assistant = Assistant(settings)
    if parsed.batch:
        questions = [(line, contract.turns(line.get("history"))) for line in batch(parsed, "question")]
        for line, history in questions:
            print(
                contract.dump(contract.ask_json(assistant.ask(line["question"], history), line.get("id"))), flush=True
            )
        return 0
    question = text_of(parsed, "et spørsmål")
    history = contract.turns(_json_file(parsed.history)) if parsed.history else ()
    answer = assistant.ask(question, history)
    print(contract.dump(contract.ask_json(answer), indent=2) if parsed.json else answer_text(answer))
    return 0


def _serve(_: argparse.Namespace, settings: Settings) -> int:
    from raufoss_assistant.web.server import serve  # noqa: PLC0415 - gradio takes seconds to import

    serve(settings)
    return 0


def _doctor(_: argparse.Namespace, settings: Settings) -> int:
    from raufoss_assistant.doctor import examine  # noqa: PLC0415

    findings = examine(settings)
    for finding in findings:
        print(finding)
    return int(any(finding.level == "feil" for finding in findings))


def _json_file(file: Path) -> object:
    try:
        return json.loads(read(file))
    except ValueError as error:
        raise UsageError(f"{file}: er ikke gyldig JSON ({error}).") from error


if __name__ == "__main__":
    main()
