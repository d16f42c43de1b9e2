"""What kind of applicant a need comes from."""

import pytest

from raufoss_assistant.catalogue.applicant import applicants


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Jeg skriver på vegne av Gjøvik kommune.", {"public"}),
        ("We are a public hospital.", {"public"}),
        ("Eg underviser på ein vidaregåande skule og vil ha støtte til roboten vår.", {"public"}),
        ("Idrettslaget vårt trenger et nytt lysanlegg.", {"association"}),
        ("Jeg er student på NTNU.", {"pupil"}),
        ("Vi selger til kommunen.", set()),
        ("Vi samarbeider med et forskningsinstitutt.", set()),
        ("Eg er lærar ved ein ungdomsskule.", {"public"}),
        ("Vi i fylkeskommunen vil teste robot.", {"public"}),
        ("NTNU-student her, uten bedrift.", {"pupil"}),
        ("Vi er leverandør til et sykehus.", set()),
        ("Kommunen her har 900 ansatte.", {"public"}),
        ("Dette er et forskningsinstitutt.", {"research"}),
        ("Driver forskningsinstitutt og vil lede et IPN.", {"research"}),
        ("We are a Swedish company with no taxable activity in Norway.", {"abroad"}),
        ("Borettslag med 64 leiligheter her.", {"association"}),
        ("Our factory sits in Karlstad with no Norwegian branch.", {"abroad"}),
        ("Vi er et bakeri på Lena.", set()),
    ],
)
def test_who_writes_is_told_by_how_they_name_themselves(text, kinds):
    assert applicants(text) == kinds
