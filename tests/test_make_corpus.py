"""The documents that scripts/make_corpus.py makes hold every word of their sources and are the same each time."""

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfReader

SCRIPT = Path(__file__).parents[1] / "scripts" / "make_corpus.py"
META = {
    "title": "Prøveproduksjon på Raufoss",
    "kind": "katapult",
    "owner": "Klyngerådgiver",
    "date": "2024-02-06",
    "updated": "2026-11-23",
    "language": "nb",
    "sources": ["https://example.org/kilde"],
}
BODY = """# Prøveproduksjon på Raufoss

Denne brosjyren forklarer hvordan en industribedrift kommer fra tegning til førsteserie uten å kjøpe utstyret først.

## Forutsetninger

Kvalifiseringsprosjekter med produksjonsteknologi, lettvektsmaterialer og automatiseringsløsninger tar ofte lengre tid
enn bedriftsledelsen tror. Omstillingsprogrammene forutsetter dokumentasjon, kvalitetssikring og kompetanseutvikling.

6. februar 2024 åpnet påmeldingen.

- 3D-printing av prøvedeler
  - i aluminium
  - i plast
- måling med «optisk» skanner

1. Ta kontakt.
2. Send tegninger til raadgiver@klyngen.example.

## Kostnader

Tabell 1: Kostnader per år

| Post | Beløp | Merknad | Ansvarlig |
| --- | --- | --- | --- |
| Materialprøving | 4 000 | inntil 19 prosent dekkes | Kompetanserådgiver |
| Førsteartikkelkontroll | 12 500 | etter avtale & tilbud | Klyngerådgiver |

### Fordeling

| Post | Andel |
| --- | --- |
| Maskintid | 55,5 |
| Arbeidstid | 30 |
| Reise | 14,5 |
"""


def write(root, name, body=BODY, **changes):
    meta = {key: value for key, value in {**META, **changes}.items() if value is not None}
    path = root / "sources" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    front = re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", yaml.safe_dump(meta, allow_unicode=True))
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def run(root, *arguments, corpus="corpus"):
    command = [sys.executable, SCRIPT, "--sources", root / "sources", "--corpus", root / corpus, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def words(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())


def recall(text, body=BODY):
    """Share of the source's words in the text; a word hyphenated at a line's end counts rejoined or as it stands."""
    text = text.replace("\u00ad", "-")
    joined = re.sub(r"(\w)-\s*\n\s*(\w)", r"\1\2", text)
    body = re.sub(
        r"^\|[-| ]+\|$|^\d\. (?=[A-Z])", "", body, flags=re.M
    )  # rules of tables and numbers of lists are no words
    wanted = Counter(words(body))
    found = Counter(words(text)) | Counter(words(joined))
    return 1 - sum((wanted - found).values()) / sum(wanted.values())


def text_of(data, suffix):
    stream = BytesIO(data)
    if suffix == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(stream).pages)
    if suffix == "docx":
        content = docx.Document(stream).iter_inner_content()
        return "\n".join(part.text if hasattr(part, "text") else _cells(part) for part in content)
    if suffix == "pptx":
        shapes = [shape for slide in pptx.Presentation(stream).slides for shape in slide.shapes]
        return "\n".join(_cells(shape.table) if shape.has_table else shape.text_frame.text for shape in shapes)
    return BeautifulSoup(data, "lxml").get_text("\n")


def _cells(table):
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A document of every kind, made twice."""
    root = tmp_path_factory.mktemp("maker")
    for layout in ("brochure", "catalogue", "report", "notice"):
        write(root, f"katapult/{layout}", format="pdf", layout=layout)
    write(root, "katapult/eksempel", format="pdf", layout="brochure", eksempel=True, sources=None)
    write(root, "katapult/brev", format="docx")
    write(root, "katapult/side", format="html")
    write(root, "katapult/gammel", format="html", encoding="windows-1252")
    write(root, "katapult/lysbilder", format="pptx")
    write(root, "katapult/regneark", format="xlsx")
    for corpus in ("corpus", "again"):
        result = run(root, corpus=corpus)
        assert result.returncode == 0, result.stderr
    return root


@pytest.mark.parametrize("name", ["brochure.pdf", "catalogue.pdf", "report.pdf", "notice.pdf", "brev.docx"])
def test_every_word_of_the_source_can_be_read_back(made, name):
    data = (made / "corpus/katapult" / name).read_bytes()
    assert recall(text_of(data, name.split(".")[1])) >= 0.99


@pytest.mark.parametrize("name", ["side.html", "gammel.html", "lysbilder.pptx"])
def test_web_pages_and_slides_lose_no_word(made, name):
    assert recall(text_of((made / "corpus/katapult" / name).read_bytes(), name.split(".")[1])) >= 0.99


def test_recall_can_fail():
    assert recall(BODY.replace("Materialprøving", "")) < 1


def test_the_same_bytes_each_time(made):
    files = sorted(path for path in (made / "corpus").rglob("*") if path.is_file())
    assert len(files) == 20
    for path in files:
        assert path.read_bytes() == (made / "again" / path.relative_to(made / "corpus")).read_bytes(), path.name


def test_pdf_carries_its_metadata_and_page_furniture(made):
    reader = PdfReader(made / "corpus/katapult/report.pdf")
    assert (reader.metadata.title, reader.metadata.author) == (META["title"], META["owner"])
    assert reader.metadata.creation_date.date().isoformat() == META["updated"]
    last = reader.pages[-1].extract_text()
    assert "Klyngerådgiver, 6. februar 2024" in last
    assert re.search(rf"Side {len(reader.pages)} av {len(reader.pages)}", last)


def test_only_examples_are_marked_as_such(made):
    assert "Eksempeldata" in text_of((made / "corpus/katapult/eksempel.pdf").read_bytes(), "pdf")
    assert "Eksempeldata" not in text_of((made / "corpus/katapult/brochure.pdf").read_bytes(), "pdf")


def test_brochure_reads_down_the_left_column_first(made):
    text = text_of((made / "corpus/katapult/brochure.pdf").read_bytes(), "pdf")
    places = [text.index(part) for part in ("Forutsetninger", "Ta kontakt", "Kostnader", "Fordeling", "Reise")]
    assert places == sorted(places)


def test_word_document_has_structure(made):
    document = docx.Document(made / "corpus/katapult/brev.docx")
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "List Bullet 2", "List Number", "Caption"} <= styles
    assert "6. februar 2024 åpnet påmeldingen." in [paragraph.text for paragraph in document.paragraphs]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Post", "Beløp", "Merknad", "Ansvarlig"]


def test_web_page_is_in_the_encoding_it_declares(made):
    page = (made / "corpus/katapult/gammel.html").read_bytes()
    assert b'charset="windows-1252"' in page
    soup = BeautifulSoup(page.decode("windows-1252"), "lxml")
    assert soup.main.h1.text == META["title"]
    assert "«optisk»" in soup.main.text
    assert "Sist oppdatert: 23. november 2026" in soup.footer.text


def test_presentation_has_a_slide_per_section(made):
    titles = [slide.shapes.title.text for slide in pptx.Presentation(made / "corpus/katapult/lysbilder.pptx").slides]
    assert titles == [META["title"], "Forutsetninger", "Kostnader"]


def test_workbook_holds_numbers_as_numbers(made):
    workbook = openpyxl.load_workbook(made / "corpus/katapult/regneark.xlsx")
    assert workbook.sheetnames == ["Om dokumentet", "Forutsetninger", "Kostnader"]
    sheet = workbook["Kostnader"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[2]][:2] == ["Materialprøving", 4000]
    assert 55.5 in [cell.value for cell in sheet["B"]]


def test_sidecar_holds_what_is_known_about_the_document(made):
    text = (made / "corpus/katapult/report.pdf.yaml").read_text(encoding="utf-8")
    assert list(yaml.safe_load(text)) == ["title", "kind", "owner", "date", "updated", "language", "sources"]
    assert "title: Prøveproduksjon på Raufoss\n" in text


def test_check_finds_what_differs(tmp_path):
    write(tmp_path, "katapult/brev", format="docx")
    assert run(tmp_path, "--check").returncode == 1
    assert run(tmp_path).returncode == 0
    assert run(tmp_path, "--check").returncode == 0
    write(tmp_path, "katapult/brev", format="docx", body=BODY.replace("plast", "stål"))
    result = run(tmp_path, "--check")
    assert (result.returncode, "brev.docx" in result.stderr, "brev.docx.yaml" in result.stderr) == (1, True, False)


BAD = {
    "owner: missing": {"owner": None},
    "date: 'i fjor' is not of type date": {"date": "i fjor"},
    "language: 'sv' is none of nb, nn, en": {"language": "sv"},
    "kind: 'kurs' is not the folder, 'katapult'": {"kind": "kurs"},
    "farge: unknown key": {"farge": "blå"},
    "layout: is for pdf, and pdf only": {"layout": "report"},
    "sources: missing": {"sources": None},
    "blockquote is not plain Markdown, line 3 of the body": {"body": "# A\n\n> sitat\n"},
    "more than one level 1 heading, or one that is not first": {"body": "# A\n\n# B\n"},
    "layout: too long for a notice of one page": {"format": "pdf", "layout": "notice", "body": BODY + "\nMye.\n" * 99},
    "## Kurs/studier: cannot be the name of a sheet": {"format": "xlsx", "body": "## Kurs/studier\n"},
}


def test_bad_sources_are_errors_that_name_file_and_key_and_the_others_are_made(tmp_path):
    for number, changes in enumerate(BAD.values()):
        write(tmp_path, f"katapult/brev-{number:02}", **{"format": "docx", **changes})
    write(tmp_path, "katapult/god", format="docx")
    result = run(tmp_path)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == len(BAD)
    for number, (line, message) in enumerate(zip(lines, BAD, strict=True)):
        assert line.startswith(f"katapult/brev-{number:02}.md: {message}")
    assert {path.name for path in (tmp_path / "corpus/katapult").iterdir()} == {"god.docx", "god.docx.yaml"}


def test_a_name_without_a_source_is_an_error(tmp_path):
    result = run(tmp_path, "kurs/mangler")
    assert (result.returncode, result.stderr) == (1, "kurs/mangler.md: no such source\n")
