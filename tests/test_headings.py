"""Headings and labels turned into questions."""

import pytest

from raufoss_assistant.documents.extract import Piece
from raufoss_assistant.evaluation.grammar import Grammar
from raufoss_assistant.evaluation.headings import asked
from raufoss_assistant.evaluation.outline import Outline
from test_outline import document

TITLE = "SkatteFUNN: støtte til forskning"
SAID = Piece("paragraph", "I dag gir SkatteFUNN støtte. Nå har SkatteFUNN og OFII åpent.")


def questions(heading, *said, title=TITLE, language="nb", kind="paragraph"):
    """The questions of a section, each with what its answer must hold and its answer."""
    text = "\n".join(said) if kind == "list" else " ".join(said)
    page = [SAID, Piece("heading", heading, 2), Piece(kind, text)]
    outline = Outline.of(document(page, title=title, language=language))
    found = asked(outline.sections[-1], Grammar.of(language), outline)
    return [(draft.question, draft.needed, answer) for draft, answer in found]


@pytest.mark.parametrize(
    ("heading", "said", "question", "needed"),
    [
        ("Varighet", "2–4 uker.", "Hvor lenge varer SkatteFUNN?", "2–4 uker"),
        ("Søknadsfrist", "Alle kan søke. Fristen er 1. september.", "Når er søknadsfristen for SkatteFUNN?", "1. september"),
        ("Pris og finansiering", "Fra 25 000 kroner.", "Hva koster SkatteFUNN?", "25 000 kroner"),
        ("Hva er SkatteFUNN?", "En skattestøtteordning.", "Hva er SkatteFUNN?", "skattestøtteordning"),
        ("Hvor OFII holder til", "Kontoret er i Raufoss Industripark.", "Hvor holder OFII til?", "Raufoss Industripark"),
        ("Hvem kan bruke OFII", "Industribedriftene på Toten.", "Hvem kan bruke OFII?", "Industribedriftene"),
        ("Hva er et forprosjekt?", "En forundersøkelse.", "Hva er et forprosjekt?", "forundersøkelse"),
        ("Hvordan blir søknaden vurdert?", "Av fagkyndige.", "SkatteFUNN: hvordan blir søknaden vurdert?", "fagkyndige"),
    ],
)  # fmt: skip
def test_a_heading_asks_what_the_text_below_answers(heading, said, question, needed):
    assert [(asking, key) for asking, key, _ in questions(heading, said)] == [(question, (needed,))]


def test_a_question_of_the_author_is_kept_also_where_no_word_of_its_answer_is_sure():
    assert questions("Hva gjør OFII i dag?", "De gjør så godt de kan.") == [
        ("Hva gjør OFII i dag?", (), "De gjør så godt de kan.")
    ]


def test_a_list_is_known_by_its_first_items():
    items = ["- Kamera (nytt): ser feil", "- SkatteFUNN: nei", "- Lysrigg", "- Bånd"]
    assert questions("Utstyr", *items, kind="list") == [
        ("Hvilket utstyr brukes i SkatteFUNN?", ("Kamera", "Lysrigg"), "Kamera; SkatteFUNN; Lysrigg; Bånd")
    ]
    assert not questions("Utstyr", "Vi har et kamera.")


def test_of_a_question_that_yes_may_answer_no_word_is_needed():
    assert questions(
        "Kan vi søke sammen med andre bedrifter?", "Ja, to bedrifter kan søke.", title="Hva er dette?"
    ) == [("Kan vi søke sammen med andre bedrifter?", (), "Ja, to bedrifter kan søke.")]


@pytest.mark.parametrize(
    ("heading", "said", "title"),
    [
        ("Veien videre", "Vi fortsetter.", TITLE),
        ("Kort om SkatteFUNN", "SkatteFUNN er en støtteordning.", TITLE),
        ("Søknadsfrist", "Fristen er ikke oppgitt i kilden. Søk 1. september.", TITLE),
        ("Søknadsfrist", "Tabellen viser fristen 1. mars.", TITLE),
        ("Varighet", "Det kommer an på.", TITLE),
        ("Varighet", "2–4 uker.", "Hvor begynner vi?"),
        ("Hva bør den koste?", "25 000 kroner.", "Hvor begynner vi?"),
        ("Hvem er vi?", "OFII er et opplæringskontor.", "Hvor begynner vi?"),
        ("Går bedriften med underskudd?", "Da får OFII pengene.", TITLE),
        ("Hva som lages", "Støtfangere og rør.", TITLE),
        ("Hvor lenge prosjektet varte", "Det varte i tre måneder.", TITLE),
        (TITLE, "SkatteFUNN gir støtte.", TITLE),
        ("Hva er SkatteFUNN?", "", TITLE),
    ],
)
def test_a_heading_that_asks_nothing_or_gets_no_answer_is_left_alone(heading, said, title):
    assert not questions(heading, said, title=title)


def test_other_languages_have_their_own_words():
    assert questions("Kor lenge kan opplæringa vare", "52 veker.", language="nn")[0][0] == (
        "Kor lenge kan opplæring med SkatteFUNN vare?"
    )
    assert questions("Duration", "It takes two weeks.", language="en")[0][0] == "How long does SkatteFUNN take?"


def test_a_label_asks_about_the_heading_above_it():
    assert questions("Robotcelle: prøv før du kjøper", "Målgruppe: Bedrifter med 5–50 ansatte.", "Annet: Ja.") == [
        ("Hvem passer «Robotcelle: prøv før du kjøper» for?", ("5–50 ansatte",), "Bedrifter med 5–50 ansatte.")
    ]
    assert not questions("Robotcelle", "Varighet: Etter avtale.")


def test_each_word_of_a_glossary_is_asked_for():
    items = ["- Fagprøve: prøven som gir fagbrev.", "- «OFII»: opplæringskontoret.", "- BRL: ikke oppgitt i kilden."]
    assert [asking[:2] for asking in questions("Ord", *items, title="Ordliste", kind="list")] == [
        ("Hva betyr «fagprøve»?", ("prøven",)),
        ("Hva betyr «OFII»?", ("opplæringskontoret",)),
    ]
