import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raufoss_assistant.model import Turn
from raufoss_assistant.retrieval.query import Query, patterns, search_query
from raufoss_assistant.retrieval.topics import Topics

TEXTS = [
    "Bedriften søker SkatteFUNN hele året. Slik virker SkatteFUNN i dag, og det gir 19 prosent.",
    "Alle bruker Læringsfabrikken på Raufoss. Der er Læringsfabrikken åpen, og Læringsfabrikken har roboter.",
    "Klyngen heter NCE Manufacturing. Bedriftene i NCE Manufacturing deler kunnskap.",
    "Instituttet heter SINTEF Manufacturing. Forskerne i SINTEF Manufacturing prøver plast.",
    "Ammunisjon lages av Nammo, og hjul lages av Benteler. Hos Nammo og Benteler er mange ansatte.",
    "Den som vil lære robot, kan prøve en robot i katapulten. Fristen er om høsten, og prisen er lav.",
    "En bedrift kan ha en lærling, og lærlingen får lønn. Kurset går på deltid. Fagbrevet tas etter to år.",
]
TITLES = ["Lærling i bedrift", "Samarbeidende robot", "Lønn for lærlinger", "Katapulten", "Apprentice at work"]
NAMES = ["SkatteFUNN", "Industri 5.0", "Manufacturing 4.0", "FTT72K", "Eurostars"]
TOPICS = Topics(TEXTS, TITLES, NAMES)
ASKED = "Hva er SkatteFUNN?"
ANSWER = "Det står i kilden. [1]"
NUMBERED = "Her er de:\n\n1. **Robotcelle**: fra 90 000 kr [1]\n2. Sveising (test) [2]\n3. Energibruk – måling [3]\n"
BULLETS = "- Robotcelle: fra 90 000 kr\n- Sveising\n* Energibruk [3]"
COMPARED = "|  | Robotcelle | Sveising | Energibruk |\n| --- | --- | --- | --- |\n| Pris | 90 | 15 | 40 |\n"
ROWS = "| Tjeneste | Pris |\n|---|---|\n| Robotcelle | 90 |\n| Sveising [1] | 15 |\n| Energibruk: måling | 40 |\n"
CLARIFIED = "Det er flere. Hva mener du?\n\n1. Hvem leder NCE Manufacturing?\n2. Hvem leder SINTEF Manufacturing?"


def after(*said):
    """What is meant by the last of what was said, the user and the assistant by turns."""
    history = [Turn("assistant" if place % 2 else "user", text) for place, text in enumerate(said[:-1])]
    return search_query(said[-1], history, TOPICS)


def test_a_follow_up_as_in_the_example():
    assert search_query("Og når er fristen?", [Turn("user", ASKED)], TOPICS) == Query("SkatteFUNN: når er fristen?")


def asked_by_itself(question, meant):
    """What is meant; of a bare name, what it is, in the language of whoever chose it."""
    if meant.endswith("?"):
        return meant
    english = "the" in question or "number" in question
    return f"What is {meant}?" if english else f"{'Kva' if 'fyrste' in question else 'Hva'} er {meant}?"


@pytest.mark.parametrize("question", ["hvem leder den?", "og da?", "FTT72K?", "ja, gjerne", "den andre", "price?"])
def test_the_first_question_stands_alone(question):
    assert search_query(question, [], TOPICS) == Query(question)
    assert search_query(question, [Turn("assistant", NUMBERED)], TOPICS) == Query(question)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("hvem leder den?", "hvem leder SkatteFUNN?"),
        ("Hva koster det?", "Hva koster SkatteFUNN?"),
        ("hvor lang tid tar det?", "hvor lang tid tar SkatteFUNN?"),
        ("hvor mye får de?", "hvor mye får SkatteFUNN?"),
        ("hvem fikk dem?", "hvem fikk SkatteFUNN?"),
        ("er den på nett?", "er SkatteFUNN på nett?"),
        ("hvem er med i den", "hvem er med i SkatteFUNN"),
        ("kven leiar den?", "kven leiar SkatteFUNN?"),
        ("kva kostar det?", "kva kostar SkatteFUNN?"),
        ("kor mykje får dei?", "kor mykje får SkatteFUNN?"),
        ("who runs it?", "who runs SkatteFUNN?"),
        ("how big is it?", "how big is SkatteFUNN?"),
        ("what does it cost?", "what does SkatteFUNN cost?"),
        ("does it pay for robots?", "does SkatteFUNN pay for robots?"),
        ("how much do they get?", "how much do SkatteFUNN get?"),
        ("what is it?", "what is SkatteFUNN?"),
    ],
)
def test_a_pronoun_is_replaced_by_what_is_spoken_of(question, meant):
    assert after(ASKED, ANSWER, question) == Query(meant)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("hva er forskjellen på den og Eurostars?", "hva er forskjellen på SkatteFUNN og Eurostars?"),
        ("Kva er skilnaden på Eurostars og det?", "Kva er skilnaden på Eurostars og SkatteFUNN?"),
        ("what sets apart Eurostars and it?", "what sets apart Eurostars and SkatteFUNN?"),
    ],
)
def test_a_pronoun_beside_a_name_is_replaced(question, meant):
    assert after(ASKED, ANSWER, question) == Query(meant)


@pytest.mark.parametrize(
    "question",
    [
        "hvem eier det selskapet",
        "hvor gammel er den opplysninga?",
        "hva er den nye fristen?",
        "Hvem er hans sjef?",
        "hvem er dens leder?",
        "hva er prisen deres?",
        "hvem jobber der?",
        "kva er fristen deira?",
        "kven er leiaren hennar?",
        "what is its deadline?",
        "who is their leader?",
        "who works there?",
    ],
)
def test_a_possessive_and_a_pronoun_before_its_noun_put_the_subject_first(question):
    assert after(ASKED, ANSWER, question) == Query(f"SkatteFUNN: {question}")


@pytest.mark.parametrize(
    "question",
    [
        "Finnes det roboter?",
        "Kreves det fagbrev?",
        "når skjer det noe med roboter?",
        "Finst det robotar på Raufoss?",
        "Kva roboter finst det?",
        "is it possible to train a robot?",
    ],
)
def test_what_stands_for_nothing_is_left_and_what_is_found_decides(question):
    assert after(ASKED, ANSWER, question) == Query(question, f"SkatteFUNN: {question}")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("fristen?", "fristen?"),
        ("Og fristen?", "fristen?"),
        ("Men hvem kan søke?", "hvem kan søke?"),
        ("hvem kan søke?", "hvem kan søke?"),
        ("pris", "pris"),
        ("og kven kan søkje?", "kven kan søkje?"),
        ("søknadsfristen?", "søknadsfristen?"),
        ("kontakt", "kontakt"),
        ("deadline?", "deadline?"),
        ("and the price?", "the price?"),
        ("who can apply?", "who can apply?"),
    ],
)
def test_a_fragment_that_asks_for_a_field_is_put_after_the_subject(question, meant):
    assert after(ASKED, ANSWER, question).text == f"SkatteFUNN: {meant}"


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("Hva er SkatteFUNN?", "på deltid?", "Hva er SkatteFUNN på deltid?"),
        ("Kva kurs finst?", "på deltid?", "Kva kurs finst på deltid?"),
        ("Hvilke tjenester har dere?", "og uten fagbrev?", "Hvilke tjenester har dere uten fagbrev?"),
        ("Hvilke tjenester har dere?", "hva med på nett?", "Hvilke tjenester har dere på nett?"),
        ("Hvilke tjenester har dere?", "under 20 000 kr?", "Hvilke tjenester har dere under 20 000 kr?"),
        ("Which courses are there?", "with a robot?", "Which courses are there with a robot?"),
        ("Hvilke kurs finnes i Oslo?", "og i Gjøvik?", "Hvilke kurs finnes i Gjøvik?"),
        ("Hvilke kurs finnes i Oslo?", "på Raufoss", "Hvilke kurs finnes på Raufoss?"),
        ("Hvilke kurs finnes i Oslo på deltid?", "hva med i Gjøvik?", "Hvilke kurs finnes i Gjøvik på deltid?"),
        ("Kva kurs finst i Oslo?", "kva med på Lena?", "Kva kurs finst på Lena?"),
        ("Which courses are there in Oslo?", "and in Gjøvik?", "Which courses are there in Gjøvik?"),
        ("Which courses are there in Oslo?", "what about in Gjøvik?", "Which courses are there in Gjøvik?"),
    ],
)
def test_a_phrase_narrows_the_last_question_and_a_place_replaces_another(last, question, meant):
    assert after(last, ANSWER, question) == Query(meant)


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("Hvor mange ansatte har Nammo?", "hva med Benteler?", "Hvor mange ansatte har Benteler?"),
        ("Hvor mange ansatte har Nammo?", "og Benteler?", "Hvor mange ansatte har Benteler?"),
        ("Hvor mange ansatte har Nammo?", "enn Benteler", "Hvor mange ansatte har Benteler?"),
        ("Hvor mange ansatte har Nammo?", "og hva med NCE Manufacturing?", "Hvor mange ansatte har NCE Manufacturing?"),
        ("Kor mange tilsette har Nammo?", "kva med Benteler?", "Kor mange tilsette har Benteler?"),
        ("Kor mange tilsette har Nammo?", "eller Benteler?", "Kor mange tilsette har Benteler?"),
        ("How many people work at Nammo?", "what about Benteler?", "How many people work at Benteler?"),
        ("How many people work at Nammo?", "how about Benteler?", "How many people work at Benteler?"),
        ("How many people work at Nammo?", "and Benteler?", "How many people work at Benteler?"),
        ("Hva er SkatteFUNN?", "hva med Eurostars?", "Hva er Eurostars?"),
        ("Hva er lærling?", "hva med robot?", "Hva er robot?"),
        ("Hva er en lærling?", "hva med en robot?", "Hva er en robot?"),
        ("Kva er ein lærling?", "kva med ein robot?", "Kva er ein robot?"),
        ("Hvor mange ansatte har Nammo?", "hva med prisen?", "Nammo: prisen?"),
        ("How many people work at Nammo?", "what about the price?", "Nammo: the price?"),
        ("Hvor mange ansatte har Nammo?", "hva med lønn?", "Hvor mange ansatte har Nammo? lønn?"),
        ("Hvor mange er på Nammo og Benteler?", "hva med Eurostars?", "Hvor mange er på Eurostars?"),
        ("Hvor mange ansatte har Nammo?", "hva med Benteler, hvem leder den?", "hvem leder Benteler"),
        ("Hvor mange ansatte har Nammo?", "hva med på deltid, og om høsten?", "Nammo: på deltid, og om høsten?"),
    ],
)
def test_a_swap_asks_the_last_question_of_something_else(last, question, meant):
    assert after(last, ANSWER, question) == Query(meant)


@pytest.mark.parametrize("said", [NUMBERED, BULLETS, COMPARED, ROWS])
@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("den første", "Robotcelle"),
        ("den andre", "Sveising"),
        ("Den andre?", "Sveising"),
        ("nummer to", "Sveising"),
        ("2", "Sveising"),
        ("ta den andre", "Sveising"),
        ("den tredje", "Energibruk"),
        ("den siste", "Energibruk"),
        ("nr. 3", "Energibruk"),
        ("den fyrste", "Robotcelle"),
        ("the first one", "Robotcelle"),
        ("the second one", "Sveising"),
        ("number two", "Sveising"),
        ("the last", "Energibruk"),
        ("hva koster den andre?", "hva koster Sveising?"),
        ("hva er prisen på nummer 2?", "hva er prisen på Sveising?"),
        ("kva kostar den siste?", "kva kostar Energibruk?"),
        ("how much is the last one?", "how much is Energibruk?"),
    ],
)
def test_a_choice_is_taken_from_what_the_answer_lists(said, question, meant):
    assert after("Hvilke tjenester har dere?", said, question) == Query(asked_by_itself(question, meant))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("den første", "Nammo"),
        ("den andre", "Benteler"),
        ("den siste", "Benteler"),
        ("nummer to", "Benteler"),
        ("the first one", "Nammo"),
        ("hvor stor er den andre?", "hvor stor er Benteler?"),
        ("kor stor er den siste?", "kor stor er Benteler?"),
        ("how big is the first?", "how big is Nammo?"),
    ],
)
def test_a_choice_of_what_the_question_named_goes_before_the_answer(question, meant):
    assert after("Hva er forskjellen på Nammo og Benteler?", NUMBERED, question) == Query(
        asked_by_itself(question, meant)
    )


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("den første", "Hvem leder NCE Manufacturing?"),
        ("nummer to", "Hvem leder SINTEF Manufacturing?"),
        ("the last one", "Hvem leder SINTEF Manufacturing?"),
        ("2", "Hvem leder SINTEF Manufacturing?"),
        ("SINTEF", "Hvem leder SINTEF Manufacturing?"),
        ("NCE Manufacturing?", "Hvem leder NCE Manufacturing?"),
    ],
)
def test_the_answer_to_a_question_back_is_the_question_that_was_chosen(question, meant):
    assert after("hvem leder manufacturing?", CLARIFIED, question) == Query(meant)
    chosen = meant.removeprefix("Hvem leder ")
    assert after("hvem leder manufacturing?", CLARIFIED, question, ANSWER, "hvor stor er den?") == Query(
        f"hvor stor er {chosen}"
    )


@pytest.mark.parametrize("question", ["den femte", "den fjerde", "the fifth one", "nummer 4", "det fjerde"])
@pytest.mark.parametrize("said", [NUMBERED, BULLETS, COMPARED, ROWS])
def test_a_choice_beyond_the_list_chooses_nothing(question, said):
    found = after("Hvilke tjenester har dere?", said, question)
    assert found.text.endswith(question)
    assert not {"Robotcelle", "Sveising", "Energibruk"} & set(found.text.split())


@pytest.mark.parametrize("said", [ANSWER, "", "- Robotcelle", "1. Robotcelle"])
def test_without_several_to_choose_from_nothing_is_chosen(said):
    assert after(ASKED, said, "den første") == Query("SkatteFUNN: den første")


@pytest.mark.parametrize(
    "question",
    ["ja", "ja, gjerne", "Ja takk!", "gjerne", "fortell mer", "mer", "Kan du fortelle mer om det?", "utdyp", "fortsett",
     "fortel meir", "ja, fortel meir om det", "meir om dette", "hald fram",
     "yes please", "tell me more", "Tell me more about it.", "more details", "go on", "sure"],
)  # fmt: skip
def test_more_of_the_same_is_asked_by_the_subject(question):
    assert after(ASKED, ANSWER, question) == Query("SkatteFUNN")


def test_more_without_a_subject_asks_the_last_question_again():
    assert after("Hvordan gjør vi dette?", ANSWER, "fortell mer") == Query("Hvordan gjør vi dette?")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("ok, når er fristen?", "SkatteFUNN: når er fristen?"),
        ("takk, hvem kan søke?", "SkatteFUNN: hvem kan søke?"),
        ("tusen takk! hvem leder den?", "hvem leder SkatteFUNN?"),
        ("aha, og fristen?", "SkatteFUNN: fristen?"),
        ("greit, kva kostar det?", "kva kostar SkatteFUNN?"),
        ("flott – og kven leiar den?", "kven leiar SkatteFUNN?"),
        ("thanks, who can apply?", "SkatteFUNN: who can apply?"),
        ("great, and how much is it?", "how much is SkatteFUNN?"),
        ("ok, hva med Eurostars?", "Hva er Eurostars?"),
    ],
)
def test_an_opening_adds_nothing(question, meant):
    assert after(ASKED, ANSWER, question).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "Hvor stor er Læringsfabrikken?",
        "Og hvem leder NCE Manufacturing i dag?",
        "Kven leiar SINTEF Manufacturing?",
        "How big is Nammo?",
        "FTT72K?",
        "Hva er en tolvkant?",
        "Kva er ein dreiebenk?",
        "What is a lathe?",
        "Hvor mange roboter og lærlinger er det plass til i katapulten på Raufoss?",
    ],
)
def test_a_change_of_topic_stands_alone(question):
    assert after(ASKED, ANSWER, question) == Query(question)


@pytest.mark.parametrize(
    ("question", "follow_up", "meant"),
    [
        ("Hvor stor er Læringsfabrikken?", "hvem leder den?", "hvem leder Læringsfabrikken?"),
        ("How big is Nammo?", "who runs it?", "who runs Nammo?"),
        ("Hva er en tolvkant?", "hva koster den?", "hva koster tolvkant?"),
        ("What is a lathe?", "how much is it?", "how much is lathe?"),
        ("Kan vi få ein robot?", "kva kostar den?", "kva kostar robot?"),
        ("FTT72K?", "når er fristen?", "FTT72K: når er fristen?"),
    ],
)
def test_a_new_topic_is_what_is_spoken_of_from_then_on(question, follow_up, meant):
    assert after(ASKED, ANSWER, question, ANSWER, follow_up).text == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ((ASKED, "og når er fristen?", "og hva koster det?"), "hva koster SkatteFUNN?"),
        ((ASKED, "og når er fristen?", "hva med Eurostars?"), "Eurostars: når er fristen?"),
        ((ASKED, "fristen?", "hva med Eurostars?", "hvem leder den?"), "hvem leder Eurostars?"),
        (("Hvor mange jobber på Nammo?", "og Benteler?", "kva med SkatteFUNN?"), "Hvor mange jobber på SkatteFUNN?"),
        (("Hvilke kurs finnes i Oslo?", "hva med i Gjøvik?", "og på Raufoss?"), "Hvilke kurs finnes på Raufoss?"),
        (("Hva er Nammo?", "fortell mer", "og hvem leder det?"), "hvem leder Nammo?"),
        (("What is Nammo?", "tell me more", "who runs it?"), "who runs Nammo?"),
        ((ASKED, "Hvem kan hjelpe?", "hva koster det?"), "hva koster SkatteFUNN?"),
    ],
)
def test_follow_ups_of_follow_ups(said, meant):
    turns = [each for text in said[:-1] for each in (text, ANSWER)]
    assert after(*turns, said[-1]) == Query(meant)


@pytest.mark.parametrize(
    ("question", "otherwise"),
    [
        ("Finnes det lærlinger?", "SkatteFUNN: Finnes det lærlinger?"),
        ("Hvor mye lønn får lærlingen?", "SkatteFUNN: Hvor mye lønn får lærlingen?"),
        ("Kor mange lærlingar har dykk?", "SkatteFUNN: Kor mange lærlingar har dykk?"),
        ("How do apprentices find work?", "SkatteFUNN: How do apprentices find work?"),
    ],
)
def test_a_question_that_may_stand_alone_or_lean_is_told_both_ways(question, otherwise):
    assert after(ASKED, ANSWER, question) == Query(question, otherwise)


def test_a_question_that_goes_on_leans_first():
    assert after(ASKED, ANSWER, "og hvor mange lærlinger får lønn?") == Query(
        "SkatteFUNN: hvor mange lærlinger får lønn?", "og hvor mange lærlinger får lønn?"
    )


@pytest.mark.parametrize("question", ["Er Nammo med?", "er Nammo involvert", "is Nammo part of it?"])
def test_whether_a_name_takes_part_is_asked_of_the_subject(question):
    assert after(ASKED, ANSWER, question) == Query(f"SkatteFUNN: {question}")


def test_without_a_subject_what_the_answer_names_first_is_meant():
    assert after("Hvem kan hjelpe oss?", "Det kan Nammo eller Benteler.", "hva koster det?").text == "hva koster Nammo?"
    assert after("Hvem kan hjelpe oss?", ANSWER, "hva koster det?").text == "Hvem kan hjelpe oss? hva koster det?"


def test_line_ends_and_blanks_do_not_count():
    assert after(" Hva er\n SkatteFUNN? ", ANSWER, "\thvem  leder\r\nden? ") == Query("hvem leder SkatteFUNN?")


def test_the_patterns_are_read_once_and_have_every_ordinal():
    assert patterns() is patterns()
    assert set(patterns().ordinals) == {1, 2, 3, 4, 5, -1}


SAID = [
    "hva", "hvem", "med", "om", "og", "den", "det", "de", "dens", "andre", "siste", "nummer", "2", "på", "i",
    "Gjøvik", "Nammo", "Benteler", "SkatteFUNN", "lærling", "robot", "er", "what", "about", "it", "the", "second",
    "takk,", "ok", "?", ", ", "|", "- ", "1. ", "\n", "(", "\\", "*",
]  # fmt: skip
messages = st.lists(st.sampled_from(SAID), max_size=10).map(" ".join)
turns = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), messages | st.text(max_size=40)), max_size=6)


@settings(deadline=None)
@given(messages | st.text(max_size=80), turns)
def test_any_message_after_any_history_gives_a_query(question, history):
    found = search_query(question, history, TOPICS)
    assert isinstance(found.text, str)
    assert found.otherwise != found.text
    assert found == search_query(question, history, TOPICS)


@settings(deadline=None)
@given(messages | st.text(max_size=80))
def test_without_history_the_question_is_the_query(question):
    assert search_query(question, [], TOPICS) == Query(" ".join(question.split()))


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "part",
    ["a", "den ", "og ", "ok, ", "hva med ", "og hva med ", "hva er ", "de største ", "den andre ", "nummer 2 ", "- ",
     "Nammo ", "Nammo og ", "fristen, ", "læringsfabriken ", "Æ", "🙂", "!", "det finnes ", "på ", "1. ", "takk "],
)  # fmt: skip
def test_four_thousand_characters_end(part):
    long = (part * 4000)[:4000]
    assert after(ASKED, ANSWER, long).text
    assert after(long, ANSWER, "hvem leder den?").text
    assert after(ASKED, long, "den andre").text


@pytest.mark.parametrize("question", ["sikkerhet?", "SINTEF?", "Siemens", "sivilingeniør", "lesing", "visjon", "det?"])
def test_a_word_that_begins_like_telling_more_is_no_wish_for_more(question):
    assert after("Hva er SkatteFUNN?", "Det er en ordning.", question).text != "SkatteFUNN"


@pytest.mark.parametrize("message", ["ok. ja, takk", "vil vite mer", "fortell gjerne litt mer om det", "go on"])
def test_words_of_assent_in_any_order_ask_for_more(message):
    assert after("Hva er SkatteFUNN?", "Det er en ordning.", message).text == "SkatteFUNN"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("fortell gjerne " * 260 + "x-", ""),
        ("si" * 1900 + "-", ""),
        ("og den?", "|" + " " * 3900 + "x"),
        ("og den?", "\n" * 3900),
        ("ok " * 1300 + "-", ""),
        ("og " * 1300 + "-", ""),
    ],
)
@pytest.mark.timeout(20)
def test_no_message_and_no_answer_takes_long_to_read(question, said):
    after("Hva er SkatteFUNN?", said, question)


def test_a_subject_said_many_times_over_does_not_multiply():
    history = [Turn("user", "hva er robot" + " robot" * 100), *[Turn("user", "hva med robot" + " robot" * 100)] * 3]
    assert len(search_query("hva med robot?", history, TOPICS).text) < 4000


def test_a_date_is_no_choice():
    assert "Sveising" not in after("Hvilke tjenester har dere?", NUMBERED, "Når begynner det den 2. mars?").text


def test_an_empty_first_message_is_no_question():
    assert after("  ", "", "hvem leder den?").text == "hvem leder den?"


@pytest.mark.parametrize(
    ("last", "question", "meant"),
    [
        ("Hvor stor er Læringsfabrikken?", "og hva er det for katapulten?", "Hvor stor er katapulten?"),
        ("How much does SkatteFUNN give?", "and what is it for Eurostars?", "How much does Eurostars give?"),
    ],
)
def test_the_same_is_asked_of_another(last, question, meant):
    assert after(last, ANSWER, question) == Query(meant)
