"""The search laboratory: how a question was understood, what was found with all its figures, and the answer."""

from __future__ import annotations

from raufoss_assistant.answering.extractive import ALONE
from raufoss_assistant.catalogue.schema import schema
from raufoss_assistant.contract import heading
from raufoss_assistant.evaluation.labels import LANGUAGES, decimal
from raufoss_assistant.index.encoder import Scale
from raufoss_assistant.model import Hit
from raufoss_assistant.norwegian.dates import long_date
from raufoss_assistant.retrieval.hybrid import WORDS_WEIGHT
from raufoss_assistant.retrieval.passage_reader import CANDIDATES
from raufoss_assistant.retrieval.reranking import READER_WEIGHT
from raufoss_assistant.settings import Retrieval
from raufoss_assistant.web.staff.fragments import fragment
from raufoss_assistant.web.staff.trial import Trial

METHODS: dict[Retrieval, str] = {"hybrid": "Ord og mening", "words": "Bare ord", "vectors": "Bare mening"}
ROUTES = {
    "passage": "Svar fra utdrag av dokumentene",
    "list": "Liste fra katalogen",
    "count": "Telling i katalogen",
    "compare": "Sammenligning fra katalogen",
    "need": "Forslag til et behov",
}
_MATCHES = 5


def figures(scale: Scale) -> dict[str, str]:
    """What each column says, in a line; cosines are on that scale."""
    zero, unit, same = (decimal(value) for value in (scale.zero, scale.unit, scale.zero + scale.unit))
    return {
        "Samlet": (
            f"{decimal(WORDS_WEIGHT, 0)} × ord + (mening − {zero}) / {unit} + {decimal(READER_WEIGHT, 1)} × leser. "
            "Søkes det bare med ord eller bare med mening, teller ikke det andre. Utdragene står i rekkefølge etter "
            "dette tallet."
        ),
        "Ord": "Hvor mye av spørsmålets ord utdraget har, sjeldne ord mest: BM25 som andel av det beste mulige, 0–1.",
        "Mening": (
            f"Hvor likt spørsmål og utdrag er i mening (cosinus). {zero} er som to tilfeldige tekster, {same} nesten "
            "samme tekst."
        ),
        "Leser": (
            f"Sjansen for at utdraget svarer, sier leseren. Den leser de {CANDIDATES} første, så langt tiden rekker."
        ),
        "Ikke her": "Sjansen for at svaret ikke står noe sted i utdraget, sier leseren. Lavt er bra.",
        "I søk": (
            "Nei der utdraget sier det samme som et over, eller er nummer tre fra samme avsnitt; da vises det ikke."
        ),
    }


def shown(trial: Trial, method: Retrieval, scale: Scale) -> str:
    """All of it."""
    matches = trial.matching.matches[:_MATCHES] if trial.matching else ()
    return fragment(
        "search.html.j2",
        trial=trial,
        route=_route(trial),
        language=LANGUAGES[trial.question.language],
        method=METHODS[method],
        figures=figures(scale),
        alone=ALONE,
        rows=[_row(hit, trial.cut) for hit in trial.hits],
        matches=[(match.record.name, schema(match.record.type).nouns["nb"][0], match.score) for match in matches],
        concepts=", ".join(trial.matching.concepts) if trial.matching else "",
    )


def _route(trial: Trial) -> str:
    way = trial.route
    if way.kind == "compare":
        return f"{ROUTES[way.kind]}: {', '.join(record.name for record in way.records)}"
    return f"{ROUTES[way.kind]}: {schema(way.type).nouns['nb'][1]}" if way.type else ROUTES[way.kind]


def _row(hit: Hit, cut: frozenset[str]) -> dict[str, object]:
    chunk, reading = hit.chunk, hit.reading
    start, end = reading.span if reading and reading.span else (0, 0)
    return {
        "title": hit.properties.title,
        "place": heading(chunk.heading),
        "document": chunk.document,
        "page": chunk.page,
        "day": long_date(hit.properties.date) if hit.properties.date else "ukjent dato",
        "figures": (
            decimal(hit.score, 3),
            decimal(hit.words, 3),
            decimal(hit.cosine, 3),
            decimal(reading.chance, 3) if reading else "–",
            decimal(reading.nowhere, 3) if reading else "–",
        ),
        "kept": chunk.id not in cut,
        "parts": (chunk.text[:start], chunk.text[start:end], chunk.text[end:]),
    }
