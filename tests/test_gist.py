"""What an answer must hold of a text."""

import pytest

from raufoss_assistant.evaluation import gist
from raufoss_assistant.evaluation.grammar import Grammar
from test_outline import outline

NB = Grammar.of("nb")
KNOWN = outline("I dag er Siva, Nammo og SkatteFUNN med.")


@pytest.mark.parametrize(
    ("sought", "text", "needed"),
    [
        ("money", "Fra 25 000 kroner. Det tar 2 uker.", "25 000 kroner"),
        ("money", "Etter 2 uker får dere 5–7 millioner kroner.", "5–7 millioner kroner"),
        ("number", "2–4 uker, fra vi har fått 50 deler.", "2–4 uker"),
        ("number", "TRL 4–7. Delene må finnes.", "4–7"),
        ("number", "Inntil 50 % (2023)", "50 %"),
        ("when", "Fristen er 15. april 2024.", "15. april 2024"),
        ("when", "Bedrifter kan søke hele året (2023).", "hele året"),
        ("when", "høst 2022", "høst 2022"),
        ("when", "2019", "2019"),
        ("names", "Det er Siva som står bak Nammo.", "Siva"),
        ("names", "Ingen, bortsett fra medlemsbedriftene.", "medlemsbedriftene"),
        ("words", "Små bedrifter med 5–50 ansatte som plukker.", "5–50 ansatte"),
        ("words", "En rapport fra SkatteFUNN med syklustid og treffsikkerhet.", "treffsikkerhet"),
        ("words", "Siden 2023 er det i nivå B 5 en linje for testing av støtfangere.", "støtfangere"),
    ],
)
def test_the_key_of_a_text_is_what_is_sought(sought, text, needed):
    assert gist.key(text, "Hva er det?", sought, NB, KNOWN) == (needed,)


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("money", "Det tar 2 uker."),
        ("number", "Det er gratis."),
        ("when", "Det var slik i 2019."),
        ("words", "Det er fint der."),
        ("words", "Hvordan kombinere og bruke det?"),
    ],
)
def test_a_text_without_what_is_sought_has_no_key(sought, text):
    assert gist.key(text, "Hvordan kombinere og bruke?", sought, NB, KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("et nettverk av bedrifter.", "nettverk av bedrifter"),
        ("det samme som 3D-printing.", "3D-printing"),
        ("en modulær, fleksibel celle for prøveproduksjon ved MTNC.", "celle"),
        ("testsenteret, kalt katapulten", "testsenteret"),
        ("Norwegian Centres of Expertise", "Norwegian Centres of Expertise"),
        ("Rettighetsbasert støtte til forskning gjennom skatteoppgjøret", "Rettighetsbasert"),
        ("en klynge der bedriftene samarbeider", "samarbeider"),
    ],
)
def test_a_short_meaning_is_needed_whole_and_of_a_long_one_its_noun(text, needed):
    assert gist.meaning(text, "Hva betyr «klynge»?", NB, KNOWN) == (needed,)


def test_long_parts_are_not_repeated_letter_for_letter():
    assert gist.short(["nivå 5.2", "en to tre fire fem seks sju"]) == ("nivå 5.2",)
