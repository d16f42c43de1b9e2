import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant, checked
from raufoss_assistant.errors import IndexUnavailableError, UsageError
from raufoss_assistant.model import Turn
from raufoss_assistant.stages import untold
from record_corpus import record_assistant  # noqa: F401 - a fixture


@pytest.mark.parametrize("question", ["", "   ", "?!", "\u200b\u200b"])
def test_an_empty_question_is_refused(question):
    with pytest.raises(UsageError, match="tomt"):
        checked(question)


def test_a_question_of_a_megabyte_is_refused_at_once():
    with pytest.raises(UsageError, match="for langt"):
        checked("a" * 1_000_000)
    assert checked("a" * LONGEST_QUESTION)


def test_invisible_characters_and_line_ends_do_not_reach_the_search():
    assert checked("Hvor\u200b stor\n er\r\nLa\u030aven?") == "Hvor stor er Låven?"


def test_without_an_index_the_remedy_is_named(settings):
    with pytest.raises(IndexUnavailableError, match="raufoss index"):
        Assistant(settings).ask("Hvor stor er Læringsfabrikken?")


@pytest.mark.parametrize("k", [0, -1])
def test_k_must_be_positive(small_assistant, k):
    with pytest.raises(UsageError):
        small_assistant.search("robot", k)


def test_k_beyond_the_index_gives_what_there_is(small_assistant):
    assert len(small_assistant.search("robot", 1000)) == len(small_assistant.index().ids)


def test_a_rebuilt_index_is_used_at_once(settings):
    asking, building = Assistant(settings), Assistant(settings)
    building.build()
    assert asking.ask("Hvor stor er Læringsfabrikken?").status == "answered"
    file = settings.corpus_dir / "klynge/laeringsfabrikken.md"
    file.write_text(file.read_text("utf-8").replace("1 500", "2 300"), "utf-8")
    building.build()
    assert "2 300" in asking.ask("Hvor stor er Læringsfabrikken?").text
    generations = [folder for folder in (settings.data_dir / "index").iterdir() if folder.is_dir()]
    assert generations == [asking.index().folder], "the edition that nobody uses any more is gone from disk"
    asking.close()


def test_an_answer_under_way_keeps_the_edition_that_it_began_with(settings):
    assistant, building = Assistant(settings), Assistant(settings)
    building.build()
    with assistant.knowledge() as before:
        file = settings.corpus_dir / "klynge/laeringsfabrikken.md"
        file.write_text(file.read_text("utf-8").replace("1 500", "2 300"), "utf-8")
        building.build()
        assert "2 300" in assistant.ask("Hvor stor er Læringsfabrikken?").text
        assert "1 500" in before.answer("Hvor stor er Læringsfabrikken?", (), (), untold).text
        assert before.index.folder.is_dir()
    assert not before.index.folder.exists(), "it is let go when the last answer from it is given"
    assistant.close()


def test_what_holds_is_seen_from_today_also_when_the_day_is_another(settings, monkeypatch):
    assistant = Assistant(settings)
    assistant.build()
    with assistant.knowledge() as knowledge:
        today = knowledge.today

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return today + timedelta(days=1)

    monkeypatch.setattr("raufoss_assistant.assistant.date", Tomorrow)
    with assistant.knowledge() as knowledge:
        assert knowledge.today == today + timedelta(days=1)
    assert assistant.ask("Hvor stor er Læringsfabrikken?").status == "answered"
    assistant.close()


def test_many_at_once_get_the_answers_that_each_would_get_alone(small_assistant):
    questions = [
        "Hvor stor er Læringsfabrikken?",
        "Hvor mange bedrifter er med i klyngen?",
        "Kor mykje gir SkatteFUNN?",
        "How long does the test of the robot take?",
        "Når er fristen for SkatteFUNN?",
    ] * 4
    unhurried = replace(small_assistant.settings, reader_ms=60_000)
    alone, together = Assistant(unhurried), Assistant(unhurried)
    expected = [alone.ask(question).text for question in questions]
    begin = threading.Barrier(len(questions))

    def asked(question):
        begin.wait(30)
        return together.ask(question).text

    with ThreadPoolExecutor(len(questions)) as pool:
        assert list(pool.map(asked, questions)) == expected
    alone.close()
    together.close()


def test_nobody_waits_for_another_answer(small_assistant):
    waiting, may_go = threading.Event(), threading.Event()

    def slow(stage):
        waiting.set()
        assert may_go.wait(30)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(small_assistant.ask, "Hvor stor er Læringsfabrikken?", told=slow)
        assert waiting.wait(30)
        assert small_assistant.ask("Hvor mye gir SkatteFUNN?").status == "answered"
        assert not first.done()
        may_go.set()
        assert first.result(30).status == "answered"


def test_the_steps_are_told_as_they_begin(small_assistant):
    stages = []
    answer = small_assistant.ask("og hvor stor er den?", [Turn("user", "Hva er Læringsfabrikken?")], told=stages.append)
    assert [stage.passages for stage in stages] == [0, min(8, len(small_assistant.index().ids))]
    assert {stage.query for stage in stages} == {answer.search_query} == {"hvor stor er Læringsfabrikken?"}


def test_small_talk_searches_for_nothing(small_assistant):
    stages = []
    small_assistant.ask("hei", told=stages.append)
    assert stages == []


def test_an_empty_corpus_answers_nothing(settings, tmp_path):
    (tmp_path / "tom").mkdir()
    assistant = Assistant(replace(settings, corpus_dir=tmp_path / "tom"))
    assistant.build()
    answer = assistant.ask("Hvor stor er Læringsfabrikken?")
    assert (answer.status, answer.nearest) == ("not_found", ())
    assistant.close()


def told(assistant, *questions):
    """The answer to the last question of a conversation that is held with the assistant."""
    history = []
    for question in questions[:-1]:
        history += [Turn("user", question), Turn("assistant", assistant.ask(question, history).text)]
    return assistant.ask(questions[-1], history)


@pytest.mark.parametrize(
    ("first", "question", "meant"),
    [
        ("Hva er SkatteFUNN?", "Og når er fristen?", "SkatteFUNN: når er fristen?"),
        ("Kva er SkatteFUNN?", "Og når er fristen?", "SkatteFUNN: når er fristen?"),
        ("What is SkatteFUNN?", "and when is the deadline?", "SkatteFUNN: when is the deadline?"),
    ],
)
def test_a_follow_up_is_searched_as_it_would_be_asked_by_itself(small_assistant, first, question, meant):
    answer = small_assistant.ask(question, [Turn("user", first)])
    assert answer.question == question
    assert answer.search_query == meant
    assert "1. september" in answer.text.replace("*", "")


def test_a_follow_up_with_a_pronoun_is_answered(small_assistant):
    answer = told(small_assistant, "Hva er Læringsfabrikken?", "hvor stor er den?")
    assert answer.search_query == "hvor stor er Læringsfabrikken?"
    assert "1 500" in answer.text


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (("Kva er SkatteFUNN?", "FTT72K?"), "nn"),
        (("Kor mykje gir SkatteFUNN?", "frist?"), "nn"),
        (("Kor mykje gir SkatteFUNN?", "SkatteFUNN", "2025"), "nn"),
        (("What is SkatteFUNN?", "price?"), "en"),
        (("How big is Læringsfabrikken?", "FTT72K?"), "en"),
        (("What is SkatteFUNN?", "SkatteFUNN", "FTT72K?"), "en"),
        (("Hva er SkatteFUNN?", "FTT72K?"), "nb"),
        (("FTT72K?",), "nb"),
        (("What is SkatteFUNN?", "Hvor mye får jeg?"), "nb"),
        (("Hva er SkatteFUNN?", "When is the deadline?"), "en"),
        (("Hva er SkatteFUNN?", "Kven kan søkje?"), "nn"),
        (("What is SkatteFUNN?", "Hvor mye får jeg?", "FTT72K?"), "nb"),
    ],
)
def test_what_shows_no_language_goes_on_in_that_of_the_conversation(small_assistant, said, language):
    history = [Turn("user", question) for question in said[:-1]]
    assert small_assistant.ask(said[-1], history).language == language


def test_what_is_said_in_the_language_of_the_conversation(small_assistant):
    assert told(small_assistant, "Kor mykje kostar Læringsfabrikken?", "FTT72K?").text.startswith("Eg finn ikkje svar")
    assert "In Norwegian:" in told(small_assistant, "How big is Læringsfabrikken?", "SkatteFUNN?").text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("Hva er SkatteFUNN?", "takk!", "og når er fristen?"), "SkatteFUNN: når er fristen?"),
        (("Kva er SkatteFUNN?", "tusen takk", "og når er fristen?"), "SkatteFUNN: når er fristen?"),
        (("What is SkatteFUNN?", "thank you!", "when is the deadline?"), "SkatteFUNN: when is the deadline?"),
        (("Hva er SkatteFUNN?", "hvem er du?", "hei", "og når er fristen?"), "SkatteFUNN: når er fristen?"),
        (("hei", "Hva er SkatteFUNN?", "når er fristen for den?"), "når er fristen for SkatteFUNN?"),
    ],
)
def test_small_talk_in_between_does_not_lose_the_thread(small_assistant, said, meant):
    answer = told(small_assistant, *said)
    assert answer.search_query == meant
    assert "1. september" in answer.text.replace("*", "")


@pytest.mark.parametrize("said", [("hei",), ("hei", "hvor stor er den?"), ("hei", "takk", "hva koster det?")])
def test_small_talk_is_nothing_to_go_on_from(small_assistant, said):
    assert told(small_assistant, *said).search_query == said[-1]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("hei", "nb"),
        ("tusen takk!", "nb"),
        ("hvem er du?", "nb"),
        ("Kven er du?", "nn"),
        ("thanks!", "en"),
        ("What can you do?", "en"),
    ],
)
@pytest.mark.parametrize("history", [(), (Turn("user", "Hva er SkatteFUNN?"), Turn("assistant", "SkatteFUNN er [1]"))])
def test_small_talk_is_answered_without_citations(small_assistant, question, language, history):
    answer = small_assistant.ask(question, history)
    assert (answer.status, answer.language, answer.search_query) == ("answered", language, question)
    assert answer.text
    assert answer.citations == answer.nearest == answer.records == answer.choices == ()


@pytest.mark.parametrize(
    ("said", "meant", "names"),
    [
        (
            ("Hvilke kurs finnes?", "hva med på nett?"),
            "Hvilke kurs finnes på nett?",
            ["Manufacturing 4.0", "Industri 5.0"],
        ),
        (("Kva kurs finst?", "kva med på heiltid?"), "Kva kurs finst på heiltid?", ["Elkraft"]),
        (
            ("Which courses are there?", "what about in Raufoss?"),
            "Which courses are there in Raufoss?",
            ["Cyber-physical systems"],
        ),
        (
            ("Hvilke kurs finnes i Gjøvik?", "og på Raufoss?"),
            "Hvilke kurs finnes på Raufoss?",
            ["Cyber-physical systems"],
        ),
        (
            ("Hvilke kurs finnes på Raufoss?", "hva med i Gjøvik?", "hva med på Raufoss?"),
            "Hvilke kurs finnes på Raufoss?",
            ["Cyber-physical systems"],
        ),
        (
            ("Hvilke tjenester finnes?", "og under 10 000 kr?"),
            "Hvilke tjenester finnes under 10 000 kr?",
            ["Liming: *sterke* fuger <b>uten</b> skruer", "Finansieringshjelp: hvem kan støtte prosjektet"],
        ),
    ],
)
def test_a_follow_up_about_records_lists_what_the_whole_question_asks_for(assistant, said, meant, names):
    answer = told(assistant, *said)
    assert (answer.status, answer.search_query) == ("answered", meant)
    assert [record.name for record in answer.records] == names
    assert answer.filters


@pytest.mark.parametrize(
    ("question", "meant", "needle"),
    [
        ("kor stor er laeringsfabrikken?", "kor stor er Læringsfabrikken?", "1 500"),
        ("hvor stor er lærings fabrikken?", "hvor stor er Læringsfabrikken?", "1 500"),
        ("hvor mye gir skatefunn?", "hvor mye gir SkatteFUNN?", "19 prosent"),
        ("how big is leringsfabrikken?", "how big is Læringsfabrikken?", "1 500"),
    ],
)
def test_a_misspelt_question_is_searched_as_the_documents_write_it(small_assistant, question, meant, needle):
    answer = small_assistant.ask(question)
    assert (answer.question, answer.search_query) == (question, meant)
    assert needle in answer.text
    assert small_assistant.search(question, 1)[0].chunk == small_assistant.search(meant, 1)[0].chunk


def test_what_is_meant_of_two_readings_is_what_is_found(small_assistant):
    history = [Turn("user", "Hva er SkatteFUNN?"), Turn("assistant", "En ordning. [1]")]
    answer = small_assistant.ask("Hvor mange bedrifter er på Raufoss?", history)
    assert answer.search_query == "Hvor mange bedrifter er på Raufoss?"
    assert "60 bedrifter" in answer.text.replace("*", "")


def test_twenty_questions_at_once_get_their_own_answers(small_assistant):
    questions = {"Hvor stor er Læringsfabrikken?": "1 500", "Hvor mye gir SkatteFUNN?": "19 prosent"}
    wrong = []

    def ask(question, needle):
        if needle not in small_assistant.ask(question).text:
            wrong.append(question)

    threads = [threading.Thread(target=ask, args=pair) for pair in list(questions.items()) * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
