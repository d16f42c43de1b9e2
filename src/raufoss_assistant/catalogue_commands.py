"""The commands on the catalogue: raufoss match, courses, services and funding."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from raufoss_assistant import contract
from raufoss_assistant.answering.from_needs import FromNeeds
from raufoss_assistant.arguments import whole_number
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.batch import batch, text_of
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.model import Question, Record, RecordType
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.printed import answer_text
from raufoss_assistant.settings import Settings


def match_arguments(command: argparse.ArgumentParser) -> None:
    """What `raufoss match` takes."""
    command.add_argument("text", nargs="?", metavar="BEHOV", help="det du eller bedriften trenger, med egne ord")
    command.add_argument("--k", type=whole_number(1, 100), default=5, metavar="ANTALL", help="antall treff (5)")
    command.add_argument("--json", action="store_true", help="skriv treffene som JSON, med hva poengene består av")
    command.add_argument("--batch", type=Path, metavar="FIL", help='JSONL-fil med {"id", "query"} på hver linje')


def match(parsed: argparse.Namespace, settings: Settings) -> int:
    """Match a need, or each of a file."""
    assistant = Assistant(settings)
    if parsed.batch:
        for line in list(batch(parsed, "query")):
            need = line["query"]
            print(contract.dump(contract.match_json(assistant.match(need), need, parsed.k, line.get("id"))), flush=True)
        return 0
    need = text_of(parsed, "et behov")
    matching = assistant.match(need)
    if parsed.json:
        print(contract.dump(contract.match_json(matching, need, parsed.k), indent=2))
    else:
        asked = Question(need, need, detect(need))
        answer = FromNeeds(assistant.index().manifest).answer(asked, matching) if matching.matches else None
        print(answer_text(answer) if answer else "Ingen tjenester, kurs eller støtteordninger i dokumentene passer.")
    return 0


def list_arguments(command: argparse.ArgumentParser) -> None:
    """What `raufoss courses`, `services` and `funding` take."""
    command.add_argument(
        "--filter",
        default="",
        metavar="ØNSKE",
        help="hva listen skal snevres inn til, med egne ord: «deltid på Gjøvik», «TRL 4, under 20 000 kroner»",
    )
    command.add_argument("--json", action="store_true", help="skriv listen som JSON, med alle felt og hvor de står")


def lister(type_: RecordType) -> Callable[[argparse.Namespace, Settings], int]:
    """The command that lists the records of a type."""

    def run(parsed: argparse.Namespace, settings: Settings) -> int:
        selection = Assistant(settings).select(type_, parsed.filter)
        labels = [each.label for each in selection.filters]
        if parsed.json:
            print(contract.dump(contract.records_json(selection.records, labels), indent=2))
            return 0
        many = schema(type_).nouns["nb"][1]
        narrowed = f" Filtrert på: {'; '.join(labels)}." if labels else ""
        print(f"{len(selection.records)} av {selection.total} {many}.{narrowed}")
        for each in selection.unknown:
            print(f"Ingen har opplysninger om «{each.label}», så det er ikke brukt.")
        if selection.ignored:
            print(f"Ikke brukt: {', '.join(selection.ignored)}.")
        print("".join(f"\n{_line(record)}" for record in selection.records))
        return 0

    return run


def _line(record: Record) -> str:
    shown = [each for each in schema(record.type).fields.values() if each.shown]
    facts = [f"{each.label['nb']}: {said.text}" for each in shown if (said := record.said(each.key))]
    example = " (Eksempeldata)" if record.example else ""
    place = record.statements[0]
    return f"{record.name}{example}\n   {'; '.join(facts)}\n   {place.document}"
