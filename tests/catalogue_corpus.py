"""A small invented corpus with three overviews and some pages, read into a catalogue once."""

import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

from conftest import write_corpus
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.settings import Settings

TODAY = date(2026, 11, 26)


def _page(title, kind, body, day="2026-01-01"):
    return f"---\ntitle: {title!r}\nkind: {kind}\nowner: Rådgiver\ndate: {day}\nlanguage: nb\n---\n# {title}\n\n{body}"


def _table(*rows):
    head, *rest = rows
    return "\n".join([f"| {head} |", "|---" * (head.count("|") + 1) + "|", *(f"| {row} |" for row in rest), ""])


SERVICES = _table(
    "Tjeneste | TRL | Varighet | Pris",
    "Sveising: prøvesveis, robotsveis og sveisesimulator | 4–7 | 2–4 uker | fra 15 000 kr",
    "Samarbeidende robot: test av plukkejobb | 4–7 | 2–4 uker | fra 25 000 kr",
    "Robotcelle: prøv automatisering før du kjøper | 5–8 | 6–10 uker | fra 90 000 kr",
    "3D-printing i plast: modeller og jigger | 2–5 | 3–8 dager | fra 4 000 kr",
    "Energibruk: finn ut hvor strømmen går | 6–9 | 3–5 uker | inntil 40 000 kr",
    "Maskinsyn: kamera som finner feil | 3–6 | 1–2 måneder | Pris etter tilbud",
    "Finansieringshjelp: hvem kan støtte prosjektet | ikke oppgitt i kilden | 1 uke | gratis",
)
COURSES = _table(
    "Kode | Navn | Studiepoeng | Nivå | Studieform | Sted | Start",
    "FTT72K | Manufacturing 4.0 | 60 | Fagskole, nivå 5.2 | Nettbasert med samlinger | Gjøvik | høst 2022",
    "FTT73K | Industri 5.0 | 120 (hele programmet) | Fagskole, nivå 5.2 | Nettbasert med samlinger | Gjøvik | vår 2023",
    "FTE13H-N | Elkraft m/EKOM | 120 | Fagskole, nivå 5.2 | Heltid | Gjøvik | ikke oppgitt i kilden",
    "BIMASF | Bachelor i ingeniørfag, maskin | 180 | Bachelor | Deltid, campus | NTNU i Gjøvik | høst 2025",
    "MSUMA | Sustainable Manufacturing | 120 | Master | Heltid, campus | NTNU i Gjøvik | høst 2025",
    "VB6118 | Cyber-physical systems | 7,5 | Master | Campus | Raufoss | vår 2024",
)
SCHEMES = _table(
    "Ordning | Forvalter | Hvem kan søke | Beløp | Støtteandel | Frist | TRL",
    "SkatteFUNN | Forskningsrådet | Bedrifter i alle størrelser og bransjer | ikke oppgitt i kilden"
    " | inntil 19 prosent | Hele året | ikke oppgitt i kilden",
    "Innovasjonskontrakt | Innovasjon Norge | Små og mellomstore bedrifter med en forpliktet pilotkunde"
    " | 5–7 millioner kroner | inntil 50 prosent | ikke oppgitt i kilden | 5–7, unntaksvis 4 og 8",
    "Oppstartstilskudd 2 | Innovasjon Norge | Bedriften må være yngre enn tre år, unntaksvis inntil fem år"
    " | inntil 1 million kroner | inntil 50 prosent | ikke oppgitt i kilden | ikke oppgitt i kilden",
    "BIO (bedriftsintern opplæring) | Innlandet fylkeskommune | Private bedrifter i Innlandet"
    " | ikke oppgitt i kilden | ikke oppgitt i kilden | Minst én måned før opplæringen starter | ikke oppgitt i kilden",
    "Eurostars | Forskningsrådet | Små og mellomstore bedrifter, med minst én partner fra et annet Eurostars-land"
    " | ikke oppgitt i kilden | ikke oppgitt i kilden | 13. mars 2025 | ikke oppgitt i kilden",
)
CATAPULTS = _table(
    "Katapult | Sted | Arbeider med",
    "MTNC | Raufoss | produksjon av deler",
    "Digicat | Ålesund | Katapulten for simulering, digitale tvillinger og virtuell test",
    "Ocean Innovation | Bergen | Riktig katapult for petroleum, mat fra havet og fiskebiologi",
)
EQUIPMENT = _table(
    "Utstyr | Tjeneste | Krever opplæring",
    "Laserskanner | Sveising | Ja, kort innføring",
    "Sveiserobot | Sveising | Ja, sikkerhetskurs",
    "Vakuumgriper | Samarbeidende robot | Ja, én dags kurs",
    "Industrirobot | Robotcelle | Ja, kjøres bare av operatør",
    "Plastskriver (3D-printer) | 3D-printing i plast | Nei",
)
SPREADS = _table(
    "Tjeneste | TRL | Målgruppe | Pris",
    "Sprøytestøping: støp deler | 4–7 | Bedrifter med 10–40 ansatte | fra 20 000 kr",
    "Støping av aluminium: prøv formen | 2–8 | Bedrifter med 20–250 ansatte | fra 30 000 kr",
    "Materialprøving: strekk og slag | 3–4 | Bedrifter med 5–60 ansatte | 8 000 kr",
    "Layout: se hallen før den bygges | ikke oppgitt i kilden | ikke oppgitt i kilden | Pris etter tilbud",
)
DATES = _table("Ordning | Dato", "SkatteFUNN | 2023", "Innovasjonskontrakt | Udatert", "Eurostars | Udatert")
FILES = {
    "katapult/oversikt.md": _page("Tjenester i katapulten", "katapult", SERVICES),
    "kurs/oversikt.md": _page("Studier og emner", "kurs", COURSES),
    "finansiering/oversikt.md": _page("Støtteordninger", "finansiering", SCHEMES),
    "katapult/utstyr.md": _page("Utstyr", "katapult", EQUIPMENT),
    "finansiering/datoer.md": _page("Datoer", "finansiering", DATES),
    "katapult/katapulter.md": _page("Katapultene i Norge", "katapult", CATAPULTS),
    "katapult/sveising.md": _page(
        "Sveising",
        "katapult",
        "Vi prøver ny sveisemetode på dine deler i stål og aluminium.\n\n"
        "## Utstyr\n\n- Sveisesimulator: øv uten gass\n- Laserskanner: finner sprekker\n\n"
        "## Målgruppe\n\nVerksteder med 3–120 ansatte.\n\n## Kontakt\n\nSveiseansvarlig Turid Sømme\n",
    ),
    "katapult/cobot.md": _page(
        "Samarbeidende robot",
        "katapult",
        "Vi prøver om en samarbeidende robot (cobot) kan gjøre plukkejobben ved siden av folk.\n\n"
        "## Utstyr\n\n- Vakuumgriper: griper deler\n- Kamera: plukker fra kasse\n\n"
        "## Målgruppe\n\nSmå bedrifter med 5–50 ansatte som plukker eller pakker for hånd.\n\n"
        "## Kontakt\n\nRobotansvarlig Per Lie\n",
    ),
    "katapult/plast.md": _page(
        "3D-printing i plast",
        "katapult",
        "Vi skriver ut modeller, jigger og fiksturer i plast fra en 3D-modell.\n\n"
        "## Målgruppe\n\nAlle bedrifter, også gründere.\n\n## TRL\n\nTRL 2–5. En 3D-modell må være ferdig.\n",
    ),
    "katapult/energi.md": _page(
        "Energibruk",
        "katapult",
        "Vi måler strøm og trykkluft gjennom en uke.\n\n## Målgruppe\n\nBedrifter med minst 20 ansatte.\n",
    ),
    "finansiering/skattefunn.md": _page(
        "SkatteFUNN",
        "finansiering",
        "SkatteFUNN er en rettighetsbasert støtte til forskning og utvikling.\n\n"
        "## Hva dekkes ikke\n\nSkatteFUNN gir ikke støtte til utstyr alene.\n",
    ),
    "kurs/manufacturing.md": _page(
        "Manufacturing 4.0",
        "kurs",
        "Manufacturing 4.0 er et studium om automatisering og roboter.\n\n"
        "## Deltid\n\nJa, ved siden av jobb, én modul om gangen.\n",
    ),
    "kurs/industri.md": _page("Industri 5.0", "kurs", "Industri 5.0 kan tas som enkeltmoduler.\n"),
}  # fmt: skip


def read(files):
    with tempfile.TemporaryDirectory() as name, DocumentReader(Settings()) as reader:
        folder = write_corpus(Path(name), files)
        return Catalogue.of([reader.read(folder, path) for path in files], TODAY)


@lru_cache(maxsize=1)
def catalogue():
    return read(FILES)


@lru_cache(maxsize=1)
def spreads():
    """Services whose TRL is of different widths, and whose names have a word in a compound."""
    return read({"katapult/spenn.md": _page("Tjenester", "katapult", SPREADS)})


def one(id_):
    (record,) = [each for each in catalogue().records if each.id == id_]
    return record
