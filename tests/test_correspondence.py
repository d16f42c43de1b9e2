from datetime import date

import pytest

from raufoss_assistant.answering.claim_words import read_words
from raufoss_assistant.answering.correspondence import Known, outdated, says
from raufoss_assistant.answering.units import Unit
from raufoss_assistant.model import Chunk, Hit, Properties


def said(claim, source, known=None, *, title="Om klyngen"):
    hit = Hit(Chunk("1", "a.md", 0, None, (), source, 0, len(source), title), Properties(title, "klynge"), 1, 1, 0.9)
    return says(Unit(hit, 0, len(source)), read_words(source), read_words(claim), known or Known(frozenset()))


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nammo på Raufoss har 450 ansatte.", "Nammo har 450 ansatte på Raufoss."),
        ("På ti år økte eksporten i parken med 46 prosent.", "Eksporten i parken økte med 46 prosent på ti år."),
        ("Nå jobber 16 forskere i prosjektet.", "16 forskere jobber i prosjektet."),
        ("Inntil 50 prosent dekkes av Tilskudd 2.", "Tilskudd 2 dekker inntil 50 prosent."),
        ("Prosjektet ble startet av NTNU 3. juni 2025.", "NTNU startet prosjektet 3. juni 2025."),
        ("Sentrene betales av Siva.", "Siva betaler for sentrene."),
        ("Senteret var åpent i 2018.", "I 2018 var senteret åpent."),
    ],
)
def test_order_and_voice_may_differ(claim, source):
    assert said(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Celsius fra Finland og Patria fra Sverige eier.", "Celsius fra Sverige og Patria fra Finland eier."),
        ("Nammo hadde 2 700 ansatte på Raufoss.", "Nammo hadde 900 ansatte på Raufoss og 2 700 ansatte i 11 land."),
        ("Siva betales av sentrene.", "Siva betaler for sentrene."),
        ("Skolen krever fagbrev.", "Skolen krever fagbrev eller praksis."),
        ("Skolen krever fagbrev eller praksis.", "Skolen krever fagbrev og praksis."),
        ("Delen hos Raufoss på Benteler øker.", "Delen hos Benteler på Raufoss øker."),
        ("For forskning og Eurostars er utvikling.", "Eurostars er for forskning og utvikling."),
        ("Klyngen het NCE.", "Klyngen het NCE Raufoss."),
        ("Sustainable har base på Stord.", "Sustainable Energy har base på Stord."),
        ("Parken er det samme som klyngen.", "Parken er ikke det samme som klyngen."),
        ("Fabrikken er fra 1924.", "Navnet Raufoss Ammunisjonsfabrikker er fra 1924."),
        ("Vi dekkes av brukerne.", "Driften dekkes av brukerne."),
        ("Klyngen har 60 bedrifter, rundt 4 000 ansatte.", "Klyngen har rundt 60 bedrifter, rundt 4 000 ansatte."),
        ("Rådet fikk 100 kroner.", "Rådet ga 100 kroner."),
    ],
)
def test_who_does_what_to_whom_may_not(claim, source):
    assert not said(claim, source)


def test_what_is_known_may_be_left_out():
    claim, source = "Første del er 500 kroner.", "Første del av Tilskudd 2 er 500 kroner."
    assert not said(claim, source)
    assert said(claim, source, Known(frozenset(word.key for word in read_words("Tilskudd 2"))))


def test_a_noun_of_the_question_stands_for_the_name_behind_it():
    (noun, name) = read_words("studiet Industri")
    claim, source = "Studiet gir 60 poeng.", "Industri gir 60 poeng."
    assert not said(claim, source)
    assert said(claim, source, Known(frozenset(), called=frozenset({(noun.key, name.key)})))


def test_what_a_document_calls_its_own_subject_may_be_named():
    known = Known(frozenset(), titled=frozenset(word.key for word in read_words("Sveising")))
    assert said("Sveising passer for verksteder.", "Tjenesten passer for verksteder.", known)
    assert not said("Sveising passer for verksteder.", "Klyngen passer for verksteder.", known)


def test_a_year_long_gone_must_be_kept():
    claim = read_words("Kurset er gratis.")
    assert outdated(read_words("Kurset er gratis (2011)."), claim)
    assert not outdated(read_words("Kurset var gratis (2011)."), claim)
    assert not outdated(read_words(f"Kurset er gratis ({date.today().year})."), claim)
