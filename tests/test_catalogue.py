from datetime import date
from pathlib import Path

import pytest

from conftest import write_corpus
from raufoss_assistant.catalogue.catalogue import Catalogue, Remark, searchable
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.model import Value
from raufoss_assistant.settings import Settings

REAL = Path(__file__).parent.parent / "corpus"


def document(title, day, body, **more):
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    return f"---\ntitle: {title}\nkind: katapult\ndate: {day}\n{extra}---\n# {title}\n\n{body}"


OVERVIEW = (
    "| Tjeneste | TRL | Varighet | Pris |\n|---|---|---|---|\n"
    "| Sveising: prøvesveis og robotsveis | 4–7 | 2–4 uker | fra 20 000 kr |\n"
    "| Maskinsyn | TRL 4- | ikke oppgitt i kilden | Pris etter tilbud |\n"
)
PAGE = "Vi prøver ny sveisemetode (kilden er udatert).\n\n## Pris\n\nFra 25 000 kroner.\n"
PRICES = "| Tjeneste | Pris |\n|---|---|\n| Sveising | fra 22 000 kr |\n| Kantine | 50 kr |\n"
CATAPULTS = (
    "| Katapult | Sted | Arbeider med |\n|---|---|---|\n"
    "| MTNC | Raufoss | produksjon |\n| Digicat | Ålesund | simulering |\n"
)
COMPANIES = "| Bedrift | Lager eller gjør | Ansatte | Dato |\n|---|---|---|---|\n| Nammo | ammunisjon | over 900 | mars 2024 |\n"
SIZES = "| Bedrift | Ansatte | Dato |\n|---|---|---|\n| Nammo, i 11 land | 2 700 | 2024 |\n| Nammo | 950 | 2023 |\n| Hexagon | 130 | 2023 |\n"
EQUIPMENT = (
    "| Utstyr | Tjeneste | Bruk | Krever opplæring |\n|---|---|---|---|\n"
    "| Robot | Sveising | sveiser deler | Ja, én dag |\n| Kamera | Maskinsyn | ser feil | Nei |\n"
    "| Robot | Maskinsyn | flytter deler | Nei |\n"
)
SMALL = {
    "oversikt.md": document("Tjenester", "2026-01-01", OVERVIEW),
    "sveising.md": document("Sveising", "2026-11-01", PAGE, eksempel="true"),
    "priser.md": document("Priser", "2026-06-01", PRICES, supersedes="gamle.md"),
    "gamle.md": document("Gamle priser", "2026-12-24", PRICES.replace("22 000", "9 000")),
    "katapulter.md": document("Katapulter", "2024-01-01", CATAPULTS),
    "bedrifter.md": document("Bedrifter", "2024-01-01", COMPANIES),
    "ansatte.md": document("Ansatte", "2024-01-01", SIZES),
    "utstyr.md": document("Utstyr", "2026-01-01", EQUIPMENT),
}


def read(folder, paths):
    with DocumentReader(Settings()) as reader:
        return Catalogue.of([reader.read(folder, path) for path in paths], date(2026, 12, 31))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return read(write_corpus(tmp_path_factory.mktemp("corpus"), SMALL), SMALL)


@pytest.fixture(scope="module")
def real():
    return read(REAL, sorted(path.relative_to(REAL).as_posix() for path in REAL.rglob("*.md")))


def one(catalogue, id_):
    (record,) = [each for each in catalogue.records if each.id == id_]
    return record


def test_overviews_make_the_records_and_rows_that_only_add_do_not(catalogue):
    assert [each.id for each in catalogue.listed("service")] == ["sveising", "maskinsyn"]
    assert [each.id for each in catalogue.of_type("service")] == ["sveising", "maskinsyn"]


def test_conflicting_values_are_all_kept_newest_first_and_the_outdated_last(catalogue):
    prices = one(catalogue, "sveising").all("price")
    assert [(each.document, each.value.low) for each in prices] == [
        ("sveising.md", 25_000), ("priser.md", 22_000), ("oversikt.md", 20_000), ("gamle.md", 9_000),
    ]  # fmt: skip
    assert [each.outdated for each in prices] == [False, False, False, True]


def test_the_newest_table_holds_before_prose_and_never_the_outdated(catalogue):
    welding = one(catalogue, "sveising")
    assert welding.said("price").document == "priser.md"
    assert welding.value("price") == Value(22_000, None, frozenset({"from"}))
    assert welding.told("duration") == "2–4 uker"
    assert welding.value("trl") == Value(4, 7)
    assert welding.example


def test_a_broken_field_is_named_with_its_document_and_an_unknown_one_is_not(catalogue):
    assert catalogue.remarks() == [Remark("oversikt.md", "Maskinsyn", "TRL", "TRL 4-")]


def test_the_house_itself_is_not_offered(catalogue):
    assert {each.id for each in catalogue.of_type("organisation")} == {"mtnc", "digicat"}
    assert {each.id for each in catalogue.offered()} == {"sveising", "maskinsyn", "digicat"}


def test_companies_are_those_of_an_overview_which_a_date_does_not_make(catalogue):
    assert [each.id for each in catalogue.listed("company")] == ["nammo"]
    assert [each.text for each in catalogue.listed("company")[0].all("staff")] == ["over 900", "950"]


def test_a_table_of_equipment_tells_of_the_equipment_and_of_the_services(catalogue):
    assert [(each.name, each.said("training").text) for each in catalogue.listed("equipment")] == [
        ("Robot", "Ja, én dag"),
        ("Kamera", "Nei"),
        ("Robot", "Nei"),
    ]
    assert not any(each.type == "equipment" for each in catalogue.records)
    assert [each.text for each in one(catalogue, "maskinsyn").all("equipment")] == ["Kamera", "Robot"]


def test_a_record_is_searched_by_its_name_and_what_it_is_about(catalogue):
    found = searchable(one(catalogue, "sveising"))
    assert found.startswith("Sveising: prøvesveis og robotsveis. Vi prøver ny sveisemetode.")
    assert "udatert" not in found


def test_the_real_course_has_its_credits_from_several_documents(real):
    course = one(real, "ftt72k")
    assert (course.type, course.name, course.code, course.listed) == ("course", "Manufacturing 4.0", "FTT72K", True)
    assert course.value("credits") == Value(60, 60)
    credits = {each.document: each.quote for each in course.all("credits")}
    assert set(credits) == {"kurs/fagskolen-innlandet-studier.md", "kurs/manufacturing-4-0.md"}
    assert all(quote in (REAL / path).read_text("utf-8") for path, quote in credits.items())
    assert course.said("price").value is None


def test_the_real_pages_need_no_remark_and_ids_are_unique(real):
    assert real.remarks() == []
    keys = [(each.type, each.id) for each in real.records]
    assert len(keys) == len(set(keys)) >= 15
