"""Times that somebody who has a need speaks of."""

from datetime import date

import pytest

from catalogue_corpus import TODAY
from raufoss_assistant.catalogue.moments import begins, moments, time_left, told_today


def test_the_day_that_a_text_says_it_is():
    text = "Datoen i dag er 3. mai, og opplæringa starter den 20."
    assert told_today(text, TODAY) == date(2026, 5, 3)
    assert begins(text, date(2026, 5, 3)) == 17
    assert told_today("Kurset starter 3. mai.", TODAY) == TODAY


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Kurset vårt tar til 7. desember.", 11),
        ("Training kicks off on Monday.", 4),
        ("Opplæringa byrjar om ti dagar.", 10),
        ("Vi har allerede startet opplæringen.", -1),
        ("Kursoppstart er 10. desember.", 14),
        ("Første samling er allerede neste uke, og det er opplæring for hele gjengen.", 7),
        ("Kurset begynner mandag i neste uke.", 4),
        ("Opplæringa av nattskiftet har vart siden august.", -1),
        ("Opplæringa skal i gang om fire månader.", 120),
        ("Opplegget begynner 10. desember.", 14),
        ("Det kjem ein kar 21. desember for å lære opp gjengen.", 25),
        ("Vi heldt første kursdagen for to veker sidan.", -1),
        ("Kurset for operatørane våre på Raufoss har gått sidan oktober.", -1),
        ("Maskinen kommer 3. desember.", None),
        ("Roboten kommer 3. desember, og da vil vi ha kurs.", None),
        ("Vi starter serieproduksjon 1. desember.", None),
    ],
)
def test_when_what_is_planned_begins(text, days):
    assert begins(text, TODAY) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Vi må ha svar før helga.", 2),
        ("Delen må være her 10. desember.", 14),
        ("We need it by mid-December.", 19),
        ("Trenger dette i løpet av to uker.", 14),
        ("Har frist på fredag.", 1),
        ("Svar må foreligge innen utgangen av januar.", 63),
        ("Messa er 3. desember, da må modellen være ferdig.", 7),
        ("Den må være prøvd ferdig før jul.", 27),
        ("Ferdig innen 20. desember 2026, takk.", 24),
        ("No later than the end of January.", 63),
        ("Vi møttes 3. desember.", None),
        ("Den burde vært ferdig, helst før fellesferien.", None),
        ("Ferdig innen 31. februar.", None),
    ],
)
def test_how_long_there_is(text, days):
    assert time_left(text, TODAY) == days


def test_each_time_is_read_once_and_in_order():
    assert [moment.days for moment in moments("30. november, December 1st og i morgen", TODAY)] == [4, 5, 1]
