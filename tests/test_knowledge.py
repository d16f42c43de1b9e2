import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from raufoss_assistant.knowledge import Knowledge
from raufoss_assistant.model import Turn
from raufoss_assistant.retrieval.router import Router
from raufoss_assistant.stages import untold


@pytest.fixture
def knowledge(small_assistant):
    with small_assistant.knowledge() as knowledge:
        yield Knowledge(
            knowledge.index,
            small_assistant.encoder,
            lambda: small_assistant.reader,
            small_assistant.settings,
            knowledge.today,
        )


@pytest.mark.parametrize("name", ["catalogue", "understanding", "glossary", "matcher", "router"])
def test_what_is_read_from_the_index_is_read_once_also_by_several_at_once(knowledge, name):
    begin = threading.Barrier(8)

    def read(_):
        begin.wait(30)
        return getattr(knowledge, name)

    with ThreadPoolExecutor(8) as pool:
        assert len({id(each) for each in pool.map(read, range(8))}) == 1


def test_an_answer_needs_no_reader(small_assistant):
    with small_assistant.knowledge() as current:
        knowledge = Knowledge(
            current.index, small_assistant.encoder, lambda: None, small_assistant.settings, current.today
        )
        answer = knowledge.answer("Hvor stor er Læringsfabrikken?", (), (), untold)
    assert "1 500" in answer.text
    assert all(hit.reading is None for hit in knowledge.passages("robot", 3))


def test_passages_are_ranked_by_the_method_that_is_asked_for(small_assistant):
    with small_assistant.knowledge() as knowledge:
        for method, parts in (("hybrid", (3.0, 1.0)), ("words", (3.0, 0.0)), ("vectors", (0.0, 1.0))):
            for hit in knowledge.retriever(method).hits("Hvor stor er Læringsfabrikken?", 3):
                parted = (
                    parts[0] * hit.words
                    + parts[1] * small_assistant.encoder.scale.shifted(hit.cosine)
                    + 1.5 * hit.reading.chance
                )
                assert hit.score == pytest.approx(parted)


def test_a_message_is_understood_by_what_was_said_before(small_assistant):
    with small_assistant.knowledge() as knowledge:
        asked = knowledge.understood("and when is the deadline?", [Turn("user", "What is SkatteFUNN?")])
    assert (asked.meant, asked.language) == ("SkatteFUNN: when is the deadline?", "en")


def test_the_way_of_a_follow_up_is_that_of_the_question_as_it_is_meant(small_assistant, monkeypatch):
    asked = []
    with small_assistant.knowledge() as knowledge:
        route = knowledge.router.route
        monkeypatch.setattr(Router, "route", lambda self, question: asked.append(question) or route(question))
        knowledge.answer("og når er fristen?", [Turn("user", "Hva er SkatteFUNN?")], (), untold)
    assert asked == ["SkatteFUNN: når er fristen?"]


@pytest.fixture
def asked(monkeypatch):
    """What the passages are asked, in its order; the first answer is a refusal."""
    drawn, questions = Knowledge._drawn, []

    def refused_first(self, question, hits):
        questions.append(question.meant)
        answer = drawn(self, question, hits)
        return answer if len(questions) > 1 else replace(answer, status="not_found", citations=())

    monkeypatch.setattr(Knowledge, "_drawn", refused_first)
    return questions


def test_a_refused_question_is_asked_once_more_in_the_words_of_the_passages(knowledge, asked):
    answer = knowledge.answer("Hvor mange medarbeidere har bedriftene til sammen?", (), (), untold)
    assert asked == [
        "Hvor mange medarbeidere har bedriftene til sammen?",
        "Hvor mange ansatte har bedriftene til sammen?",
    ]
    assert answer.search_query == asked[1] and "4 000" in answer.text


def test_a_refused_question_is_asked_once_more_in_plain_bokmal(knowledge, asked):
    answer = knowledge.answer("Kor mange tilsette har bedriftene til saman?", (), (), untold)
    assert asked[1] == "Hvor mange ansatte har bedriftene til sammen?"
    assert answer.language == "nn" and "4 000" in answer.text


def test_spoken_words_are_read_as_they_are_written(knowledge):
    assert knowledge.understood("kem e leder for klynga?", ()).meant.startswith("hvem er leder")
    assert knowledge.understood("kem e sjef i Sintef manufacturing?", ()).language == "nb"


def test_rewording_does_not_change_what_is_asked_for(knowledge, monkeypatch):
    """«Hva koster» wants a sum, «hva pris» would not."""
    asked = []
    monkeypatch.setattr("raufoss_assistant.knowledge.reworded", lambda question, _: question.replace("koster", "pris"))
    drawn = Knowledge._drawn
    monkeypatch.setattr(
        Knowledge, "_drawn", lambda self, question, hits: asked.append(question) or drawn(self, question, hits)
    )
    assert knowledge.answer("Hva koster parkering på Raufoss?", (), (), untold).status == "not_found"
    assert len(asked) == 1
