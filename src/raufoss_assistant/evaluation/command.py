"""`raufoss eval`: ask the question sets, show the figures, write the report, and say whether it became worse."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from raufoss_assistant.arguments import whole_number
from raufoss_assistant.errors import EvaluationError, UsageError
from raufoss_assistant.evaluation.choosing import SETS, Choice, chosen_sets
from raufoss_assistant.evaluation.labels import SPLITS
from raufoss_assistant.evaluation.model import Comparison, Run, Split
from raufoss_assistant.progress import Bar
from raufoss_assistant.settings import Settings

if TYPE_CHECKING:
    from raufoss_assistant.evaluation.judge import Judge

REPORTS = Path("reports")
TREND = 20
"""Earlier runs shown in the report, the latest ones."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options; without any, all sets that come along are run."""
    parser.add_argument(
        "sets", nargs="*", type=Path, metavar="SETT", help=f"spørsmålssett eller mapper med slike ({SETS})"
    )
    parser.add_argument("--tag", action="append", metavar="TAG", help="bare spørsmål med denne merkelappen")
    parser.add_argument("--kind", action="append", metavar="TYPE", help="bare spørsmål av denne typen")
    parser.add_argument("--split", type=_part, metavar="DEL", help="bare innstilling (tune) eller bare prøve (test)")
    parser.add_argument(
        "--limit", type=whole_number(1, 10**6), metavar="N", help="høyst N spørsmål fra hvert sett, jevnt fordelt"
    )
    parser.add_argument(
        "--report", type=Path, default=REPORTS, metavar="MAPPE", help=f"mappe for rapport og kjøringer ({REPORTS})"
    )
    parser.add_argument(
        "--baseline", type=Path, metavar="FIL", help="lagret kjøring å sammenligne med; feil om noe ble dårligere"
    )
    parser.add_argument("--save", type=Path, metavar="FIL", help="lagre kjøringen, til bruk med --baseline")
    parser.add_argument(
        "--matrix", nargs="+", metavar="NAVN=A,B", help="sammenlign innstillinger, for eksempel retrieval=hybrid,words"
    )
    parser.add_argument("--json", action="store_true", help="skriv tall og rader som JSON")
    parser.add_argument("--template", type=Path, metavar="FIL", help="lag et regneark å skrive spørsmål i, og stopp")


def _part(text: str) -> Split:
    """A part of the questions, by its name in spreadsheets or in YAML."""
    meanings = {name: split for split, label in SPLITS.items() for name in (split, label.name)}
    if text not in meanings:
        names = " eller ".join(f"{label.name} ({split})" for split, label in SPLITS.items())
        raise argparse.ArgumentTypeError(f"«{text}» finnes ikke; velg {names}")
    return meanings[text]


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """Run what was chosen; returns 0, or 1 where a metric fell by more than its noise.

    Raises:
        UsageError: a set, a filter or a file makes no sense.
        EvaluationError: there are no figures that can be trusted, or the baseline cannot be used.
        IndexUnavailableError: the corpus is not indexed.
    """
    if parsed.template:
        return _template(parsed.template)
    if parsed.matrix:
        return _matrix(parsed, settings)
    from raufoss_assistant.evaluation import report, runner, runs  # noqa: PLC0415 - pydantic, plots: a second

    before = runs.load(parsed.baseline) if parsed.baseline else None
    choice = _choice(parsed)
    asked = chosen_sets(choice, settings)
    judge = _judge(settings)
    with Bar() as bar:
        done = runner.run(asked, settings, progress=bar, judge=judge, chosen=choice.told)
    comparison = _compared(before, done) if before else None
    earlier = _earlier(parsed.report, done)
    runs.keep(done, parsed.report)
    if parsed.save:
        runs.save(done, parsed.save)
    page = report.write_report(done, parsed.report, earlier, comparison, settings.corpus_dir)
    _show(parsed, done, comparison, page)
    for remark in judge.remarks if judge else ():
        print(f"raufoss: {remark}", file=sys.stderr)
    return int(comparison is not None and comparison.failed)


def _choice(parsed: argparse.Namespace) -> Choice:
    return Choice(
        sets=tuple(parsed.sets),
        tags=tuple(parsed.tag or ()),
        kinds=tuple(parsed.kind or ()),
        split=parsed.split,
        limit=parsed.limit,
    )


def _compared(before: Run, after: Run) -> Comparison:
    from raufoss_assistant.evaluation.gate import compare  # noqa: PLC0415 - scipy takes a second to import

    return compare(before, after)


def _earlier(folder: Path, run: Run) -> list[Run]:
    """The latest runs in the folder that asked for the same as this one; one that cannot be read is named."""
    from raufoss_assistant.evaluation import runs  # noqa: PLC0415

    found: list[Run] = []
    for file in runs.kept(folder)[:TREND]:
        try:
            found.append(runs.load(file))
        except EvaluationError as error:
            print(f"raufoss: {error}", file=sys.stderr)
    return [each for each in found[::-1] if each.fingerprint.settings == run.fingerprint.settings]


def _show(parsed: argparse.Namespace, run: Run, comparison: Comparison | None, page: Path) -> None:
    from raufoss_assistant.evaluation import runs, terminal  # noqa: PLC0415

    if parsed.json:
        print(_as_text(runs.to_json(run)))
    else:
        print("\n".join(terminal.told(run)))
        if comparison:
            print("\n".join(terminal.compared(comparison)), end="\n\n")
        print(f"Rapporten ligger i {page}.")
    if comparison and comparison.failed:
        print(f"raufoss: {terminal.failed(comparison)}", file=sys.stderr)


def _matrix(parsed: argparse.Namespace, settings: Settings) -> int:
    """Run the sets with each combination of settings, and show one table."""
    if parsed.baseline or parsed.save:
        raise UsageError("--matrix gir flere kjøringer, og kan ikke brukes sammen med --baseline eller --save.")
    from raufoss_assistant.evaluation import matrix, runs  # noqa: PLC0415 - scipy takes a second to import

    choice = _choice(parsed)
    with Bar() as bar:
        done = matrix.measure(parsed.matrix, settings, chosen_sets(choice, settings), bar, choice.told)
    if parsed.json:
        print(_as_text({name: runs.to_json(each) for name, each in done.items()}))
    else:
        print("\n".join(matrix.lines(matrix.table(done))))
    return 0


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def _judge(settings: Settings) -> Judge | None:
    """Scores by the language model, where one is set."""
    if settings.llm_base_url is None:
        return None
    from raufoss_assistant.evaluation.judge import Judge  # noqa: PLC0415 - llama_index takes a second to import
    from raufoss_assistant.language_model.connection import connect  # noqa: PLC0415

    llm = connect(settings)
    return Judge(llm) if llm else None


def _template(file: Path) -> int:
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"Malen er et regneark: velg et navn som slutter på .xlsx i stedet for {file.name}.")
    from raufoss_assistant.evaluation.template import write_template  # noqa: PLC0415

    write_template(file)
    print(f"Malen ligger i {file}. Fyll ut en rad for hvert spørsmål, og kjør «raufoss eval {file}».")
    return 0
