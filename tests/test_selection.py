import pytest

from catalogue_corpus import catalogue, one
from raufoss_assistant.catalogue.selection import select, stated

CHEAP = {"sveising", "3d-printing-i-plast", "finansieringshjelp"}
LEVEL_4 = {"sveising", "samarbeidende-robot", "3d-printing-i-plast", "maskinsyn"}
MONTH = {"sveising", "samarbeidende-robot", "3d-printing-i-plast", "finansieringshjelp"}
QUESTIONS = {
    "service": {
        "Hvilke tjenester er for TRL 4?": LEVEL_4,
        "Kva tenester passar for TRL 2?": {"3d-printing-i-plast"},
        "Hvilke tjenester har TRL 4–7?": {"sveising", "samarbeidende-robot"},
        "Hvilke tjenester har TRL minst 8?": {"robotcelle", "energibruk"},
        "Hvilke tjenester begynner på TRL 5?": {"robotcelle"},
        "Kva tenester sluttar på TRL 7?": {"sveising", "samarbeidende-robot"},
        "Hvilke tjenester koster under 20 000 kr?": CHEAP,
        "Hvilke tjenester koster mindre enn tjue tusen kroner?": CHEAP,
        "Hvilke tjenester koster under 20.000,-?": CHEAP,
        "Which services cost less than 20,000 NOK?": CHEAP,
        "Hvilke tjenester koster ikke over 20 000 kr?": CHEAP,
        "Hvilke tjenester koster mellom 20 000 og 50 000 kr?": {"samarbeidende-robot", "energibruk"},
        "Hvilke tjenester tar høyst 4 uker?": MONTH,
        "Which services never take more than 4 weeks?": MONTH,
        "Hvilke tjenester varer under én måned?": MONTH,
        "Hvilke tjenester tar tre uker eller mindre?": {"3d-printing-i-plast", "finansieringshjelp"},
        "Hvilke tjenester kan ta mer enn 5 uker?": {"robotcelle", "maskinsyn"},
        "Kva tenester passar for bedrifter med 80 tilsette?": {"sveising", "3d-printing-i-plast", "energibruk"},
        "Hvilke tjenester er for gründere?": {"3d-printing-i-plast"},
        "Hvilke tjenester har pris etter tilbud?": {"maskinsyn"},
        "Hvilke tjenester har ikke oppgitt pris?": {"maskinsyn"},
        "Hvilken tjeneste er billigst?": {"finansieringshjelp"},
        "Hvilke to tjenester er dyrest?": {"robotcelle", "energibruk"},
        "Hvilken tjeneste har høyest TRL?": {"energibruk"},
        "Hvilken tjeneste for TRL 4 er billigst?": {"3d-printing-i-plast"},
        "Hvilke tjenester er for TRL 4 og koster under 20 000 kr?": {"sveising", "3d-printing-i-plast"},
        "Hvilke tjenester har laserskanner som utstyr?": {"sveising"},
        "Which services are about welding?": {"sveising"},
        "Hvilke tjenester handler om sveising eller plast?": {"sveising", "3d-printing-i-plast"},
    },
    "course": {
        "Hvilke kurs er på nett?": {"ftt72k", "ftt73k"},
        "Hvilke studier er bachelor eller master?": {"bimasf", "msuma", "vb6118"},
        "Hvilke studier ved NTNU går på heltid?": {"msuma"},
        "Hvilke studier går ikke i Gjøvik?": {"vb6118"},
        "Hvilke studier går på campus, men ikke heltid?": {"bimasf", "vb6118"},
        "Hvilke kurs går i Oslo?": set(),
        "Hvilke studier gir minst 120 studiepoeng?": {"ftt73k", "fte13h-n", "bimasf", "msuma"},
        "Hvilke studier starter etter 2024?": {"bimasf", "msuma"},
        "Hvilke studier starter våren 2023?": {"ftt73k"},
        "Which courses are part-time?": {"ftt72k", "bimasf"},
        "Hvilke studier mangler oppgitt oppstart?": {"fte13h-n"},
    },
    "funding": {
        "Hvilke ordninger er ikke fra Forskningsrådet?": {"innovasjonskontrakt", "oppstartstilskudd-2", "bio"},
        "Hvilke ordninger dekker mer enn 19 prosent?": {"innovasjonskontrakt", "oppstartstilskudd-2"},
        "Hvilke ordninger forvaltes av Innovasjon Norge og gir over 2 millioner kroner?": {"innovasjonskontrakt"},
        "Hvilke ordninger har løpende søknad?": {"skattefunn"},
        "Hvilke ordninger passer for små bedrifter?": {"skattefunn", "innovasjonskontrakt", "eurostars"},
        "Hvilke ordninger mangler både beløp og støtteandel?": {"bio", "eurostars"},
    },
    "organisation": {"Hvilke katapulter ligger i Bergen?": {"ocean-innovation"}},
}  # fmt: skip


def selected(question, type_, off=()):
    return select(question, type_, catalogue().of_type(type_), off)


@pytest.mark.parametrize(
    ("type_", "question"), [(type_, question) for type_, asked in QUESTIONS.items() for question in asked]
)
def test_a_question_selects_just_those(type_, question):
    found = selected(question, type_)
    assert {each.id for each in found.records} == QUESTIONS[type_][question]
    assert (found.beside, found.unknown, found.ignored) == ((), (), ())


def test_a_filter_that_is_taken_off_is_not_used():
    question = "Hvilke tjenester for TRL 4 koster under 20 000 kr?"
    assert [each.label for each in selected(question, "service").filters] == ["TRL: 4", "Pris: under 20 000 kr"]
    found = selected(question, "service", ["Pris: under 20 000 kr"])
    assert [each.label for each in found.filters] == ["TRL: 4"]
    assert {each.id for each in found.records} == LEVEL_4


@pytest.mark.parametrize(
    ("question", "type_", "label"),
    [
        ("Hvilke kurs koster under 5 000 kr?", "course", "Pris: under 5 000 kr"),
        ("Hvilke tjenester går på deltid?", "service", "deltid"),
        ("Hvilke tjenester gir studiepoeng?", "service", "studiepoeng"),
        ("Hvilke katapulter har minst 10 ansatte?", "organisation", "Ansatte: minst 10 ansatte"),
    ],
)
def test_what_no_record_has_data_for_is_unknown_and_narrows_nothing(question, type_, label):
    found = selected(question, type_)
    assert label in [each.label for each in found.unknown]
    assert len(found.records) == found.total == len(catalogue().listed(type_))


def test_a_word_that_no_record_has_is_told_and_narrows_nothing():
    found = selected("Hvilke tjenester handler om enhjørninger?", "service")
    assert found.ignored == ("enhjørninger",)
    assert len(found.records) == found.total == 7


def test_the_stated_number_is_the_greatest_that_is_known():
    assert [stated(one("sveising"), field) for field in ("price", "duration", "trl")] == [15_000, 28, 7]
    assert stated(one("maskinsyn"), "price") is None


def test_a_place_after_another_filter_is_not_lost():
    found = select("Hvilke studier går på deltid i Oslo?", "course", catalogue().of_type("course"))
    assert "Oslo" in [each.label for each in (*found.filters, *found.unknown)]
