from datetime import date

import pytest

from catalogue_corpus import FILES, TODAY, catalogue, one, read
from raufoss_assistant.catalogue.limits import misfits
from raufoss_assistant.catalogue.needs import Needs, profile


def found(record, text, language="nb", today=TODAY):
    return misfits(one(record), text, profile(text, today), today, language)


HARD = [
    ("samarbeidende-robot", "Vi er 2 ansatte.", "for liten", "target"),
    ("samarbeidende-robot", "Vi er 200 ansatte.", "for stor", "target"),
    ("energibruk", "Vi er 9 ansatte.", "for liten", "target"),
    ("innovasjonskontrakt", "Vi er 250 ansatte.", "for stor", "target"),
    ("robotcelle", "Vi er på TRL 3.", "for tidlig", "trl"),
    ("robotcelle", "Vi er på TRL 9.", "for moden", "trl"),
    ("innovasjonskontrakt", "Vi er på TRL 3.", "for tidlig", "trl"),
    ("oppstartstilskudd-2", "Firmaet er seks år gammelt.", "bedriften er for gammel", "target"),
    ("bio", "Bedriften ligger i Bergen.", "gjelder bedrifter i Innlandet", "target"),
    ("innovasjonskontrakt", "Vi har ingen pilotkunde.", "krever en forpliktet pilotkunde", "target"),
    ("innovasjonskontrakt", "None of them has promised anything.", "krever en forpliktet pilotkunde", "target"),
    ("innovasjonskontrakt", "Ingen av dem har forpliktet seg.", "krever en forpliktet pilotkunde", "target"),
    ("skattefunn", "Vi vil ha støtte til å kjøpe en robot.", "dekker ikke utstyr", "not_covered"),
    ("eurostars", "Vi vil forske.", "fristen er gått ut: 13. mars 2025", "deadline"),
    ("robotcelle", "Det må være ferdig innen tre uker.", "kan ta lengre tid", "duration"),
    ("3d-printing-i-plast", "Vi har bare en skisse.", "en 3D-modell må være ferdig", "trl"),
    ("energibruk", "Jeg er student.", "er for bedrifter", "target"),
    ("samarbeidende-robot", "Kona, jeg og to til pakker for hånd.", "for liten", "target"),
    ("sveising", "Vi er flere enn 120 ansatte.", "for stor", "target"),
    ("robotcelle", "Alt vi har er en skisse.", "for tidlig", "trl"),
    ("oppstartstilskudd-2", "Org.nummeret vårt er fra 2019.", "bedriften er for gammel", "target"),
    ("bio", "Vi holder til på Jæren.", "gjelder bedrifter i Innlandet", "target"),
    ("bio", "Opplæringen starter 5. desember.", "søknaden må sendes minst én måned før", "deadline"),
    ("bio", "Opplæringen har vart siden august.", "søknaden må sendes minst én måned før", "deadline"),
    ("bio", "Vi er en videregående skole.", "gjelder private bedrifter", "target"),
    (
        "innovasjonskontrakt",
        "Interesserte kunder finnes, men de nøler med å forplikte seg.",
        "krever en forpliktet pilotkunde",
        "target",
    ),
    ("innovasjonskontrakt", "We have yet to find a customer.", "krever en forpliktet pilotkunde", "target"),
    ("skattefunn", "Vi vil ha støtte til en ny dreiebenk.", "dekker ikke utstyr", "not_covered"),
    ("bio", "Vi holder til i Mo i Rana.", "gjelder bedrifter i Innlandet", "target"),
    ("bio", "Adressa er Eidsvoll i Akershus, men vi ser til Innlandet.", "gjelder bedrifter i Innlandet", "target"),
    ("bio", "Jeg leder teknisk etat i en kommune.", "gjelder private bedrifter", "target"),
    ("bio", "Opplæringen starter neste uke.", "søknaden må sendes minst én måned før", "deadline"),
]


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ((0.6, 0.3, 0.0, 0.0, 0.0, 0.0), "kan være for tidlig"),
        ((0.0, 0.0, 0.0, 0.0, 0.0, 0.9), "kan være for moden"),
        ((0.3, 0.3, 0.0, 0.0, 0.0, 0.3), None),
        ((0.0, 0.0, 0.0, 0.9, 0.0, 0.0), None),
    ],
)
def test_a_stage_that_is_likely_told_is_held_against_a_record_but_does_not_rule_it_out(stages, reason):
    wrong = misfits(one("robotcelle"), "", Needs(stages=stages), TODAY)
    assert [(each.reason.partition(":")[0], each.hard) for each in wrong] == ([(reason, False)] if reason else [])


@pytest.mark.parametrize(("record", "text", "reason", "field"), HARD)
def test_a_hard_limit_rules_out_and_cites_the_statement(record, text, reason, field):
    (misfit,) = found(record, text)
    assert misfit.hard
    assert misfit.reason.startswith(reason)
    assert misfit.statement in one(record).all(field)


def test_a_partner_abroad_is_required_also_while_the_deadline_is_open():
    (misfit,) = found("eurostars", "Vi har ingen utenlandsk partner.", today=date(2025, 3, 13))
    assert (misfit.hard, misfit.reason) == (True, "krever en partner i et annet land")
    assert len(found("eurostars", "Vi har ingen utenlandsk partner.")) == 2
    assert len(found("eurostars", "Tre bedrifter er med. Alle er norske.")) == 2


@pytest.mark.parametrize(
    ("record", "text", "reason"),
    [
        ("innovasjonskontrakt", "Vi er på TRL 4.", "bare unntaksvis"),
        ("oppstartstilskudd-2", "Firmaet er fire år gammelt.", "bare unntaksvis"),
        ("robotcelle", "Vi kan bruke høyst 30 000 kr.", "dyrere enn budsjettet: fra 90 000 kr"),
        ("sveising", "Det må være ferdig innen tre uker.", "kan ta lengre tid: 2–4 uker"),
    ],
)
def test_a_soft_limit_only_flags(record, text, reason):
    (misfit,) = found(record, text)
    assert not misfit.hard
    assert misfit.reason.startswith(reason)


ADMISSION = """---
title: Bachelor i ingeniørfag, maskin
kind: kurs
date: 2026-01-01
language: nb
---
# Bachelor i ingeniørfag, maskin

## Opptakskrav

BIMASF krever generell studiekompetanse med matematikk og fysikk, eller forkurs.
"""


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Har fagbrev, men ikke studiekompetanse eller matte fra vgs.", True),
        ("I never finished upper secondary school, no maths.", True),
        ("Har ikke studiekompetanse, men skal ta forkurs.", False),
        ("Har studiekompetanse med R2 og fysikk.", False),
    ],
)
def test_who_lacks_what_a_study_requires_is_told(text, flagged):
    """It rules nothing out: a study may have another way in."""
    courses = read({**FILES, "kurs/bimasf.md": ADMISSION}).of_type("course")
    study = next(each for each in courses if each.said("admission"))
    wrong = misfits(study, text, profile(text, TODAY), TODAY)
    assert [each.hard for each in wrong] == [False] * flagged


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("sveising", "Vi er 3 ansatte."),
        ("sveising", "Vi er 120 ansatte."),
        ("energibruk", "Vi er 20 ansatte."),
        ("3d-printing-i-plast", "Vi er 2 ansatte."),
        ("skattefunn", "Vi er 300 ansatte."),
        ("innovasjonskontrakt", "Vi er 249 ansatte."),
        ("robotcelle", "Vi er på TRL 4–5."),
        ("oppstartstilskudd-2", "Firmaet er to år gammelt."),
        ("bio", "Vi holder til på Gjøvik."),
        ("bio", "Vi trenger opplæring."),
        ("innovasjonskontrakt", "Vi har en forpliktet pilotkunde."),
        ("sveising", "Vi kan bruke høyst 15 000 kr."),
        ("finansieringshjelp", "Vi er på TRL 1 og har 1 000 kr."),
    ],
)
def test_what_is_within_the_limits_or_not_told_is_no_misfit(record, text):
    assert found(record, text) == []


@pytest.mark.parametrize(
    ("record", "text", "language", "reason"),
    [
        ("energibruk", "Me er ni tilsette.", "nn", "for lita: er for bedrifter med minst 20 ansatte"),
        ("energibruk", "We are nine employees.", "en", "too small: it is for bedrifter med minst 20 ansatte"),
        ("robotcelle", "Me er på TRL 3.", "nn", "for tidleg: 5–8"),
        ("robotcelle", "We are at TRL 3.", "en", "too early: 5–8"),
        ("bio", "Me held til i Bergen.", "nn", "gjeld bedrifter i Innlandet"),
        ("bio", "We are in Bergen.", "en", "is for companies in Innlandet"),
        ("innovasjonskontrakt", "Me har ingen kunde.", "nn", "krev ein forplikta pilotkunde"),
        ("innovasjonskontrakt", "We have no pilot customer.", "en", "requires a committed pilot customer"),
    ],
)
def test_the_reason_is_in_the_readers_language(record, text, language, reason):
    assert [each.reason for each in found(record, text, language)] == [reason]


def test_the_hard_come_before_the_soft():
    both = found("robotcelle", "Vi er på TRL 3 og kan bruke høyst 30 000 kr.")
    assert [each.hard for each in both] == [True, False]


def test_who_tells_nothing_is_ruled_out_by_a_passed_deadline_alone():
    out = [each.id for each in catalogue().records if misfits(each, "", Needs(), TODAY)]
    assert out == ["eurostars"]
