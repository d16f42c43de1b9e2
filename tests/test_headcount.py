"""How many people a company has, as its owner tells it."""

import pytest

from raufoss_assistant.catalogue.headcount import Headcount, headcount


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ho Kari og eg og tre lærlingar held til i ein låve.", 5),
        ("Et tjuetalls ansatte, og i dag står to stykker og ser etter riper.", 20),
        ("Jobber alene og har en idé til en sykkelkrok.", 1),
        ("Eneste ansatt i eget AS.", 1),
        ("Nei, vi er ikke mange: to på kontoret, ni i hallen.", 11),
        ("The three of us share a garage.", 3),
        ("Familien på fem driver alt sammen.", 5),
        ("Æ og han Odd har firma i lag.", 2),
        ("Bemanningen ligger på rundt 75.", 75),
        ("Vi sysselsetter 140 mennesker i dalen.", 140),
        ("Her jobber det åtti stykker.", 80),
        ("Me har nitten på lista når alle er friske.", 19),
        ("Ca 35 hoder totalt, inkludert kontoret.", 35),
        ("Jeg har ingen med meg ennå, men tjener penger.", 1),
        ("We have grown from 12 to 27 employees this year.", 27),
        ("Firmaet består av meg, en kompanjong og en deltidsansatt.", 3),
        ("En kunde med 500 ansatte har spurt oss om tilbud. Vi er selv bare seks.", 6),
        ("Vi leverer til et konsern på 3 000 mann, men er ni sjøl.", 9),
        ("Mor, far og tre søsken på gården.", 5),
        ("Jeg, svogeren min og en innleid kar.", 3),
        ("Arbeidsstokken teller for tida 63.", 63),
        ("We're a crew of eight welders.", 8),
        ("det jobbe førti folk her", 40),
        ("Hos oss er det 15 som jobber.", 15),
        ("Dei tilsette er 34 i talet.", 34),
        ("Onsdag kommer det en delegasjon på 12 personer. Vi er fem.", 5),
        ("Etter nedbemanninga er vi tjuefire igjen.", 24),
        ("Sole trader, nobody employed.", 1),
        ("Kona, jeg og to til. Det er hele staben.", 4),
        ("Det er far min, onkel Per og eg i verkstaden.", 3),
        ("My husband, our daughter and I cast bronze.", 3),
        ("Staben hos oss: to sveisere, en lærling og meg.", 4),
        ("Jeg er på heltid og svigersønnen i halv stilling.", 1.5),
        ("Vi e mellom femten og atten på jobb.", 16.5),
        ("Vi er ti i administrasjonen og drøyt tre hundre i produksjonen.", 310),
        ("Tjue ansatte, minus de fire som slutta i vår.", 16),
        ("Forty-odd of us at the plant, 45 to be exact.", 45),
        ("Et dusin folk på gulvet.", 12),
        ("Far og sønn i en garasje.", 2),
        ("75 employees, and I'd like to see it first.", 75),
        ("Fjorten på dagskiftet, åtte på kvelden og fire på kontoret.", 26),
        ("Vi blei ti no når lærlingen begynte.", 10),
        ("Hundre og ti fordelt på to haller.", 110),
        ("Bemanninga svinger mellom 90 og 120 i løpet av året.", 105),
        ("There are eighty-five of us. We're about to bend a tougher steel.", 85),
        ("We're about to buy a robot.", None),
        ("Vi lager 20 000 fordelt på tre typer.", None),
        ("Vi bruker 30 000 stykker i året.", None),
        ("Vi er 20 år gamle.", None),
        ("Jeg og kunden er uenige.", None),
        ("Jeg og en kollega vil lære mer om robot.", None),
        ("Kan en ansatt og en lærling få kurs?", None),
    ],
)
def test_people_are_counted_as_they_are_told(text, people):
    assert headcount(text) == (None if people is None else Headcount(people))


def test_more_than_a_number_is_told_apart():
    assert headcount("Fleire enn fire hundre tilsette.") == Headcount(400, more=True)


def test_a_list_counts_where_a_number_is_part_of_it_and_else_the_number():
    assert headcount("To ansatte og jeg.") == Headcount(3)
    assert headcount("Min bror og jeg eier firmaet. Vi er 12 ansatte.") == Headcount(12)
