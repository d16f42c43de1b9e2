"""The assistant's own words about records, in the language of the question."""

from __future__ import annotations

from collections.abc import Sequence

from raufoss_assistant.model import Language

_PHRASES: dict[str, dict[Language, str]] = {
    "list": {
        "nb": "{n} av {total} {nouns} i oversikten passer.",
        "nn": "{n} av {total} {nouns} i oversikta passar.",
        "en": "{n} of the {total} {nouns} in the overview fit.",
    },
    "all": {
        "nb": "Oversikten har {n} {nouns}.",
        "nn": "Oversikta har {n} {nouns}.",
        "en": "The overview lists {n} {nouns}.",
    },
    "count": {
        "nb": "Svaret er **{n}** av {total} {nouns} i oversikten.",
        "nn": "Svaret er **{n}** av {total} {nouns} i oversikta.",
        "en": "The answer is **{n}** of the {total} {nouns} in the overview.",
    },
    "none": {
        "nb": "Svaret er **0** av {total} {nouns}: ingen i oversikten har alt dette.",
        "nn": "Svaret er **0** av {total} {nouns}: ingen i oversikta har alt dette.",
        "en": "The answer is **0** of {total} {nouns}: none in the overview has all of this.",
    },
    "partial": {
        "nb": "Den har bare dem som dokumentene forteller om.",
        "nn": "Ho har berre dei som dokumenta fortel om.",
        "en": "It has only those that the documents tell about.",
    },
    "filters": {"nb": "Filtrert på: {filters}.", "nn": "Filtrert på: {filters}.", "en": "Filtered by: {filters}."},
    "no_data": {
        "nb": "Ingen av dem har opplysninger om {field} i kildene, så «{label}» er ikke brukt som filter.",
        "nn": "Ingen av dei har opplysningar om {field} i kjeldene, så «{label}» er ikkje brukt som filter.",
        "en": "None of them has information on {field} in the sources, so «{label}» is not used as a filter.",
    },
    "not_known": {
        "nb": "{n} til er ikke med, fordi {field} ikke er oppgitt: {names}.",
        "nn": "{n} til er ikkje med, fordi {field} ikkje er oppgjeve: {names}.",
        "en": "{n} more are left out because {field} is not stated: {names}.",
    },
    "beside": {
        "nb": "Utenfor oversikten passer også: {names}.",
        "nn": "Utanfor oversikta passar òg: {names}.",
        "en": "Outside the overview, these fit too: {names}.",
    },
    "nearest": {"nb": "Nærmest kommer:", "nn": "Nærast kjem:", "en": "The nearest are:"},
    "ignored": {
        "nb": "Ingen av dem nevner {words}.",
        "nn": "Ingen av dei nemner {words}.",
        "en": "None of them mentions {words}.",
    },
    "example": {
        "nb": "Eksempeldata: laget for å vise hvordan et slikt tilbud kan beskrives.",
        "nn": "Eksempeldata: laga for å vise korleis eit slikt tilbod kan skildrast.",
        "en": "Example data (Eksempeldata): made up to show how such an offer may be described.",
    },
    "most": {
        "nb": "{label}: {names} ligger høyest.",
        "nn": "{label}: {names} ligg høgast.",
        "en": "{label}: {names} is highest.",
    },
    "least": {
        "nb": "{label}: {names} ligger lavest.",
        "nn": "{label}: {names} ligg lågast.",
        "en": "{label}: {names} is lowest.",
    },
    "understood": {
        "nb": "Jeg har regnet med dette: {facts}.",
        "nn": "Eg har rekna med dette: {facts}.",
        "en": "I have taken this into account: {facts}.",
    },
    "employees": {"nb": "{n} ansatte", "nn": "{n} tilsette", "en": "{n} employees"},
    "employee": {"nb": "én person", "nn": "éin person", "en": "one person"},
    "age": {"nb": "bedriften er {n} år", "nn": "bedrifta er {n} år", "en": "the company is {n} years old"},
    "budget": {"nb": "{n} kroner å bruke", "nn": "{n} kroner å bruke", "en": "NOK {n} to spend"},
    "nothing": {
        "nb": "Jeg finner ingenting i oversiktene som passer.",
        "nn": "Eg finn ingenting i oversiktene som passar.",
        "en": "I find nothing in the overviews that fits.",
    },
    "ruled_out": {
        "nb": "Ligner, men passer ikke",
        "nn": "Liknar, men passar ikkje",
        "en": "Looks alike, but does not fit",
    },
    "note": {"nb": "Merk", "nn": "Merk", "en": "Note"},
    "step": {"nb": "Første steg:", "nn": "Første steg:", "en": "First step:"},
    "ask_employees": {
        "nb": "Hvor mange ansatte er dere? Det avgjør hva som passer.",
        "nn": "Kor mange tilsette er de? Det avgjer kva som passar.",
        "en": "How many employees are you? It decides what fits.",
    },
    "place": {"nb": "sted", "nn": "stad", "en": "place"},
}


def say(name: str, language: Language, **values: object) -> str:
    """A sentence with its values filled in."""
    return _PHRASES[name][language].format(**values)


def enumerated(parts: Sequence[str], language: Language) -> str:
    """The parts with commas, and «og» before the last.

    Example:
        >>> enumerated(["a", "b", "c"], "nb")
        'a, b og c'
    """
    both = {"nb": " og ", "nn": " og ", "en": " and "}[language]
    return both.join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
