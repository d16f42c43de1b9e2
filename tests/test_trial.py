import pytest

from raufoss_assistant.answering.evidence import calibration
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.errors import IndexUnavailableError, UsageError
from raufoss_assistant.retrieval.passage_reader import CANDIDATES
from raufoss_assistant.web.staff.trial import examine
from staff_blocks import patient

ASKED = "Hvor stor er Læringsfabrikken?"


@pytest.fixture(scope="module")
def reading(small_assistant):
    assistant = patient(small_assistant)
    yield assistant
    assistant.close()


def test_the_hits_are_those_that_answers_are_drawn_from(reading):
    trial = examine(reading, ASKED, "", "hybrid")
    with reading.knowledge() as knowledge:
        assert list(trial.hits) == knowledge.passages(ASKED, CANDIDATES)
    assert trial.answer.text == reading.ask(ASKED).text
    assert trial.exchange.sources[0].document == "klynge/laeringsfabrikken.md"
    assert trial.threshold == calibration(read=True).threshold
    assert (trial.route.kind, trial.matching) == ("passage", None)


def test_what_a_search_leaves_out(reading):
    trial = examine(reading, ASKED, "", "hybrid")
    shown = {hit.chunk.id for hit in reading.search(ASKED, CANDIDATES)}
    assert {hit.chunk.id for hit in trial.hits} - trial.cut == shown


def test_spelling_and_what_was_asked_before(reading):
    trial = examine(reading, "hvor stor er laeringsfabrikken", "", "hybrid")
    assert "Læringsfabrikken" in trial.spelt
    assert trial.question.meant == trial.spelt
    assert trial.names == ("Læringsfabrikken",)
    follows = examine(reading, "og når er fristen?", "Hva er SkatteFUNN?", "hybrid")
    assert follows.question.meant == "SkatteFUNN: når er fristen?"
    assert "1. september" in follows.answer.text


@pytest.mark.parametrize("method", ["words", "vectors"])
def test_by_words_or_by_meaning_alone(reading, method):
    trial = examine(reading, ASKED, "", method)
    with reading.knowledge() as knowledge:
        assert list(trial.hits) == knowledge.retriever(method).hits(ASKED, CANDIDATES)
    assert trial.hits != examine(reading, ASKED, "", "hybrid").hits
    assert trial.answer.text == reading.ask(ASKED).text


def test_a_need_is_matched(reading):
    trial = examine(reading, "Vi er ni ansatte og vil prøve en robot. Hva passer?", "", "hybrid")
    assert trial.route.kind == "need"
    assert trial.matching is not None


def test_what_cannot_be_asked(reading, settings):
    with pytest.raises(UsageError, match="tomt"):
        examine(reading, "?", "", "hybrid")
    with pytest.raises(UsageError, match="for langt"):
        examine(reading, ASKED, "x" * 5000, "hybrid")
    with pytest.raises(IndexUnavailableError):
        examine(Assistant(settings), ASKED, "", "hybrid")
