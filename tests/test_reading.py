from pathlib import Path

import pytest

from conftest import write_corpus
from raufoss_assistant.catalogue.reading import Subject, tabled, told
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.settings import Settings

OVERVIEW = (
    "| Tjeneste | TRL | Pris | Varighet | Vær |\n|---|---|---|---|---|\n"
    "| Sveising | 4–7 | fra 15 000 kr | 2–4 uker | sol |\n"
    "| Maskinsyn | TRL 4- | Ring oss | ikke oppgitt i kilden | regn |\n"
    "| Nullserie | – | Pris etter tilbud | 3 uker | snø |\n"
)
FACTS = (
    "| Studiefakta | Opplysning |\n|---|---|\n| Kode | FTT72K |\n| Studieprogram | Manufacturing 4.0 |\n"
    "| Studiepoeng | 60 |\n| Pris | ikke oppgitt i kilden |\n"
)
PAGE = (
    "# Sveising\n\nVi prøver ny sveisemetode på dine deler.\n\nRoboten kan være med.\n\n"
    "## Pris og finansiering\n\nPrisen avhenger av delen.\n\nFra 15 000 kroner for 3 deler.\n\n"
    "## Varighet\n\nRing oss.\n\n## TRL\n\nTRL er ikke oppgitt i kilden. Spør oss.\n\n"
    "## Alt annet\n\nMålgruppe: verksteder med\n5–50 ansatte.\n\nEksempeldata: denne siden er laget.\n\n"
    "## Maskinsyn\n\nKameraet finner feil.\n"
)
SUBJECTS = [Subject("service", 0, ("sveising",)), Subject("service", 1, ("maskinsyn",))]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("corpus")
    with DocumentReader(Settings()) as reader:
        yield lambda text: reader.read(write_corpus(folder, {"a.md": text}), "a.md")


def said(sighting):
    return {each.field: each for each in sighting.statements}


def test_each_row_of_an_overview_is_a_thing(read):
    welding, vision, series = tabled(read(OVERVIEW), outdated=False)
    assert [each.name for each in (welding, vision, series)] == ["Sveising", "Maskinsyn", "Nullserie"]
    assert all(each.type == "service" and each.listed for each in (welding, vision, series))
    assert list(said(welding)) == ["trl", "price", "duration"]
    assert [each.value.low for each in welding.statements] == [4, 15_000, 14]


def test_a_cell_without_its_value_is_broken_unless_it_says_so(read):
    _, vision, series = tabled(read(OVERVIEW), outdated=False)
    assert {key for key, each in said(vision).items() if each.broken} == {"trl", "price"}
    assert not any(each.broken for each in series.statements)


def test_a_table_of_facts_is_one_thing(read):
    (course,) = tabled(read(FACTS), outdated=True)
    assert (course.type, course.name, course.listed) == ("course", "Manufacturing 4.0", False)
    assert [each.text for each in course.statements] == ["FTT72K", "60", "ikke oppgitt i kilden", "Studieprogram"]
    assert list(said(course)) == ["code", "credits", "price", "unit"]
    assert all(each.cell and each.outdated and not each.broken for each in course.statements)


@pytest.mark.parametrize(
    ("table", "listed"),
    [
        ("| Ordning | Beløp |\n|---|---|\n| SkatteFUNN | 5 000 kr |\n", [False]),
        ("| Ordning | Beløp | Frist |\n|---|---|---|\n| SkatteFUNN | 5 000 kr | løpende |\n", [True]),
        ("| Felt | Opplysning |\n|---|---|\n| Pris | 5 000 kr |\n", []),
        ("| Spørsmål | Svar |\n|---|---|\n| Når? | Nå |\n", []),
        ("| Ordning | Vær |\n|---|---|\n| SkatteFUNN | sol |\n", []),
        ("Bare tekst om TRL 4–7.\n", []),
    ],
)
def test_only_a_table_with_several_fields_of_a_type_lists_things(read, table, listed):
    assert [each.listed for each in tabled(read(table), outdated=False)] == listed


def test_sections_tell_of_the_thing_and_field_that_headings_name(read):
    found = [(number, each.field, each.text) for number, each in told(read(PAGE), SUBJECTS, outdated=False)]
    assert found == [
        (0, "about", "Vi prøver ny sveisemetode på dine deler."),
        (0, "about", "Roboten kan være med."),
        (0, "price", "Prisen avhenger av delen."),
        (0, "price", "Fra 15 000 kroner for 3 deler."),
        (0, "duration", "Ring oss."),
        (0, "trl", "TRL er ikke oppgitt i kilden. Spør oss."),
        (0, "target", "verksteder med 5–50 ansatte."),
        (1, "about", "Kameraet finner feil."),
    ]


def test_a_section_is_broken_where_no_paragraph_has_its_value(read):
    statements = [each for _, each in told(read(PAGE), SUBJECTS, outdated=False)]
    assert [each.text for each in statements if each.broken] == ["Ring oss."]
    assert not any(each.cell or each.outdated for each in statements)


def test_every_quote_stands_in_its_page(read):
    document = read(f"{PAGE}\n{OVERVIEW}\n## Studium\n\n{FACTS}")
    statements = [each for found in tabled(document, outdated=False) for each in found.statements]
    statements += [each for _, each in told(document, SUBJECTS, outdated=False)]
    assert len(statements) == 21
    for each in statements:
        assert document.pages[0].text.startswith(each.quote, each.start)
        assert each.cell == each.quote.startswith("|")


def test_a_page_about_nothing_known_tells_nothing(read):
    assert told(read("# Kantina\n\nMaten er god.\n"), SUBJECTS, outdated=False) == []
