"""Statements turned into questions."""

import pytest

from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.statements import drafts
from test_outline import outline

KNOWN = outline(
    "I dag er OFII, Nammo, MTNC, Siva, SFI, Erna, HiG, Kubistprisen og NCE Raufoss med.",
    "Klyngen er her.",
    title="Om MTNC",
)


def asked(sentence, language="nb"):
    """The questions of a sentence, with what their answers must hold."""
    return [(draft.question, *draft.needed) for draft in drafts(sentence, Grammar.of(language), KNOWN)]


@pytest.mark.parametrize(
    ("sentence", "question", "needed"),
    [
        ("MTNC åpnet 5. februar 2018 på Raufoss.", "Når åpnet MTNC på Raufoss?", "5. februar 2018"),
        ("Klyngen på Raufoss fikk NCE-status i 2006.", "Når fikk klyngen på Raufoss NCE-status?", "2006"),
        ("Søknadsfristen for fagskole er 15. april.", "Når er søknadsfristen for fagskole?", "15. april"),
        ("Rapporten til Siva skal leveres innen 1. mars.", "Når skal rapporten til Siva leveres?", "1. mars"),
        ("I november 2022 pekte Siva ut åtte noder.", "Når pekte Siva ut åtte noder?", "november 2022"),
        ("Nammo har hovedkontor på Raufoss.", "Hvor har Nammo hovedkontor?", "Raufoss"),
        ("MTNC holder til i bygning 5 ved elva.", "Hvor holder MTNC til?", "bygning 5 ved elva"),
        ("Morten Brandtzæg er konsernsjef i Nammo, sier de.", "Hvem er konsernsjef i Nammo?", "Morten Brandtzæg"),
        ("Emma Østerbø leder MTNC (2024).", "Hvem leder MTNC?", "Emma Østerbø"),
        ("Medlemsbedriftene eier OFII.", "Hvem eier OFII?", "Medlemsbedriftene"),
        ("OFII står for Opplæringskontoret for Industrifag og måler mye.", "Hva står OFII for?", "Opplæringskontoret for Industrifag"),
        ("MTNC betyr Manufacturing Technology Norwegian Catapult.", "Hva betyr MTNC?", "Manufacturing Technology Norwegian Catapult"),
        ("MTNC het tidligere NMTC, sier de.", "Hva het MTNC tidligere?", "NMTC"),
        ("NCE Raufoss heter nå NCE Manufacturing.", "Hva heter NCE Raufoss nå?", "NCE Manufacturing"),
        ("Bedriftene i MTNC forkortes BIM.", "Hva er forkortelsen for bedriftene i MTNC?", "BIM"),
        ("Kubistprisen er innovasjonsprisen til klyngen.", "Hva er Kubistprisen?", "innovasjonsprisen"),
        ("MTNC er et nasjonalt testsenter, også kalt katapulten.", "Hva er MTNC?", "testsenter"),
        ("En intensjonsavtale er en melding til OFII.", "Hva er en intensjonsavtale?", "melding"),
        ("Et senter for forskningsdrevet innovasjon (SFI) er her.", "Hva står SFI for?", "senter for forskningsdrevet innovasjon"),
        ("OFII har 37 medlemmer.", "Hvor mange medlemmer har OFII?", "37"),
    ],
)  # fmt: skip
def test_a_statement_becomes_the_question_it_answers(sentence, question, needed):
    assert (question, needed) in asked(sentence)


@pytest.mark.parametrize(
    ("language", "sentence", "question"),
    [
        ("nn", "MTNC opna 5. februar 2018.", "Når opna MTNC?"),
        ("nn", "Ein node er ein lokal teststad.", "Kva er ein node?"),
        ("nn", "MTNC held til i Raufoss Industripark.", "Kvar held MTNC til?"),
        ("en", "MTNC opened on 5 February 2018.", "When did MTNC open?"),
        ("en", "MTNC is located in Raufoss.", "Where is MTNC located?"),
        ("en", "MTNC stands for something.", "What does MTNC stand for?"),
        ("en", "A node is a local site.", "What is a node?"),
    ],
)
def test_other_languages_have_their_own_words(language, sentence, question):
    assert question in [asking for asking, *_ in asked(sentence, language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "MTNC åpnet ikke 5. februar 2018.",
        "MTNC åpnet trolig 5. februar 2018.",
        "Åpnet MTNC 5. februar 2018?",
        "MTNC åpnet 5. februar 2018, og " + "og så videre " * 40,
        "Det åpnet 5. februar 2018.",
        "Prisen er en gave.",
        "MTNC har ligget her fra 2006 til 2017.",
        "MTNC hadde tall for 2018–2023.",
        "Sverre ledet også i 2020.",
        "MTNC er navnet på noe.",
        "MTNC er et navn.",
        "Maskin, nettbasert (BIMASF) har plass.",
    ],
)
def test_what_denies_or_cannot_be_understood_by_itself_is_left_alone(sentence):
    assert asked(sentence) == []


def test_dates_are_of_their_own_kind():
    (draft,) = drafts("MTNC åpnet 5. februar 2018.", Grammar.of("nb"), KNOWN)
    assert draft.kind == "dato"
