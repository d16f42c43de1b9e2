"""The assistant's own words, in the language of the question, and safe Markdown of words from documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from raufoss_assistant.model import Hit, Language, Properties
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.norwegian.instructions import without_instructions

_NOT_FOUND = {
    "nb": "Jeg finner ikke svar på dette i dokumentene.",
    "nn": "Eg finn ikkje svar på dette i dokumenta.",
    "en": "I cannot find an answer to this in the documents.",
}
_NO_WRITING = {
    "nb": "Jeg skriver ikke tekster. Jeg svarer med det som står i dokumentene.",
    "nn": "Eg skriv ikkje tekstar. Eg svarer med det som står i dokumenta.",
    "en": "I do not write texts. I answer with what the documents say.",
}
_WRITING = re.compile(
    r"\s*(?:kan du |kunne du |can you |please )?(?:skrive?(?! opp\b| ned\b)|dikt|oversett|oversette|write|translate)\b",
    re.I,
)
_ABSENT = {
    "nb": "Dette står om det i «{title}» ({day}):",
    "nn": "Dette står om det i «{title}» ({day}):",
    "en": "This is what «{title}» says about it ({day}):",
}
_NEAREST = {
    "nb": "Disse dokumentene ligger nærmest:",
    "nn": "Desse dokumenta ligg nærast:",
    "en": "These documents come closest:",
}
_ASK = {
    "nb": "Spør gjerne den som har ansvar for «{title}»: {owner}.",
    "nn": "Spør gjerne den som har ansvar for «{title}»: {owner}.",
    "en": "You may ask the person responsible for «{title}»: {owner}.",
}
_EXAMPLE = {"nb": "Eksempeldata", "nn": "Eksempeldata", "en": "Example data (Eksempeldata)"}
_OLDER = {"nb": "Eldre opplysning", "nn": "Eldre opplysning", "en": "Older information"}
_ABOUT = {"nb": "Om «{}»", "nn": "Om «{}»", "en": "About «{}»"}
_NO_DAY = {"nb": "udatert", "nn": "udatert", "en": "undated"}
_UNDATED = {"nb": "ukjent dato", "nn": "ukjend dato", "en": "date unknown"}
_IN_NORWEGIAN = "In Norwegian"
_IN_ENGLISH = {"nb": "På engelsk", "nn": "På engelsk"}
_BOLD = "\ue000"
"""Stands for Markdown's mark while the text around it is made safe."""
_MARK = re.compile(r"- |\d{1,2}\. ")
"""Before an item of a list."""
_A_YEAR = timedelta(days=365)
_SAYS_WHEN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b(?:udatert\w*|undated)\b", re.I)
_ACTIVE = re.compile(r"[<\[\]`*\\]|(?<!\w)_|_(?!\w)|^(?:[#>+-]|\d+(?=[.)]))", re.M)


@dataclass(frozen=True, slots=True)
class When:
    """What is known of when a text was so, beside its own words and its document's date.

    Attributes:
        beside: the years that stand beside it, or "udatert"; "" where nothing does.
        always: whether it is told without a figure, and of what is new, too.
    """

    beside: str = ""
    always: bool = False


def asks_for_writing(question: str) -> bool:
    """Whether the user wants a text written or translated, which is no question to the documents.

    Example:
        >>> asks_for_writing("Skriv søknaden for oss"), asks_for_writing("Hvem skriver søknaden?")
        (True, False)
    """
    return bool(_WRITING.match(question))


def asks_the_documents(message: str) -> bool:
    """Whether something is asked once instructions are taken away, and no text is to be written.

    Example:
        >>> asks_the_documents("Hvem leder klyngen?"), asks_the_documents("Skriv søknaden for oss")
        (True, False)
    """
    return bool(without_instructions(message)) and not asks_for_writing(message)


def not_found(question: str, nearest: Sequence[Hit], language: Language, absence: str = "") -> str:
    """The refusal: what was not found, the nearest documents with their dates, and whom to ask.

    Args:
        question: what was asked.
        nearest: a passage of each of those documents.
        language: of the question.
        absence: what the first of them says of what is not known, "" where it says nothing of it.
    """
    lines = [(_NO_WRITING if asks_for_writing(question) else _NOT_FOUND)[language]]
    if absence:
        source = nearest[0].properties
        example = f"{_EXAMPLE[language]}: " if source.example else ""
        told = _ABSENT[language].format(title=literal(source.title), day=_day(source, language))
        lines += ["", told, "", f"> {example}{literal(absence)}"]
    if nearest:
        lines += ["", _NEAREST[language], ""]
        lines += [f"- {literal(hit.properties.title)} ({_day(hit.properties, language)})" for hit in nearest]
        owned = next((hit.properties for hit in nearest if hit.properties.owner), None)
        if owned and owned.owner:
            lines += ["", _ASK[language].format(title=literal(owned.title), owner=literal(owned.owner))]
    return "\n".join(lines)


def claim(
    text: str,
    n: int,
    properties: Properties,
    language: Language,
    *,
    outdated: bool,
    span: str | None = None,
    when: When = When(),
    about: str = "",
) -> str:
    """A quoted text as a claim with its number, the short answer in it in bold where it stands there once.

    Example data, outdated sources, another language than the reader's, and what a text is about that begins with a
    pronoun, are told in front; after a figure that says
    itself no year, when it was so: as it stands beside it, else the document's day, where that is more than a year ago.
    """
    marks = [_EXAMPLE[language]] if properties.example else []
    if is_foreign(properties, language):
        marks.append(_IN_ENGLISH.get(language, _IN_NORWEGIAN))
    if outdated:
        marks.append(f"{_OLDER[language]} ({_day(properties, language)})")
    if about:
        marks.append(_ABOUT[language].format(literal(re.sub(r"^(?:om|about) ", "", about, flags=re.I))))
    if span and text.count(span) == 1:
        text = text.replace(span, f"{_BOLD}{span}{_BOLD}")
    first, *items = text.split("\n")
    if not outdated and (day := its_day(text, properties, language, when)):
        first = f"{first.removesuffix('.')} ({day}){'.' * first.endswith('.')}"
    if properties.example and first.startswith(_EXAMPLE["nb"]):
        marks = marks[1:]
    prefix = f"{', '.join(marks)}: " if marks else ""
    if not items:
        return f"{prefix}{literal(first)} [{n}]"
    if _MARK.match(first):
        return "\n\n".join(filter(None, (prefix.rstrip(), f"{_listed([first, *items])} [{n}]")))
    return f"{prefix}{literal(first)} [{n}]\n\n{_listed(items)}"


def is_foreign(properties: Properties, language: Language) -> bool:
    """Whether a document is in English for a reader of Norwegian, or the other way round."""
    return (language == "en") != (properties.language == "en")


def its_day(text: str, properties: Properties, language: Language, when: When) -> str:
    """When what is told was so, where that must be told and the text itself does not; a year to come is a goal's.

    Example:
        >>> its_day("19 %", Properties("Støtteordninger", "finansiering"), "en", When("2023"))
        '2023'
    """
    day = properties.date
    named = [match[0] for match in _SAYS_WHEN.finditer(text)]
    if not (when.always or re.search(r"\d", text)) or any(
        not year.isdigit() or int(year) <= date.today().year for year in named
    ):
        return ""
    if when.beside:
        return _NO_DAY[language] if when.beside == _NO_DAY["nb"] else when.beside
    return _day(properties, language) if day and (when.always or date.today() - day > _A_YEAR) else ""


def _listed(items: Sequence[str]) -> str:
    marked = ((_MARK.match(item), item) for item in items)
    return "\n".join(
        f"{mark[0]}{literal(item[mark.end() :])}" if mark else f"- {literal(item)}" for mark, item in marked
    )


def literal(text: str) -> str:
    """Text of a document as Markdown that shows it as written: no HTML, images, links or emphasis come alive."""
    text = _ACTIVE.sub(lambda match: f"{match[0]}\\" if match[0][0].isdigit() else f"\\{match[0]}", text)
    return text.replace(_BOLD, "**")


def _day(properties: Properties, language: Language) -> str:
    return long_date(properties.date, language) if properties.date else _UNDATED[language]
