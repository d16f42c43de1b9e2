"""A small invented corpus with records: overviews of services, courses, schemes and catapults, and some pages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings


def _page(title, kind, body, *, day="2026-01-01", example=False):
    mark = "eksempel: true\n" if example else ""
    return f"---\ntitle: {title!r}\nkind: {kind}\nowner: Rådgiver\ndate: {day}\nlanguage: nb\n{mark}---\n# {title}\n\n{body}"


def _table(*rows):
    head, *rest = rows
    return "\n".join([f"| {head} |", "| --- " * (head.count(" | ") + 1) + "|", *(f"| {row} |" for row in rest), ""])


RECORD_CORPUS = {
    "katapult/oversikt.md": _page(
        "Tjenester i katapulten",
        "katapult",
        _table(
            "Tjeneste | TRL | Varighet | Pris",
            "Sveising: prøvesveis og sveisesimulator | 4–7 | 2–4 uker | fra 15 000 kr",
            "Samarbeidende robot: test av plukkejobb | 4–7 | 2–4 uker | fra 25 000 kr",
            "Robotcelle: prøv automatisering før du kjøper | 5–8 | 6–10 uker | fra 90 000 kr",
            "Energibruk: finn ut hvor strømmen går | 6–9 | 3–5 uker | 40 000 kr",
            "Maskinsyn: kamera som finner feil | 3–6 | 1–2 måneder | Pris etter tilbud",
            r"Liming: *sterke* fuger <b>uten</b> skruer | 3–5 | 1 uke | 6 000 kr \| [mer](http://x.no) <img src=x>",
            "Finansieringshjelp: hvem kan støtte prosjektet | ikke oppgitt i kilden | 1 uke | gratis",
        ),
    ),
    "katapult/priser-2025.md": _page(
        "Priser i 2025",
        "katapult",
        _table("Tjeneste | Pris | Varighet", "Energibruk | 35 000 kr | 3–5 uker"),
        day="2025-01-01",
    ),
    "katapult/sveising.md": _page(
        "Sveising: prøvesveis og sveisesimulator",
        "katapult",
        "Eksempeldata: Denne beskrivelsen er laget for å vise hvordan en tjeneste kan beskrives.\n\n"
        "## Tjeneste\n\nVi prøver ny sveisemetode på dine deler i stål og aluminium.\n\n"
        "## Målgruppe\n\nVerksteder med 3–120 ansatte.\n\n"
        "## Utstyr\n\n- Sveisesimulator: øv uten gass\n- Laserskanner: finner sprekker\n\n"
        "## Kontakt\n\nTjenesteansvarlig sveising, sveising@katapult.example\n",
        example=True,
    ),
    "katapult/cobot.md": _page(
        "Samarbeidende robot: test av plukkejobb",
        "katapult",
        "## Tjeneste\n\nVi prøver om en samarbeidende robot (cobot) kan gjøre plukkejobben ved siden av folk.\n\n"
        "## Målgruppe\n\nSmå bedrifter med 5–50 ansatte som plukker eller pakker for hånd.\n\n"
        "## Utstyr\n\n- Vakuumgriper: griper deler\n- Kamera: plukker fra kasse\n\n"
        "## Kontakt\n\nTjenesteansvarlig robot, robot@katapult.example\n",
        example=True,
    ),
    "katapult/energi.md": _page(
        "Energibruk: finn ut hvor strømmen går",
        "katapult",
        "## Tjeneste\n\nVi måler strøm og trykkluft gjennom en uke.\n\n## Målgruppe\n\nBedrifter med minst 20 ansatte.\n\n"
        "## Kontakt\n\nTjenesteansvarlig energi\n",
    ),
    "katapult/katapulter.md": _page(
        "Katapultene i Norge",
        "katapult",
        _table(
            "Katapult | Sted | Arbeider med",
            "MTNC | Raufoss | produksjon av deler",
            "Ocean Innovation | Bergen | Riktig katapult for mat fra havet og fiskebiologi",
        ),
    ),
    "kurs/oversikt.md": _page(
        "Studier og emner",
        "kurs",
        _table(
            "Kode | Navn | Studiepoeng | Nivå | Studieform | Sted | Start",
            "FTT72K | Manufacturing 4.0 | 60 | Fagskole, nivå 5.2 | Nettbasert med samlinger | Gjøvik | høst 2022",
            "FTT73K | Industri 5.0 | 120 | Fagskole, nivå 5.2 | Nettbasert med samlinger | Gjøvik | vår 2023",
            "FTE13H | Elkraft | 120 | Fagskole, nivå 5.2 | Heltid | Gjøvik | ikke oppgitt i kilden",
            "BIMASF | Bachelor i ingeniørfag, maskin | 180 | Bachelor | Deltid, campus | NTNU i Gjøvik | høst 2025",
            "VB6118 | Cyber-physical systems | 7,5 | Master | Campus | Raufoss | vår 2024",
        ),
    ),
    "kurs/manufacturing.md": _page(
        "Manufacturing 4.0",
        "kurs",
        "Manufacturing 4.0 er et studium om automatisering og roboter.\n\n"
        "## Deltid\n\nJa, ved siden av jobb, én modul om gangen.\n",
    ),
    "finansiering/oversikt.md": _page(
        "Støtteordninger",
        "finansiering",
        _table(
            "Ordning | Forvalter | Hvem kan søke | Beløp | Støtteandel | Frist | TRL",
            "SkatteFUNN | Forskningsrådet | Bedrifter i alle størrelser og bransjer | ikke oppgitt i kilden"
            " | inntil 19 prosent | Hele året | ikke oppgitt i kilden",
            "Innovasjonskontrakt | Innovasjon Norge | Små og mellomstore bedrifter med en forpliktet pilotkunde"
            " | 5–7 millioner kroner | inntil 50 prosent | ikke oppgitt i kilden | 5–7",
            "BIO (bedriftsintern opplæring) | Innlandet fylkeskommune | Private bedrifter i Innlandet"
            " | ikke oppgitt i kilden | ikke oppgitt i kilden | Minst én måned før opplæringen starter"
            " | ikke oppgitt i kilden",
        ),
    ),
}


@lru_cache(maxsize=1)
def _built(folder: str) -> Assistant:
    corpus = write_corpus(Path(folder) / "records/corpus", RECORD_CORPUS)
    assistant = Assistant(Settings(corpus_dir=corpus, data_dir=Path(folder) / "records/data"))
    assistant.build()
    return assistant


@pytest.fixture(scope="session", name="assistant")
def record_assistant(tmp_path_factory) -> Iterator[Assistant]:
    """An assistant over the corpus with records, indexed once for all who import this; not to be rebuilt by a test."""
    assistant = _built(str(tmp_path_factory.getbasetemp()))
    yield assistant
    assistant.close()


def numbers(text: str) -> list[int]:
    """The numbers of citations in a text, in its order."""
    return [int(n) for n in re.findall(r"\[(\d+)\]", text)]


def proven(answer, assistant) -> bool:
    """Whether each quote stands letter for letter on its page, and the text refers to just these citations."""
    for citation in answer.citations:
        pages = assistant.document(citation.chunk.document).pages
        if not any(citation.quote in page.text for page in pages if page.number == citation.chunk.page):
            return False
    told = numbers(answer.text)
    return bool(told) and sorted(set(told)) == [citation.n for citation in answer.citations]


def grid(text: str) -> list[list[str]]:
    """The cells of the one table in a text, split as Markdown splits them; without the rule."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    return [row for row in cells if set("".join(row)) != {"-"}]
