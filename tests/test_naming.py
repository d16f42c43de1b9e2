import pytest
from hypothesis import given
from hypothesis import strategies as st

from raufoss_assistant.catalogue.naming import named
from raufoss_assistant.model import Properties, Record, Statement


def record(type_, name, code=None, **said):
    statements = [
        Statement(field, text, None, field != "about", False, "a.md", None, 0, text, Properties("T", "katapult"))
        for field, text in said.items()
    ]
    return Record(type_, name, name, code, True, tuple(statements))


RECORDS = [
    record("course", "Manufacturing 4.0", "FTT72K"),
    record("course", "Industri 5.0", "FTT73K"),
    record("course", "Mekanisk automatisering", "FTT56H-N"),
    record("funding", "SkatteFUNN"),
    record("funding", "BIO (bedriftsintern opplæring)"),
    record("funding", "Lærlingtilskot"),
    record("funding", "Oppstartstilskudd 2"),
    record("funding", "Oppstartstilskudd 3"),
    record("service", "Samarbeidende robot: test av plukkejobb", about="Vi prøver en samarbeidende robot (cobot)."),
    record("service", "Robotcelle: prøv før du kjøper"),
    record("service", "Sveising: prøvesveis og sveisesimulator"),
]

MANAGED = [
    record("funding", "Innovasjonskontrakt", manager="Innovasjon Norge"),
    record("funding", "Innovasjonsprosjekt i næringslivet (IPN)", manager="Forskningsrådet"),
    record("funding", "RFF Innlandet kvalifisering", manager="Innlandet fylkeskommune"),
]
ALIKE = [
    record("service", "3D-printing i plast: modeller"),
    record("service", "Plast og sprøytestøping: prøv form"),
    record("course", "Sustainable Manufacturing"),
    record("course", "Manufacturing 4.0"),
    record("service", "Sveising med robot"),
    record("service", "Montering med robot"),
]


def words(question):
    return {each.record.name.partition(":")[0]: each.words for each in named(question, RECORDS) if not each.exact}


def test_a_compound_that_says_what_kind_of_thing_it_names_counts_as_two_words():
    assert words("Hva koster sveisetjenesten?") == {"Sveising": 2}
    assert words("Hva koster cobot-testen?") == {"Samarbeidende robot": 2}
    assert words("Hva koster en sveiser?") == {"Sveising": 1}
    assert words("Kor mykje kostar kurset?") == {}


def names(question, records=RECORDS):
    return [each.record.name.partition(":")[0] for each in named(question, records)]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hva koster Manufacturing 4.0?", ["Manufacturing 4.0"]),
        ("hva koster ftt72k", ["Manufacturing 4.0"]),
        ("Er FTT56H-N på deltid?", ["Mekanisk automatisering"]),
        ("Manufacturing 4.0 eller Industri 5.0?", ["Manufacturing 4.0", "Industri 5.0"]),
        ("Industri 5.0 kontra Manufacturing 4.0", ["Industri 5.0", "Manufacturing 4.0"]),
        ("Hva er «SkatteFUNN»?", ["SkatteFUNN"]),
        ("Hvem får SkatteFUNN-støtten?", ["SkatteFUNN"]),
        ("Hva er BIO-ordningen?", ["BIO (bedriftsintern opplæring)"]),
        ("Hva er bedriftsintern opplæring?", ["BIO (bedriftsintern opplæring)"]),
        ("Hvem kan få lærlingtilskudd?", ["Lærlingtilskot"]),
        ("Kva er fristen for lærlingtilskotet?", ["Lærlingtilskot"]),
        ("Hvor lenge varer robotcellen og sveising?", ["Robotcelle", "Sveising"]),
    ],
)
def test_a_question_names_a_record_by_its_name_or_code(question, meant):
    assert names(question) == meant
    assert all(each.exact for each in named(question, RECORDS))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hva koster det å teste en cobot?", ["Samarbeidende robot"]),
        ("Har dere en sveisesimulator?", ["Sveising"]),
        ("Hva er oppstartstilskudd?", ["Oppstartstilskudd 2", "Oppstartstilskudd 3"]),
    ],
)
def test_a_word_of_its_own_names_a_record_too(question, meant):
    assert names(question) == meant
    assert not any(each.exact for each in named(question, RECORDS))


@pytest.mark.parametrize("question", ["", "?!", "Hvor ligger kantina?", "Kan jeg lære biologi?", "xFTT72Kx"])
def test_some_questions_name_none(question):
    assert names(question) == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hva gjør Innovasjon Norge?", []),
        ("kven er innovasjon norge", []),
        ("Hva er Innovasjon Norges rolle?", []),
        ("What does Innlandet fylkeskommune do?", []),
        ("Gir Innovasjon Norge innovasjonskontrakt?", ["Innovasjonskontrakt"]),
        ("Hva er innovasjonskontrakten?", ["Innovasjonskontrakt"]),
        ("Har Innovasjon Norge noe innovasjonsprosjekt?", ["Innovasjonsprosjekt i næringslivet (IPN)"]),
        ("Hva er innovasjon?", ["Innovasjonskontrakt", "Innovasjonsprosjekt i næringslivet (IPN)"]),
    ],
)
def test_who_runs_a_scheme_names_none(question, meant):
    assert names(question, MANAGED) == meant


def test_prose_about_who_runs_it_is_no_name():
    prose = [record("funding", "Innovasjonskontrakt", about="Innovasjon Norge")]
    assert names("Hva gjør Innovasjon Norge?", prose) == ["Innovasjonskontrakt"]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hva koster plast?", ["Plast og sprøytestøping"]),
        ("Hva er manufacturing?", ["Manufacturing 4.0"]),
        ("plast eller manufacturing?", ["Plast og sprøytestøping", "Manufacturing 4.0"]),
        ("Hva koster sustainable manufacturing?", ["Sustainable Manufacturing"]),
        ("Hva koster robot?", ["Sveising med robot", "Montering med robot"]),
    ],
)
def test_of_two_that_a_word_could_name_the_one_whose_name_begins_with_it(question, meant):
    assert names(question, ALIKE) == meant


def test_a_record_is_named_once():
    assert names("Manufacturing 4.0 (FTT72K) og Manufacturing 4.0") == ["Manufacturing 4.0"]


def test_the_longer_of_two_names_counts():
    general, own = record("funding", "Tilskudd"), record("funding", "Tilskudd til lærlinger")
    assert [each.record for each in named("Hva er tilskudd til lærlinger?", [general, own])] == [own]


def test_without_records_nothing_is_named():
    assert named("Hva koster Manufacturing 4.0?", []) == []


@given(st.text(), st.sampled_from(RECORDS))
def test_any_question_can_be_asked_and_names_come_in_order(question, meant):
    found = named(f"{question} {meant.name}", RECORDS)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert len({each.record for each in found}) == len(found)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Hva er forskjellen på Oppstartstilskudd 2 og 3?", ["Oppstartstilskudd 2", "Oppstartstilskudd 3"]),
        ("Krev Oppstartstilskot 3 meir enn i 2?", ["Oppstartstilskudd 3", "Oppstartstilskudd 2"]),
        ("Oppstartstilskudd 2 og 4", ["Oppstartstilskudd 2"]),
        ("Oppstartstilskudd 2 og 30 ansatte", ["Oppstartstilskudd 2"]),
    ],
)
def test_a_second_number_names_the_record_with_that_number(question, meant):
    assert [each.record.name for each in named(question, RECORDS)] == meant


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Metallprint eller plastprint?", ["3D-printing i metall", "3D-printing i plast"]),
        ("Går metallprintinga raskare?", ["3D-printing i metall"]),
        ("Robot cell or cobot?", ["Robotcelle", "Samarbeidende robot"]),
        ("Hva er printing?", ["3D-printing i metall", "3D-printing i plast"]),
        ("Hva er en sprinter?", []),
    ],
)
def test_two_of_its_words_in_one_name_a_record_and_one_of_them_in_two(question, meant):
    assert (
        names(question, [record("service", "3D-printing i metall"), record("service", "3D-printing i plast"), *RECORDS])
        == meant
    )
