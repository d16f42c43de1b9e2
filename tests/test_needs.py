import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_corpus import TODAY
from raufoss_assistant.catalogue.needs import Needs, profile, situation


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("Vi er ni ansatte på Lena og vil prøve en robot.", 9),
        ("Bedriften vår har 45 ansatte.", 45),
        ("Me er tolv tilsette på Toten.", 12),
        ("We are 30 employees.", 30),
        ("Vi er to søstre på Dokka.", 2),
        ("Jeg driver et enmannsforetak.", 1),
        ("Eg driv firmaet heilt åleine, ingen tilsette.", 1),
        ("Vi er på TRL 4, 12 ansatte.", 12),
        ("Vi vil plukke 500 deler i timen.", None),
        ("Vi er 20 år gamle.", None),
        ("Vi er over 300.", 300),
        ("Me er ein gjeng på sju.", 7),
        ("En bedrift på 60, mest snekkere.", 60),
        ("It is just me and my brother.", 2),
        ("Kona og eg driv eit lite bruk.", 2),
        ("I run it alone.", 1),
        ("En maskin på 60 tonn.", None),
    ],
)
def test_how_many_they_are(text, employees):
    assert profile(text, TODAY).employees == employees


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Firmaet er 12 år gammelt.", 12),
        ("Verksemda er 12 år gammal.", 12),
        ("The company is three years old.", 3),
        ("Firmaet vårt er fire år.", 4),
        ("Selskapet ble stiftet i 2021.", 5),
        ("Vi startet bedriften i fjor.", 1),
        ("Vi startet nettopp.", 0.5),
        ("Vi starta for to år siden.", 2),
        ("We founded the company three years ago.", 3),
        ("We are a four-year-old company.", 4),
        ("Roboten er 15 år gammel.", None),
        ("Roboten kom for ti år siden.", None),
        ("Vi tenker oss en start i 2031.", None),
    ],
)
def test_how_old_the_company_is(text, age):
    assert profile(text, TODAY).age == age


@pytest.mark.parametrize(
    ("text", "place", "innlandet"),
    [
        ("Vi er ni ansatte på Lena.", "Lena", True),
        ("Me held til på toten.", "Toten", True),
        ("Bedriften ligger i Bergen.", "Bergen", False),
        ("We are 30 employees in Oslo.", "Oslo", False),
        ("26 mann i Båtsfjord.", "Båtsfjord", False),
        ("Bodde på Hamar før, men nå er firmaet flytta til Askøy.", "Askøy", False),
        ("Kunden vår er i Bergen, vi er på Dokka.", "Dokka", True),
        ("Jeg kommer fra Oslo, men firmaet er på Lena.", "Lena", True),
        ("Vi er to, og en gartner i Nederland har spurt.", None, None),
        ("Vi holder til i en stor hall.", None, None),
    ],
)
def test_where_they_are_and_whether_it_is_in_innlandet(text, place, innlandet):
    needs = profile(text, TODAY)
    assert (needs.place, needs.innlandet) == (place, innlandet)


@pytest.mark.parametrize(
    ("text", "trl"),
    [
        ("Vi er på TRL 4–5.", (4, 5)),
        ("Teknologien er på TRL-nivå 6.", (6, 6)),
        ("We are at TRL 3 to 4.", (3, 4)),
        ("TRL er 3 eller 4.", (3, 4)),
        ("Vi er på nivå 6 på TRL-skalaen.", (6, 6)),
        ("Vi vet ikke hvor modne vi er.", None),
    ],
)
def test_how_mature_it_is(text, trl):
    assert profile(text, TODAY).trl == trl


@pytest.mark.parametrize(
    ("text", "budget", "days"),
    [
        ("Vi har et budsjett på 50 000 kroner.", 50_000, None),
        ("Me har under 20 000 kroner.", 20_000, None),
        ("We can spend up to 40 000 NOK.", 40_000, None),
        ("Det må være ferdig innen tre uker.", None, 21),
        ("We need it within four weeks.", None, 28),
        ("Vi har holdt på i 3 uker og brukt 300 kr.", None, None),
    ],
)
def test_what_money_and_time_there_is(text, budget, days):
    needs = profile(text, TODAY)
    assert (needs.budget, needs.days) == (budget, days)


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("Me treng pengar til ein ny robot.", {"fund"}),
        ("We want to apply for a grant and take a course.", {"fund", "learn"}),
        ("Eg vil studere ved sida av jobben.", {"learn"}),
        ("Vi vil ta inn en lærling.", {"recruit"}),
        ("Vi vil prøve en robot.", set()),
    ],
)
def test_what_is_wished_for(text, wishes):
    assert profile(text, TODAY).wishes == wishes


@given(st.text(alphabet="vi er 0123456789 ansattår TRLkrØå.,"))
def test_any_text_has_a_profile(text):
    assert isinstance(profile(text, TODAY), Needs)


def test_nothing_told_is_nothing_known():
    assert profile("", TODAY) == Needs()


@pytest.mark.parametrize(
    ("text", "employees", "age"),
    [
        ("Hos oss jobber det 95 mennesker.", 95, None),
        ("Selskapet mitt er fjorten måneder gammelt og består av meg.", 1, 1.17),
        ("Staben teller 22, og vi bøyer stål.", 22, None),
        ("Det er kun undertegnede i firmaet.", 1, None),
    ],
)
def test_other_ways_to_tell_of_size_and_age(text, employees, age):
    found = profile(text, TODAY)
    assert (found.employees, found.age) == (employees, age)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vi sveiser containere. Hva kan dere hjelpe oss med?", "Vi sveiser containere."),
        ("We weld containers. Can you help us?", "We weld containers."),
        ("Hva kan dere hjelpe oss med?", "Hva kan dere hjelpe oss med?"),
        ("Me støyper bolter. Kva har de om måling?", "Me støyper bolter. Kva har de om måling?"),
    ],
)
def test_what_only_asks_for_help_tells_nothing(text, told):
    assert situation(text) == told
