"""An answer with its sources as plain text, for a terminal."""

from __future__ import annotations

import re

from raufoss_assistant import contract
from raufoss_assistant.model import Answer, Citation, Hit
from raufoss_assistant.norwegian.dates import long_date

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def answer_text(answer: Answer) -> str:
    """The answer without Markdown's marks, and where each of its quotes stands."""
    lines = [_ESCAPED.sub(r"\1", answer.text.replace("**", ""))]
    if answer.citations:
        lines += ["", "Kilder:"]
    for citation in answer.citations:
        lines.append(f"[{citation.n}] {place(citation)}")
        lines.append(f"    «{' '.join(citation.quote.split())}»")
    return "\n".join(lines)


def place(found: Citation | Hit) -> str:
    """Title, kind, date, page, heading and file on one line."""
    chunk, properties = found.chunk, found.properties
    parts = [properties.title, "Eksempeldata" if properties.example else "", properties.kind]
    parts.append(long_date(properties.date) if properties.date else "ukjent dato")
    parts.append(f"side {chunk.page}" if chunk.page is not None else "")
    parts += [contract.heading(chunk.heading) or "", chunk.document]
    return ", ".join(part for part in parts if part)
