"""Documents as staff see them, as HTML: the table, one document with its text, and what an upload or indexing did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from raufoss_assistant.errors import RaufossError
from raufoss_assistant.evaluation.labels import LANGUAGES
from raufoss_assistant.model import Document, FileStatus, IndexReport
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.norwegian.numbers import thousands
from raufoss_assistant.web.links import document_address
from raufoss_assistant.web.panel import KINDS, facts, plain
from raufoss_assistant.web.staff.holdings import Holding
from raufoss_assistant.web.staff.indexing import Indexing
from raufoss_assistant.web.staff.intake import Received

_MOST_ROWS = 300
_MOST_TEXT = 30_000
"""Characters of a document's text that are shown."""
_DONE: dict[FileStatus, tuple[str, str]] = {
    "added": ("nytt", "nye"),
    "updated": ("endret", "endrede"),
    "deleted": ("fjernet", "fjernede"),
}
_TONES = {"i bruk": "god", "kan ikke leses": "darlig"}


def note(text: str) -> str:
    """Something that goes on."""
    return f'<p class="melding merk">{plain(text)}</p>'


def done(text: str) -> str:
    """Something that went well."""
    return f'<p class="melding bra">{plain(text)}</p>'


def wrong(text: str) -> str:
    """Something that did not, and what to do."""
    return f'<p class="melding feil">{plain(text)}</p>'


def table(rows: Sequence[Holding], of: int, chosen_by: str) -> str:
    """The documents, each with a link that chooses it.

    Args:
        rows: those to show.
        of: how many there are in all.
        chosen_by: id of the box that a chosen path is put into.
    """
    if not rows:
        return (
            '<p class="hint">Ingen dokumenter passer til filteret.</p>'
            if of
            else '<p class="hint">Ingen dokumenter ennå.</p>'
        )
    count = f"{len(rows)} av {of} dokumenter" if len(rows) < of else f"{of} dokument{'er' if of > 1 else ''}"
    rest = f'<p class="hint">Viser de første {_MOST_ROWS}. Skriv noe i filteret for å finne resten.</p>'
    names = ("Dokument", "Mappe", "Status", "Sider", "Utdrag", "Dato", "Språk")
    heads = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(_row(each, chosen_by) for each in rows[:_MOST_ROWS])
    return (
        f'<p class="hint">{count}</p><div class="bred"><table class="dokumenter"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{rest if len(rows) > _MOST_ROWS else ''}"
    )


def _row(held: Holding, chosen_by: str) -> str:
    known = held.properties
    folder = held.path.partition("/")[0] if "/" in held.path else ""
    day = long_date(known.date) if known and known.date else "ukjent"
    example = ' <span class="merke eksempel">Eksempeldata</span>' if known and known.example else ""
    remarks = "".join(f'<span class="merknad">{plain(each)}</span>' for each in held.remarks[:3])
    title = plain(known.title if known else held.path.rpartition("/")[2])
    link = f'<a href="#valg:{chosen_by}:{quote(held.path, safe="")}">{title}</a>'
    cells = (
        ("", f'{link}{example}<span class="sti">{plain(held.path)}</span>{remarks}'),
        ("mappe", plain(KINDS.get(folder, folder.capitalize()))),
        ("status", state(held)),
        (
            "tall sider",
            f'{held.pages or "–"}<span class="enhet">{_pages(held.pages).removeprefix(str(held.pages))}</span>',
        ),
        ("tall utdrag", f'{held.passages or "–"}<span class="enhet"> utdrag</span>'),
        ("dato", day),
        ("sprak", LANGUAGES[known.language] if known else "–"),
    )
    return "<tr>" + "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in cells) + "</tr>"


def state(held: Holding) -> str:
    """How it stands with a document."""
    return f'<span class="merke {_TONES.get(held.state, "annet")}">{held.state.capitalize()}</span>'


def head(held: Holding) -> str:
    """What is known of a document, and what is wrong with it."""
    known = held.properties
    title = plain(known.title if known else held.path)
    told = facts(known) if known else '<p class="facts">Dokumentet er ikke i indeksen ennå.</p>'
    owner = f" · Eier: {plain(known.owner)}" if known and known.owner else ""
    until = f" · Gjelder til og med {long_date(known.valid_to)}" if known and known.valid_to else ""
    link = f' · <a href="{document_address(held.path)}">Åpne dokumentet</a>' if known else ""
    remarks = "".join(f"<li>{plain(each)}</li>" for each in held.remarks)
    listed = f'<ul class="merk">{remarks}</ul>' if remarks else ""
    count = f"{_pages(held.pages)}, {held.passages} utdrag"
    return (
        f'<h2>{title}</h2>{told}<p class="sti">{plain(held.path)}</p>'
        f"<p>{state(held)} {count}{owner}{until}{link}</p>{listed}"
    )


def text(document: Document | None) -> str:
    """The text that was read from a document, page by page, as it is quoted from."""
    if document is None:
        return '<p class="hint">Teksten vises når dokumentet er indeksert.</p>'
    shown, left = [], _MOST_TEXT
    for page in document.pages:
        if left <= 0:
            break
        number = f"<h4>Side {page.number}</h4>" if page.number is not None else ""
        lines = "<br>".join(escape(line) for line in page.text[:left].split("\n"))
        shown.append(f'{number}<div class="tekst">{lines or "(ingen tekst på siden)"}</div>')
        left -= len(page.text)
    cut = f'<p class="hint">Bare de første {thousands(_MOST_TEXT)} tegnene vises.</p>' if left < 0 else ""
    return "".join(shown) + cut


def waiting(received: Sequence[Received], refused: Iterable[tuple[str, str]]) -> str:
    """Uploaded files that can be put in, with what was read from them, and those that cannot."""
    good = "".join(_received(each) for each in received)
    bad = "".join(f'<li class="feil"><strong>{plain(name)}</strong>: {_sentence(why)}</li>' for name, why in refused)
    lists = (f'<ul class="mottatt">{good}</ul>' if good else "") + (f'<ul class="mottatt">{bad}</ul>' if bad else "")
    return f'<div class="melding">{lists}</div>' if lists else ""


def _received(received: Received) -> str:
    document = received.document
    pages = len(document.pages)
    size = f"{_pages(pages)}, {thousands(sum(len(page.text) for page in document.pages))} tegn"
    day = long_date(document.properties.date) if document.properties.date else "uten dato"
    warnings = "".join(f'<span class="merknad">{_sentence(each)}</span>' for each in document.warnings)
    return (
        f'<li class="bra"><strong>{plain(received.name)}</strong> kan leses: «{plain(document.properties.title)}», '
        f"{size}, {day}.{warnings}</li>"
    )


def report(told: IndexReport) -> str:
    """What an indexing did, and the files that could not be read."""
    counts = [f"{number} {words[number > 1]}" for status, words in _DONE.items() if (number := told.count(status))]
    seconds = f"{told.seconds:.1f}".replace(".", ",")
    failed = [each for each in told.files if each.status == "failed"]
    lines = "".join(f"<li>{plain(each.path)}: {_sentence(each.error or '')}</li>" for each in failed)
    said = f"Indeksen er oppdatert på {seconds} sekunder: {', '.join(counts) or 'ingen endringer'}."
    problems = f'<div class="feil"><p>Disse filene kunne ikke leses:</p><ul>{lines}</ul></div>' if failed else ""
    return f'<div class="melding"><p class="bra">{said}</p>{problems}</div>'


def indexed(indexing: Indexing) -> Iterator[str]:
    """Index, and tell how far it has come, again and again; the last tells what became of it."""
    try:
        for step in indexing.run():
            yield note(step) if isinstance(step, str) else report(step)
    except RaufossError as error:
        yield wrong(f"Filene er lagret, men ikke indeksert. {error} Trykk så på «Indekser på nytt».")


def _sentence(said: str) -> str:
    """What a reader of files said, as a sentence."""
    return plain(said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else "."))


def _pages(number: int) -> str:
    return f"{number} side{'' if number == 1 else 'r'}"
