import pytest

from catalogue_corpus import catalogue, one, spreads
from raufoss_assistant.catalogue.filters import stated
from raufoss_assistant.catalogue.meanings import Meanings
from raufoss_assistant.catalogue.selection import select
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.settings import Settings

CHEAP = {"sveising", "3d-printing-i-plast", "finansieringshjelp"}
LEVEL_4 = {"sveising", "samarbeidende-robot", "3d-printing-i-plast", "maskinsyn"}
ROBOTS = {"sveising", "samarbeidende-robot", "robotcelle"}
FAGSKOLE = {"ftt72k", "ftt73k", "fte13h-n"}
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
        "Eg kan vente i fire veker, men ikkje meir. Kva tenester rekk eg?": MONTH,
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
        "Hvilke tjenester har robot i navnet?": ROBOTS,
        "Kva tenester har robot i namnet?": ROBOTS,
        "Which services have robot in the name?": ROBOTS,
        "Hvilke tjenester har celle i navnet?": {"robotcelle"},
        "Tjenester med maskin i tittelen": {"maskinsyn"},
        "Hvilke tjenester har robot og plast i navnet?": {*ROBOTS, "3d-printing-i-plast"},
        "Hvilke tjenester har ordet plukkejobb eller ordet robot i navnet?": ROBOTS,
        "Hvilke tjenester har robot i navnet og koster under 50 000 kr?": ROBOTS - {"robotcelle"},
        "Hvilke tjenester har ikke robot i navnet?": {*MONTH, "energibruk", "maskinsyn"} - ROBOTS,
        "Hvilke tjenester krever opplæring?": ROBOTS,
        "Which services require training?": ROBOTS,
        "Hvilke tjenester krever ikke opplæring?": {"3d-printing-i-plast"},
        "Kva tenester kan brukast utan opplæring?": {"3d-printing-i-plast"},
        "Hvilke tjenester kjøres bare av operatør?": {"robotcelle"},
        "Kva tenester kan berre køyrast av operatør?": {"robotcelle"},
        "Hvilke tjenester har 3D-printer?": {"3d-printing-i-plast"},
        "Hvilke tjenester bruker 3D-skriver?": {"3d-printing-i-plast"},
        "Hvilke tjenester har fra-pris?": {*ROBOTS, "3d-printing-i-plast"},
        "Hvilke tjenester har en fra-pris under 20 000 kr?": {"sveising", "3d-printing-i-plast"},
        "Hvilke tjenester har ikke fra-pris?": {"energibruk", "finansieringshjelp"},
        "Hvilke tjenester har pristak?": {"energibruk"},
        "Number of services with a maximum price": {"energibruk"},
        "Which services only give you a quote?": {"maskinsyn"},
        "Which test centre services cost less than NOK 20,000?": CHEAP,
        "Which services cost between NOK 20,000 and NOK 50,000?": {"samarbeidende-robot", "energibruk"},
        "Hvor mange tjenester tar mer enn et halvt år?": set(),
        "Hvilken tjeneste har mest utstyr?": {"sveising"},
        "Which service has the most equipment?": {"sveising"},
        "Hvilke tjenester har færrest maskiner?": {"robotcelle", "3d-printing-i-plast"},
        "Hvilke tjenester er ikke for TRL 4?": {"robotcelle", "energibruk"},
        "Hvilke tjenester er for TRL 4, men ikke TRL 3?": {"sveising", "samarbeidende-robot"},
        "Hvilke tjenester begynner ikke før på TRL 5?": {"robotcelle", "energibruk"},
        "Hvilke tjenester går fra TRL 4 til TRL 7?": {"sveising", "samarbeidende-robot"},
        "Hvilke tjenester er ferdig på fire uker?": MONTH,
        "Hvilke tjenester kan vi få når vi har 20 tusen å bruke?": CHEAP,
        "Hvilke tjenester passer for oss som er 12 stykker?": {"sveising", "samarbeidende-robot", "3d-printing-i-plast"},
        "Hvilke tjenester handler ikke om robot?": {*MONTH, "energibruk", "maskinsyn"} - ROBOTS,
    },
    "course": {
        "Hvilke kurs er på nett?": {"ftt72k", "ftt73k"},
        "Hvilke studier er bachelor eller master?": {"bimasf", "msuma", "vb6118"},
        "Hvilke studier ved NTNU går på heltid?": {"msuma"},
        "Hvilke studier ved NTNU går på fulltid?": {"msuma"},
        "Hvilke studier går ikke i Gjøvik?": {"vb6118"},
        "Hvilke studier går på campus, men ikke heltid?": {"bimasf", "vb6118"},
        "Hvilke kurs går i Oslo?": set(),
        "Hvilke studier gir minst 120 studiepoeng?": {"ftt73k", "fte13h-n", "bimasf", "msuma"},
        "Hvilke studier starter etter 2024?": {"bimasf", "msuma"},
        "Hvilke studier starter våren 2023?": {"ftt73k"},
        "Which courses are part-time?": {"ftt72k", "bimasf"},
        "Hvilke studier mangler oppgitt oppstart?": {"fte13h-n"},
        "Hvilke studier kan tas som enkeltmoduler?": {"ftt73k"},
        "Kva studium er enkeltmodular?": {"ftt73k"},
        "Hvilke studier er på nivå 5.2?": FAGSKOLE,
        "Hvilke studier er på fagskolenivå 5,2?": FAGSKOLE,
        "Hvilke studier er på nivå 5.2 og heltid?": {"fte13h-n"},
        "Hvilke studier er ikke på nivå 5.2?": {"bimasf", "msuma", "vb6118"},
        "Hvilke studier er ikke bachelor?": {*FAGSKOLE, "msuma", "vb6118"},
        "Kva studium er ikkje i Gjøvik?": {"vb6118"},
        "Which courses are not full-time?": {"ftt72k", "ftt73k", "bimasf", "vb6118"},
        "Hvilke studier har ikke samlinger?": {"fte13h-n", "bimasf", "msuma", "vb6118"},
        "Hvilke studier har Manufacturing i navnet?": {"ftt72k", "msuma"},
        "Which courses have Manufacturing or Industri in the title?": {"ftt72k", "ftt73k", "msuma"},
        "Hvilke studier har FTT i navnet?": {"ftt72k", "ftt73k"},
    },
    "funding": {
        "Hvilke ordninger er ikke fra Forskningsrådet?": {"innovasjonskontrakt", "oppstartstilskudd-2", "bio"},
        "Hvilke ordninger dekker mer enn 19 prosent?": {"innovasjonskontrakt", "oppstartstilskudd-2"},
        "Hvilke ordninger forvaltes av Innovasjon Norge og gir over 2 millioner kroner?": {"innovasjonskontrakt"},
        "Hvilke ordninger har løpende søknad?": {"skattefunn"},
        "Hvilke ordninger passer for små bedrifter?": {"skattefunn", "innovasjonskontrakt", "eurostars"},
        "Hvilke ordninger mangler både beløp og støtteandel?": {"bio", "eurostars"},
        "Hvilke ordninger er udatert?": {"innovasjonskontrakt", "eurostars"},
        "Kva ordningar er udaterte?": {"innovasjonskontrakt", "eurostars"},
        "Which schemes are undated?": {"innovasjonskontrakt", "eurostars"},
        "Hvilke ordninger har opplysninger fra 2023?": {"skattefunn"},
        "Hvilke ordninger kan dekke inntil 50 prosent?": {"innovasjonskontrakt", "oppstartstilskudd-2"},
        "Kva ordningar dekkjer halvparten?": {"innovasjonskontrakt", "oppstartstilskudd-2"},
        "Hvilke ordninger dekker mindre enn halvparten?": {"skattefunn"},
        "Hvilke ordninger dekker ikke 50 prosent?": {"skattefunn"},
        "Hvilken ordning har lavest støtteandel?": {"skattefunn"},
        "Hvilken ordning har høyest støtteandel?": {"innovasjonskontrakt", "oppstartstilskudd-2"},
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


def test_what_words_may_mean_gives_way_to_what_is_said():
    """«ligger på» may mean the campus, where no vocational college course is."""
    meanings = Meanings(load_encoder(Settings()).passages, lambda text: [])
    courses = catalogue().of_type("course")
    selected = select("Hvor mange av studiene ligger på fagskolenivå?", "course", courses, (), meanings)
    assert {each.id for each in selected.records} == FAGSKOLE
    assert [each.label for each in selected.filters] == ["fagskole"]


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


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Hvilken tjeneste har bredest TRL-spenn?", {"støping-av-aluminium"}),
        ("Kva teneste har breiast TRL?", {"støping-av-aluminium"}),
        ("Which service has the widest TRL?", {"støping-av-aluminium"}),
        ("Hvilken tjeneste spenner over flest TRL-nivåer?", {"støping-av-aluminium"}),
        ("Hvilke to tjenester har bredest TRL?", {"støping-av-aluminium", "sprøytestøping"}),
        ("Hvilken tjeneste har smalest TRL?", {"materialprøving"}),
        ("Which service covers the fewest TRL levels?", {"materialprøving"}),
        ("Hvilken tjeneste med fra-pris har smalest TRL?", {"sprøytestøping"}),
        ("Hvilken tjeneste har høyest TRL?", {"støping-av-aluminium"}),
        ("Hvilken tjeneste er for den største bedriften?", {"støping-av-aluminium"}),
        ("Which service takes the largest company?", {"støping-av-aluminium"}),
        ("Hvilken tjeneste med støping i navnet er billigst?", {"sprøytestøping"}),
        ("Hvilke tjenester har støping i navnet?", {"sprøytestøping", "støping-av-aluminium"}),
        ("Tjenester med støping eller layout i navnet", {"sprøytestøping", "støping-av-aluminium", "layout"}),
        ("Which services have casting in the name?", {"sprøytestøping", "støping-av-aluminium"}),
    ],
)
def test_the_widest_the_largest_and_what_is_in_a_name(question, found):
    assert {each.id for each in select(question, "service", spreads().of_type("service")).records} == found


def test_a_word_that_no_record_has_is_told_and_narrows_nothing():
    found = selected("Hvilke tjenester handler om enhjørninger?", "service")
    assert found.ignored == ("enhjørninger",)
    assert len(found.records) == found.total == 7


def test_the_stated_number_is_the_greatest_that_is_known():
    assert [stated(one("sveising"), field) for field in ("price", "duration", "trl")] == [15_000, 28, 7]
    assert stated(one("maskinsyn"), "price") is None


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Hvilke ordninger dekker halvparten av utgiftene?", "Støtteandel: 50 prosent"),
        ("Kva ordningar dekkjer minst halvparten?", "Støtteandel: minst 50 prosent"),
        ("Which schemes cover half of the project?", "Støtteandel: 50 %"),
        ("Which schemes cover up to half the project?", "Støtteandel: up to 50 %"),
    ],
)
def test_half_is_fifty_per_cent(question, label):
    found = selected(question, "funding")
    assert [each.label for each in found.filters if each.fields == ("share",)] == [label]
    assert {each.id for each in found.records} == {"innovasjonskontrakt", "oppstartstilskudd-2"}


def test_half_a_day_is_no_share():
    assert not selected("Which schemes take half a day?", "funding").filters


def test_a_width_is_known_where_both_ends_are_and_rows_where_there_are_any():
    assert [stated(record, "trl", "width") for record in spreads().records] == [3, 6, 1, None]
    assert stated(one("energibruk"), "target", "width") is None
    assert [stated(one(id_), "equipment", "rows") for id_ in ("sveising", "robotcelle", "maskinsyn")] == [3, 1, None]


def test_two_words_of_a_name_are_one_filter_and_a_denied_word_says_so():
    (either,) = selected("Hvilke tjenester har robot og plast i navnet?", "service").filters
    assert (either.label, either.fields) == ("robot eller plast", ())
    assert [each.label for each in selected("Tjenester uten robot i navnet", "service").filters] == ["ikke robot"]


def test_a_place_after_another_filter_is_not_lost():
    found = select("Hvilke studier går på deltid i Oslo?", "course", catalogue().of_type("course"))
    assert "Oslo" in [each.label for each in (*found.filters, *found.unknown)]


@pytest.mark.parametrize(
    ("type_", "question", "label", "high"),
    [
        ("service", "Hvilke tjenester er ferdige på høyst en uke?", "Varighet: høyst en uke", 7),
        ("service", "Hvilke tjenester har TRL fra 4 til 7?", "TRL: 4 til 7", 7),
        ("course", "Hvilke kurs koster under 2 000 kr?", "Pris: under 2 000 kr", 2000),
    ],
)
def test_an_article_is_a_number_a_span_stands_after_fra_and_money_is_no_year(type_, question, label, high):
    selection = selected(question, type_)
    (found,) = [each for each in (*selection.filters, *selection.unknown) if each.label == label]
    assert round(found.high) == high


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("studier uten samlinger i Gjøvik", "Gjøvik"),
        ("Hvilke studier går ikke i Gjøvik?", "ikke Gjøvik"),
        ("fagskole heltid gjøvik", "Gjøvik"),
        ("Hvilke studier går i Gjøvik eller Trondheim?", "Gjøvik eller Trondheim"),
    ],
)
def test_places_are_read_alone_together_and_denied(question, label):
    selection = selected(question, "course")
    assert label in {each.label for each in (*selection.filters, *selection.unknown)}
