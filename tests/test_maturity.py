"""How mature a technology is, told by what exists of it."""

import pytest

from raufoss_assistant.catalogue.maturity import maturity


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Det eneste som finnes er en skisse.", (1, 2)),
        ("It only exists on paper.", (1, 2)),
        ("En idé til en sykkelkrok, men ingenting er tegna ennå.", (1, 2)),
        ("We have a steel part that is only a lab sample so far.", (3, 4)),
        ("Vi har et ferdig produkt og trenger en nullserie.", (6, 8)),
        ("Produktet vårt er i serie allerede og selges i 40 land.", (9, 9)),
        ("Ikkje anna enn ei teikning så langt.", (1, 2)),
        ("Vi har tenkt ut noe, men ikke gjort noe ennå.", (1, 2)),
        ("I have a sketch, nothing more.", (1, 2)),
        ("Det ligger bare i hodet mitt enda.", (1, 2)),
        ("Vi har bare så vidt skissert den.", (1, 2)),
        ("Fyrste forsøk i laben gjekk bra.", (3, 4)),
        ("Vi har en CAD-modell, men ikke noe mer.", (2, 3)),
        ("Alt vi har er en tegning på et matpapir.", (1, 2)),
        ("So far it is an equation on a whiteboard.", (1, 2)),
        ("Me har så vidt ein modell i papp.", (2, 3)),
        ("Har fått en prøve til å virke på kjøkkenbenken.", (3, 4)),
        ("Prototypen er ute hos tre kunder.", (6, 8)),
        ("Den finnes bare på baksida av en konvolutt.", (1, 2)),
        ("Ingenting er prøvd ennå.", (1, 2)),
        ("So far it's just a thought I keep having.", (1, 2)),
        ("Eit lite forsøk viser at prinsippet verkar, men nokon modell har me ikkje.", (3, 3)),
        ("Prototypen verkar fint i verkstaden vår.", (4, 6)),
        ("Maskinen har gått i vanlig drift hos første kunde i åtte måneder.", (7, 8)),
        ("Anlegget er solgt til over hundre kunder.", (9, 9)),
        ("Produktet har vært i salg i ti år, og vi vil automatisere pakkingen.", None),
        ("Vi er et konsept og holder til på Lena.", None),
        ("Vi vil selge den til kunder i Tyskland.", None),
        ("Vi trenger bare en tegning.", None),
        ("We only need a sketch of it.", None),
        ("Tegningen er ferdig, og verktøyet er bestilt.", None),
    ],
)
def test_what_exists_tells_how_mature_it_is(text, levels):
    assert maturity(text) == levels
