import asyncio
import json
import time

import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.starters import SHOWN, Starters
from starter_corpus import GOOD, HEAD, STARTER_CORPUS


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("startere")
    settings = Settings(corpus_dir=write_corpus(folder / "corpus", STARTER_CORPUS), data_dir=folder / "data")
    assistant = Assistant(settings)
    assistant.build()
    yield assistant
    assistant.close()


def idle():
    return False


@pytest.fixture(scope="module")
def tried(assistant):
    """Starters that are done."""
    starters = Starters(assistant, idle)
    starters.prepare().join()
    return starters


def seen(starters, times=40):
    return {text for _ in range(times) for text in starters.some()}


def test_only_questions_that_are_answered_are_shown(tried):
    assert seen(tried) == GOOD


def test_some_of_each_kind_are_shown_and_others_when_asked(tried):
    first = tried.some()
    assert len(set(first)) == SHOWN
    assert "Hva er forskjellen på NCE Manufacturing og Læringsfabrikken?" in first
    assert GOOD - set(first) <= set(tried.some(first))


def test_a_new_visit_has_other_questions(tried):
    assert len({tuple(tried.some()) for _ in range(20)}) > 5


def test_a_page_that_opens_gets_them_on_its_buttons(tried):
    async def opened():
        return [values async for values in tried.first()]

    ((row, *buttons),) = asyncio.run(opened())
    assert row["visible"]
    assert {button["value"] for button in buttons} <= GOOD
    assert all(button["visible"] for button in buttons)
    _, *others = tried.others(*(button["value"] for button in buttons))
    assert {each["value"] for each in others} != {button["value"] for button in buttons}


def test_after_a_restart_none_is_tried_again(tried, assistant):
    again = Starters(assistant, idle)
    assert again.prepare() is None
    assert seen(again) == GOOD


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '{"index": "en annen", "questions": {"term": ["Hva?"]}}'])
def test_what_was_kept_of_another_index_is_not_shown(tried, assistant, content):
    file = assistant.settings.data_dir / "startsporsmal.json"
    kept = file.read_text("utf-8")
    file.write_text(content, "utf-8")
    try:
        again = Starters(assistant, idle)
        again.prepare().join()
        assert seen(again) == GOOD
        questions = json.loads(file.read_text("utf-8"))["questions"]
        assert {text for texts in questions.values() for text in texts} == GOOD
    finally:
        file.write_text(kept, "utf-8")


def test_none_is_tried_while_somebody_waits_for_an_answer(assistant, tmp_path):
    assistant.settings.data_dir.joinpath("startsporsmal.json").unlink(missing_ok=True)
    waits = [True]
    starters = Starters(assistant, lambda: waits[0])
    trying = starters.prepare()
    time.sleep(0.5)
    assert starters.some() == []
    waits[0] = False
    trying.join()
    assert seen(starters) == GOOD


def test_a_new_index_has_new_questions(tmp_path):
    corpus = write_corpus(tmp_path / "corpus", STARTER_CORPUS)
    assistant = Assistant(Settings(corpus_dir=corpus, data_dir=tmp_path / "data"))
    assistant.build()
    starters = Starters(assistant, idle)
    starters.prepare().join()
    (corpus / "katapult" / "katalog.md").unlink()
    words = HEAD.format("Ordliste", "onboarding", "nb", "- Fagbrev: et bevis på at du kan et fag.\n")
    (corpus / "onboarding" / "ordliste.md").write_text(words, "utf-8")
    assistant.build()
    starters.prepare().join()
    assert "Hva betyr «Fagbrev»?" in seen(starters)
    assert not any("TRL" in text or "Klynge" in text for text in seen(starters))
    assistant.close()


def test_without_an_index_there_are_none_and_nothing_fails(settings):
    starters = Starters(Assistant(settings), idle)
    assert starters.prepare() is None
    assert starters.some() == []
