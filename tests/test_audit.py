"""What the audit of documents remarks on, and what it lets pass."""

import random
from dataclasses import replace
from datetime import date

import pytest

from raufoss_assistant.documents import audit as module
from raufoss_assistant.documents.audit import Remark, audit
from raufoss_assistant.model import Document, Page, Properties

TODAY = date(2026, 11, 23)
SIXTY = "NCE Manufacturing har rundt 60 bedrifter."
FIFTY = "NCE Manufacturing har nesten 50 bedrifter."


def document(path, text="Tekst.", warnings=(), **properties):
    known = {"owner": "Klyngerådgiver", "date": date(2026, 1, 1), "sources": ("https://www.example.org/",)}
    given = Properties("Tittel", "klynge", **{**known, **properties})
    return Document(f"klynge/{path}.md", "", given, (Page(None, text),), warnings)


def texts(*documents):
    return [remark.text for remark in audit(documents, TODAY)]


def test_a_whole_document_gets_no_remark():
    assert texts(document("a", f"# Klyngen\n\n{SIXTY}"), document("b", SIXTY)) == []


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"date": None}, "mangler dato (date)"),
        ({"owner": None}, "mangler ansvarlig (owner)"),
        ({"owner": ""}, "mangler ansvarlig (owner)"),
        ({"sources": ()}, "mangler kilde (sources)"),
        ({"date": date(2024, 11, 1)}, "har opplysninger eldre enn to år"),
        ({"valid_to": date(2026, 11, 22)}, "har gått ut på dato (valid_to)"),
        ({"supersedes": "klynge/borte.md"}, "erstatter «klynge/borte.md», som ikke finnes"),
        ({"supersedes": "klynge/a.md"}, "erstatter seg selv"),
        ({"example": True}, "er et eksempel, men teksten sier ikke «Eksempeldata»"),
        ({"warnings": ("side 2 er uten tekst",)}, "side 2 er uten tekst"),
    ],
)
def test_what_a_document_lacks(properties, expected):
    assert audit([document("a", **properties)], TODAY) == [Remark("klynge/a.md", expected)]


@pytest.mark.parametrize(
    "properties",
    [
        {"sources": (), "example": True, "text": "Eksempeldata: laget for å vise en side."},
        {"date": date(2024, 11, 24)},
        {"valid_to": TODAY},
        {"supersedes": "klynge/b.md"},
    ],
)
def test_what_a_document_may_lack(properties):
    assert texts(document("a", **properties), document("b")) == []


def test_documents_that_replace_each_other_are_told_at_both():
    both = audit([document("a", supersedes="klynge/b.md"), document("b", supersedes="klynge/a.md")], TODAY)
    assert [(remark.path, remark.text) for remark in both] == [
        ("klynge/a.md", "erstatter «klynge/b.md», som selv erstatter dette dokumentet"),
        ("klynge/b.md", "erstatter «klynge/a.md», som selv erstatter dette dokumentet"),
    ]


def test_different_numbers_for_the_same_fact_are_told_once_at_the_older_document():
    new, old = document("ny", SIXTY), document("gammel", f"# Om klyngen\n\n- {FIFTY}", date=date(2025, 5, 1))
    expected = f"«{FIFTY}» stemmer ikke med «{SIXTY}» i klynge/ny.md"
    assert audit([new, old], TODAY) == audit([old, new], TODAY) == [Remark("klynge/gammel.md", expected)]


def test_a_document_without_a_date_counts_as_the_older():
    remark = audit([document("a", SIXTY), document("b", FIFTY, date=None)], TODAY)[-1]
    assert remark.path == "klynge/b.md"


def test_one_against_many_is_one_remark_that_names_the_newest():
    old = document("gammel", FIFTY, date=date(2025, 5, 1))
    newer = [document(f"ny-{month}", f"{SIXTY}\n\n{SIXTY}", date=date(2026, month, 1)) for month in (1, 3, 2)]
    assert texts(old, *newer) == [f"«{FIFTY}» stemmer ikke med «{SIXTY}» i klynge/ny-3.md og 2 til"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Læringsfabrikken på Raufoss er 1 500 m² stor.", "Læringsfabrikken på Raufoss er 2\u00a0000 m² stor."),
        ("Klyngen på Raufoss har fem partnere.", "Klyngen på Raufoss har seks partnere."),
        ("Klyngen på Raufoss har fem partnere.", "Klyngen på Raufoss har 6 partnere."),
        ("Søk SkatteFUNN tidlig, innen 1. september.", "Søk SkatteFUNN tidlig, innen 1. oktober."),
        ("| Omsetning per ansatt | 1,6 millioner |", "Omsetning per ansatt | 2,4 millioner"),
        ("Klyngen Raufoss har 60 medlemmer (2024).", "Klyngen Raufoss har 50 medlemmer."),
        ("Klyngen Raufoss har 60 medlemmer (2024).", "Klyngen Raufoss har 50 medlemmer (6. februar 2024)."),
        ("The cluster at Raufoss has 60 members.", "The cluster at Raufoss has 50 members."),
        ("SkatteFUNN gir 19 prosent av 25 millioner.", "SkatteFUNN gir 20 prosent av 25 millioner."),
        ("Industri 5.0 gir studenten 120 studiepoeng.", "Industri 5.0 gir studenten 60 studiepoeng."),
    ],
)
def test_facts_that_disagree(one, other):
    language = "en" if one.startswith("The ") else "nb"
    assert len(texts(document("a", one, language=language), document("b", other, language=language))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NCE Manufacturing har rundt 60 bedrifter.", "NCE Manufacturing har 4 000 ansatte."),
        ("Nammo på Raufoss har 900 ansatte.", "Nammo på Raufoss har 900 ansatte i tre bygninger."),
        ("Klyngen Raufoss hadde 50 medlemmer i 2017.", "Klyngen Raufoss hadde 60 medlemmer i 2024."),
        ("Siva ga støtte på 515 millioner fra 2018 til 2023.", "Siva ga støtte på 612 millioner fra 2018 til 2024."),
        ("Klyngen Raufoss åpnet fabrikken 6. februar 2018.", "Klyngen Raufoss åpnet fabrikken 2. september 2018."),
        ("Klyngen åpnet senteret på Raufoss i 2017.", "Klyngen åpnet senteret på Raufoss i 2018."),
        ("Klyngen Raufoss har medlemmer (60 i alt).", "Klyngen Raufoss har medlemmer (50 i alt)."),
        ("Omsetning per ansatt, før | 1,6 millioner", "Omsetning per ansatt, etter | 2,4 millioner"),
        ("Læringsfabrikken tilbyr 3D-printing av deler.", "Læringsfabrikken tilbyr 2D-printing av deler."),
        ("Programmet FTT72K ved Fagskolen Innlandet.", "Programmet FTT73K ved Fagskolen Innlandet."),
        ("Varighet: 3 uker", "Varighet: 4 uker"),
        ("Klyngen Raufoss har 1500 medlemmer.", "Klyngen Raufoss har 1 500 medlemmer."),
        ("Klyngen på Raufoss har to partnere.", "Klyngen på Raufoss har 2 partnere."),
    ],
)
def test_facts_that_do_not_disagree(one, other):
    assert texts(document("a", one), document("b", other)) == []


def test_to_is_no_number_in_english():
    one, other = "Talk to the cluster about 60 robots.", "Talk to the cluster about 50 robots."
    assert len(texts(document("a", one, language="en"), document("b", other, language="en"))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"supersedes": "klynge/gammel.md"}),
        ({}, {"supersedes": "klynge/mellom.md"}),
        ({"valid_to": date(2026, 1, 1)}, {}),
    ],
)
def test_what_is_replaced_or_expired_is_not_compared(old, new):
    documents = [
        document("gammel", FIFTY, **old),
        document("mellom", supersedes="klynge/gammel.md" if "mellom" in str(new) else None),
        document("ny", SIXTY, **new),
    ]
    assert not [text for text in texts(*documents) if "stemmer" in text]


def test_one_document_may_give_several_numbers():
    assert texts(document("a", f"{SIXTY}\n\n{FIFTY}"), document("b")) == []


def test_sentences_of_a_form_are_no_facts():
    courses = [document(f"kurs-{days}", f"Kurset i prosjektledelse varer {days} dager.") for days in (1, 3, 5, 9)]
    assert len(texts(*courses[:3])) == 3 - 1
    assert texts(*courses) == []


def test_long_sentences_are_shortened():
    tail = " ".join(["og lettvektsmaterialer"] * 20)
    (text,) = texts(
        document("a", f"Klyngen har 60 bedrifter {tail}."), document("b", f"Klyngen har 50 bedrifter {tail}.")
    )
    assert len(text) < 300
    assert text.count(" …»") == 2


def statements(rng, count):
    """Statements of three to nine terms out of few, so that many are alike."""
    for number in range(count):
        said = frozenset(rng.sample("abcdefghijkl", rng.randint(3, 9)))
        yield module._Statement(
            str(number), TODAY, "", rng.choice(["", "x"]), said, frozenset({str(rng.random())}), frozenset()
        )


def test_all_pairs_that_are_alike_are_found_and_no_other():
    rng = random.Random(7)
    said = list(statements(rng, 400))
    expected = {
        (one.path, other.path)
        for i, one in enumerate(said)
        for other in said[i + 1 :]
        if one.label == other.label and len(one.terms & other.terms) / len(one.terms | other.terms) >= module._SAME
    }
    found = [(one.path, other.path) for one, other in module._alike(said)]
    assert len(expected) > 100
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_of_thousands_of_sentences_few_pairs_are_compared():
    rng = random.Random(3)
    vocabulary = [f"ord{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(3000)]
    weights = [1 / (rank + 5) for rank in range(len(vocabulary))]
    lines = [f"{' '.join(rng.choices(vocabulary, weights, k=12))} {rng.randint(1, 999)}" for _ in range(6000)]
    compared = 0

    class Counting(frozenset):
        def __and__(self, other):
            nonlocal compared
            compared += 1
            return frozenset.__and__(self, other)

    said = list(module._statements(document("a", "\n\n".join(lines))))
    assert len(said) == 6000
    list(module._alike([replace(statement, terms=Counting(statement.terms)) for statement in said]))
    assert 0 < compared < 6000**2 / 2 / 20
