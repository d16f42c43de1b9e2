"""The documents in corpus/: complete, read without loss, true to what we know, with the traps that real material has."""

import re
import sys
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from raufoss_assistant.documents import DocumentReader, scan
from raufoss_assistant.documents.audit import audit
from raufoss_assistant.norwegian.language import detect
from raufoss_assistant.settings import Settings

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SCRIPTS = ROOT / "scripts"
SOURCES = SCRIPTS / "sources"
KINDS = {"klynge", "kurs", "katapult", "finansiering", "onboarding"}

TRAPS = {
    "park or cluster": {
        "onboarding/parken-og-klyngen.md": "4 000 ansatte gjelder medlemsbedriftene i klyngen",
        "klynge/industriparken-2020.md": "10–12 milliarder kroner",
        "klynge/industriparken-2023.md": "12 milliarder kroner (25. januar 2023)",
        "klynge/nce-manufacturing.md": "over 13 milliarder kroner (6. februar 2024)",
        "klynge/raufoss-industripark.md": "3 000 ansatte (kilden er udatert)",
        "klynge/klyngen-og-parken-i-tall.pdf": "over 15 milliarder kroner",
    },
    "who leads": {
        "klynge/nce-status-2006.md": "Sverre Narvesen ledet klyngen fra 2006 til 2017",
        "klynge/nce-raufoss-2017.md": "Svein Terje Strandlie ble klyngeleder",
        "onboarding/hvem-er-hvem.docx": "Erland Paulsrud",
        "klynge/nce-manufacturing.md": "Emma Østerbø leder NCE Manufacturing og MTNC (6. februar 2024)",
    },
    "plan or reality": {
        "katapult/mtnc-start-og-apning.md": "De forteller ikke hva som faktisk ble bygd",
        "katapult/katapulten-pa-ti-minutter.pptx": "Planen for MTNC i 2018 var fire til seks minifabrikker",
    },
    "old rates": {
        "finansiering/skattefunn-satser-eldre.md": "20 prosent til små og mellomstore bedrifter (gammel sats",
        "finansiering/skattefunn.md": "Satsene på 18 og 20 prosent er utdaterte",
        "finansiering/rff-innlandet-kvalifiseringsstotte-2020.md": "inntil 500 000 kroner",
        "finansiering/rff-innlandet-kvalifiseringsstotte-2023.pdf": "inntil 700 000 kroner",
        "finansiering/etablerertilskudd-eldre.md": "det gamle navnet på Oppstartstilskudd",
    },
    "old names": {
        "onboarding/navn-som-er-endret.md": "SINTEF Raufoss Manufacturing, SRM",
        "katapult/om-mtnc.md": "MNTC er en skrivefeil for MTNC",
        "katapult/about-mtnc.md": 'The spelling "MNTC" is a misprint',
        "klynge/nce-manufacturing.md": "«lettvekstmaterialer»",
    },
    "full time or part time": {"kurs/raufoss-modellen.md": "kaller Raufoss-modellen heltid, mens avisa"},
    "same word, two things": {
        "onboarding/like-namn-ulike-ting.md": "SFI Manufacturing er namnet på eit senter",
        "kurs/manufacturing-4-0.md": "SINTEF Manufacturing er et forskningsinstitutt",
    },
    "credits": {
        "kurs/industri-5-0.md": "studentene på Industri 5.0 tar enkeltmoduler",
        "kurs/kursliste.xlsx": "120 studiepoeng for Industri 5.0 gjelder hele programmet",
    },
    "other schools": {
        "kurs/hva-koster-fagskole.md": "sjekket ved Nordland fagskole og Fagskolen Oslo",
        "kurs/opptakskrav-teknisk-fagskole.md": "ikke ved Fagskolen Innlandet",
        "kurs/industrifagskolen.md": "Tinius Olsen på Kongsberg",
    },
    "year of foundation": {
        "onboarding/historien-pa-en-side.md": "Kildene oppgir ulike år fordi de snakker om ulike trinn",
        "klynge/historiehefte.pdf": "Departementet valgte Raufoss i 1894",
    },
    "money to the centre or to the company": {
        "finansiering/katapult-og-stotte.md": "går til senteret, ikke til bedriften",
        "katapult/norsk-katapult-ordningen.docx": "Pengene går til sentrene",
        "finansiering/offentlige-midler-til-industrimiljoet.pdf": "Tilskuddet i Norsk katapult går til sentrene",
    },
    "ownership": {
        "klynge/ragasco.md": "Worthington Enterprises fra USA har eid Ragasco siden 3. juni 2024",
        "klynge/hexagon-ragasco.md": "Ragasco fikk ny eier 3. juni 2024",
        "klynge/kongsberg-automotive-hydro-og-intek.md": "ikke funnet hvem som eier presseverket på Raufoss",
    },
}
"""Where real material misleads, and what the documents say about it."""

UNFOUNDED = (
    r"siva (ble|vart|blei) (grunnlagt|stiftet|skipa)",
    r"siva\b[^.]*\b1968",
    r"bagatellmessig|de minimis",
    r"300\s?000 euro",
    r"(50|43) millioner euro",
    r"færre enn 250 ansatte|fewer than 250|under 250 (ansatte|staff)",
    r"EDIH Nordic|Oceanopolis",
    r"\bLK20\b|\bTIF\b",
    r"opplæringslov",
    r"700 kroner (i timen|per time|timen)",
    r"Steertec",
    r"Gjøvikbanen|Nammo stadion|Raufoss Fotball",
    r"høyere yrkesfaglig",
    r"bærearm|control arm",
    r"Hydro Extrusions",
)
"""Claims that may be true, but that no source we have read confirms."""

PHONE = r"\+\s?47|\b0047|(?<![\d.,])(\d\d[ .]\d\d[ .]\d\d[ .]\d\d|\d{3}[ .]\d\d[ .]\d{3}|[2-9]\d{7})(?![\d.,]*\d)"


@pytest.fixture(scope="module")
def documents():
    """All documents by path, read as the index reads them."""
    found = scan(CORPUS)
    assert found.problems == ()
    with DocumentReader(Settings()) as reader:
        return {path: reader.read(CORPUS, path) for path in found.files}


@pytest.fixture(scope="module")
def maker():
    """scripts/make_corpus.py and its parser of sources."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        import make_corpus
        from corpus_maker import source
    finally:
        sys.path.remove(str(SCRIPTS))
    return make_corpus, source


def text_of(document):
    return "\n".join(page.text for page in document.pages)


def line_of(document):
    return " ".join(text_of(document).split())


def test_there_are_many_documents_in_all_formats_languages_and_kinds(documents):
    formats = Counter(PurePosixPath(path).suffix for path in documents)
    languages = Counter(document.properties.language for document in documents.values())
    assert len(documents) >= 120
    for suffix, least in {".md": 80, ".pdf": 15, ".docx": 8, ".html": 5, ".xlsx": 3, ".pptx": 2}.items():
        assert formats[suffix] >= least, suffix
    assert languages["nn"] >= 12
    assert languages["en"] >= 8
    assert {document.properties.kind for document in documents.values()} == KINDS


def test_every_document_says_what_it_is(documents):
    for path, document in documents.items():
        known = document.properties
        assert known.title, path
        assert known.owner, path
        assert known.date, path
        assert known.updated, path
        assert known.date <= known.updated, path
        assert known.kind == path.split("/")[0], path
        assert known.sources or known.example, path


def test_titles_are_unique(documents):
    titles = Counter(document.properties.title for document in documents.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_document_is_in_the_language_it_says(documents):
    said = {path: document.properties.language for path, document in documents.items()}
    assert said == {path: detect(text_of(document)) for path, document in documents.items()}


def test_documents_name_their_place_in_ascii(documents):
    assert [path for path in documents if not re.fullmatch(r"[a-z]+/[a-z0-9-]+\.[a-z]+", path)] == []


def test_the_audit_finds_only_age_and_the_two_head_counts_of_the_park(documents):
    remarks = audit(list(documents.values()), date(2026, 11, 23))
    others = [remark for remark in remarks if not re.match(r"har (opplysninger eldre|gått ut på dato)", remark.text)]
    assert {remark.path for remark in others} == {"klynge/klyngebrosjyre.pdf", "onboarding/parken-og-klyngen.md"}
    for remark in others:
        assert "3 000 ansatte" in remark.text
        assert "2 500 ansatte (2020 og 2023)" in remark.text


def test_nothing_was_odd_when_reading(documents):
    assert {path: document.warnings for path, document in documents.items() if document.warnings} == {}


def test_addresses_are_made_up_and_stand_in_examples_only(documents):
    for path, document in documents.items():
        addresses = re.findall(r"[\w.+-]+@[\w.-]*\w", text_of(document))
        assert all(address.endswith(".example") for address in addresses), path
        assert document.properties.example or not addresses, path


@pytest.mark.parametrize(
    ("text", "is_phone"),
    [
        ("Ring 61 15 20 00.", True),
        ("Ring 915 20 000.", True),
        ("Ring 61152000", True),
        ("+47 1", True),
        ("12 350 000 kroner", False),
        ("Samordna opptak 194 005, 4 750 000 kroner, 26.–28. april 2022", False),
    ],
)
def test_what_is_a_phone_number(text, is_phone):
    assert bool(re.search(PHONE, text)) is is_phone


def test_no_phone_numbers(documents):
    assert {
        path: found[0] for path, document in documents.items() if (found := re.search(PHONE, line_of(document)))
    } == {}


@pytest.mark.parametrize("claim", UNFOUNDED)
def test_unfounded_claims_are_absent(documents, claim):
    assert [path for path, document in documents.items() if re.search(claim, line_of(document), re.I)] == []


@pytest.mark.parametrize("trap", TRAPS)
def test_the_traps_of_real_material_are_there(documents, trap):
    for path, telling in TRAPS[trap].items():
        assert telling in line_of(documents[path]), path


def words(text):
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower()))


def said(source):
    """Everything that a source says: title, headings, paragraphs, list items, captions and cells."""
    yield source.title
    for block in (*source.lead, *source.blocks):
        if hasattr(block, "items"):
            yield from (item.text for item in block.items)
        elif hasattr(block, "rows"):
            yield from (block.caption, *block.header, *(cell for row in block.rows for cell in row))
        else:
            yield block.text


@pytest.mark.parametrize("name", sorted(path.relative_to(SOURCES).as_posix() for path in SOURCES.glob("*/*.md")))
def test_no_word_is_lost_on_the_way_from_source_to_document(documents, maker, name):
    source = maker[1].read(SOURCES / name, SOURCES)
    wanted = words("\n".join(said(source)))
    lost = wanted - words(text_of(documents[source.output]))
    # A workbook has no place for its title, which may be longer than what a sheet can be called.
    least = 0.97 if source.output.endswith(".xlsx") else 0.99
    assert 1 - lost.total() / wanted.total() >= least, lost


def test_the_made_documents_are_what_their_sources_make(maker, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["make_corpus.py", "--check"])
    assert maker[0].main() == 0, capsys.readouterr().err


def test_every_document_that_is_not_markdown_has_a_source(documents, maker):
    made = {maker[1].read(path, SOURCES).output for path in SOURCES.glob("*/*.md")}
    assert {path for path in documents if not path.endswith(".md")} == made
