from datetime import date

from raufoss_assistant.model import Document, FileReport, IndexReport, Page, Properties
from raufoss_assistant.web.staff import documents_view as view
from raufoss_assistant.web.staff.holdings import Holding
from raufoss_assistant.web.staff.intake import Received

EVIL = "<img src=x onerror=alert(1)>\n\n# *x*"
KNOWN = Properties(EVIL, "kurs", owner=EVIL, date=date(2024, 2, 6), language="nn", example=True)
HELD = Holding("kurs/a b&c.pdf", "kan ikke leses", KNOWN, 1, 12, (EVIL,))
DOCUMENT = Document("x", "", KNOWN, (Page(1, f"Først\n\n{EVIL}"), Page(2, "")), (EVIL,))


def test_all_that_is_shown_is_escaped_and_on_one_line(tmp_path):
    shown = [
        view.table([HELD], 1, "boks"),
        view.head(HELD),
        view.text(DOCUMENT),
        view.waiting([Received(tmp_path, EVIL, DOCUMENT)], [(EVIL, EVIL)]),
        view.report(IndexReport((FileReport(EVIL, "failed", 0, 0, EVIL),), 0, 0, 1.25)),
        view.note(EVIL) + view.done(EVIL) + view.wrong(EVIL),
    ]
    for html in shown:
        assert "<img" not in html and "&lt;img" in html
        assert "\n\n" not in html


def test_a_row_has_what_staff_ask_for():
    row = view.table([HELD], 3, "boks")
    for part in (
        "1 av 3 dokumenter",
        'href="#valg:boks:kurs%2Fa%20b%26c.pdf"',
        "Kan ikke leses",
        "6. februar 2024",
        "nynorsk",
        "Eksempeldata",
        '1<span class="enhet"> side</span>',
        '12<span class="enhet"> utdrag</span>',
    ):
        assert part in row


def test_what_is_not_indexed_has_no_facts():
    row = view.table([Holding("ny.md", "ny")], 1, "boks")
    assert "1 dokument<" in row and ">ny.md</a>" in row and "ukjent" in row
    assert "ikke i indeksen ennå" in view.head(Holding("ny.md", "ny"))
    assert "når dokumentet er indeksert" in view.text(None)


def test_an_empty_table_says_why():
    assert "Ingen dokumenter ennå" in view.table([], 0, "boks")
    assert "passer til filteret" in view.table([], 5, "boks")


def test_a_long_text_is_cut_and_that_is_told():
    long = Document("x", "", KNOWN, (Page(None, "x" * 40_000),))
    assert "Bare de første 30\u202f000 tegnene vises." in view.text(long)
    assert view.text(long).count("x" * 30_000) == 1 and "x" * 30_001 not in view.text(long)
    assert "Side 1" in view.text(DOCUMENT) and "(ingen tekst på siden)" in view.text(DOCUMENT)


def test_a_report_counts_in_norwegian():
    files = [FileReport(f"{n}", "added", 1, 1) for n in range(2)] + [FileReport("x", "deleted", 0, 0)]
    assert "på 1,2 sekunder: 2 nye, 1 fjernet." in view.report(IndexReport(tuple(files), 3, 3, 1.21))
    assert "ingen endringer." in view.report(IndexReport((), 3, 0, 0.5))
