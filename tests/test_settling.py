import pytest

from raufoss_assistant.answering.settling import open_question


@pytest.mark.parametrize(
    ("question", "names", "openly"),
    [
        ("Er det Erland Paulsrud som er klyngeleder?", ["Erland Paulsrud"], "Hvem er klyngeleder nå?"),
        ("er strandlie fortsatt direktør i sintef?", ["strandlie", "sintef"], "Hvem er direktør i sintef nå?"),
        ("Er Paulsrud sjef i klynga, eller har de bytta?", ["Paulsrud"], "Hvem er sjef i klynga nå?"),
        ("Eier Hydro fortsatt presseverket?", ["Hydro"], "Hvem eier presseverket nå?"),
        ("Er Ragasco ennå på norske hender?", ["Ragasco"], "Hvem eier Ragasco nå?"),
        ("Is Svein Terje Strandlie the leader now?", ["Svein Terje Strandlie"], "Who is the leader now?"),
        ("Does Strandlie still lead the cluster?", ["Strandlie"], "Who leads the cluster now?"),
        ("Heter opplæringskontoret fortsatt OIR?", ["OIR"], "Hva heter opplæringskontoret (OIR) nå?"),
        ("Is the office still called OIR?", ["OIR"], "What is the office (OIR) called now?"),
        ("Var MTNC ein av dei åtte nodane?", ["MTNC"], "Hvilke er dei åtte nodane?"),
        ("Er det MTNC eller et annet senter som tester VR?", ["MTNC"], "Hvilken senter tester VR?"),
        ("Vi lurer på noe. Er Paulsrud leder ennå?", ["Paulsrud"], "Hvem er leder nå?"),
        ("Åpnet katapulten i 2017?", [], "Når åpnet katapulten?"),
        ("Ble DigiCat valgt samtidig med MTNC i oktober 2017?", ["DigiCat", "MTNC"], "Når ble DigiCat valgt?"),
        ("Did the Learning Factory open in 2018?", [], "When did the Learning Factory open?"),
        ("Stemmer det at Nammo ble til i 1990?", ["Nammo"], "Når ble Nammo til?"),
    ],
)
def test_a_yes_or_no_is_asked_openly(question, names, openly):
    assert open_question(question, names) == openly


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hvem leder klyngen?", []),
        ("Er Raufoss en by?", ["Raufoss"]),
        ("Hadde parken 50 bedrifter i 2017?", []),
        ("Er det flere i parken enn i 2020?", []),
        ("Kan vi søke i 2027?", []),
        ("Var Strandlie leder i 2018?", ["Strandlie"]),
        ("", []),
    ],
)
def test_other_questions_are_not(question, names):
    assert open_question(question, names) is None


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part", ["er det MTNC som er leder ", "is MTNC the ", "i 2017 ", "samtidig med ", "eller ", " ("]
)
def test_four_thousand_characters_end(part):
    open_question(f"Er {part * 4000}"[:4000], ["MTNC"])
