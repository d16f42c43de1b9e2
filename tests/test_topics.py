import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue_corpus import FILES, TODAY
from conftest import write_corpus
from raufoss_assistant.catalogue.catalogue import Catalogue
from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.retrieval.topics import Span, Topics
from raufoss_assistant.settings import Settings

TEXTS = [
    "Alle bruker Læringsfabrikken på Raufoss. Der har Læringsfabrikken roboter, og mange liker Læringsfabrikken.",
    "Klyngen heter NCE Manufacturing. Bedriftene i NCE Manufacturing deler kunnskap.",
    "Hjul lages av Benteler, og bilene får hjul fra Benteler.",
    "Pengene fra Innovasjon Norge kommer fort. Søk hos Innovasjon Norge.",
    "Lærlinger får lønn. Studiet er på nett. Den som vil, kan prøve en robot.",
    "Roboter sveiser. Roboter plukker.\nRoboter maler.",
    "- Verktøy: for verktøy\n- Måling\n1. Sliping\n«Boring» (Fresing) | Dreiing | Dreiing",
]
TITLES = ["Lærling i bedrift", "Samarbeidende robot", "Hva koster opplæring?", "Learning paths for apprentices"]
NAMES = ["Industri 5.0", "Manufacturing 4.0", "FTT72K", "BIO", "Ås"]
TOPICS = Topics(TEXTS, TITLES, NAMES)


def cut(text, spans):
    return [text[span.start : span.end] for span in spans]


def test_as_in_the_example():
    topics = Topics(["Alle bruker Læringsfabrikken."], ["Lærling i bedrift"], ["Industri 5.0"])
    assert topics.about("hvor stor er læringsfabrikken?") == "læringsfabrikken"
    assert topics.about("hva er industri 5.0") == "industri 5.0"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hvor stor er Læringsfabrikken?", ["Læringsfabrikken"]),
        ("kor stor er læringsfabrikken?", ["læringsfabrikken"]),
        ("How big is LÆRINGSFABRIKKEN?", ["LÆRINGSFABRIKKEN"]),
        ("hva er læringsfabrikkens adresse", ["læringsfabrikkens"]),
        ("hvem leder nce manufacturing og benteler?", ["nce manufacturing", "benteler"]),
        ("NCE-Manufacturing", []),
        ("Benteler, Benteler", ["Benteler", "Benteler"]),
        ("hva er industri 5.0?", ["industri 5.0"]),
        ("Manufacturing 4.0 eller Industri 5.0", ["Manufacturing 4.0", "Industri 5.0"]),
        ("industri 4.0", []),
        ("Kva er ftt72k?", ["ftt72k"]),
        ("får vi bio?", ["bio"]),
        ("biologi og biologiske", []),
        ("penger fra innovasjon norge", ["innovasjon norge"]),
        ("FTT72K Benteler", ["FTT72K Benteler"]),
    ],
)
def test_names_are_found_however_they_are_written(text, names):
    assert cut(text, TOPICS.names(text)) == names


@pytest.mark.parametrize("word", ["læringsfabriken", "læringsfabrikkne", "Lærinsfabrikken", "bentelr", "bentelerr"])
def test_a_name_with_one_slip_is_a_name(word):
    assert cut(f"om {word} nå", TOPICS.names(f"om {word} nå")) == [word]


@pytest.mark.parametrize("word", ["lærinsfabriken", "fabrikken", "bntlr", "bentel", "roboten", "Sandnes"])
def test_a_word_that_is_further_from_a_name_is_none(word):
    assert TOPICS.names(f"om {word} nå") == []


@pytest.mark.parametrize(
    "text", ["Roboter", "verktøy", "Måling", "Sliping", "boring", "Fresing", "Dreiing", "Lærlinger"]
)
def test_a_capital_that_only_begins_something_makes_no_name(text):
    assert TOPICS.names(text) == []


@pytest.mark.parametrize("text", ["Raufoss", "på Gjøvik", "Oslo eller Hamar", "Hvem er det?", "19 prosent", "", "?!"])
def test_places_and_small_words_are_no_names(text):
    assert TOPICS.names(text) == []


def test_a_word_that_is_mostly_small_is_no_name():
    topics = Topics(["Han tok Toget, men toget gikk, for toget var fullt.", "Vi så Bladet, og folk leste Bladet her."])
    assert topics.names("toget") == []
    assert cut("bladet", topics.names("bladet")) == ["bladet"]


def test_other_forms_of_a_small_word_count_against_the_name():
    assert Topics(["Vi har Robot her.", "Alle roboter går.", "Se på roboten."]).names("Robot") == []


def test_a_short_name_of_a_record_is_not_sought():
    assert TOPICS.names("ås") == []


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Hva koster en lærling?", ["lærling"]),
        ("lærlingen, lærlinger og LÆRLINGANE", ["lærlingen", "lærlinger", "LÆRLINGANE"]),
        ("samarbeidende roboter", ["samarbeidende", "roboter"]),
        ("opplæring", ["opplæring"]),
        ("Which apprentices are learning?", ["apprentices"]),
        ("Hva er prisen, fristen og kravet?", []),
        ("for bedrifter i bedriften", []),
        ("", []),
    ],
)
def test_words_of_titles_tell_but_for_those_that_any_subject_has(text, telling):
    assert cut(text, TOPICS.telling(text)) == telling


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Hva koster en tolvkant?", ["tolvkant"]),
        ("Kva er fristen?", []),
        ("What is the price of a lathe?", ["lathe"]),
        ("19 og 20", []),
        ("Hvem leder Benteler på Raufoss?", ["Benteler", "Raufoss"]),
        ("", []),
    ],
)
def test_content_is_what_is_left_of_a_text(text, content):
    assert cut(text, TOPICS.content(text)) == content


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Hva koster lærling hos Benteler?", "Benteler"),
        ("Er Benteler og Læringsfabrikken naboer?", "Benteler og Læringsfabrikken"),
        ("Benteler eller Benteler?", "Benteler"),
        ("Hva er en lærling?", "lærling"),
        ("Hva gjør en robot for lærlingen?", "robot for lærlingen"),
        ("roboter som andre folk har sett på med lærling", "roboter"),
        ("What do apprentices earn?", "apprentices"),
        ("Kva kostar det?", None),
        ("Hvilke tilbud er det på Raufoss?", None),
        ("", None),
    ],
)
def test_a_text_is_about_its_names_else_its_telling_words(text, about):
    assert TOPICS.about(text) == about


def test_an_empty_collection_knows_nothing():
    nothing = Topics([])
    assert nothing.names("Hvem er NCE Manufacturing?") == nothing.telling("robot") == []
    assert nothing.about("Læringsfabrikken") is None
    assert cut("Hva er en robot?", nothing.content("Hva er en robot?")) == ["robot"]


def test_those_of_documents_and_records(tmp_path):
    folder = write_corpus(tmp_path / "corpus", FILES)
    with DocumentReader(Settings()) as reader:
        documents = [reader.read(folder, path) for path in FILES]
    topics = Topics.of(documents, Catalogue.of(documents, TODAY).records)
    for text, names in {
        "hva koster robotcelle?": ["robotcelle"],
        "når starter ftt72k": ["ftt72k"],
        "manufacturing 4.0 og industri 5.0": ["manufacturing 4.0", "industri 5.0"],
        "kva er bachelor i ingeniørfag, maskin": ["bachelor i ingeniørfag, maskin"],
        "who runs skattefunn?": ["skattefunn"],
    }.items():
        assert cut(text, topics.names(text)) == names
    assert topics.about("hva slags energibruk?") == "energibruk"
    assert topics.about("katapultene") == "katapultene"


PIECES = [
    "Benteler",
    "nce",
    "Manufacturing",
    "4.0",
    "Industri",
    "5.0",
    "lærling",
    "og",
    "robot",
    "-",
    " ",
    "?",
    "ftt72k",
    "s",
]
texts = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(deadline=None)
@given(texts)
def test_what_is_found_lies_in_the_text_in_its_order_and_apart(text):
    for spans in (TOPICS.names(text), TOPICS.telling(text), TOPICS.content(text)):
        ends = [0, *(span.end for span in spans)]
        assert all(last <= span.start < span.end <= len(text) for last, span in zip(ends, spans, strict=False))
        assert all(isinstance(span, Span) for span in spans)
    about = TOPICS.about(text)
    assert about is None or about.strip()


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.text(max_size=20), max_size=5), texts)
def test_any_collection_can_be_asked(collection, titles, text):
    topics = Topics(collection, titles, titles)
    assert (topics.about(text) is None) == (not topics.names(text) and not topics.telling(text))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", ["a", "a_", "a-", "læringsfabrikkne ", "Benteler ", "4.0", "1.1", "Æ/", "\n", "( "])
def test_four_thousand_characters_end(part):
    long = (part * 4000)[:4000]
    assert isinstance(TOPICS.names(long), list)
    assert isinstance(Topics([long], [long], [long]).content(long), list)
