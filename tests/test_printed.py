from datetime import date

import pytest

from raufoss_assistant.model import Answer, Chunk, Citation, Hit, Properties
from raufoss_assistant.printed import answer_text, place
from record_corpus import record_assistant  # noqa: F401 - a fixture

DAY = date(2026, 11, 3)


def hit(properties, *, page=None, heading=()):
    return Hit(Chunk("id", "katapult/a.md", 0, page, heading, "tekst", 0, 5, ""), properties, 1.0, 1.0, 1.0)


def answered(text, *quotes):
    chunk = hit(Properties("Sveising", "katapult", date=DAY)).chunk
    properties = Properties("Sveising", "katapult", date=DAY)
    citations = tuple(Citation(n, chunk, properties, quote, None, 1.0) for n, quote in enumerate(quotes, 1))
    return Answer("?", "?", "answered", text, "nb", "extractive", 1.0, citations)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (hit(Properties("Sveising", "katapult")), "Sveising, katapult, ukjent dato, katapult/a.md"),
        (hit(Properties("Sveising", "katapult", date=DAY)), "Sveising, katapult, 3. november 2026, katapult/a.md"),
        (
            hit(Properties("Sveising", "katapult", date=DAY, example=True), page=3, heading=("Tjeneste", "Pris")),
            "Sveising, Eksempeldata, katapult, 3. november 2026, side 3, Tjeneste › Pris, katapult/a.md",
        ),
    ],
)
def test_a_place_on_one_line(found, line):
    assert place(found) == line


def test_marks_of_markdown_are_taken_away_and_what_is_literal_stands():
    text = r"Den er **1 500 m\*\*2** \<b>stor\</b> \| 1\. etasje \[a\](b) [1]"
    assert answer_text(answered(text)) == "Den er 1 500 m**2 <b>stor</b> | 1. etasje [a](b) [1]"


def test_sources_follow_with_each_quote_on_one_line():
    assert answer_text(answered("Svar [1] [2]", "- En\n- to", "tre")).splitlines() == [
        "Svar [1] [2]",
        "",
        "Kilder:",
        "[1] Sveising, katapult, 3. november 2026, katapult/a.md",
        "    «- En - to»",
        "[2] Sveising, katapult, 3. november 2026, katapult/a.md",
        "    «tre»",
    ]


def test_a_refusal_has_no_sources():
    assert answer_text(answered("Jeg finner ikke svar.")) == "Jeg finner ikke svar."


def test_a_list_in_a_terminal(assistant):
    text = answer_text(assistant.ask("Hvilke tjenester koster under 20 000 kr?"))
    assert "Liming: *sterke* fuger <b>uten</b> skruer [2] | 6 000 kr | [mer](http://x.no) <img src=x> |" in text
    assert "[1] Tjenester i katapulten, katapult, 1. januar 2026, katapult/oversikt.md" in text
    assert "**" not in text and "\\" not in text.partition("Kilder:")[0]
