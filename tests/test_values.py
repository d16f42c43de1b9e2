from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.catalogue.values import parse, passed, spans
from raufoss_assistant.model import Value

KINDS = ["trl", "money", "duration", "employees", "credits", "share", "deadline", "years", "words", ""]
VALUES = {
    "trl": {
        "TRL 4–7. Delene må finnes.": (4, 7),
        "TRL 6": (6, 6),
        "TRL 4 til 7": (4, 7),
        "5–7, unntaksvis 4 og 8": (5, 7, "4", "8"),
        "TRL 5–9, i inntil 12 uker": (5, 9),
    },
    "money": {
        "Fra 25 000 kroner. Spesiallagde gripere kommer i tillegg.": (25_000, None, "from"),
        "25 000–75 000 kr": (25_000, 75_000),
        "5.000,-": (5_000, 5_000),
        "fem tusen kroner": (5_000, 5_000),
        "5–7 millioner kroner": (5_000_000, 7_000_000),
        "Inntil 0,5 mill. kr": (None, 500_000, "upto"),
        "maksimalt 30 000 NOK": (None, 30_000, "upto"),
        "For 3 deler: minst 6 000 kroner": (6_000, None, "from"),
        "Gratis for medlemmer": (0, 0),
        "Kostnadsgrunnlag på høyst 25 mill. kr; høyst 4,75 mill. kr i støtte": (None, 4_750_000, "upto"),
    },
    "duration": {
        "3–10 dager, etter at delen er kommet": (3, 10),
        "en halv dag": (0.5, 0.5),
        "2–4 uker, fra vi har fått 50 deler": (14, 28),
        "to til tre veker": (14, 21),
        "6 månader": (180, 180),
        "halvannet år": (547.5, 547.5),
        "I alt 40 timer over 2 weeks": (14, 14),
    },
    "employees": {
        "Små bedrifter med 5–50 ansatte som plukker for hånd": (5, 50),
        "Bedrifter i alle storleikar": (None, None, "all"),
        "Passer for alle størrelser": (None, None, "all"),
        "Gjerne små og mellomstore bedrifter": (50, None, "about"),
        "om lag 2 600": (2600, 2600),
        "10–100 tilsette": (10, 100),
    },
    "credits": {"60": (60, 60), "7,5 studiepoeng": (7.5, 7.5), "120 (hele programmet)": (120, 120)},
    "share": {"19 prosent": (19, 19), "25–50 %": (25, 50), "I 3 år, inntil 50 prosent": (None, 50, "upto")},
    "deadline": {
        "Løpende; høyst 30 dagers behandling": (None, None, "rolling"),
        "Hele året; innen 1. september": (None, None, "rolling", "*-09-01"),
        "13. mars 2025": (None, None, "2025-03-13"),
        "Minst én måned før opplæringen starter": (None, None, "relative"),
    },
    "years": {"haust 2024": (2024, 2024, "høst"), "vår 2021–2023": (2021, 2023, "vår"), "Autumn 2025": (2025, 2025, "høst")},
    "words": {"Gjøvik, Åndalsnes": (None, None, "gjøvik", "åndalsn")},
}  # fmt: skip
BROKEN = {
    "trl": ["Ring oss", "TRL 4-", "TRL 4–", "TRL 10–12", "", "4– (avklares)"],
    "money": ["Ring oss", "Pris etter tilbud", "5 000 per del", "3 uker"],
    "duration": ["Ring oss", "2–4", "5 000 kr", "en robot", "så lenge dere vil"],
    "employees": ["Verksteder", "industribedrifter som sveiser"],
    "credits": ["Ring oss", "FTT72K"],
    "share": ["19", "halvparten", "19 kroner"],
    "deadline": ["Ring oss", "før sommeren", "2025"],
    "years": ["til høsten", "ikke oppgitt", "12024"],
    "words": ["", " ", "(...)"],
    "": ["TRL 4–7", ""],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in VALUES.items() for text in texts])
def test_a_field_means(kind, text):
    low, high, *marks = VALUES[kind][text]
    assert parse(kind, text) == Value(low, high, frozenset(marks))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BROKEN.items() for text in texts])
def test_a_field_without_a_value_of_its_kind_means_nothing(kind, text):
    assert parse(kind, text) is None


def test_a_span_is_joined_by_a_dash_or_til_and_runs_upward():
    assert [(low.value, high.value) for low, high in spans("3–5 uker, i alt fire til seks møter")] == [(3, 5), (4, 6)]
    assert [(low.value, high.value) for low, high in spans("10–5")] == [(10, 10), (5, 5)]
    assert [(low.value, high.value) for low, high in spans("500 000–2 millioner")] == [(500_000, 2_000_000)]


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Frist 13. mars 2025", True),
        ("13. mars 2025 og 10. september 2025", True),
        ("Frist 1. januar 2026", False),
        ("13. mars 2025 og 13. mars 2026", False),
        ("1. september hvert år", False),
        ("13. mars 2025, deretter løpende", False),
        ("minst én måned før oppstart", False),
    ],
)
def test_a_deadline_has_passed_when_none_is_left(text, over):
    assert passed(parse("deadline", text), date(2026, 1, 1)) is over


@given(st.sampled_from(KINDS), st.text() | st.from_regex(r"[0-9 .,–-]{1,12} (kr|uker|%|ansatte)", fullmatch=True))
def test_no_text_upsets_a_parser_and_no_range_runs_backward(kind, text):
    value = parse(kind, text)
    assert value is None or None in (value.low, value.high) or value.low <= value.high
