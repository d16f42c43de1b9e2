"""Feedback as staff sees it: a table, one in full, JSON, and a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from raufoss_assistant.evaluation.labels import STATUSES, decimal, moment, short_moment
from raufoss_assistant.evaluation.triage import Case
from raufoss_assistant.feedback.model import RATINGS, REASONS, STATES, Entry

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GAP = "  "
_COLUMNS = (
    "Nr.", "Tid (UTC)", "Vurdering", "Grunner", "Hva er galt", "Riktig svar", "Spørsmål", "Utfall", "Svar", "Kilder",
    "Viktighet", "Årsak", "Tilstand", "Merknad", "Indeks", "Modell",
)  # fmt: skip
_SPEAKERS = {"user": "Brukeren", "assistant": "Assistenten"}


def table(cases: Sequence[Case], width: int) -> str:
    """A line per case, its question cut to the width.

    Example:
        >>> print(table(cases, 80))
        Nr.  Dato          Vurdering   Viktighet  Tilstand  Årsak      Spørsmål
        3    25.11. 04.20  tommel ned  høy        ny        feil svar  Hvor stor er Læringsfabrikken?
    """
    rows = [("Nr.", "Dato", "Vurdering", "Viktighet", "Tilstand", "Årsak", "Spørsmål")]
    rows += [
        (
            str(case.entry.id),
            short_moment(_local(case.entry)),
            RATINGS[case.entry.opinion.rating],
            case.importance,
            STATES[case.entry.state],
            " ".join(case.cause.split()),
            case.entry.exchange.question,
        )
        for case in cases
    ]
    *before, _ = zip(*rows, strict=True)
    widths = [max(map(len, column)) for column in before]
    lines = (_GAP.join([*(cell.ljust(wide) for cell, wide in zip(row, widths, strict=False)), row[-1]]) for row in rows)
    return "\n".join(_cut(line.rstrip(), max(width, 60)) for line in lines)


def whole(case: Case) -> str:
    """All that is known of a case."""
    entry, exchange, opinion = case.entry, case.entry.exchange, case.entry.opinion
    head = [
        f"Tilbakemelding {entry.id}: {RATINGS[opinion.rating]} {moment(_local(entry))}",
        f"Tilstand: {STATES[entry.state]}",
        f"Viktighet: {case.importance}{'' if entry.importance else ' (forslag)'}",
        f"Årsak: {case.cause}{'' if entry.cause else ' (forslag)'}" if case.cause else "",
        f"Merknad: {entry.note}" if entry.note else "",
        f"Grunner: {'; '.join(REASONS[reason] for reason in opinion.reasons)}" if opinion.reasons else "",
        f"Hva er galt: {opinion.comment}" if opinion.comment else "",
        f"Riktig svar, sier brukeren: {opinion.expected}" if opinion.expected else "",
    ]
    before = [f"{_SPEAKERS[turn.role]}: {turn.content}" for turn in exchange.history]
    asked = [f"Spørsmål: {exchange.question}"]
    if exchange.search_query != exchange.question:
        asked.append(f"Søkte etter: {exchange.search_query}")
    said = [f"Svar ({STATUSES[exchange.status]}, sikkerhet {decimal(exchange.confidence)}):", exchange.text]
    sources = [
        f"[{n}] {source.document}{f', side {source.page}' if source.page is not None else ''}\n"
        f"    «{' '.join(source.quote.split())}»"
        for n, source in enumerate(exchange.sources, 1)
    ]
    parts = [
        [line for line in head if line],
        ["Tidligere i samtalen:", *before] if before else [],
        asked,
        said,
        ["Kilder:", *sources] if sources else [],
        [f"Indeks {exchange.index}, modell {exchange.model}"],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def as_json(found: Case | Sequence[Case]) -> str:
    """A case, or a list of them, as indented JSON; `suggested` where staff has not said."""
    value = _json(found) if isinstance(found, Case) else [_json(case) for case in found]
    return json.dumps(value, ensure_ascii=False, indent=2)


def as_lines(cases: Sequence[Case]) -> bytes:
    """One JSON object a line, UTF-8."""
    return "".join(f"{json.dumps(_json(case), ensure_ascii=False)}\n" for case in cases).encode()


def as_csv(cases: Sequence[Case]) -> bytes:
    """A table for a Norwegian Excel: semicolons, UTF-8 with a byte order mark.

    A cell that a spreadsheet would take for a formula gets a «'» in front (OWASP, CSV injection).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_guarded, _cells(case)) for case in cases)
    return out.getvalue().encode("utf-8-sig")


def _json(case: Case) -> dict[str, Any]:
    entry, exchange, opinion = case.entry, case.entry.exchange, case.entry.opinion
    return {
        "id": entry.id,
        "time": entry.time.isoformat(),
        **asdict(opinion),
        "question": exchange.question,
        "search_query": exchange.search_query,
        "history": [asdict(turn) for turn in exchange.history],
        "status": exchange.status,
        "answer": exchange.text,
        "language": exchange.language,
        "confidence": exchange.confidence,
        "citations": [asdict(source) for source in exchange.sources],
        "index": exchange.index,
        "model": exchange.model,
        "state": entry.state,
        "importance": entry.importance,
        "cause": entry.cause,
        "note": entry.note,
        "suggested": {"importance": case.importance, "cause": case.cause},
    }


def _cells(case: Case) -> tuple[str, ...]:
    entry, exchange, opinion = case.entry, case.entry.exchange, case.entry.opinion
    return (
        str(entry.id),
        f"{entry.time:%Y-%m-%d %H:%M}",
        RATINGS[opinion.rating],
        "; ".join(REASONS[reason] for reason in opinion.reasons),
        opinion.comment,
        opinion.expected,
        exchange.question,
        STATUSES[exchange.status],
        exchange.text,
        "; ".join(dict.fromkeys(source.document for source in exchange.sources)),
        case.importance,
        case.cause,
        STATES[entry.state],
        entry.note or "",
        exchange.index,
        exchange.model,
    )


def _local(entry: Entry) -> str:
    return entry.time.astimezone().isoformat()


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _guarded(cell: str) -> str:
    return f"'{cell}" if _RISKY.match(cell) else cell
