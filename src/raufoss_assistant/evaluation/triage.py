"""From use to test: feedback sorted for staff with a likely cause, and made into rows of a question set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from raufoss_assistant.errors import UsageError
from raufoss_assistant.evaluation.model import Kind, Question
from raufoss_assistant.feedback.masking import is_masked
from raufoss_assistant.feedback.model import RATINGS, REASONS, Entry, Importance, Reason
from raufoss_assistant.model import Properties
from raufoss_assistant.norwegian.dates import long_date

TAG = "tilbakemelding"
_ORDER: tuple[Importance, ...] = ("høy", "middels", "lav")
_GRAVE: frozenset[Reason] = frozenset({"wrong", "quote_missing", "wrong_document", "outdated", "should_refuse"})
"""Reasons that say that something untrue, or unproved, was told."""
_CAUSES: dict[Reason, str] = {
    "should_refuse": "svarte uten dekning",
    "outdated": "utdatert kilde",
    "quote_missing": "sitatet finnes ikke",
    "wrong_document": "feil kilde",
    "misunderstood": "misforsto spørsmålet",
    "wrong": "feil svar",
    "incomplete": "ufullstendig svar",
    "language": "språk",
}
"""What a reason points to, the most telling first."""
_BLAMED: frozenset[Reason] = frozenset(
    {"wrong", "quote_missing", "wrong_document", "outdated", "misunderstood", "should_refuse", "other"}
)
"""Reasons that leave in doubt whether the sources were right."""

_NUMBER = re.compile(r"(?<![^\W_])(?<!\d[.,])\d{1,3}(?:[ \u00a0.]\d{3})+(?![\d\w])|(?<![^\W_])\d+(?:,\d+)?(?![\d\w])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][\w-]+(?: (?:og )?[A-ZÆØÅ][\w-]+)*")
_SHORT = 3
"""Words; so short an answer is asked for as it is."""


@dataclass(frozen=True, slots=True)
class Case:
    """An entry with the importance and the cause that staff gave it, or else those suggested."""

    entry: Entry
    importance: Importance
    cause: str


def is_open(entry: Entry) -> bool:
    """Whether it is a complaint that staff is not done with."""
    return entry.opinion.rating == "down" and entry.state in ("ny", "sett")


def cases(entries: Sequence[Entry], documents: Mapping[str, Properties], today: date) -> list[Case]:
    """The entries as a list to work through: the most important first, and among equals the newest.

    Args:
        entries: in any order.
        documents: properties by path of what is in the index now; empty where there is no index.
        today: the day to judge by whether a document still applies.
    """
    found = [
        Case(
            entry,
            entry.importance or suggested_importance(entry),
            entry.cause or suggested_cause(entry, documents, today),
        )
        for entry in entries
    ]
    return sorted(found, key=lambda case: (_ORDER.index(case.importance), -case.entry.id))


def suggested_importance(entry: Entry) -> Importance:
    """High where something untrue may have been told, low for a thumb up, else middle."""
    if entry.opinion.rating == "up":
        return "lav"
    return "høy" if _GRAVE.intersection(entry.opinion.reasons) else "middels"


def suggested_cause(entry: Entry, documents: Mapping[str, Properties], today: date) -> str:
    """The likely cause in a few Norwegian words, "" where nothing points to one.

    What the index tells weighs most (a source that is replaced, expired or gone), then the reasons given.
    """
    if entry.opinion.rating == "up":
        return ""
    if entry.exchange.status != "answered":
        return "avslag"
    cited = {source.document for source in entry.exchange.sources}
    if documents and not cited <= documents.keys():
        return "kilden er fjernet siden"
    if cited & _replaced(documents) or any(_expired(documents[path], today) for path in cited if path in documents):
        return "utdatert kilde"
    if "misunderstood" in entry.opinion.reasons and entry.exchange.history:
        return "mistet sammenhengen"
    return next((cause for reason, cause in _CAUSES.items() if reason in entry.opinion.reasons), "")


def _replaced(documents: Mapping[str, Properties]) -> set[str]:
    return {properties.supersedes for properties in documents.values() if properties.supersedes}


def _expired(properties: Properties, today: date) -> bool:
    return properties.valid_to is not None and properties.valid_to < today


def to_question(entry: Entry, answer: str = "") -> Question:
    """The feedback as a row of a question set, on the tuning side, for staff to correct.

    Args:
        entry: what was stored.
        answer: the right answer, where staff knows it; else what the visitor said it was.

    Raises:
        UsageError: the assistant should have answered, and neither a right answer nor a right source is known.
    """
    exchange, opinion = entry.exchange, entry.opinion
    if not expects_answer(entry):
        return _question(entry, kind="uten svar")
    right = answer or ("" if is_masked(opinion.expected) else opinion.expected)
    sources = () if _BLAMED.intersection(opinion.reasons) else exchange.sources
    if opinion.rating == "down" and not opinion.reasons:
        sources = ()
    if not right and not sources:
        raise UsageError(
            f"Tilbakemelding {entry.id} sier ikke hva som er riktig svar. Skriv det selv, så blir den en prøve "
            "(på kommandolinjen: --answer)."
        )
    return _question(
        entry,
        kind="oppfølging" if exchange.history else "språk" if "language" in opinion.reasons else "fakta",
        documents=tuple(dict.fromkeys(source.document for source in sources)),
        must_contain=key_words(right),
        answer=right or None,
    )


def expects_answer(entry: Entry) -> bool:
    """Whether the assistant ought to have answered: not where a refusal was praised, nor an answer uncalled for."""
    if entry.opinion.rating == "up":
        return entry.exchange.status == "answered"
    return "should_refuse" not in entry.opinion.reasons


def key_words(answer: str) -> tuple[str, ...]:
    """What any right answer must hold: the numbers, else the names, else a very short answer as it is.

    Years are left out where there are other numbers; a name that begins the answer is not told from an ordinary word.

    Example:
        >>> key_words("I 2024 var rundt 60 bedrifter med."), key_words("Det er Kari Moen"), key_words("Bygg fem.")
        (('60',), ('Kari Moen',), ('Bygg fem',))
    """
    numbers = tuple(dict.fromkeys(_NUMBER.findall(answer)))
    telling = tuple(number for number in numbers if not _YEAR.fullmatch(number)) or numbers
    if telling:
        return telling
    if len(answer.split()) <= _SHORT and "|" not in answer:
        return tuple(filter(None, [answer.strip(" .!?")]))
    return tuple(dict.fromkeys(_NAME.findall(answer)))


def _question(
    entry: Entry,
    *,
    kind: Kind,
    documents: tuple[str, ...] = (),
    must_contain: tuple[str, ...] = (),
    answer: str | None = None,
) -> Question:
    return Question(
        id=f"T{entry.id}",
        question=entry.exchange.question,
        kind=kind,
        status="not_found" if kind == "uten svar" else "answered",
        history=entry.exchange.history,
        documents=documents,
        must_contain=must_contain,
        answer=answer,
        tags=(TAG,),
        note=_note(entry),
    )


def _note(entry: Entry) -> str:
    """Whence the row comes: thumb, day, reasons and what was written."""
    told = [f"{RATINGS[entry.opinion.rating].capitalize()} {long_date(entry.time.date())}"]
    told += [REASONS[reason] for reason in entry.opinion.reasons]
    if entry.opinion.comment:
        told.append(f"«{' '.join(entry.opinion.comment.split())}»")
    return "; ".join(told)
