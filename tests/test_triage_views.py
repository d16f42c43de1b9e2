import csv
import io
import json
import time
from dataclasses import replace

import pytest

from raufoss_assistant.evaluation.triage import cases
from raufoss_assistant.evaluation.triage_views import as_csv, as_json, as_lines, table, whole
from test_triage import ENTRY, INDEXED, TODAY, UP, down

(CASE,) = cases([ENTRY], INDEXED, TODAY)


@pytest.fixture(autouse=True)
def oslo(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_table_has_a_line_each_and_keeps_to_the_width():
    lines = table(cases([ENTRY, replace(UP, id=12)], INDEXED, TODAY), 200).splitlines()
    assert lines == [
        "Nr.  Dato          Vurdering   Viktighet  Tilstand  Årsak           Spørsmål",
        "7    25.11. 04.15  tommel ned  høy        ny        utdatert kilde  Hvor stor er Læringsfabrikken?",
        "12   25.11. 04.15  tommel opp  lav        ny                        Hvor stor er Læringsfabrikken?",
    ]
    assert {len(line) <= 80 for line in table([CASE], 80).splitlines()} == {True}
    assert table([CASE], 80).endswith("…")


def test_a_case_is_shown_whole():
    text = whole(CASE)
    assert text.startswith("Tilbakemelding 7: tommel ned 25. november 2026 kl. 04.15\nTilstand: ny\n")
    for part in (
        "Viktighet: høy (forslag)",
        "Årsak: utdatert kilde (forslag)",
        "Grunner: Svaret er feil; Gammelt eller utdatert",
        "Riktig svar, sier brukeren: 1 800 kvadratmeter",
        "Brukeren: Hva er Læringsfabrikken?",
        "Søkte etter: Læringsfabrikken Hvor stor er Læringsfabrikken?",
        "Svar (svarte, sikkerhet 0,90):\nDen er 1 500 kvadratmeter stor. [1]",
        "[1] klynge/laeringsfabrikken.md, side 2\n    «Læringsfabrikken er 1 500 kvadratmeter stor.»",
        "Indeks 20261125-041500-0a1b2c3d, modell e5-small",
    ):
        assert part in text
    (marked,) = cases([replace(ENTRY, importance="lav", cause="skrivefeil", note="rettet")], INDEXED, TODAY)
    assert "Viktighet: lav\nÅrsak: skrivefeil\nMerknad: rettet" in whole(marked)


def test_json_tells_what_staff_said_from_what_is_suggested():
    value = json.loads(as_json(CASE))
    assert (value["id"], value["rating"], value["reasons"]) == (7, "down", ["wrong", "outdated"])
    assert (value["importance"], value["cause"]) == (None, None)
    assert value["suggested"] == {"importance": "høy", "cause": "utdatert kilde"}
    assert value["time"] == "2026-11-25T03:15:00+00:00"
    assert value["citations"][0]["document"] == "klynge/laeringsfabrikken.md"
    assert json.loads(as_json([CASE, CASE])) == [value, value]
    assert [json.loads(line) for line in as_lines([CASE, CASE]).decode().splitlines()] == [value, value]


@pytest.mark.parametrize(
    "formula", ['=HYPERLINK("http://evil.example";"x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"]
)
def test_no_cell_of_the_spreadsheet_is_run_as_a_formula(formula):
    found = cases([down("wrong", comment=formula, expected=formula)], {}, TODAY)
    text = as_csv(found).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert (row[head.index("Hva er galt")], row[head.index("Riktig svar")]) == (f"'{formula}", f"'{formula}")
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


def test_the_spreadsheet_opens_in_a_norwegian_excel():
    data = as_csv([CASE])
    assert data.startswith("\ufeffNr.;Tid (UTC);Vurdering;Grunner;".encode())
    assert "Svaret er feil; Gammelt eller utdatert" in data.decode()
