"""What can be quoted: the sentences, list items and table rows of the passages found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.analyse import terms
from raufoss_assistant.norwegian.instructions import instructs
from raufoss_assistant.norwegian.sentences import sentences

_RULE = re.compile(r"^[\s|:+-]+$")
_ITEM = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_STEP = re.compile(r"\d{1,2}[.)]\s")
_LONGEST_LIST = 12
_ABSENCE = re.compile(
    r"\b(?:dokument(?:ene|a)|kildene|kjeldene|opplysningene)(?: våre)? (?:sier|seier|nevner|nemner|oppgir|oppgjev) ikk"
    r"|\b(?:vi|me) har ikk(?:e|je) (?:funn(?:et|e)|sjekk(?:et|a)|undersøkt)\b"
    r"|\bstår (?:heller )?ikk(?:e|je) i (?:kild|kjeld|dokument)"
    r"|\bikk(?:e|je) (?:oppgitt|oppgjeve|beskrevet|skildra) i (?:kild|våre|denne)"
    r"|\bnot stated in the source|\bwe have not found\b|\bthe (?:documents|sources?) (?:do|does) not\b",
    re.I,
)

_UNKNOWN = re.compile(
    r"\b(?:vi|me) (?:vet|veit) (?:derfor )?ikk(?:e|je)\b|\b(?:vi|me) har ikk(?:e|je) funn|\bwe (?:do not|don't) know\b",
    re.I,
)
_CAVEAT = re.compile(
    r"(?:(?:dette|det|tall?et|tallene|tala|this|it|ei?t slikt|these)\b[^.]*\b(?:mål|plan(?:er|ar)?|goal|plans?)\b"
    r"|(?:den|det|dette|it|this)\b[^.]*\b(?:gått ut|utgått|utløpt|ikk(?:e|je) lenger|expired|no longer)\b"
    r"|[^.]*\b(?:sier|seier|oppgir|oppgjev|vet|veit) ikk(?:e|je)\b[^.]*\b(?:hvor|kor|hvilke[nt]?|kva|om|hva|når)\b"
    r"|(?:de|dei|they)\b[^.]*\b(?:det|the) (?:samme|same)\b"
    r"|[^.]*\bdo(?:es)? not (?:say|state|know)\b)",
    re.I,
)
"""A sentence that limits the one before it: «Dette er et mål, ikke et resultat.»"""

_AT_FIRST = re.compile(r"\b(?:først|fyrst|tidligere|tidlegare|opprinnelig|opphavleg|first|at first|earlier)\b", re.I)
_NOW = re.compile(r"(?:nå|no|now|i dag|today)\b", re.I)
"""Begins a sentence that tells what took the place of what was so at first."""
_UNSURE = 0.5
"""Above such a chance that the answer is nowhere in the passage, nothing is marked."""
_WHOLE = 0.7
"""What is more of the unit than this is not marked: it stands out by itself."""
_GOES_ON = re.compile(r"(?<=\d)[ \u00a0](?:\w+|%)|\w*")
"""The rest of a word, or the noun after a number."""
_REFERRAL = re.compile(r"(?:spør|kontakt|ta kontakt|se|sjå|ask|contact|see)\b", re.I)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item or table row: hit.chunk.text[start:end].

    Attributes:
        hit: the passage it stands in.
        start: offset of its first character in the passage.
        end: offset after its last character.
    """

    hit: Hit
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The text, letter for letter."""
        return self.hit.chunk.text[self.start : self.end]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return " | " in self.quote or self.quote.startswith("|")

    @property
    def readable(self) -> str:
        """The text on one line as a reader would want it: list marks off, a row's cells named by the table's header."""
        if not self.is_row:
            return "\n".join(" ".join(line.split()) for line in _paragraph(self.quote))
        cells, header = _cells(self.quote), _cells(self.header)
        if len(cells) == 2 or len(header) != len(cells):
            return ": ".join(cells[:2]) + "".join(f", {cell}" for cell in cells[2:])
        return f"{cells[0]} – " + "; ".join(
            _labelled(name, cell) for name, cell in zip(header[1:], cells[1:], strict=True) if cell
        )

    @property
    def tells_absence(self) -> bool:
        """Whether it says that the documents do not tell: «Vi har ikke funnet …»."""
        return bool(_ABSENCE.search(self.quote))

    def lacks(self, question: str) -> bool:
        """Whether it says that the documents do not tell, and not only in a cell of a row that is not asked for."""
        if not self.tells_absence:
            return False
        cells, header, asked = _cells(self.quote), _cells(self.header), set(terms(question))
        if not self.is_row or len(cells) != len(header):
            return True
        columns = [name for name, cell in zip(header, cells, strict=True) if _ABSENCE.search(cell)]
        return not columns or any(asked & set(terms(column)) for column in columns)

    @property
    def refers_on(self) -> bool:
        """Whether it only sends the reader to someone: «Spør MTNC om …»."""
        return bool(_REFERRAL.match(self.quote))

    @property
    def header(self) -> str:
        """The header row of the table that it is a row of, "" where there is none."""
        if not self.is_row:
            return ""
        above = self.hit.chunk.context.rpartition("\n")[2]
        if "|" in above:
            return above
        lines = self.hit.chunk.text[: self.end].splitlines()
        rows = [line for line in lines if "|" in line and not _RULE.match(line)]
        return rows[0] if rows and rows[0] != self.quote else ""


def units(hit: Hit) -> Iterator[Unit]:
    """The units of a passage in order.

    Left out are table rules, header rows, rows that restate the title, questions, and what speaks to the assistant.
    """
    text = hit.chunk.text
    header_above = "|" in hit.chunk.context.rpartition("\n")[2]
    previous_is_row = header_above
    for start, end in sentences(text):
        unit = Unit(hit, start, end)
        if _RULE.match(unit.quote):
            continue
        if unit.is_row and not previous_is_row and _has_row_after(text, end):
            previous_is_row = True
            continue
        previous_is_row = unit.is_row
        if _restates_title(unit) or instructs(unit.quote):
            continue
        if any(letter.isalnum() for letter in unit.quote) and not unit.quote.rstrip('»”"').endswith("?"):
            yield unit


def with_list(unit: Unit) -> Unit:
    """The unit with the list that it introduces, where it ends in a colon and items follow."""
    text = unit.hit.chunk.text
    if not unit.quote.endswith(":"):
        return unit
    end = unit.end
    for count, match in enumerate(re.finditer(r"\n+([^\n]+)", text[unit.end :])):
        if count == _LONGEST_LIST or not _ITEM.match(match.group(1)):
            break
        end = unit.end + match.end()
    return Unit(unit.hit, unit.start, end)


def with_rest(unit: Unit) -> Unit:
    """The unit with the sentence after it, where one of them says how far the other is known or holds.

    «Vi vet ikke hvor mange det er i dag. Planen i 2018 var fire.» «De vil doble omsetningen. Dette er et mål.»
    """
    text = unit.hit.chunk.text
    if unit.is_row or _ITEM.match(unit.quote) or not unit.quote.endswith("."):
        return unit
    after = next((span for span in sentences(text) if span[0] >= unit.end), None)
    if after is None or "\n" in text[unit.end : after[0]] or not text[slice(*after)].endswith("."):
        return unit
    following = text[slice(*after)]
    told = _UNKNOWN.search(unit.quote) and not _REFERRAL.match(following)
    replaced = _AT_FIRST.search(unit.quote) and _NOW.match(following)
    return Unit(unit.hit, unit.start, after[1]) if told or replaced or _CAVEAT.match(following) else unit


def with_referral(unit: Unit) -> Unit:
    """The unit with the sentence after it, where that only sends the reader to someone: «Spør Forskningsrådet …»."""
    text = unit.hit.chunk.text
    after = next((span for span in sentences(text) if span[0] >= unit.end), None)
    if after is None or text[unit.end : after[0]].strip() or not _REFERRAL.match(text[slice(*after)]):
        return unit
    return Unit(unit.hit, unit.start, after[1])


def whole_list(unit: Unit) -> Unit:
    """The list that the unit is an item of, after the line that introduces it where that ends in a colon.

    The unit itself where it is no item, is the only one, or the list is longer than twelve.
    """
    text = unit.hit.chunk.text
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    at = next(number for number, (_, end) in enumerate(lines) if end > unit.start)
    first = last = at
    while first and _is_item(text, lines[first]) and _is_item(text, lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and _is_item(text, lines[last]) and _is_item(text, lines[last + 1]):
        last += 1
    if first == last or last - first >= _LONGEST_LIST:
        return unit
    if first and text[: lines[first - 1][1]].rstrip().endswith(":"):
        first -= 1
    return Unit(unit.hit, lines[first][0], lines[last][1])


def is_step(unit: Unit) -> bool:
    """Whether it is an item of a numbered list."""
    return bool(_STEP.match(unit.quote))


def short_answer(unit: Unit) -> str | None:
    """What the reader marks as the answer within the unit, letter for letter; None where it is not sure of its place.

    It is widened to whole words, and over the noun of a number («1 500» becomes «1 500 kvadratmeter»).
    """
    reading, text = unit.hit.reading, unit.hit.chunk.text
    if reading is None or reading.span is None or reading.nowhere > _UNSURE:
        return None
    start, end = reading.span
    if start < unit.start or end > unit.end:
        return None
    before = re.search(r"\w*$", text[unit.start : start])
    after = _GOES_ON.match(text, end, unit.end)
    found = text[start - len(before[0]) if before else start : end + len(after[0]) if after else end]
    found = found.strip(" \n\u00a0.,;:«»\"'|-–*_")
    whole = len(found) > _WHOLE * (unit.end - unit.start)
    return None if whole or not found or "\n" in found or "|" in found else found


def same_words(one: str, other: str) -> bool:
    """Whether two texts say nearly the same: at least 70 % of the terms of the shorter one are shared.

    Texts that each have a number which the other lacks say different things.
    """
    first, second = set(terms(one)), set(terms(other))
    if any(term[0].isdigit() for term in first - second) and any(term[0].isdigit() for term in second - first):
        return False
    return len(first & second) >= 0.7 * min(len(first), len(second))


def _is_item(text: str, line: tuple[int, int]) -> bool:
    return bool(_ITEM.match(text[slice(*line)].lstrip()))


def _restates_title(unit: Unit) -> bool:
    """Whether it is a row such as «Navn | Industri 5.0» in the document, or under a heading, on Industri 5.0."""
    cells = _cells(unit.quote) if unit.is_row else []
    above = (unit.hit.properties.title, *unit.hit.chunk.heading)
    return len(cells) == 2 and any(set(terms(cells[1])) <= set(terms(each)) for each in above)


def _has_row_after(text: str, end: int) -> bool:
    following = text[end:].lstrip("\n").partition("\n")[0]
    return "|" in following


def _paragraph(quote: str) -> Sequence[str]:
    """The lines of a quote to show: wrapped prose on one line, each list item on its own; a lone one without mark."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, quote.splitlines())):
        item = _ITEM.match(line)
        if item:
            mark = f"{line[: item.end()].rstrip('.) ')}. " if _STEP.match(line) else "- "
            lines.append(mark + line[item.end() :])
        elif lines:
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines if len(lines) > 1 else [_ITEM.sub("", line) for line in lines]


def _labelled(name: str, cell: str) -> str:
    """A cell after the name of its column, unless it begins with that itself; abbreviations keep their capitals."""
    if cell.casefold().startswith(name.casefold()):
        return cell
    return f"{name if name[:2].isupper() else name[:1].lower() + name[1:]}: {cell}"


def _cells(row: str) -> list[str]:
    return [" ".join(cell.split()) for cell in row.strip().strip("|").split("|")] if row else []
