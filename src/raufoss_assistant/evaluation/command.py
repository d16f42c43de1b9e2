"""`raufoss eval`: ask the question sets, show the figures, write the report, and say whether it became worse."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from raufoss_assistant.arguments import whole_number
from raufoss_assistant.errors import EvaluationError, UsageError
from raufoss_assistant.evaluation.labels import SPLITS
from raufoss_assistant.evaluation.model import Comparison, Question, QuestionSet, Run, Split
from raufoss_assistant.progress import Bar
from raufoss_assistant.settings import Settings

if TYPE_CHECKING:
    from raufoss_assistant.evaluation.judge import Judge

SETS = Path("evals/sett")
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
    asked = chosen_sets(parsed, settings)
    judge = _judge(settings)
    with Bar() as bar:
        done = runner.run(asked, settings, progress=bar, judge=judge, chosen=_chosen(parsed))
    comparison = _compared(before, done) if before else None
    earlier = _earlier(parsed.report, done)
    moment = datetime.fromisoformat(done.fingerprint.date)
    runs.save(done, parsed.report / f"{moment:%Y-%m-%d-%H%M%S}.json")
    if parsed.save:
        runs.save(done, parsed.save)
    page = report.write_report(done, parsed.report, earlier, comparison, settings.corpus_dir)
    _show(parsed, done, comparison, page)
    for remark in judge.remarks if judge else ():
        print(f"raufoss: {remark}", file=sys.stderr)
    return int(comparison is not None and comparison.failed)


def chosen_sets(parsed: argparse.Namespace, settings: Settings) -> list[QuestionSet]:
    """The sets that were named, with the questions that pass the filters; sets without any are left out.

    Raises:
        UsageError: a set cannot be read, or no question passes.
    """
    from raufoss_assistant.evaluation import sets  # noqa: PLC0415 - openpyxl, pydantic

    found = [set_ for path in parsed.sets or [SETS] for set_ in _read(path, settings, parsed.limit)]
    kept = [replace(set_, questions=_filtered(set_.questions, parsed)) for set_ in found]
    kept = [set_ for set_ in kept if set_.questions]
    if not kept:
        raise UsageError(_nothing_left(found, _chosen(parsed)))
    sets.check_together(kept)
    return kept


def _read(path: Path, settings: Settings, limit: int | None) -> Sequence[QuestionSet]:
    from raufoss_assistant.evaluation import external, sets  # noqa: PLC0415

    if not path.is_dir():
        return [sets.read_set(path)]
    if (path / "corpus.jsonl").is_file():
        return external.external_sets(path, settings.data_dir / "eval", limit)
    return sets.default_sets(path)


def _filtered(questions: Sequence[Question], parsed: argparse.Namespace) -> tuple[Question, ...]:
    passing = [
        question
        for question in questions
        if (not parsed.tag or {*parsed.tag} & {*question.tags})
        and (not parsed.kind or question.kind in parsed.kind)
        and parsed.split in (None, question.split)
    ]
    size = min(parsed.limit or len(passing), len(passing))
    return tuple(passing[number * len(passing) // size] for number in range(size))


def _chosen(parsed: argparse.Namespace) -> dict[str, str]:
    """What was chosen beside the defaults, in the words of the report."""
    chosen = {
        "sett": ", ".join(path.stem for path in parsed.sets),
        "merkelapp": ", ".join(sorted(parsed.tag or ())),
        "type": ", ".join(sorted(parsed.kind or ())),
        "del": parsed.split or "",
        "høyst": str(parsed.limit or ""),
    }
    return {name: value for name, value in chosen.items() if value}


def _nothing_left(sets: Sequence[QuestionSet], chosen: Mapping[str, str]) -> str:
    questions = [question for set_ in sets for question in set_.questions]
    kinds = ", ".join(dict.fromkeys(question.kind for question in questions)) or "ingen"
    tags = ", ".join(sorted({tag for question in questions for tag in question.tags})) or "ingen"
    wish = ", ".join(f"{name} «{value}»" for name, value in chosen.items() if name not in ("sett", "høyst"))
    return f"Ingen spørsmål har {wish}. Typer i settene: {kinds}. Merkelapper: {tags}."


def _compared(before: Run, after: Run) -> Comparison:
    from raufoss_assistant.evaluation.gate import compare  # noqa: PLC0415 - scipy takes a second to import

    return compare(before, after)


def _earlier(folder: Path, run: Run) -> list[Run]:
    """The latest runs in the folder that asked for the same as this one; one that cannot be read is named."""
    from raufoss_assistant.evaluation import runs  # noqa: PLC0415

    found: list[Run] = []
    for file in sorted(folder.glob("????-??-??-??????.json"), reverse=True)[:TREND]:
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

    with Bar() as bar:
        done = matrix.measure(parsed.matrix, settings, chosen_sets(parsed, settings), bar, _chosen(parsed))
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
