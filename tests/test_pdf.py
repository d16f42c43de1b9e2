import io
from pathlib import Path

import pypdf
import pytest
import typst

from raufoss_assistant.documents.extract import Extract, Limits
from raufoss_assistant.documents.pdf import read
from raufoss_assistant.errors import DocumentError

CORPUS = Path(__file__).parent.parent / "corpus"
FIRST = "Katapulten hjelper små og mellomstore bedrifter med å prøve ut ny produksjonsteknologi før de investerer."
SECOND = "Produksjonsteknologimiljøer, automatiseringsleverandører og materialteknologiforskere møtes i industriparken."
LEAD = "Katalogen har 22 tjenester. Tabellen gir oversikten, og hver tjeneste har en egen tekst etterpå."
HEADER = (
    '#set page(header: [Industriparken], footer: context [Side #counter(page).display() av 3])\n#set text(lang: "nb")\n'
)


def pdf(source: str) -> bytes:
    return typst.compile(source.encode())


def parts(extract: Extract, number: int = 1) -> list[tuple[str, int, str]]:
    page = extract.pages[number - 1]
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def test_headings_paragraphs_and_lists():
    extract = read(
        pdf(f"= Katapult\n{FIRST}\n\n{SECOND}\n== Slik gjør du\n- ring\n- møt opp\n\n1. en\n2. to"), Limits()
    )
    assert parts(extract) == [
        ("heading", 1, "Katapult"),
        ("paragraph", 0, FIRST),
        ("paragraph", 0, SECOND),
        ("heading", 2, "Slik gjør du"),
        ("list", 0, "• ring\n• møt opp\n1. en\n2. to"),
    ]
    assert extract.title == "Katapult"
    assert [page.number for page in extract.pages] == [1]


def larger(text: str, weight: str = "regular") -> list[tuple[str, str]]:
    """Kinds and texts of a page with a title, something in between in larger type, and text."""
    source = f'= Katapult\n#text(size: 13pt, weight: "{weight}")[{text}]\n\n{FIRST}\n\n{SECOND}'
    kinds = [(kind, text) for kind, _, text in parts(read(pdf(source), Limits()))]
    assert kinds[0] == ("heading", "Katapult")
    assert kinds[2:] == [("paragraph", FIRST), ("paragraph", SECOND)]
    return kinds[1:2]


@pytest.mark.parametrize(
    ("lead", "weight"),
    [
        (LEAD, "regular"),
        (LEAD, "bold"),
        ("Katalogen har 22 tjenester. Tabellen gir oversikten.", "regular"),
        ("Hvert tall i rapporten står med året det gjelder for.", "regular"),
        ("Her er tjenester, utstyr, priser m.m. Målgruppa er bedrifter, gründere osv.", "regular"),
    ],
)
def test_an_introduction_in_larger_type_is_no_heading(lead, weight):
    assert larger(lead, weight) == [("paragraph", lead)]


@pytest.mark.parametrize(
    ("heading", "weight"),
    [
        ("Støtte til små og mellomstore bedrifter som vil prøve ny teknologi", "regular"),
        ("Prøv først. Invester etterpå.", "regular"),
        ("Hva er en katapult? Og hvem er den egentlig til for?", "regular"),
        ("Vi gjør det enklere å prøve ut ny teknologi.", "bold"),
        ("Krav til universell utforming av bygg, anlegg, uteareal mv.", "regular"),
    ],
)
def test_a_heading_in_larger_type_may_end_in_a_full_stop(heading, weight):
    assert larger(heading, weight) == [("heading", heading)]


def test_the_catalogue_of_services_is_introduced_by_a_paragraph():
    page = parts(read((CORPUS / "katapult/tjenestekatalog.pdf").read_bytes(), Limits()))
    assert [text for kind, _, text in page if kind == "heading"] == ["Eksempeldata", "Tjenestekatalog (eksempeldata)"]
    assert any(kind == "paragraph" and text.startswith("Katalogen har 22 tjenester.") for kind, _, text in page)


def test_words_divided_at_line_ends_are_whole():
    narrow = '#set page(width: 6cm)\n#set text(lang: "nb", hyphenate: true)\n#set par(justify: true)\n'
    assert parts(read(pdf(f"{narrow}{FIRST}\n\n{SECOND}"), Limits())) == [
        ("paragraph", 0, FIRST),
        ("paragraph", 0, SECOND),
    ]


def test_columns_are_not_mixed():
    text = f"#set page(columns: 2, height: 12cm)\n{FIRST}\n\n#colbreak()\n{SECOND}"
    assert [text for _, _, text in parts(read(pdf(text), Limits()))] == [FIRST, SECOND]


def test_a_sentence_goes_on_in_the_next_column():
    text = f"#set page(columns: 2, width: 16cm, height: 4.4cm, margin: 1cm)\n{FIRST} {SECOND}"
    assert parts(read(pdf(text), Limits())) == [("paragraph", 0, f"{FIRST} {SECOND}")]


def test_running_headers_and_page_numbers_are_left_out():
    extract = read(pdf(HEADER + "\n#pagebreak()\n".join(f"= Del {n}\n{FIRST}" for n in "ABC")), Limits())
    assert [page.text for page in extract.pages] == [f"Del {n}\n\n{FIRST}" for n in "ABC"]


def test_the_same_sentence_below_different_headings_is_kept():
    extract = read(
        pdf("#set page(height: 5cm)\n" + "\n#pagebreak()\n".join(f"= Kurs {n}\nVarer i to dager." for n in "ABC")),
        Limits(),
    )
    assert [page.text for page in extract.pages] == [f"Kurs {n}\n\nVarer i to dager." for n in "ABC"]


def test_table_of_contents_is_left_out():
    extract = read(pdf(f"#outline(title: [Innhold])\n= Kurs\n{FIRST}\n== Lean\n{SECOND}"), Limits())
    assert extract.pages[0].text == f"Innhold\n\nKurs\n\n{FIRST}\n\nLean\n\n{SECOND}"


def test_what_stands_on_one_page_only_is_kept():
    extract = read(pdf(f"Innledning\n\n{FIRST}\n#pagebreak()\nAvslutning\n\n{SECOND}"), Limits())
    assert [parts(extract, n)[0][2] for n in (1, 2)] == ["Innledning", "Avslutning"]


def test_table():
    cells = "[*Kurs*], [*Pris*], [Lean], [4 000 kr], [CNC-maskinering for nye operatører], [12 500 kr]"
    extract = read(pdf(f"{FIRST}\n#table(columns: (4cm, 4cm), {cells})\n{SECOND}"), Limits())
    assert parts(extract) == [
        ("paragraph", 0, FIRST),
        ("table", 0, "Kurs | Pris\nLean | 4\u00a0000 kr\nCNC-maskinering for nye operatører | 12\u00a0500 kr"),
        ("paragraph", 0, SECOND),
    ]
    assert extract.pages[0].blocks[1].header == "Kurs | Pris"


def test_dates_at_line_starts_begin_no_list():
    text = f"{FIRST} Avtalen ble inngått den \\\n6. februar 2024 og gjelder til \\\n1. januar 2027."
    assert len(parts(read(pdf(text), Limits()))) == 1


def test_rotated_page_reads_the_same():
    source = f"#set page(flipped: true)\n= Katapult\n{FIRST}"
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(source))))
    page = writer.pages[0]
    page.add_transformation(pypdf.Transformation().rotate(90).translate(tx=page.mediabox.height))
    buffer = io.BytesIO()
    writer.write(buffer)
    assert parts(read(buffer.getvalue(), Limits())) == [("heading", 1, "Katapult"), ("paragraph", 0, FIRST)]


def encrypted(password: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf(FIRST))))
    writer.encrypt(password, "eier", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_locked_against_printing_only(algorithm):
    assert read(encrypted("", algorithm), Limits()).pages[0].text == FIRST


def test_needs_a_password():
    with pytest.raises(DocumentError, match="PDF-en er passordbeskyttet"):
        read(encrypted("hemmelig", "AES-256"), Limits())


def test_scanned():
    with pytest.raises(DocumentError, match=r"ingen tekst funnet \(skannet\?\)"):
        read(pdf("#rect(width: 5cm, height: 5cm, fill: black)"), Limits())


def test_one_page_without_text_warns():
    extract = read(pdf(f"{FIRST}\n#pagebreak()\n#rect(width: 5cm)\n#pagebreak()\n{SECOND}"), Limits())
    assert extract.warnings == ("side 2: ingen tekst funnet (skannet?)",)
    assert [page.quality for page in extract.pages] == [1.0, 0.0, 1.0]


def test_too_many_pages():
    with pytest.raises(DocumentError, match="PDF-en har 3 sider; grensen er 2"):
        read(pdf("a\n#pagebreak()\nb\n#pagebreak()\nc"), Limits(pages=2))


def test_own_title_where_no_heading():
    assert read(pdf(f'#set document(title: "Om katapulten")\n{FIRST}'), Limits()).title == "Om katapulten"
