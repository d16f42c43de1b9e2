"""What the guide for new employees shows, as HTML for Gradio's Markdown; all text of files and documents is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from raufoss_assistant.model import Block, Document, Page
from raufoss_assistant.onboarding.definitions import table_rows
from raufoss_assistant.onboarding.glossary import Explained
from raufoss_assistant.onboarding.journey import Progress, Tried
from raufoss_assistant.onboarding.paths import Check, LearningPath, Reading
from raufoss_assistant.onboarding.proof import Proof, section
from raufoss_assistant.web.panel import facts, plain, quoted, unbroken

CHOOSE = '<h2 id="velg-tittel" tabindex="-1">Jeg er ny:</h2><p>Velg det som ligner mest på jobben din.</p>'
NO_PATHS = "<p>Ingen løp er lagt inn ennå. Spør i chatten i stedet.</p>"
WRITE_FIRST = "<p>Skriv et svar først.</p>"
READ = "<h3>Les</h3>"
WORDS = "<h3>Ord</h3>"
TRY = "<h3>Sjekk deg selv</h3>"


def greeting(path: LearningPath, progress: Progress) -> str:
    """For someone who comes back."""
    if progress.finished:
        return f"<p>Velkommen tilbake. Du er ferdig med løpet «{plain(path.title)}».</p>"
    return f"<p>Velkommen tilbake, du er på {_place(path, progress)} i løpet «{plain(path.title)}».</p>"


def offers(paths: Iterable[LearningPath], progress: Progress) -> str:
    """What each path is about, and how far one has come on the one that is begun."""
    items = []
    for path in paths:
        begun = f" <em>Du er på {_place(path, progress)}.</em>" if path.id == progress.path else ""
        count = f"{len(path.steps)} steg."
        items.append(f"<li><strong>{plain(path.title)}.</strong> {plain(path.intro)} {count}{begun}</li>")
    return f'<ul class="tilbud">{"".join(items)}</ul>' if items else NO_PATHS


def steps(path: LearningPath, progress: Progress) -> str:
    """All steps in order; page.js tells screen readers which is the present one."""
    items = []
    for number, step in enumerate(path.steps):
        present = number == progress.step and not progress.finished
        done = progress.settled(path, number)
        kind = " ".join(filter(None, ("na" if present else "", "gjort" if done else "")))
        state = '<span class="unseen"> (spørsmålene er besvart)</span>' if done else ""
        items.append(
            f'<li class="{kind}"><span class="nr">{number + 1}</span> '
            f'<span class="mal">{_sentence(step.goal)}{state}</span></li>'
        )
    return f'<h3 class="unseen">Stegene i løpet</h3><ol class="stegliste">{"".join(items)}</ol>'


def present(path: LearningPath, progress: Progress) -> str:
    """The goal of the present step, and why."""
    step = path.steps[progress.step]
    return (
        f'<p class="trinn">{plain(path.title)} · {_place(path, progress).capitalize()}</p>'
        f'<h2 id="steg-tittel" tabindex="-1"><span class="unseen">{_place(path, progress).capitalize()}. </span>'
        f"Mål: Du skal kunne {plain(step.goal)}</h2><p>{plain(step.why)}</p>"
    )


def readings(found: Sequence[Reading], documents: Mapping[str, Document]) -> str:
    """What to read, each with title and date; the text itself unfolds."""
    return READ + "".join(_reading(each, documents[each.document]) for each in found)


def verdict(check: Check, proof: Proof, tried: Tried, *, right: bool) -> str:
    """What is said of the latest answer: right with the quote; wrong with a hint, or the quote at last."""
    if right:
        return f'<p class="riktig"><strong>Riktig.</strong> Det står her:</p>{card(proof)}'
    if check.hint and not tried.settled:
        return f'<p class="galt"><strong>Ikke helt.</strong> Hint: {plain(check.hint)}</p>'
    more = "Les det, og prøv igjen hvis du vil. Du kan også gå videre."
    return f'<p class="galt"><strong>Ikke helt.</strong> Svaret står her. {more}</p>{card(proof)}'


def remembered(proof: Proof, tried: Tried) -> str:
    """What is shown of a question answered before; nothing where there is more to try."""
    if tried.right:
        return f'<p class="riktig"><strong>Du har svart riktig.</strong></p>{card(proof)}'
    return f'<p class="galt">Du har prøvd. Svaret står her:</p>{card(proof)}' if tried.settled else ""


def explanation(explained: Explained, near: Explained | None) -> str:
    """A word explained with its source; or the nearest word; or that it is not there.

    Args:
        explained: what was asked for.
        near: the suggested word explained, or None where there is none.
    """
    if explained.found:
        return "".join(f"<p>{unbroken(plain(entry.text))}</p>{card(entry.proof)}" for entry in explained.found)
    asked = plain(explained.term)
    if near and near.found:
        return f"<p>Finner ikke «{asked}». Mente du «{plain(near.term)}»?</p>{explanation(near, None)}"
    if not asked:
        return "<p>Skriv et ord først.</p>"
    return f"<p>Finner ikke «{asked}» i ordlistene. Spør i chatten, eller spør en kollega.</p>"


def finish(path: LearningPath, progress: Progress) -> str:
    """What was learnt, what to look at again, and what to ask the manager."""
    missed = progress.missed(path)
    learnt = [_sentence(goal) for number, goal in enumerate(path.learnt) if number not in missed]
    again = [f"Steg {number + 1}: {plain(path.learnt[number])}" for number in missed]
    return (
        f'<p class="trinn">{plain(path.title)}</p><h2 id="slutt-tittel" tabindex="-1">Du er gjennom løpet</h2>'
        + _listed("Dette kan du nå", "", learnt)
        + _listed("Se gjerne på igjen", "<p>Her er ikke alle spørsmålene besvart riktig.</p>", again)
        + _listed("Spør lederen din om dette", "", [plain(question) for question in path.ask_manager])
    )


def _listed(title: str, lead: str, items: Sequence[str]) -> str:
    return f"<h3>{title}</h3>{lead}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def card(proof: Proof) -> str:
    """A quote with title, kind, date and place."""
    page = f"Side {proof.page}" if proof.page is not None else ""
    heading = "" if proof.heading == proof.properties.title else proof.heading
    place = ", ".join(filter(None, (page, heading)))
    above = f'<p class="place">{plain(place)}</p>' if place else ""
    return (
        f'<article class="source"><h4>{plain(proof.properties.title)}</h4>{facts(proof.properties)}{above}'
        f'<p class="file">{plain(proof.document)}</p><blockquote>{quoted(proof.quote)}</blockquote></article>'
    )


def _place(path: LearningPath, progress: Progress) -> str:
    return f"steg {progress.step + 1} av {len(path.steps)}"


def _sentence(goal: str) -> str:
    """A goal by itself, with a capital."""
    return plain(goal[:1].upper() + goal[1:])


def _reading(reading: Reading, document: Document) -> str:
    part = f", «{plain(reading.section)}»" if reading.section else ""
    text = "".join(_block(page, block) for page, block in section(document, reading.section))
    note = reading.note[:1].lower() + reading.note[1:]
    return (
        f"<details><summary><strong>{plain(document.properties.title)}</strong>{part}"
        f'<span class="se-etter">Se etter: {plain(note)}</span>{facts(document.properties)}</summary>'
        f'<div class="lest">{text}</div></details>'
    )


def _block(page: Page, block: Block) -> str:
    """A piece of a document's text; a table with headers, a list with items."""
    text = page.text[block.start : block.end]
    if block.kind == "table":
        head, *rest = (cells for _, _, cells in table_rows(text))
        header = "".join(f'<th scope="col">{plain(cell)}</th>' for cell in head)
        rows = "".join(f"<tr>{''.join(f'<td>{_said(cell)}</td>' for cell in cells)}</tr>" for cells in rest)
        return f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    if block.kind == "list":
        items = (line.strip().lstrip("-*•– ").strip() for line in text.splitlines())
        return f"<ul>{''.join(f'<li>{_said(item)}</li>' for item in items if item)}</ul>"
    return f"<h4>{plain(text)}</h4>" if block.kind == "heading" else f"<p>{_said(text)}</p>"


def _said(text: str) -> str:
    return unbroken(escape(" ".join(text.split())))
