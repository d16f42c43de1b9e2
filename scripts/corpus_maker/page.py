"""HTML pages, with the furniture that a web page has around its content."""

from __future__ import annotations

from html import escape
from itertools import groupby

from corpus_maker.source import Block, Heading, Item, Listing, Paragraph, Source, Table, spoken_date

WORDS = {
    "nb": ("Hopp til hovedinnhold", "Forside", "Sist oppdatert", "Ansvarlig", "Til toppen", "Du er her"),
    "nn": ("Hopp til hovudinnhald", "Framside", "Sist oppdatert", "Ansvarleg", "Til toppen", "Du er her"),
    "en": ("Skip to main content", "Home", "Last updated", "Owner", "Back to top", "You are here"),
}
STYLE = """body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; color: #1d2530; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 1rem; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; }
nav ol { display: flex; gap: .5rem; list-style: none; padding: 0; } nav li + li::before { content: "› "; }
h1, h2, h3 { color: #12355b; line-height: 1.25; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: #5a6470; }
th, td { border-bottom: 1px solid #b8c4d2; padding: .4rem .6rem; text-align: left; vertical-align: top; }
.badge { background: #ffc845; padding: .1rem .5rem; border-radius: .2rem; font-weight: 600; }
footer { border-top: 1px solid #b8c4d2; color: #5a6470; font-size: .875rem; }"""
TEMPLATE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="{encoding}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{owner}">
<meta name="dcterms.modified" content="{modified}">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body id="top">
<a class="skip" href="#main">{skip}</a>
<header>
<nav aria-label="{here}">
<ol><li><a href="/">{home}</a></li><li><a href="/{kind}/">{folder}</a></li><li aria-current="page">{title}</li></ol>
</nav>
</header>
<main id="main">
{badge}<h1>{title}</h1>
{body}
</main>
<footer>
<p>{last}: <time datetime="{modified}">{updated}</time></p>
<p>{responsible}: {owner}</p>
<p><a href="#top">{top}</a></p>
</footer>
</body>
</html>
"""


def make(source: Source) -> bytes:
    """The page, in the encoding that its front matter names, else in UTF-8."""
    meta = source.meta
    encoding = meta.get("encoding", "utf-8")
    skip, home, last, responsible, top, here = WORDS[meta["language"]]
    page = TEMPLATE.format(
        language=meta["language"],
        encoding=encoding,
        owner=escape(meta["owner"]),
        modified=meta["updated"],
        title=escape(source.title),
        style=STYLE,
        skip=skip,
        home=home,
        here=here,
        kind=meta["kind"],
        folder=meta["kind"].capitalize(),
        badge='<p class="badge">Eksempeldata</p>\n' if source.example else "",
        body="\n".join(_html(block) for block in (*source.lead, *source.blocks)),
        last=last,
        updated=spoken_date(meta["updated"], meta["language"]),
        responsible=responsible,
        top=top,
    )
    return page.encode(encoding, errors="xmlcharrefreplace")


def _html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Listing(items, ordered):
            return _list(items, "ol" if ordered else "ul", 0)
        case Table(header, rows, caption):
            title = f"<caption>{escape(caption)}</caption>\n" if caption else ""
            body = "\n".join(_row(row, "td") for row in rows)
            return f"<table>\n{title}<thead>\n{_row(header, 'th')}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _list(items: tuple[Item, ...], tag: str, depth: int) -> str:
    parts: list[str] = []
    for deeper, group in groupby(items, key=lambda item: item.depth > depth):
        if deeper:
            parts[-1] = parts[-1].removesuffix("</li>") + "\n" + _list(tuple(group), tag, depth + 1) + "</li>"
        else:
            parts += [f"<li>{escape(item.text)}</li>" for item in group]
    return "\n".join([f"<{tag}>", *parts, f"</{tag}>"])


def _row(cells: tuple[str, ...], tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "<tr>" + "".join(f"<{tag}{scope}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
