import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_corpus import TODAY
from conftest import write_corpus
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.model import Chunk, Hit, Properties, Turn
from raufoss_assistant.retrieval.query import Query
from raufoss_assistant.retrieval.understanding import Understanding
from raufoss_assistant.settings import Settings

PAGES = {
    "finansiering/skattefunn.md": "# SkatteFUNN\n\nBedriften søker SkatteFUNN, og når er fristen for SkatteFUNN? Hele året.\n",
    "klynge/fabrikken.md": "# Læringsfabrikken\n\nDer er Læringsfabrikken, og alle bruker Læringsfabrikken på Raufoss.\n",
    "klynge/manufacturing.md": "# Manufacturing\n\n"
    + "Bedriftene i NCE Manufacturing deler kunnskap. Forskerne i SINTEF Manufacturing prøver plast.\n" * 6,
    "onboarding/navn.md": "# Navn\n\n| I dag | Tidligere navn eller kallenavn |\n|---|---|\n"
    "| NCE Manufacturing | NCE Raufoss, Raufossklyngen |\n| OFII | OIR |\n",
    "katapult/oversikt.md": "# Tjenester i katapulten\n\n| Tjeneste | TRL | Pris |\n|---|---|---|\n"
    "| Sveising: prøvesveis | 4–7 | 15 000 kr |\n| Robotcelle: prøv først | 5–8 | 90 000 kr |\n",
}
ASKED = [Turn("user", "Hva er SkatteFUNN?"), Turn("assistant", "Det står i kilden. [1]")]


@pytest.fixture(scope="module")
def understanding(tmp_path_factory):
    folder = write_corpus(tmp_path_factory.mktemp("forstått"), PAGES)
    with DocumentReader(Settings()) as reader:
        documents = [reader.read(folder, path) for path in PAGES]
    return Understanding(documents, Catalogue.of(documents, TODAY).records)


def test_as_in_the_example(understanding):
    asked = understanding.query("og naar er fristen?", [Turn("user", "Hva er SkatteFUNN?")])
    assert asked == Query("SkatteFUNN: når er fristen?")


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("hvem leder den?", "hvem leder SkatteFUNN?"),
        ("kva kostar det?", "kva kostar SkatteFUNN?"),
        ("who runs it?", "who runs SkatteFUNN?"),
        ("hva med laeringsfabrikken?", "Hva er Læringsfabrikken?"),
        ("hva med robotcelle?", "Hva er robotcelle?"),
        ("hvor stor er lærings fabrikken?", "hvor stor er Læringsfabrikken?"),
        ("fristn?", "SkatteFUNN: fristen?"),
    ],
)
def test_a_follow_up_is_respelt_and_told_as_it_would_stand_alone(understanding, message, meant):
    assert understanding.query(message, ASKED).text == meant


@pytest.mark.parametrize("message", ["hvem leder den?", "og hva koster det?", "price?"])
def test_without_history_a_message_is_only_respelt(understanding, message):
    assert understanding.query(message, []) == Query(message)
    assert understanding.query(f"{message} skatefunn", ()) == Query(f"{message} SkatteFUNN")


def test_earlier_names_are_told_apart_from_the_query(understanding):
    assert understanding.query("hvem leder raufossklyngen?", []) == Query("hvem leder raufossklyngen?")
    assert understanding.named("hvem leder raufossklyngen?") == "hvem leder raufossklyngen (NCE Manufacturing)?"
    assert understanding.named("Hva er OIR?") == "Hva er OIR (OFII)?"


def test_names_are_given_as_they_are_written(understanding):
    assert understanding.names("Er skattefunn noe for Robotcelle?") == ("skattefunn", "Robotcelle")
    assert understanding.names("Kva kostar det?") == ()


def test_a_word_of_two_names_is_told_with_both(understanding):
    texts = ["Bedriftene i NCE Manufacturing deler.", "Forskerne i SINTEF Manufacturing prøver."]
    hits = [
        Hit(Chunk(text, "a.md", 0, None, (), text, 0, len(text), ""), Properties("A", "klynge"), 1.0, 0.5, 0.9)
        for text in texts
    ]
    assert understanding.choices("hvem leder manufacturing?", hits) == (
        "Hvem leder NCE Manufacturing?",
        "Hvem leder SINTEF Manufacturing?",
    )
    assert understanding.choices("hvem leder manufacturing?", hits[:1]) == ()


def test_each_part_is_made_when_first_needed_and_kept(understanding):
    fresh = Understanding(understanding._documents, understanding._records)
    assert fresh.query("hvem leder den?", []).text == "hvem leder den?"
    assert "topics" not in vars(fresh)
    assert fresh.topics is fresh.topics


def test_without_documents_a_message_is_what_it_is():
    nothing = Understanding([], [])
    assert nothing.query("hvem leder den?", ASKED) == Query("hvem leder SkatteFUNN?")
    assert nothing.query("hvem leder den?", [Turn("user", "Kan du hjelpe?")]) == Query("Kan du hjelpe? hvem leder den?")
    assert nothing.named("OIR") == nothing.spelt("OIR") == "OIR"
    assert nothing.choices("hvem leder manufacturing?", []) == nothing.names("NCE") == ()


@settings(deadline=None)
@given(
    st.text(max_size=60),
    st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=40)), max_size=4),
)
def test_any_message_can_be_understood(understanding, message, history):
    query = understanding.query(message, history)
    assert isinstance(understanding.named(query.text), str)
    assert all(name in query.text for name in understanding.names(query.text))


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("Hvor stor er Læringsfabrikken, og når er den åpen?", "Hvor stor er Læringsfabrikken, og når er den åpen?"),
        ("Hva gir den i støtte, og når er fristen?", "Hva gir SkatteFUNN i støtte, og når er fristen?"),
    ],
)
def test_the_later_questions_of_a_message_are_left_to_its_first_one(understanding, message, meant):
    assert understanding.query(message, ASKED).text == meant
