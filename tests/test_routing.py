from dataclasses import replace

import pytest

from catalogue_corpus import catalogue
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.catalogue.naming import named
from raufoss_assistant.catalogue.routing import Route, route, routed, signs, type_of

LISTS = {
    "service": [
        "Hvilke tjenester er for TRL 4?", "Kva tenester har de?", "Which services suit TRL 4?",
        "List opp alle tjenestene", "Hvilken tjeneste er billigst?", "Tjenester under 20 000 kr",
        "Skriv opp alle tjenestene", "Skriv opp tjenestene som koster under 20 000 kr", "Kva teneste er dyrast?",
        "Vi er tolv ansatte på Lena. Hvilke tjenester passer for oss?",
        "Vi er på TRL 6 – hvilke tjenester passer?", "Vi har 25 tusen å bruke. Hvilke tjenester passer?",
        "We are at TRL 5 and have 30,000 NOK. Which services fit?",
    ],
    "course": [
        "Hvilke studier går på deltid?", "What courses do you offer?", "Gi meg en liste over kurs på nett",
        "Finnes det kurs på nett?", "Kurs på nett", "Hvilke av tilbudene i kurslisten er på nett?",
        "fagskole heltid gjøvik", "Fagskole deltid", "master heltid", "nettbasert fagskole",
        "Finnes det noe på deltid?", "Finst det noko på deltid?", "Finnes det noe på heltid ved NTNU?",
        "Jeg bor i Gjøvik. Hvilke studier finnes?", "Eg har fagbrev og vil studere. Kva studium passar?",
        "skriv opp dei studia som går på deltid", "Hvilket studium gir flest studiepoeng?",
    ],
    "funding": [
        "Kva støtteordningar finst?", "Vis meg en oversikt over støtteordningene",
        "Me er ti tilsette på Toten. Kva støtteordningar dekkjer 50 prosent?",
    ],
    "organisation": ["Hvilke katapulter finnes?", "Which catapults are there?"],
    "company": ["Hvilke bedrifter holder til i industriparken?", "Kva verksemder finst på Raufoss?",
                "Which companies are located in the park?", "List opp bedriftene i parken"],
    "equipment": ["Hvilke maskiner har dere?", "Hva slags utstyr finnes på katapulten?",
                  "Hvilket utstyr krever ikke opplæring?", "Which machines do you have?"],
}  # fmt: skip
COUNTS = {
    "service": ["Hvor mange tjenester har dere?", "How many services cost less than 20 000 NOK?",
                "Hvor mange av tjenestene koster under 20 000 kr?", "Tell opp alle tjenestene for TRL 4",
                "Hvor mange av de listede tjenestene har TRL 4?", "Hvor stor del av tjenestene koster under 20 000 kr?",
                "How large a share of the services cost less than 20 000 NOK?",
                "Av alle tjenestene for TRL 4: hvor mange koster under 20 000 kr?"],
    "course": ["Kor mange studium går på deltid?", "Antall kurs på masternivå", "How many of the courses are part-time?",
               "Kor mange av studia går på heiltid?", "Hvor mange av studiene i Gjøvik går på deltid?",
               "Tallet på studium i Gjøvik"],
    "funding": ["Hvor mange støtteordninger forvalter Innovasjon Norge?",
                "Hvor mange av de nasjonale støtteordningene har frist?",
                "Av de fem støtteordningene, hvor mange forvaltes av Innovasjon Norge?"],
}  # fmt: skip
COMPARISONS = {
    "Hva er forskjellen på Manufacturing 4.0 og Industri 5.0?": ["ftt72k", "ftt73k"],
    "Compare Industri 5.0 and Manufacturing 4.0": ["ftt73k", "ftt72k"],
    "Kva er skilnaden på SkatteFUNN og Eurostars?": ["skattefunn", "eurostars"],
    "Sammenlign sveising og robotcelle": ["sveising", "robotcelle"],
    "Hva er dyrest av robotcelle og maskinsyn?": ["robotcelle", "maskinsyn"],
    "Hvor mange studiepoeng gir Manufacturing 4.0 og Industri 5.0?": ["ftt72k", "ftt73k"],
}
NEEDS = [
    "Vi er en liten bedrift og trenger hjelp med sveising",
    "Vi er ni ansatte på Lena og vil prøve en robot",
    "Eg driv ein verkstad og treng støtte til å utvikle noko nytt",
    "We are a small company and need help with welding",
    "Jeg jobber på gulvet og vil ta et studium ved siden av jobben. Hva passer?",
    "Trenger hjelp til å redusere strømregningen",
    "Kan dere hjelpe oss med å prøve en cobot?",
    "I want to study part-time while working, which course suits me?",
    "Looking for funding for a new product",
    "Vi sveiser stål og trenger hjelp. Hvilke tjenester passer for oss?",
    "Vi har for høy strømregning. Hvilke tjenester kan hjelpe oss?",
    "We weld aluminium. Which services can help us?",
]
PASSAGES = [
    "Hva koster sveising?", "Hva er TRL?", "Hvem er kontaktperson for sveising?", "Hvor lenge varer robotcellen?",
    "Hvor mange bedrifter er det i parken?", "Hvilke bedrifter på Raufoss kan få SkatteFUNN?",
    "Hvilket utstyr har Læringsfabrikken?", "Hvor mange ansatte har MTNC?", "Hvor mange bedrifter er med i klyngen?", "Hva er en katapult?",
    "Hvor mange studiepoeng gir Manufacturing 4.0?", "Når er søknadsfristen for Eurostars?", "Hva er SkatteFUNN?",
    "Hvem kan søke Innovasjonskontrakt?", "Hvor ligger Digicat?", "Hva betyr fra-pris i tjenestekatalogen?",
    "Hvilket utstyr brukes i sveising?", "Hvem forvalter SkatteFUNN?", "Gjelder prisen per del?",
    "Må jeg ha fagbrev for å ta Manufacturing 4.0?", "Kan lærlinger bruke sveisesimulatoren?",
    "Er det gratis å ta fagskole?", "Hvor går Industri 5.0?", "Hvor mye støtte gir Innovasjonskontrakt?",
    "Hvorfor har tjenestene ulike TRL-nivåer?", "Hvordan søker vi om SkatteFUNN?", "Er tjenestene eksempeldata?",
    "Hva står i kurskatalogen om Manufacturing 4.0?", "Hva lærer jeg på Manufacturing 4.0?",
    "Hvilken TRL har robotcellen?", "Hvor mange deler trenger dere til testen?", "Hva dekker ikke SkatteFUNN?",
    "Hvilken skole har Manufacturing 4.0?", "Må vi ha en utenlandsk partner i Eurostars?",
    "Kva er ein katapult?", "Kor lenge varer sveisinga?", "Kven kan søkje om BIO?",
    "Hvor mange av bedriftene i klyngen er med i Norsk Industri?", "Hvem underviser på heltidsstudiet?",
    "Er det mulig å ta Industri 5.0 på deltid?", "Hva menes med nettbasert med samlinger?", "Hvor holdes kursene?",
    "Hvem kan bruke tjenestene?", "Hvordan bestiller vi en tjeneste?", "Når ble tjenestekatalogen oppdatert?",
    "Hva skjer etter at tjenesten er ferdig?", "Hvilke bedrifter bruker tjenestene?", "Hvilke krav stiller studiet?",
    "Hva er det dyreste utstyret i Læringsfabrikken?", "Kan vi kombinere to støtteordninger?",
    "Hvor stor del av lønna dekker lærlingtilskuddet?", "Hvilken etasje er kurset i?", "Er det parkering på campus?",
    "Kor mange av lærlingane tek fagbrev?", "Kva tyder TRL?", "Kvifor er tenestene merkte som eksempeldata?",
    "Gjeld prisen for heile tenesta?", "Kven har laga tenestekatalogen?", "Kvar går kursa?", "Kva dag er kurset?",
    "Kor lenge varer ei teneste?", "Kva er ei støtteordning?", "Finst det ei kantine i parken?",
    "How many of the employees work on Raufoss?", "Is Manufacturing 4.0 part-time?", "Who teaches the courses?",
    "Does the price include VAT?", "Can two companies share a service?", "Why are the prices examples?",
    "Which companies use the services?", "Which year did the catapult open?", "What language is the course in?",
    "What is SkatteFUNN?", "How long does the robot cell take?", "Who runs Eurostars?", "Does SkatteFUNN cover equipment?",
]  # fmt: skip


@pytest.mark.parametrize(("type_", "question"), [(type_, each) for type_, asked in LISTS.items() for each in asked])
def test_a_list_is_of_the_type_that_is_named(type_, question):
    assert route(question, catalogue()) == Route("list", type_)


@pytest.mark.parametrize(("type_", "question"), [(type_, each) for type_, asked in COUNTS.items() for each in asked])
def test_a_count_is_of_the_type_that_is_named(type_, question):
    assert route(question, catalogue()) == Route("count", type_)


@pytest.mark.parametrize("question", COMPARISONS)
def test_a_comparison_is_of_the_records_that_are_named_in_their_order(question):
    found = route(question, catalogue())
    assert found.kind == "compare"
    assert [each.id for each in found.records] == COMPARISONS[question]
    assert found.type == found.records[0].type


@pytest.mark.parametrize("question", NEEDS)
def test_who_tells_of_a_situation_or_a_wish_has_a_need(question):
    assert route(question, catalogue()) == Route("need")
    assert route(f" {question.replace(' ', '  ')}\n", catalogue()) == Route("need")


@pytest.mark.parametrize("question", PASSAGES)
def test_a_plain_fact_is_found_in_a_passage(question):
    assert route(question, catalogue()) == Route("passage")


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Hvilke tjenester passer til studiet?", "service"),
        ("Kva studium gir støtte?", "course"),
        ("Hvilke av tilbudene gir studiepoeng?", "course"),
        ("Hvor er kantina?", None),
        ("", None),
    ],
)
def test_the_first_noun_tells_the_type_else_what_is_spoken_of_beside(text, type_):
    assert type_of(text) == type_


def test_nothing_is_a_passage():
    assert route("", catalogue()) == Route("passage")


@pytest.mark.parametrize(
    ("kind", "question", "found"),
    [
        ("passage", "Hvilke kurs finnes?", Route("passage")),
        ("need", "Hvilke kurs finnes?", Route("need")),
        ("list", "Noe om kurs", Route("list", "course")),
        ("count", "Alt på TRL 4", Route("count", "service")),
        ("list", "Hvem er sjefen?", None),
        ("compare", "Hva er SkatteFUNN?", None),
    ],
)
def test_a_kind_is_completed_by_what_the_question_tells(kind, question, found):
    assert routed(kind, question, catalogue()) == found


def test_whether_two_organisations_are_one_is_no_comparison_of_fields():
    assert route("Er Nammo og Benteler samme firma?", catalogue()).kind == "passage"
    assert routed("compare", "Are Nammo and Benteler the same company?", catalogue()) is None


def test_two_records_that_one_word_could_name_are_not_compared():
    plastic = next(each for each in catalogue().records if each.name.startswith("3D-printing i plast"))
    both = Catalogue((plastic, replace(plastic, id="metall", name="3D-printing i metall: prøvedel")))
    assert len(named("Er 3D-printing noe for oss?", both.records)) == len(both.records)
    assert routed("compare", "Er 3D-printing noe for oss?", both) is None
    assert routed("compare", "3D-printing i plast eller metall?", both).records == both.records


def test_a_comparison_is_completed_by_the_records_of_the_type_that_has_several():
    found = routed("compare", "BIO, Eurostars og Manufacturing 4.0", catalogue())
    assert (found.type, [each.id for each in found.records]) == ("funding", ["bio", "eurostars"])


@pytest.mark.parametrize(
    ("question", "found", "not_found"),
    [
        ("Hvor mange kurs har dere?", {"count", "counts", "count before noun"}, {"names", "superlative"}),
        ("Hvilken tjeneste er dyrest?", {"which_one", "superlative"}, {"full name"}),
        ("Er BIO dyrere enn Eurostars?", {"names", "full names"}, {"full name", "counts"}),
        ("Hva er SkatteFUNN?", {"full name", "fact"}, {"names", "full names"}),
        ("Hvilke maskiner brukes?", {"which", "else"}, {"which before noun"}),
    ],
)
def test_signs_are_cues_with_where_they_stand_and_how_many_records_are_named(question, found, not_found):
    there = set(signs(question, catalogue().records))
    assert found <= there
    assert not not_found & there


def test_signs_are_of_the_text_with_hvem_as_it_is_written():
    assert signs("kem kan hjælpe", ()) == signs("hvem kan hjælpe", ())
    assert signs("", ()) == []
