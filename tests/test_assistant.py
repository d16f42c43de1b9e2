import threading
from dataclasses import replace

import pytest

from raufoss_assistant.assistant import LONGEST_QUESTION, Assistant, checked
from raufoss_assistant.errors import IndexUnavailableError, UsageError
from raufoss_assistant.model import Turn


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


def test_an_empty_corpus_answers_nothing(settings, tmp_path):
    (tmp_path / "tom").mkdir()
    assistant = Assistant(replace(settings, corpus_dir=tmp_path / "tom"))
    assistant.build()
    answer = assistant.ask("Hvor stor er Læringsfabrikken?")
    assert (answer.status, answer.nearest) == ("not_found", ())
    assistant.close()


def test_a_follow_up_is_searched_with_its_question(small_assistant):
    answer = small_assistant.ask("Og når er fristen?", [Turn("user", "Hva er SkatteFUNN?")])
    assert answer.search_query == "Hva er SkatteFUNN? Og når er fristen?"
    assert "1. september" in answer.text


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
