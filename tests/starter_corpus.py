"""A small corpus that suggests questions of several kinds."""

HEAD = "---\ntitle: {0}\nkind: {1}\ndate: 2026-11-01\nlanguage: {2}\n---\n# {0}\n\n{3}\n"
FAQ = (
    "## Hva er forskjellen på NCE Manufacturing og Læringsfabrikken?\n\n"
    "Forskjellen er at NCE Manufacturing er en klynge av bedrifter, mens Læringsfabrikken er et sted for opplæring.\n\n"
    "## Hva koster det?\n\nDet koster ingenting.\n\n"
    "## Hvem eier Drømmehallen i Vestby kommune?\n\nSe neste side.\n\n"
    "## Kan du finne fram til Læringsfabrikken?\n\nLæringsfabrikken ligger i bygning 5.\n"
)
CATALOGUE = (
    "| Tjeneste | TRL | Varighet | Pris |\n| --- | --- | --- | --- |\n"
    "| Sveising: prøvesveis | 5–8 | 1–3 uker | Fra 15 000 kroner |\n"
    "| Måling: førsteprøve | 5–9 | 3–10 dager | Fra 6 000 kroner |\n"
    "| Prototyping: fra skisse | 2–5 | 2–6 uker | Pris etter tilbud |\n"
)
WORDS = "- Klynge: et nettverk av bedrifter som samarbeider.\n- Minifabrikk: en liten fabrikk for prøving.\n"
STARTER_CORPUS = {
    "kurs/sporsmal.md": HEAD.format("Vanlige spørsmål", "kurs", "nb", FAQ),
    "kurs/questions.md": HEAD.format("Questions", "kurs", "en", "## Hvem er Raufoss Technology for?\n\nAll of us.\n"),
    "katapult/katalog.md": HEAD.format("Tjenestekatalog", "katapult", "nb", CATALOGUE),
    "onboarding/ordliste.md": HEAD.format("Ordliste", "onboarding", "nb", WORDS),
}
"""What is good to ask is told by `GOOD`."""
GOOD = {
    "Hva er forskjellen på NCE Manufacturing og Læringsfabrikken?",
    "Hva betyr «Klynge»?",
    "Hva betyr «Minifabrikk»?",
    "Hvilke tjenester dekker TRL 5?",
    "Hvilke tjenester dekker TRL 2?",
    "Hvilke tjenester koster under 20 000 kroner?",
    "Hvilke tjenester koster under 10 000 kroner?",
}
