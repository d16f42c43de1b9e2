"""How old a company is, as its owner tells it."""

import pytest

from catalogue_corpus import TODAY
from raufoss_assistant.catalogue.company_age import company_age


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Har drevet verkstedet siden 2008.", 18),
        ("Oldefar grunnla bedriften i 1912.", 114),
        ("Det er andre året vi er i gang.", 1),
        ("Foretaket ble til under pandemien, i 2020.", 6),
        ("Vi er et splitter nytt selskap.", 0.5),
        ("This is our fourth year in business.", 3),
        ("Selskapet rundet 25 år i mai.", 25),
        ("Vi har holdt hjulene i gang i over førti år.", 40),
        ("Maskinen er fra 1998, den.", None),
        ("Har jobba som sveiser i 20 år.", None),
        ("Bedriften er stiftet for åtte måneder siden.", 0.67),
        ("Fire år har gått siden vi starta.", 4),
        ("Butikken har vært i familien siden 1950.", 76),
        ("Vi begynte i det små for elleve år siden.", 11),
        ("My company turns six in March.", 5.5),
        ("Bestefar tok fatt i smia i 1961.", 65),
        ("Vi feira tiårsjubileet i sommer.", 10),
        ("Org.nummeret vårt er fra 2019.", 7),
        ("Firmaet er inne i sitt niande år.", 8),
        ("It will be our thirtieth anniversary next May.", 30),
        ("Siden nittitallet har vi levert benker.", 27),
        ("Har holdt på i snart seks år.", 5.8),
        ("Familiefirma i tredje generasjon.", 50),
        ("Vi er en møbelbedrift fra 1974.", 52),
        ("Firmaet feirar 25 år til våren.", 24.5),
        ("Our machine shop, same company since 1964.", 62),
        ("me har holdt på siden nittitalle", 27),
        ("Vi kjøpte en robot fra 2012.", None),
        ("Delen selges for 2019 kr.", None),
    ],
)
def test_a_company_is_as_old_as_it_is_told_to_be(text, age):
    found = company_age(text, TODAY)
    assert found is None if age is None else found == pytest.approx(age, abs=0.2)
