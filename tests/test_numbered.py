import pytest

from raufoss_assistant.answering.numbered import of_another_number


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("hva betyr trl 6", "TRL 5 betyr at teknologien er testet under relevante forhold.", True),
        ("hva betyr trl 6", "Hva TRL 2, TRL 6 og TRL 7 betyr, er ikke beskrevet i våre kilder.", False),
        ("Hvilket nivå er TRL-nivå 6?", "TRL 4–7. Kjøretøyene er hyllevare.", False),
        ("Hva er TRL 8?", "5–7, unntaksvis TRL 4 og 8", False),
        ("Hvor mye gir Oppstartstilskudd 3?", "Oppstartstilskudd 2 gir inntil 1 million kroner.", True),
        ("Hva koster Manufacturing 4.0?", "Industri 5.0 er gratis.", False),
        ("Hvem vant Kubistprisen 2019?", "Kubistprisen 2020 gikk til et annet firma.", True),
        ("Hva skjedde i 2017?", "Det skjedde i 2018.", False),
        ("Er bedrifter med minst 5 ansatte med?", "Minst 10 ansatte må være med.", False),
        ("Hvem møtte 24. mai 2023?", "Møtet var i mai 2022.", False),
        ("Hvem leder klyngen?", "Klyngen har 60 bedrifter.", False),
        ("Hvor mange poeng er TØL4025 på?", "TØL4902: Masteroppgave (30 studiepoeng)", True),
        ("Hvor mange poeng er TØL4025 på?", "TØL4025 og TØL4902 er på 7,5 og 30 poeng.", False),
        ("Hvor mange poeng er TØL4025 på?", "Emnet er på 7,5 poeng.", False),
    ],
)
def test_what_a_number_tells_apart_is_told_of_that_number(question, text, another):
    assert of_another_number(question, text) is another
