"""The report of an evaluation: one HTML page in Norwegian that needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from raufoss_assistant.errors import UsageError, reason
from raufoss_assistant.evaluation import labels
from raufoss_assistant.evaluation.gate import LEVEL
from raufoss_assistant.evaluation.labels import hundreds
from raufoss_assistant.evaluation.model import Comparison, Run
from raufoss_assistant.evaluation.plots import plots
from raufoss_assistant.evaluation.scoring import source
from raufoss_assistant.evaluation.shares import refused, right
from raufoss_assistant.evaluation.summary import JUDGED

NAME = "rapport.html"
NAMED = 3
"""Metrics named in the verdict, each way."""
_BOLD = re.compile(r"(?<!\\)\*\*")
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
Link = Callable[..., str | None]
"""From a document and, if any, a page to an address."""
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run is beside an earlier one: better, worse or same, in a word or two and in a sentence.

    Example:
        >>> Verdict("same", "Omtrent som sist", "").tone
        'same'
    """

    tone: str
    title: str
    sentence: str


def write_report(
    run: Run, folder: Path, earlier: Sequence[Run], comparison: Comparison | None, corpus: Path = Path("corpus")
) -> Path:
    """Write `rapport.html` in a folder, which is made if it is missing, and give its path.

    Args:
        run: what the report is on.
        folder: where to write.
        earlier: runs for the trend, in any order.
        comparison: the run beside an earlier one, or None.
        corpus: folder with the documents; those that are there are linked to.

    Raises:
        UsageError: the report cannot be written there.
    """
    target = folder / NAME
    page = _page(run, earlier, comparison, linker(folder, corpus))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"Kan ikke skrive rapporten til «{target}»: {reason(error)}. Velg en annen mappe.") from error
    return target


def _page(run: Run, earlier: Sequence[Run], comparison: Comparison | None, link: Link) -> str:
    told = content(run, comparison, link)
    return environment().get_template("report.html.j2").render(told, plots=plots(run, earlier))


def environment(*folders: Path) -> Environment:
    """What renders the templates of the report, and those of other folders that build upon them."""
    made = Environment(
        loader=FileSystemLoader([*folders, Path(__file__).parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "shown": shown,
        "plain": plain,
        "hundreds": hundreds,
        "decimal": labels.decimal,
        "moment": labels.moment,
        "short": labels.short_moment,
        "digest": _digest,
    }
    return made


def content(run: Run, comparison: Comparison | None, link: Link) -> dict[str, Any]:
    """What the templates tell of a run."""
    judged = sorted(name for name in run.summary if name.startswith(JUDGED))
    return {
        "run": run,
        "labels": labels,
        "link": link,
        "source": source,
        "comparison": comparison,
        "verdict": verdict(comparison) if comparison else None,
        "right": right(run.rows),
        "refused": refused(run.rows),
        "failures": {stage: [row for row in run.rows if row.stage == stage] for stage in labels.STAGES},
        "number": {row.question.id: number for number, row in enumerate(run.rows, 1)},
        "asked": {row.question.id: row.question for row in run.rows},
        "kinds": Counter(row.question.kind for row in run.rows),
        "sets": list(dict.fromkeys(row.set for row in run.rows)),
        "metrics": sorted(run.summary.keys() - judged, key=lambda name: (labels.importance(name), name)),
        "judged": {name.removeprefix(JUDGED): run.summary[name] for name in judged},
    }


def verdict(comparison: Comparison) -> Verdict:
    """Say whether a run is better or worse than the earlier one, or the same."""
    changes = sorted(comparison.changes, key=lambda change: labels.importance(change.metric))
    worse = [change for change in changes if change.worse]
    better = [change for change in changes if change.after > change.before and change.p < LEVEL]
    told = ", ".join(
        f"«{labels.metric(change.metric).name}» {verb} fra {hundreds(change.before)} til {hundreds(change.after)}"
        for verb, moved in (("falt", worse), ("steg", better))
        for change in moved[:NAMED]
    )
    if worse:
        return Verdict("worse", "Dårligere enn sist", f"{told} av 100. Fallet er større enn tilfeldigheter tilsier.")
    if better:
        return Verdict("better", "Bedre enn sist", f"{told} av 100. Ingenting ble klart dårligere.")
    return Verdict("same", "Omtrent som sist", "Ingen mål endret seg mer enn tilfeldigheter kan forklare.")


def shown(text: str) -> str:
    r"""The text with what nobody would see, or what turns the direction of writing, made visible.

    Example:
        >>> shown("\x1b[31mRaufoss\u202e")
        '⟨U+001B⟩[31mRaufoss⟨U+202E⟩'
    """
    return "".join(
        f"⟨U+{ord(letter):04X}⟩" if unicodedata.category(letter) in _HIDDEN and letter not in "\n\t\u00ad" else letter
        for letter in text.replace("\r\n", "\n")
    )


def plain(markdown: str) -> str:
    r"""An answer's text without the backslashes and the bold of its Markdown.

    Example:
        >>> plain(r"**4\.000** \[sic\]")
        '4.000 [sic]'
    """
    return _MARKDOWN_ESCAPE.sub(r"\1", _BOLD.sub("", markdown))


def linker(folder: Path, corpus: Path) -> Link:
    """A function from document and page to an address relative to the folder, or None where the file is not there."""
    root, start = corpus.resolve(), folder.resolve()

    @cache
    def address(document: str) -> str | None:
        try:
            file = (root / document).resolve()
            if not file.is_relative_to(root) or not file.is_file():
                return None
            relative = Path(os.path.relpath(file, start)).as_posix()
        except (OSError, ValueError):  # a name that no file can have, or another drive
            return None
        return quote(os.fsencode(relative))

    def link(document: str, page: int | None = None) -> str | None:
        found = address(document)
        return f"{found}#page={page}" if found and page and document.casefold().endswith(".pdf") else found

    return link


def _digest(script: str) -> str:
    """What the page's security policy names the script by."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
