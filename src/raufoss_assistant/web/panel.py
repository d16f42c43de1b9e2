"""The sources of an answer as HTML, for the panel beside the chat."""

from __future__ import annotations

import re
import string
from collections.abc import Collection
from html import escape
from itertools import pairwise, takewhile

from raufoss_assistant.answering.citations import stands
from raufoss_assistant.contract import heading
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.model import Answer, Chunk, Citation, Hit, Properties
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.norwegian.sentences import sentences
from raufoss_assistant.web.links import Place, document_address, place

KINDS = {
    "klynge": "Klynge",
    "kurs": "Kurs",
    "katapult": "Katapult",
    "finansiering": "Finansiering",
    "onboarding": "Ny på Raufoss",
}
EMPTY = '<p class="hint">Her ser du hvor svaret står, med dato og det stedet i dokumentet det er hentet fra.</p>'

_GONE = "Dokumentet er endret eller fjernet siden svaret ble gitt. Spør på nytt, så får du et svar som gjelder nå."
_AROUND = 2
"""Sentences before a quote, and after it, that are shown with it."""
_LONGEST = 700
"""Characters of a quote; of a longer one, the beginning is shown, and the rest unfolds."""


def sources(answer: Answer, number: int = 0, gone: Collection[int] = ()) -> str:
    """The citations of an answer, or the nearest documents where nothing answers. All text is escaped.

    Args:
        answer: it.
        number: of the answer in its conversation; its links find the panel by it.
        gone: numbers of the citations whose quote stands in the documents no more.
    """
    if answer.citations:
        cards = "".join(_card(each, each.n in gone) for each in answer.citations)
        asked = f'<p class="hint spurt">Til spørsmålet «{plain(answer.question)}»</p>'
        return f'<section class="svar-{number}">{asked}{cards}</section>'
    if not answer.nearest:
        return EMPTY
    cards = "".join(_nearest(hit) for hit in answer.nearest)
    return f'<p class="hint">Ingen av dokumentene svarer. Disse ligger nærmest:</p>{cards}'


def sources_today(answer: Answer, number: int, manifest: Manifest) -> str:
    """The sources of an answer that was given before; what has changed or gone since is not shown again."""
    gone = {each.n for each in answer.citations if not stands(each.quote, each.chunk, manifest)}
    return sources(answer, number, gone)


def _card(citation: Citation, gone: bool) -> str:
    """A source with its quote and the way to it; the keyboard can be moved to it."""
    title = (
        f'<h3><span class="number"><span class="unseen">Kilde </span>{citation.n}</span> '
        f"{plain(citation.properties.title)}</h3>"
    )
    if gone:
        told = f'<p class="borte">{_GONE}</p>'
    else:
        at = place(citation)
        way = _way(citation.chunk, at)
        told = f"{facts(citation.properties)}{_where(citation)}{_passage(citation, at)}{way}{_file(citation.chunk)}"
    back = '<p class="tilbake"><a href="#samtale">Tilbake til svaret</a></p>'
    return f'<article class="source" id="kilde-{citation.n}" tabindex="-1">{title}{told}{back}</article>'


def _nearest(hit: Hit) -> str:
    title, way = plain(hit.properties.title), _way(hit.chunk)
    return (
        f'<article class="source"><h3>{title}</h3>{facts(hit.properties)}{_where(hit)}{way}{_file(hit.chunk)}</article>'
    )


def _way(chunk: Chunk, at: Place | None = None) -> str:
    """The link to the document, which opens beside the chat."""
    address = escape(document_address(chunk.document, chunk.page, at))
    page = f", side {chunk.page}" if chunk.page is not None else ""
    name = f'Åpne dokumentet{page}<span class="unseen"> (ny fane)</span>'
    return f'<p class="apne-dokument"><a href="{address}" target="_blank" rel="noopener">{name}</a></p>'


def _file(chunk: Chunk) -> str:
    return f'<p class="file">{plain(chunk.document)}</p>'


def _passage(citation: Citation, at: Place | None) -> str:
    """The quote, marked, with what stands around it; where its place is not known, the quote alone."""
    if at is None:
        return f"<blockquote>{quoted(citation.quote)}</blockquote>"
    text, start = citation.chunk.text, at.start - citation.chunk.start
    end = start + at.length
    marked = _marked(citation)
    if "|" in citation.quote:
        header = _header(citation.chunk, start)
        passage = f'<span class="rundt">{header}</span><br>{marked}' if header else marked
    else:
        before = [part for part in sentences(text) if part[1] <= start][-_AROUND:]
        after = [part for part in sentences(text) if part[0] >= end][:_AROUND]
        spoken = [*(_around(text, part) for part in before), marked, *(_around(text, part) for part in after)]
        gaps = [_gap(text[one[1] : other[0]]) for one, other in pairwise([*before, (start, end), *after])]
        passage = "".join(part for pair in zip(spoken, [*gaps, ""], strict=True) for part in pair)
    whole = ""
    if len(citation.quote) > _LONGEST:
        whole = (
            f"<details><summary>Vis hele sitatet</summary><blockquote>{quoted(citation.quote)}</blockquote></details>"
        )
    return f"<blockquote>{passage}</blockquote>{whole}"


def _header(chunk: Chunk, start: int) -> str:
    """The header of the table whose row begins at an offset of the passage's text; "" where the row is the header."""
    above = [*chunk.context.splitlines()[-1:], *chunk.text[:start].rstrip("\n").splitlines()]
    rows = list(takewhile(lambda line: "|" in line, reversed(above)))
    return _shown(_OUTER.sub("", rows[-1])) if rows else ""


def _marked(citation: Citation) -> str:
    """The quote as a marked text, its short answer in bold."""
    quote, span = _OUTER.sub("", citation.quote), citation.span
    if len(quote) > _LONGEST:
        quote = f"{quote[:_LONGEST].rpartition(' ')[0]} …"
    before, found, after = quote.partition(span) if span else (quote, "", "")
    strong = f"<strong>{_shown(found)}</strong>" if found else ""
    return unbroken(f"<mark>{_shown(before)}{strong}{_shown(after)}</mark>")


def _around(text: str, part: tuple[int, int]) -> str:
    return f'<span class="rundt">{unbroken(_shown(_OUTER.sub("", text[part[0] : part[1]])))}</span>'


def _gap(blank: str) -> str:
    """What parts two sentences: a new line where they are items or rows."""
    return "<br>" if "\n" in blank else " "


def _shown(text: str) -> str:
    """Text of a document as HTML, its blanks kept but for line ends, without marks for bold type and addresses."""
    return escape(re.sub(r"\s+", " ", _MARKUP.sub(r"\1", text)))


def facts(properties: Properties) -> str:
    """Kind, date and «Eksempeldata» of a document."""
    day = long_date(properties.date) if properties.date else "Ukjent dato"
    kind = plain(KINDS.get(properties.kind, properties.kind.capitalize()))
    example = ' <span class="example">Eksempeldata</span>' if properties.example else ""
    return f'<p class="facts"><strong>{kind}</strong> · {day}{example}</p>'


def _where(found: Citation | Hit) -> str:
    """Who answers for the document, and where in it."""
    chunk, owner = found.chunk, found.properties.owner
    page = f"Side {chunk.page}" if chunk.page is not None else None
    place = ", ".join(filter(None, (page, heading(chunk.heading))))
    told = (f"Ansvarlig: {owner}" if owner else "", place)
    return "".join(f'<p class="place">{plain(each)}</p>' for each in told if each)


def plain(text: str) -> str:
    """Text of a document as HTML on one line: a blank line would let Markdown in."""
    return escape(" ".join(text.split()))


def quoted(quote: str) -> str:
    """A quote in quotation marks, thousands kept on one line; a list's or a table's outer marks are off."""
    return unbroken(f"«{_shown(_OUTER.sub('', quote)).strip()}»")


_OUTER = re.compile(r"^\s*(?:[-*•–] |\| ?)|\s*\|\s*$")
_MARKUP = re.compile(r"\*\*|\[([^\]]+)\]\([^)\s]*\)")


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
