import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from raufoss_assistant.knowledge import Knowledge
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


@pytest.mark.parametrize("name", ["catalogue", "understanding", "glossary", "matcher"])
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
