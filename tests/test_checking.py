import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.onboarding.checking import contradicts, is_right
from raufoss_assistant.onboarding.paths import Check


def check(quote, *accepted):
    return Check("?", accepted, "a.md", quote)


SIXTY = check("Rundt 60 bedrifter er med i NCE Manufacturing (6. februar 2024).", "60")
TWICE = check("OFII besøker bedriften og lærlingen minst to ganger i året (kilden er udatert).", "2")
CENTRE = check("Støtten fra Siva går til katapultsenteret, ikke til bedriften.", "katapultsenteret", "senteret")
NO = check("Vi har ikke funnet regler for adgang.", "nei", "ikke")
AREA = check("Den har 1 500 kvadratmeter og utstyr verdt mer enn 110 millioner kroner (6. februar 2024).", "1500")
TURNOVER = check("De omsetter samlet for over 13 milliarder kroner (6. februar 2024).", "13 milliarder", "13")
DAY = check("En søknad må være sendt innen 1. september.", "1. september", "første september")
MONTH = check("Søknaden må være sendt minst én måned før (2024).", "én måned", "en måned")
FREE = check("En kompetansemegler er en gratis rådgiver.", "gratis", "ingenting", "null", "0 kroner")
APPRENTICE = check("Den som lærer faget, er lærling.", "lærling")
PART = check("Linjen bygger et hjuloppheng.", "hjuloppheng")
CLUSTER = check("NCE Manufacturing er industriklyngen på Raufoss.", "NCE Manufacturing")
FORMER = check("Det het SINTEF Raufoss Manufacturing, forkortet SRM.", "SINTEF Raufoss Manufacturing", "SRM")
ONE = check("Minst ett års praksis.", "1", "ett år")

RIGHT = {
    SIXTY: ["60", "seksti", "SEKSTI!", "ca. 60 bedrifter", "Rundt 60 (6. februar 2024)", "det er omtrent seksti medlemmer", "nei, det er 60", "60 stk.", "60.", "60 i 2024"],
    TWICE: ["to", "2", "2 ganger", "minst to ganger i året", "to gonger"],
    CENTRE: ["senteret", "til senteret, ikke bedriften", "Katapult-senteret", "kataputsenteret", "pengene går ikke til bedriften men til senteret", CENTRE.quote],
    NO: ["nei", "Nei.", "nei, det gjør de ikke", "det står ikke"],
    AREA: ["1500", "1 500", "1.500 kvm", "1500 kvadratmeter og utstyr for 110 millioner"],
    TURNOVER: ["13", "13 milliarder", "tretten milliarder kroner", "over 13 mrd."],
    DAY: ["1. september", "1 sept", "01.09.", "1/9", "1.9.2023", "første september", "den 1. september 2023"],
    MONTH: ["en måned", "1 måned", "minst en måned", "Én måned før"],
    FREE: ["gratis", "Det er gratis", "ingenting", "null", "0 kroner", "det koster ingenting"],
    APPRENTICE: ["lærling", "Lærlingen", "lærlinger"],
    PART: ["hjuloppheng", "hjul oppheng", "hjulopheng", "et hjuloppheng", "hjulopphenget"],
    CLUSTER: ["nce manufacturing", "NCE-manufacturing", "NCE Manufactoring", "«NCE Manufacturing»"],
    FORMER: ["SRM", "srm", "Sintef Raufoss manufacturing"],
    ONE: ["1", "ett", "en", "ett år", "minst 1"],
}  # fmt: skip
WRONG = {
    SIXTY: ["50", "ikke 60", "det er ikke 60", "60 er feil", "50 eller 60", "6 eller 60", "600", "6", "160", "60,5", "under 60", "mer enn 60", "alt annet enn 60", "seksten", "60? nei", "60 000", "femti, ikke 60", "aldri 60", "", "  ", "?", "😀"],
    TWICE: ["tre", "22", "ikke to", "høyst to", "to eller tre"],
    CENTRE: ["bedriften", "ikke senteret", "ikke senteret, men bedriften", "senteret får ikke noe", "til bedriften, ikke til senteret"],
    NO: ["ja", "ja, ikke sant"],
    AREA: ["150", "110", "15000", "1400"],
    TURNOVER: ["13 millioner", "under 13 milliarder", "15 milliarder", "3"],
    DAY: ["1. august", "september", "15. september", "1.13."],
    MONTH: ["to måneder", "en uke", "1 uke", "2 måneder"],
    FREE: ["ikke gratis", "50 kroner", "dyrt"],
    APPRENTICE: ["læring", "ikke lærling", "lærer"],
    PART: ["hjul", "oppheng", "støtfanger"],
    CLUSTER: ["NCE", "NCE Raufoss", "SINTEF Manufacturing", "SFI Manufacturing"],
    FORMER: ["SINTEF Manufacturing", "SR", "SRMX", "HiG"],
    ONE: ["to", "11", "enhver"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answer"), [(asked, answer) for asked, answers in RIGHT.items() for answer in answers]
)
def test_right_answers(asked, answer):
    assert is_right(asked, answer)


@pytest.mark.parametrize(
    ("asked", "answer"), [(asked, answer) for asked, answers in WRONG.items() for answer in answers]
)
def test_wrong_answers(asked, answer):
    assert not is_right(asked, answer, {"læring", "lærer"})


def test_a_word_that_is_spelt_right_is_not_another_one_misspelt():
    asked = check("Det er lærlinger.", "lærlinger")
    assert is_right(asked, "lerlinger")
    assert is_right(asked, "læringer")
    assert not is_right(asked, "læringer", {"læringer"})


def test_an_accepted_number_stands_in_the_quote():
    assert not contradicts(TURNOVER, "13") and not contradicts(TURNOVER, "tretten milliarder")
    assert contradicts(TURNOVER, "14") and contradicts(SIXTY, "femti")
    assert not contradicts(FREE, "gratis")


def test_opposites_are_not_misspellings():
    asked = check("Den er avhengig.", "avhengig")
    assert not is_right(asked, "uavhengig")


def test_a_long_answer_is_read_to_a_limit():
    assert not is_right(SIXTY, "x " * 1000 + "60")


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for asked in RIGHT:
        assert is_right(asked, text) in (True, False)
