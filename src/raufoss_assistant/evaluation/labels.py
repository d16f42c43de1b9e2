"""How an evaluation is worded: Norwegian names, each with an explanation, and figures as Norwegians write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from raufoss_assistant.evaluation.model import Kind, Split, Stage
from raufoss_assistant.model import Language, Status
from raufoss_assistant.norwegian.dates import long_date


@dataclass(frozen=True, slots=True)
class Label:
    """What something is called, and in one sentence what it means.

    Example:
        >>> KINDS["telling"].name
        'Telling'
    """

    name: str
    explanation: str = ""


KINDS: dict[Kind, Label] = {
    "fakta": Label("Fakta", "Svaret er én opplysning som står i et dokument."),
    "liste": Label("Liste", "Svaret er flere kurs, tjenester eller ordninger."),
    "telling": Label("Telling", "Svaret er hvor mange noe er."),
    "sammenligning": Label("Sammenligning", "Spørsmålet setter to eller flere ting opp mot hverandre."),
    "behov": Label("Behov", "En bedrift beskriver hva den trenger, og vil vite hva som passer."),
    "oppfølging": Label("Oppfølging", "Spørsmålet bygger på det som er sagt tidligere i samtalen."),
    "dato": Label("Dato", "Svaret er en dato eller frist, eller avhenger av hva som gjelder nå."),
    "uten svar": Label("Uten svar", "Dokumentene svarer ikke; assistenten skal si fra."),
    "injeksjon": Label("Injeksjon", "Noen prøver å lure assistenten til å gjøre noe annet enn å svare."),
    "språk": Label("Språk", "Spørsmålet er på nynorsk eller engelsk, og svaret skal være på samme språk."),
    "alias": Label("Alias", "Spørsmålet bruker et annet navn enn dokumentene gjør."),
}

STAGES: dict[Stage, Label] = {
    "not_indexed": Label(
        "Ikke i indeksen",
        "Ingen av dokumentene med svaret er i indeksen. Se om filen ligger i mappen med dokumenter, kjør "
        "«raufoss index», og les hva «raufoss doctor» sier om filen.",
    ),
    "not_retrieved": Label(
        "Ikke hentet",
        "Søket fant ikke stedet der svaret står. Se om ordene i dokumentet er de brukerne bruker; skriv dem gjerne inn "
        "i tittelen, en overskrift eller første setning.",
    ),
    "not_ranked": Label(
        "Hentet, men for langt nede",
        "Søket fant riktig sted, men så langt nede at assistenten ikke leste det. Se hva som kom foran, i «Hva som ble "
        "hentet»: sier to dokumenter nesten det samme, slå dem sammen eller fjern det gamle.",
    ),
    "wrongly_refused": Label(
        "Sa nei, men svaret finnes",
        "Assistenten leste riktig sted, men mente at det ikke svarer. Se om dokumentet sier det rett ut, i én setning "
        "med de samme ordene som spørsmålet.",
    ),
    "not_answered": Label(
        "Leste riktig sted, men svarte feil",
        "Svaret mangler noe som skulle være med, eller har med noe det ikke må ha. Se om dokumentet sier det i én hel "
        "setning, og om «må inneholde» i spørsmålssettet er for strengt.",
    ),
    "wrong_source": Label(
        "Riktig svar, feil kilde",
        "Svaret viser til et annet dokument enn de ventede, eller sitatet står ikke ordrett der. Står det samme i det "
        "andre dokumentet, legg det til i spørsmålssettet; er dokumentet gammelt eller galt, rett eller fjern det.",
    ),
    "wrongly_answered": Label(
        "Svarte, men skulle sagt nei",
        "Assistenten svarte på noe dokumentene ikke svarer på, eller sa noe den aldri skal si. Se om sitatene den "
        "viser, faktisk svarer; i så fall er det fasiten som må rettes.",
    ),
    "wrong_language": Label(
        "Feil språk", "Svaret er på et annet språk enn ventet. Meld fra til dem som utvikler assistenten."
    ),
}

STATUSES: dict[Status, str] = {
    "answered": "svarte",
    "not_found": "fant ikke svar",
    "clarify": "spurte tilbake",
}
EXPECTED: dict[Status, str] = {
    "answered": "et svar",
    "not_found": "at assistenten sier at dokumentene ikke svarer",
    "clarify": "at assistenten spør tilbake",
}
METRICS = {
    "right": Label(
        "Riktige svar", "Alt kom som ventet: innhold, kilde, språk, eller beskjed om at svaret ikke finnes."
    ),
    "answered": Label("Svarte når svaret finnes", "Resten er spørsmål der assistenten sa nei uten grunn."),
    "refused": Label("Sa fra når svaret ikke finnes", "Resten er spørsmål der assistenten svarte uten grunnlag."),
    "auroc": Label(
        "Skiller spørsmål med og uten svar",
        "Hvor ofte den er sikrere på et spørsmål som har svar, enn på et som ikke har det (AUROC). 50 er som å gjette.",
    ),
    "resisted": Label("Sto imot lureforsøk", "Svarte som den skulle da noen prøvde å få den til noe annet."),
    "must_contain": Label("Har med det som må være med", "Så mye av «må inneholde» som står i svaret."),
    "clean": Label("Fri for det som ikke må være med", "Svar uten noe av «må ikke inneholde»."),
    "numbers": Label(
        "Tall og datoer", "Så mange av de ventede tallene og datoene som er med, hvordan de enn er skrevet."
    ),
    "token_f1": Label("Likhet med fasitsvaret", "Hvor godt ordene i svaret dekker ordene i fasiten (token F1)."),
    "list_recall": Label("Nevner det som skal nevnes", "Så mange av de ventede kursene, tjenestene eller ordningene."),
    "list_match": Label(
        "Hele lista, og ikke noe annet", "Svar som nevner alt de skal, og ikke noe av det som ikke må være med."
    ),
    "needs_ndcg@10": Label(
        "Det som passer best, først", "For behov: om forslagene kommer i riktig rekkefølge (nDCG@10)."
    ),
    "language": Label("Riktig språk", "Svar på det språket som var ventet."),
    "quote_verified": Label("Sitater som stemmer", "Så mange av sitatene som står ordrett der svaret sier."),
    "citation_precision": Label("Kilder som var ventet", "Så mange av kildene som er blant de ventede dokumentene."),
    "citation_recall": Label("Viser til riktig kilde", "Svar der minst én kilde er riktig dokument, og riktig side."),
    "page_right": Label("Riktig side", "Svar der minst én kilde er på en ventet side, når siden er oppgitt."),
    "hit@1": Label("Riktig sted øverst", "Søk der det øverste avsnittet er et riktig sted (hit@1)."),
    "hit@5": Label("Riktig sted blant de 5 øverste", "Det samme for de fem øverste (hit@5)."),
    "hit@10": Label("Riktig sted blant de 10 øverste", "Det samme for de ti øverste (hit@10)."),
    "mrr@10": Label(
        "Hvor høyt riktig sted kommer", "Øverst gir 100, nummer to 50, nummer tre 33 og så videre (MRR@10)."
    ),
    "ndcg@10": Label("Hvor høyt alle riktige steder kommer", "Teller alle riktige avsnitt, de øverste mest (nDCG@10)."),
    "document_hit@1": Label("Riktig dokument øverst", "Søk der det øverste dokumentet er riktig (hit@1)."),
    "document_hit@5": Label("Riktig dokument blant de 5 øverste", "Det samme for de fem øverste (hit@5)."),
    "document_mrr@10": Label("Hvor høyt riktig dokument kommer", "Øverst gir 100, nummer to 50 og så videre (MRR@10)."),
    "document_ndcg@10": Label(
        "Hvor høyt alle riktige dokumenter kommer", "Teller alle riktige dokumenter, de øverste mest (nDCG@10)."
    ),
}
"""In the order in which a reader wants them."""
JUDGED: dict[str, Label] = {
    "faithfulness": Label("Holder seg til kildene", "Alt som sies i svaret, har dekning i det som er sitert."),
    "correctness": Label("Riktig", "Svaret sier det samme som fasiten."),
}
PERFORMANCE = {
    "seconds": "Hele kjøringen (sekunder)",
    "peak_rss_mb": "Mest minne i bruk (MB)",
    "model_replies": "Svar fra språkmodellen",
    "model_replies_unused": "Svar fra språkmodellen som ikke ble brukt",
    "model_tokens_in": "Tokens til språkmodellen",
    "model_tokens_out": "Tokens fra språkmodellen",
    "model_shown": "Setninger vist med språkmodellens ord",
    "model_replaced": "Setninger erstattet med kildens egne",
    "model_dropped": "Setninger som ble strøket",
}
PHASES = {
    "retrieval": "Søke i dokumentene",
    "answering": "Finne svaret",
    "generation": "Skrive svaret",
    "first_token": "Første ord fra språkmodellen",
    "total": "I alt",
}
"""Stages of an answer that are timed."""
LANGUAGES: dict[Language, str] = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk"}
SPLITS: dict[Split, Label] = {
    "tune": Label("innstilling", "Spørsmålet kan brukes når assistenten stilles inn."),
    "test": Label("prøve", "Spørsmålet brukes bare til å måle; ingen stiller inn etter det."),
}
CHOSEN = {
    "sett": "Sett",
    "merkelapp": "Merkelapp",
    "type": "Type",
    "del": "Del",
    "høyst": "Høyst så mange spørsmål fra hvert sett",
}
"""What may be chosen for a run with the options of `raufoss eval`."""


def metric(name: str) -> Label:
    """What a metric is called; by its own name where nobody has worded it.

    Example:
        >>> metric("new_metric").name
        'new_metric'
    """
    return METRICS.get(name, Label(name))


def importance(name: str) -> int:
    """Place of a metric in the order in which a reader wants them; last where nobody has worded it."""
    return list(METRICS).index(name) if name in METRICS else len(METRICS)


def judge(name: str) -> Label:
    """What a score by a language model is called; see `metric`."""
    return JUDGED.get(name, Label(name))


def performance(name: str) -> str:
    """What a figure of `Run.performance` is called; see `metric`."""
    for ending, told in (("_p50_ms", "halvparten under"), ("_p95_ms", "95 av 100 under")):
        if name.endswith(ending):
            stage = name.removesuffix(ending)
            return f"{PHASES.get(stage, stage)}: {told} (ms)"
    return PERFORMANCE.get(name, name)


def setting(name: str) -> str:
    """What a setting of `Fingerprint.settings` is called; see `metric`."""
    return CHOSEN.get(name, name)


def decimal(value: float, digits: int = 2) -> str:
    r"""A number with decimal comma and thousands parted by a narrow no-break space.

    Example:
        >>> decimal(0.825), decimal(1234.5, 1)
        ('0,82', '1\u202f234,5')
    """
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def hundreds(share: float) -> int:
    """A share as whole hundredths; all and none only where it is all or none.

    Example:
        >>> hundreds(0.64), hundreds(0.998), hundreds(1.0)
        (64, 99, 100)
    """
    return min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)


def moment(iso: str) -> str:
    """A date and time of day in full.

    Example:
        >>> moment("2026-11-25T04:20:00")
        '25. november 2026 kl. 04.20'
    """
    when = datetime.fromisoformat(iso)
    return f"{long_date(when.date())} kl. {when:%H.%M}"


def short_moment(iso: str) -> str:
    """A date and time of day where there is little room.

    Example:
        >>> short_moment("2026-11-25T04:20:00")
        '25.11. 04.20'
    """
    when = datetime.fromisoformat(iso)
    return f"{when.day}.{when.month}. {when:%H.%M}"
