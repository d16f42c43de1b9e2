import io
import zipfile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from raufoss_assistant.documents.extract import Extract, Limits
from raufoss_assistant.documents.word import read


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def parts(extract: Extract) -> list[tuple[str, int, str]]:
    (page,) = extract.pages
    return [(block.kind, block.level, page.text[block.start : block.end]) for block in page.blocks]


def test_everything_in_the_order_it_stands():
    document = docx.Document()
    document.add_heading("Kurs i lean", 1)
    document.add_paragraph("Første avsnitt\nmed linjeskift.")
    document.add_paragraph("ett", style="List Bullet")
    document.add_paragraph("to", style="List Bullet")
    document.add_paragraph("Så gjør du:")
    document.add_paragraph("meld deg på", style="List Number")
    document.add_paragraph("møt opp", style="List Number")
    table = document.add_table(2, 2)
    for n, text in enumerate(["Kurs", "Pris", "Lean\nkort", "4000"]):
        table.cell(n // 2, n % 2).text = text
    document.add_heading("Etterpå", 2)
    document.add_paragraph("Slutt.")
    extract = read(saved(document), Limits())
    assert parts(extract) == [
        ("heading", 1, "Kurs i lean"),
        ("paragraph", 0, "Første avsnitt med linjeskift."),
        ("list", 0, "- ett\n- to"),
        ("paragraph", 0, "Så gjør du:"),
        ("list", 0, "1. meld deg på\n2. møt opp"),
        ("table", 0, "Kurs | Pris\nLean kort | 4000"),
        ("heading", 2, "Etterpå"),
        ("paragraph", 0, "Slutt."),
    ]
    assert extract.pages[0].blocks[5].header == "Kurs | Pris"
    assert extract.title == "Kurs i lean"


def test_norwegian_style_names_and_styles_based_on_headings():
    document = docx.Document()
    for name in ("Overskrift 2", "Vårt kapittel", "Tittel"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.styles["Vårt kapittel"].base_style = document.styles["Heading 1"]
    document.add_paragraph("Bok", style="Tittel")
    document.add_paragraph("Kapittel", style="Vårt kapittel")
    document.add_paragraph("Del", style="Overskrift 2")
    assert [(kind, level) for kind, level, _ in parts(read(saved(document), Limits()))] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 2),
    ]


def test_controls_and_insertions_are_read_deletions_and_hidden_text_are_not():
    document = docx.Document()
    body = document.element.body
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    for xml in (
        f"<w:sdt {nsdecls('w')}><w:sdtContent>{text.format('i et felt')}</w:sdtContent></w:sdt>",
        f"<w:p {nsdecls('w')}><w:ins w:id='1'><w:r><w:t>satt inn</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>strøket</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r></w:p>",
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{text.format('innhold')}</w:sdtContent></w:sdt>",
    ):
        body.insert(len(body) - 1, parse_xml(xml))
    assert parts(read(saved(document), Limits())) == [("paragraph", 0, "i et felt"), ("paragraph", 0, "satt inn")]


def test_merged_cells_are_not_repeated():
    document = docx.Document()
    table = document.add_table(2, 3)
    for n in range(6):
        table.cell(n // 3, n % 3).text = str(n)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "begge"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "bred"
    assert read(saved(document), Limits()).pages[0].text == "begge | bred\n | 4 | 5"


def test_title_from_properties_unless_made_up():
    document = docx.Document()
    document.add_paragraph("Bare tekst.")
    document.core_properties.title = "Håndbok"
    assert read(saved(document), Limits()).title == "Håndbok"
    document.core_properties.title = "Dokument1"
    assert read(saved(document), Limits()).title is None


def test_external_entities_are_not_fetched(tmp_path):
    (tmp_path / "hemmelig.txt").write_text("passordet")
    document = docx.Document()
    document.add_paragraph("Åpen XX")
    source, target = zipfile.ZipFile(io.BytesIO(saved(document))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{(tmp_path / "hemmelig.txt").as_uri()}">]>'.encode()
                content = content.replace(b"?>", b"?>" + entity, 1).replace(b"XX", b"&x;")
            packed.writestr(name, content)
    text = read(target.getvalue(), Limits()).pages[0].text
    assert "Åpen" in text
    assert "passordet" not in text
