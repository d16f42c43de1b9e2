import datetime as dt

import pytest

from raufoss_assistant.documents.extract import Extract, Piece, compose
from raufoss_assistant.documents.properties import parse_yaml, properties

WHOLE = """
title: Lean for alle
kind: Kurs
owner: Studieveileder
date: 2024-02-06
updated: 6. mars 2026
language: nn
sources: [https://example.no/a, http://example.no/b]
valid_from: 06.02.2024
valid_to: 2027-12-31
supersedes: kurs/lean-eldre.md
eksempel: true
"""


def known(text: str = "", path: str = "kurs/lean_for-alle.pdf", extract: Extract | None = None):
    fields, remarks = parse_yaml(text, "hodet i filen")
    found, warnings = properties(path, extract or Extract(()), fields)
    return found, (*remarks, *warnings)


def test_all_fields():
    found, warnings = known(WHOLE)
    assert warnings == ()
    assert (found.title, found.kind, found.owner, found.language) == ("Lean for alle", "kurs", "Studieveileder", "nn")
    assert (found.date, found.updated) == (dt.date(2024, 2, 6), dt.date(2026, 3, 6))
    assert (found.valid_from, found.valid_to) == (dt.date(2024, 2, 6), dt.date(2027, 12, 31))
    assert found.sources == ("https://example.no/a", "http://example.no/b")
    assert (found.supersedes, found.example) == ("kurs/lean-eldre.md", True)


def test_without_fields_the_document_speaks_for_itself():
    page = compose(None, [Piece("paragraph", "Kor mange verksemder er med i klynga, og kva gjer dei?")])
    found, warnings = known(extract=Extract((page,), title="Kven er med"))
    assert (found.title, found.kind, found.date, found.language, warnings) == ("Kven er med", "kurs", None, "nn", ())


def test_title_from_the_name_and_kind_at_the_top():
    found, _ = known(path="lean_for-alle.pdf")
    assert (found.title, found.kind) == ("Lean for alle", "annet")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: 31.02.2024", "«date» er utelatt: «31.02.2024» kan ikke brukes; skriv en dato som 2024-02-06"),
        ("updated: i fjor", "«updated» er utelatt: «i fjor»"),
        ("date: 2024-13-01", "«2024-13-01»"),
        ("language: no", "«language» er utelatt: «no» kan ikke brukes; velg nb, nn eller en"),
        ("tittel: Lean", "«tittel» er ukjent og er utelatt; kjente felt er title, kind"),
        ("eksempel: kanskje", "skriv true eller false"),
        ("supersedes: ../utenfor.md", "skriv stien fra dokumentmappen"),
        ("title: [a, b]", "skriv tittelen som vanlig tekst"),
        ("sources: ftp://example.no", "skriv hele adressen, med https:// foran"),
        ("sources: {a: b}", "«sources» er utelatt"),
    ],
)
def test_a_bad_field_is_dropped_and_the_rest_kept(line, said):
    found, warnings = known(f"{line}\nowner: Rektor")
    assert found.owner == "Rektor"
    assert len(warnings) == 1
    assert said in warnings[0]
    assert "\n" not in warnings[0]


def test_one_address_may_stand_alone_and_a_bad_one_does_not_take_the_good_with_it():
    assert known("sources: https://example.no")[0].sources == ("https://example.no",)
    found, warnings = known("sources: [https://a.example, nei, https://b.example, javascript:x]")
    assert found.sources == ("https://a.example", "https://b.example")
    assert [("«nei»" in warnings[0]), ("«javascript:x»" in warnings[1])] == [True, True]


def test_dates_in_the_wrong_order_are_dropped():
    found, warnings = known("valid_from: 2025-01-01\nvalid_to: 2024-01-01")
    assert (found.valid_from, found.valid_to) == (None, None)
    assert "senere enn" in warnings[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [("title: a: b", "ikke gyldig YAML (linje 1)"), ("- a\n- b", "ikke felt på formen"), ("bare tekst", "ikke felt")],
)
def test_what_is_no_mapping_is_treated_as_absent(text, said):
    found, warnings = known(text)
    assert found.title == "Lean for alle"
    assert said in warnings[0]


def test_empty_and_null_fields_are_absent():
    found, warnings = known("title:\nowner: ''\ndate: null")
    assert (found.owner, found.date, warnings) == (None, None, ())


def test_sidecar_wins_over_front_matter():
    extract = Extract((), "Overskrift", {"title": "Hodet", "owner": "Rektor"})
    found, _ = properties("kurs/a.md", extract, {"title": "Ved siden av"})
    assert (found.title, found.owner) == ("Ved siden av", "Rektor")
