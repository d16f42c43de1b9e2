"""The sources of an answer as HTML, for the panel beside the chat."""

from __future__ import annotations

import re
import string
from html import escape

from raufoss_assistant.contract import heading
from raufoss_assistant.model import Answer, Citation, Hit, Properties
from raufoss_assistant.norwegian.dates import long_date

KINDS = {
    "klynge": "Klynge",
    "kurs": "Kurs",
    "katapult": "Katapult",
    "finansiering": "Finansiering",
    "onboarding": "Ny på Raufoss",
}
EMPTY = '<p class="hint">Her ser du hvor svaret står, med dato og det stedet i dokumentet det er hentet fra.</p>'


def sources(answer: Answer) -> str:
    """The citations of an answer, or the nearest documents where nothing answers. All text is escaped."""
    if answer.citations:
        return "".join(_citation(citation) for citation in answer.citations)
    if not answer.nearest:
        return EMPTY
    cards = "".join(_nearest(hit) for hit in answer.nearest)
    return f'<p class="hint">Ingen av dokumentene svarer. Disse ligger nærmest:</p>{cards}'


def _citation(citation: Citation) -> str:
    quote = quoted(citation.quote, citation.span)
    return (
        f'<article class="source" id="kilde-{citation.n}"><h3><span class="number">'
        f'<span class="unseen">Kilde </span>{citation.n}</span> {plain(citation.properties.title)}</h3>'
        f"{facts(citation.properties)}{_where(citation)}<blockquote>{quote}</blockquote></article>"
    )


def _nearest(hit: Hit) -> str:
    title = plain(hit.properties.title)
    return f'<article class="source"><h3>{title}</h3>{facts(hit.properties)}{_where(hit)}</article>'


def facts(properties: Properties) -> str:
    """Kind, date and «Eksempeldata» of a document."""
    day = long_date(properties.date) if properties.date else "Ukjent dato"
    kind = plain(KINDS.get(properties.kind, properties.kind.capitalize()))
    example = ' <span class="example">Eksempeldata</span>' if properties.example else ""
    return f'<p class="facts"><strong>{kind}</strong> · {day}{example}</p>'


def _where(found: Citation | Hit) -> str:
    chunk = found.chunk
    page = f"Side {chunk.page}" if chunk.page is not None else None
    place = ", ".join(filter(None, (page, heading(chunk.heading))))
    above = f'<p class="place">{plain(place)}</p>' if place else ""
    return f'{above}<p class="file">{plain(chunk.document)}</p>'


def plain(text: str) -> str:
    """Text of a document as HTML on one line: a blank line would let Markdown in."""
    return escape(" ".join(text.split()))


def quoted(quote: str, span: str | None = None) -> str:
    """The quote with its short answer marked, thousands kept on one line; a list's or a table's outer marks are off."""
    quote = _OUTER.sub("", " ".join(quote.split()))
    span = " ".join(span.split()) if span else None
    before, found, after = quote.partition(span) if span else (quote, "", "")
    mark = f"<mark>{escape(found)}</mark>" if found else ""
    return unbroken(f"«{escape(before)}{mark}{escape(after)}»")


_OUTER = re.compile(r"^(?:[-*•–] |\| ?)|\s*\|$")


def unbroken(text: str) -> str:
    """Thousands with a narrow no-break space, so that no number is broken over two lines.

    Example:
        >>> unbroken("4 000 ansatte")
        '4\u202f000 ansatte'
    """
    return re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", "\u202f", text)


def literal(text: str) -> str:
    r"""Text shown as it was written where Markdown is expected: no Markdown, no HTML.

    Example:
        >>> print(literal("*hva*?"))
        \*hva\*\?
    """
    return "".join(f"\\{letter}" if letter in string.punctuation else letter for letter in text)
