import pytest

from raufoss_assistant.answering.expectation import Expectation


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hvor mange bedrifter er med?", "amount"),
        ("Kor stor er Læringsfabrikken?", "amount"),
        ("How many companies are there?", "amount"),
        ("Hva koster det å bruke katapulten?", "money"),
        ("Hva er dagsprisen på metallprinteren?", "money"),
        ("Kva kostar det?", "money"),
        ("Hva tjener en CNC-operatør?", "money"),
        ("Når er søknadsfristen?", "time"),
        ("When did it open?", "time"),
        ("Hvem leder klyngen nå?", "person"),
        ("Kven leier klynga?", "person"),
        ("Hvor er bygning 5?", "place"),
        ("Hva er en katapult?", "other"),
        ("Hvordan søker jeg?", "other"),
        ("skattefunn", "other"),
    ],
)
def test_kind(question, kind):
    assert Expectation.of(question).kind == kind


@pytest.mark.parametrize(
    ("question", "met", "not_met"),
    [
        ("Hvor mange?", "Om lag 60 bedrifter.", "Bedriftene er mange."),
        ("Hvor mange?", "Ni deltakere fullførte.", "Deltakerne fullførte."),
        ("Hva koster det?", "Prisen er 15 000 kroner.", "Prisen gis etter avtale i 2026."),
        ("Hva koster det?", "Det er gratis.", "Ta kontakt."),
        ("Når åpnet den?", "Den åpnet 2. september 2020.", "Den åpnet med taler."),
        ("Hvem leder klyngen?", "Klyngen ledes av Kari Nordmann.", "klyngen ledes godt."),
    ],
)
def test_met(question, met, not_met):
    expectation = Expectation.of(question)
    assert expectation.met_by(met)
    assert not expectation.met_by(not_met)


@pytest.mark.parametrize(
    ("question", "demanded"),
    [
        ("Hvor mange bedrifter er med?", True),
        ("Hva koster det å teste en robotcelle?", True),
        ("How much is it?", True),
        ("Hva får vi levert?", False),
        ("Hva er Kubistprisen?", False),
        ("Hvor stor er Læringsfabrikken?", False),
        ("Hvem betaler for kursene?", False),
    ],
)
def test_only_a_number_answers_how_much(question, demanded):
    assert Expectation.of(question).demanded == demanded


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hva heter høgskolen nå, og fra når?", "time"),
        ("Kven leidde klynga då, og kor mange?", "amount"),
        ("Who owns it and since when?", "time"),
        ("Hva koster kurset, og hvor?", "place"),
    ],
)
def test_what_is_asked_for_besides(question, kind):
    assert Expectation.beside(question).kind == kind


@pytest.mark.parametrize("question", ["Når og hvor holdes kurset?", "Hvem eier Nammo?", "Hva er NCE og MTNC?"])
def test_nothing_is_asked_for_besides(question):
    assert Expectation.beside(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "met"),
    [
        ("Hva koster det å være med?", "Bedriftene omsetter for 13 milliarder kroner.", False),
        ("Hva koster det å være med?", "Medlemskapet koster 13 000 kroner.", True),
        ("Hvor mye kroner omsetter de for?", "Bedriftene omsetter for 13 milliarder kroner.", True),
        ("How much does it cost?", "The company invested NOK 3 million.", False),
    ],
)
def test_a_turnover_is_no_price(question, sentence, met):
    assert Expectation.of(question).met_by(sentence) is met
