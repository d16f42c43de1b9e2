import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.norwegian.sentences import ends_abbreviated, sentences

WORDS = "Kurset koster ca. 4 mill. kr. 6. februar f.eks. A. B. Hansen § « .» ! … ... ? ( .) • Æ ø".split()  # noqa: SIM905
PIECES = st.sampled_from([*WORDS, " ", " ", "\n", "\n\n", "- ", "| ", " | ", "1. ", "\u00a0", "\t", "\x1c", "\r"])


def split(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Det gjelder f.eks. NTNU og bl.a. SINTEF.",
        "Det gjelder f. eks. NTNU og bl. a. SINTEF.",
        "Møtet er kl. 10.30 i rom nr. 4.",
        "Vi møtes 6. februar.",
        "Den åpnet 2. september 2020 i Raufoss.",
        "Den åpnet 17. Mai og varte til 2. 3. 2024.",
        "De tok 1. plass i Norge.",
        "Støtten er 4,5 mill. kroner, dvs. 4.500.000 kr.",
        "A. B. Hansen og dr. Kari Ås leder den, jf. kap. IV.",
        "Dette er bl.a. kurs, rådgivning osv. som bedriftene får.",
        "Prisen er 12 mill. 500 tusen ca. NOK ekskl. MVA.",
        "Skriv til tlf. 61 15 00 00.",
        "Kommer du? spurte han.",
        "«Kommer du?» spurte han.",
        "Se raufoss.no/kurs.html og versjon 2.0.",
        "Hun er født ... et sted.",
        "St. Olavs hospital er ikke med.",
    ],
)
def test_one_sentence(whole):
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    "parts",
    [
        ["Det er et kurs.", "Det koster 4 mill. kr.", "Meld deg på!", "Når?", "Nå…", "Ja."],
        ["Vi tilbyr kurs, rådgivning osv.", "Alle kan delta."],
        ["Det åpnet i 2024.", "15 bedrifter er med.", "Antallet er 4.", "Det øker."],
        ["Han sa «ja.»", "Hun sa nei."],
        ["(Se vedlegg 2.)", "Deretter søker du."],
        ["Vi har vedtatt det etter § 4.", "Departementet kan gi forskrift."],
        ["Han leder Raufoss AS.", "Det er bra."],
        ["Det tok tid...", "Så kom svaret."],
        ["Er det sant?!", "«Ja», sa hun."],
        ["Det kostar 5 mrd.", "Det er mykje."],
        ["Slutt.", "1 av 3 er med.", "– Det er bra, sier hun."],
    ],
)
def test_several_sentences(parts):
    assert split(" ".join(parts)) == parts
    assert split("\n".join(parts)) == parts


def test_a_wrapped_paragraph_is_read_across_its_lines():
    assert split("Klyngen ble startet\n6. februar av NTNU og\nSINTEF. Den\ner stor.") == [
        "Klyngen ble startet\n6. februar av NTNU og\nSINTEF.",
        "Den\ner stor.",
    ]


def test_a_blank_line_always_ends():
    assert split("Overskrift uten punktum\n\nog så videre\n \nslutt") == [
        "Overskrift uten punktum",
        "og så videre",
        "slutt",
    ]


def test_lists_and_tables_end_at_their_lines():
    text = "Dette trenger du:\n- en plan\n- et budsjett. Det må være godkjent.\n  Av styret\n1. Send søknad\nTakk\n"
    assert split(text) == [
        "Dette trenger du:",
        "- en plan",
        "- et budsjett.",
        "Det må være godkjent.",
        "Av styret",
        "1. Send søknad",
        "Takk",
    ]
    assert split("Kurs | Pris\nLean. Trinn 1 | 4 000 kr\n| a | b |\nSlutt") == [
        "Kurs | Pris",
        "Lean. Trinn 1 | 4 000 kr",
        "| a | b |",
        "Slutt",
    ]


@pytest.mark.parametrize(
    "marker", ["-", "–", "•", "*", "1.", "2)", "(3)", "a)", "1.2.", "4.1.1", "4.1.1.b", "§ 4.", "##"]
)
def test_every_kind_of_item_begins_a_sentence(marker):
    assert split(f"Først\n{marker} Punkt én\n{marker} Punkt to") == [
        "Først",
        f"{marker} Punkt én",
        f"{marker} Punkt to",
    ]


def test_a_wrapped_item_stays_whole():
    assert split("• Støtte til små\nog mellomstore\n• Annet") == ["• Støtte til små\nog mellomstore", "• Annet"]


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_spans_are_ordered_apart_trimmed_and_cover_everything(text):
    spans = sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "piece", [".", ". ", ".»", "«", "a", "A. ", "ca. ", " ", "\n", "1.", "- ", "| ", '. "', "(", "§ "]
)
def test_time_grows_in_step_with_the_text(piece):
    started = time.perf_counter()
    sentences(piece * 100_000)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("text", ["Krav til bygg, anlegg mv.", "Tjenester, utstyr m.m.", "Kurs OSV.", "etc."])
def test_ends_in_an_abbreviation(text):
    assert ends_abbreviated(text)


@pytest.mark.parametrize("text", ["", ".", "Prisen er fast.", "Krav til bygg mv", "Den kom i 2025.", "Se f.eks. her."])
def test_does_not_end_in_an_abbreviation(text):
    assert not ends_abbreviated(text)
