from dataclasses import replace

import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.suggested import Suggested, candidates
from starter_corpus import GOOD, STARTER_CORPUS


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forslag")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", STARTER_CORPUS), data_dir=folder / "data")
    assistant = Assistant(settings)
    assistant.build()
    yield assistant
    assistant.close()


@pytest.fixture
def drawn(assistant):
    with assistant.knowledge() as knowledge:
        return candidates(knowledge)


def test_questions_come_from_headings_words_and_records(drawn):
    assert {each.text for each in drawn} == GOOD | {"Hvem eier Drømmehallen i Vestby kommune?"}
    assert {each.kind for each in drawn} == {"heading", "term", "service"}


def test_none_comes_twice_and_the_kinds_come_by_turns(drawn):
    texts = [each.text for each in drawn]
    assert len(texts) == len(set(texts))
    assert {each.kind for each in drawn[:3]} == {"heading", "term", "service"}


def test_each_knows_the_documents_that_it_was_drawn_from(drawn):
    assert {each.kind: each.documents for each in drawn} == {
        "heading": {"kurs/sporsmal.md"},
        "term": {"onboarding/ordliste.md"},
        "service": {"katapult/katalog.md"},
    }


def test_an_answer_counts_where_it_is_sure_and_from_those_documents(assistant):
    answer = assistant.ask("Hva betyr «Klynge»?")
    own = Suggested("Hva betyr «Klynge»?", "term", frozenset({"onboarding/ordliste.md"}))
    assert own.answered(answer)
    assert not own.answered(replace(answer, confidence=0.5))
    assert not own.answered(replace(answer, status="not_found"))
    assert not replace(own, documents=frozenset({"kurs/sporsmal.md"})).answered(answer)
