from dataclasses import replace

import pytest

from raufoss_assistant.answering.units import (
    is_step,
    same_words,
    short_answer,
    units,
    whole_list,
    with_list,
    with_referral,
    with_rest,
)
from raufoss_assistant.model import Chunk, Hit, Properties, Reading


def hit(text, context="Tittel"):
    return Hit(
        Chunk("id", "a.md", 0, None, (), text, 0, len(text), context), Properties("Tittel", "kurs"), 1.0, 0.5, 0.9
    )


def quotes(text, context="Tittel"):
    return [unit.quote for unit in units(hit(text, context))]


def test_sentences_are_units():
    assert quotes("Klyngen har 60 bedrifter. De har ca. 4\u00a0000 ansatte.") == [
        "Klyngen har 60 bedrifter.",
        "De har ca. 4\u00a0000 ansatte.",
    ]


TABLE = (
    "| Ordning | Beløp | Frist |\n| --- | --- | --- |\n| SkatteFUNN | 4,75 mill. | 1. september |\n| BIO | | løpende |"
)


def test_rows_are_units_and_headers_are_not():
    assert quotes(TABLE) == ["| SkatteFUNN | 4,75 mill. | 1. september |", "| BIO | | løpende |"]


def test_a_row_reads_with_the_names_of_its_columns():
    rows = list(units(hit(TABLE)))
    assert rows[0].readable == "SkatteFUNN – beløp: 4,75 mill.; frist: 1. september"
    assert rows[1].readable == "BIO – frist: løpende"


def test_a_row_cut_from_its_header_finds_it_in_the_context():
    (row,) = units(hit("SkatteFUNN | 4,75 mill. | 1. september", "Ordninger\nOrdning | Beløp | Frist"))
    assert row.readable == "SkatteFUNN – beløp: 4,75 mill.; frist: 1. september"


def test_a_column_is_not_named_twice_and_an_abbreviation_keeps_its_capitals():
    (row,) = units(hit("Sveising | TRL 5–8 | Pris på forespørsel | 2", "Ordninger\nTjeneste | TRL | Pris | DAK-filer"))
    assert row.readable == "Sveising – TRL 5–8; Pris på forespørsel; DAK-filer: 2"


def test_a_row_of_two_cells_is_a_pair():
    (row,) = units(hit("| Tema | Regel |\n| --- | --- |\n| Frist | 1. september |"))
    assert row.readable == "Frist: 1. september"


def test_a_lead_in_takes_its_list_along():
    text = "Dette trenger du:\n\n- fagbrev\n- to års praksis\n\nSøk innen 15. april."
    lead = with_list(next(iter(units(hit(text)))))
    assert lead.quote == "Dette trenger du:\n\n- fagbrev\n- to års praksis"
    assert lead.quote in text
    assert lead.readable == "Dette trenger du:\n- fagbrev\n- to års praksis"


@pytest.mark.parametrize("text", ["Dette er alt.", "Slutter med kolon:", "Kolon:\n\nMen ingen liste."])
def test_without_a_list_the_unit_stays(text):
    unit = next(iter(units(hit(text))))
    assert with_list(unit) == unit


def test_wrapped_prose_reads_on_one_line():
    (unit,) = units(hit("Klyngen har\nrundt 60 bedrifter."))
    assert unit.quote == "Klyngen har\nrundt 60 bedrifter."
    assert unit.readable == "Klyngen har rundt 60 bedrifter."


def test_same_words():
    assert same_words("Klyngen har 60 bedrifter.", "Klyngen har 60 bedrifter. (2024)")
    assert not same_words("Klyngen har 60 bedrifter.", "Parken ligger på Raufoss.")
    assert not same_words("RFF ga inntil 700 000 kroner (2023).", "I 2020 ga RFF inntil 500 000 kroner.")


def test_questions_and_rows_that_restate_the_title_are_no_answers():
    assert quotes("Hva koster det? Det er gratis.") == ["Det er gratis."]
    assert quotes("| Felt | Verdi |\n| --- | --- |\n| Navn | Tittel |\n| Studiepoeng | 60 |") == [
        "| Studiepoeng | 60 |"
    ]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Dokumentene sier ikke noe om hvem som eier resultatene.", True),
        ("Vi har ikke funnet noen pris.", True),
        ("Prisen er ikke oppgitt i kilden.", True),
        ("Kjeldene seier ikkje kva det kostar.", True),
        ("We have not found any price.", True),
        ("Bedriften trenger ikke være medlem.", False),
        ("SkatteFUNN gjelder ikke bedrifter i vansker.", False),
    ],
)
def test_a_sentence_may_tell_that_nothing_is_known(text, absent):
    assert next(iter(units(hit(text)))).tells_absence == absent


def test_a_sentence_may_only_refer_on():
    assert next(iter(units(hit("Spør MTNC om hvem som kan kjøre utstyret.")))).refers_on
    assert not next(iter(units(hit("MTNC svarer på spørsmål om utstyret.")))).refers_on


FACTORY = "Læringsfabrikken er 1 500 kvadratmeter stor. Den kostet 110 mill. kroner, 40 % mer enn planlagt."


def marked(text, found, nowhere=0.1):
    start = text.index(found)
    read = replace(hit(text), reading=Reading(2.0, (start, start + len(found)), nowhere))
    return [short_answer(unit) for unit in units(read)]


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ("1 500", "1 500 kvadratmeter"),
        ("500 kvadratm", "500 kvadratmeter"),
        ("kvadratmeter stor.", "kvadratmeter stor"),
        ("fabrikken er", "Læringsfabrikken er"),
    ],
)
def test_the_short_answer_is_of_whole_words_and_takes_its_noun_along(found, whole):
    assert marked(FACTORY, found) == [whole, None]


def test_a_share_keeps_its_sign():
    assert marked(FACTORY, "40") == [None, "40 %"]


def test_nothing_is_marked_where_the_reader_is_unsure_or_marks_it_all_or_more_than_a_unit():
    assert marked(FACTORY, "1 500", nowhere=0.6) == [None, None]
    assert marked(FACTORY, "Læringsfabrikken er 1 500 kvadratmeter stor") == [None, None]
    assert marked(FACTORY, "stor. Den kostet") == [None, None]
    assert [short_answer(unit) for unit in units(hit(FACTORY))] == [None, None]
    assert [short_answer(unit) for unit in units(replace(hit(FACTORY), reading=Reading(2.0, None, 0.0)))] == [
        None,
        None,
    ]


STEPS = "Slik søker du:\n\n1. Skriv ned behovet.\n2. Snakk med fylket\n   om det.\n3. Send søknaden.\n\nLykke til."


def test_a_step_is_found_with_its_list_and_what_leads_in_to_it():
    unit = next(unit for unit in units(hit(STEPS.replace("\n   om det", ""))) if "fylket" in unit.quote)
    assert is_step(unit)
    whole = whole_list(unit)
    assert whole.quote == "Slik søker du:\n\n1. Skriv ned behovet.\n2. Snakk med fylket.\n3. Send søknaden."
    assert whole.readable == "Slik søker du:\n1. Skriv ned behovet.\n2. Snakk med fylket.\n3. Send søknaden."


def test_what_is_no_list_or_a_very_long_one_stays():
    (unit,) = units(hit("Klyngen har 60 bedrifter."))
    assert whole_list(unit) == unit and not is_step(unit)
    (alone,) = units(hit("- Klyngen har 60 bedrifter."))
    assert whole_list(alone) == alone
    first, *_ = units(hit("\n".join(f"- punkt {number}" for number in range(20))))
    assert whole_list(first) == first


@pytest.mark.parametrize(
    "text",
    [
        "Vi vet ikke hvor mange celler det er i dag. Planen i 2018 var fire.",
        "De vil doble omsetningen innen 2030. Dette er et mål, ikke et resultat.",
        "Satsen er 71 550 kroner i året. Kontoret seier ikkje kva fylke satsen gjeld.",
        "We do not know how many there are. The plan of 2018 was four.",
        "Nammo planla først 700 ansettelser. Nå regner Nammo med det dobbelte.",
    ],
)
def test_a_sentence_that_says_how_far_another_is_known_comes_along(text):
    first = next(iter(units(hit(text))))
    assert with_rest(first).quote == text


@pytest.mark.parametrize(
    "text",
    [
        "Klyngen har 60 bedrifter. De har 4 000 ansatte.",
        "Klyngen har 60 bedrifter. Nå er det vår.",
        "Vi vet ikke hvor mange det er. Spør MTNC.",
        "Vi vet ikke hvor mange det er.\n\nPlanen i 2018 var fire.",
        "Vi vet ikke hvor mange det er.",
        "- Vi vet ikke hvor mange det er. Planen var fire.",
    ],
)
def test_other_sentences_stand_alone(text):
    first = next(iter(units(hit(text))))
    assert with_rest(first) == first


def test_the_header_of_a_row():
    assert [unit.header for unit in units(hit(TABLE))] == ["| Ordning | Beløp | Frist |"] * 2
    assert next(iter(units(hit("Klyngen har 60 bedrifter.")))).header == ""


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Vi har ikke funnet prisen. Spør katapulten.", "Vi har ikke funnet prisen. Spør katapulten."),
        ("Vi har ikke funnet prisen. Den står ikke der.", "Vi har ikke funnet prisen."),
        ("Vi har ikke funnet prisen.", "Vi har ikke funnet prisen."),
        ("Vi har ikke sjekket prisen. Spør dem.", "Vi har ikke sjekket prisen. Spør dem."),
    ],
)
def test_whom_to_ask_comes_with_what_is_not_known(text, whole):
    assert with_referral(next(units(hit(text)))).quote == whole


def test_that_two_things_are_not_the_same_comes_along():
    text = "Parken og klyngen er lette å blande sammen. De er ikke det samme. Parken er et sted."
    assert with_rest(next(units(hit(text)))).quote == text.removesuffix(" Parken er et sted.")


def test_what_was_not_checked_is_not_known():
    assert next(units(hit("Vi har ikke sjekket hva det koster."))).tells_absence
    assert not next(units(hit("Vi har sjekket hva det koster."))).tells_absence


def test_a_row_lacks_only_what_its_cell_says_is_not_told():
    table = "| Emne | Poeng | Form |\n| --- | --- | --- |\n| TØL4025 | 7,5 | ikke oppgitt i kilden |\n| Frist | ikke oppgitt i kilden |"
    row, pair = units(hit(table))
    assert row.lacks("Hva er formen på TØL4025?")
    assert not row.lacks("Hvor mange poeng er TØL4025 på?")
    assert pair.lacks("Når er fristen?")
    (sentence,) = units(hit("Formen er ikke oppgitt i kilden."))
    assert sentence.lacks("Hvor mange poeng?")
