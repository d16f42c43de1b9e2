import asyncio
import json
import re
from html import unescape

import gradio as gr
import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.replies import Replies

PAGE = "---\ntitle: {0}\nkind: klynge\ndate: 2024-02-06\nlanguage: nb\n---\n# {0}\n\n{1}\n"
CORPUS = {
    "klynge/fabrikk.md": PAGE.format(
        "Læringsfabrikken",
        "Alle kjenner Læringsfabrikken. Læringsfabrikken er 1 500 kvadratmeter stor. Læringsfabrikken åpnet i september 2020.",
    ),
    "klynge/nce.md": PAGE.format(
        "NCE Manufacturing",
        " ".join(["Klyngen heter NCE Manufacturing. Bedriftene i NCE Manufacturing deler kunnskap."] * 3),
    ),
    "klynge/sintef.md": PAGE.format(
        "SINTEF Manufacturing",
        " ".join(["Instituttet heter SINTEF Manufacturing. Forskerne i SINTEF Manufacturing prøver plast."] * 3),
    ),
}


@pytest.fixture(scope="module")
def replies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("svar")
    assistant = Assistant(Settings(corpus_dir=write_corpus(folder / "corpus", CORPUS), data_dir=folder / "data"))
    assistant.build()
    yield Replies(assistant)
    assistant.close()


def steps(generator):
    async def gathered():
        return [step async for step in generator]

    return asyncio.run(gathered())


def talk(replies, *questions):
    """The steps of the last question, after the others."""
    conversation = ()
    for question in questions:
        told = steps(replies.respond(question, conversation))
        conversation = told[-1].conversation
    return told, conversation


def said(step):
    return step.messages[-1]["content"].replace("\\", "")


def test_each_step_is_told_and_the_box_is_empty_meanwhile(replies):
    (begun, searching, reading, done), conversation = talk(replies, "Hvor stor er Læringsfabrikken?")
    assert "Ser på spørsmålet" in said(begun)
    assert (begun.box["value"], begun.box["submit_btn"], begun.box["stop_btn"]) == ("", False, "Stopp")
    assert begun.pending == "Hvor stor er Læringsfabrikken?"
    assert "Søker etter «Hvor stor er Læringsfabrikken?»" in said(searching)
    assert re.search(r"Søkte etter .*<br>Leser \d utdrag …", said(reading))
    assert "1\u202f500" in said(done)
    assert "klynge/fabrikk.md" in done.sources
    assert (done.box["submit_btn"], done.box["stop_btn"], done.pending) == ("Spør", False, "")
    assert "value" not in done.box
    assert len(conversation) == 1


def test_small_talk_is_answered_without_a_search(replies):
    (begun, done), _ = talk(replies, "Hei!")
    assert "Ser på spørsmålet" in said(begun)
    assert "beskjed" not in said(done)


def test_a_follow_up_shows_what_was_searched_for_and_a_question_of_its_own_does_not(replies):
    (*_, done), _ = talk(replies, "Hvor stor er Læringsfabrikken?", "og når åpnet den?")
    assert "Søkte etter: når åpnet Læringsfabrikken" in said(done)
    assert "Søkte etter" not in done.messages[1]["content"]


def test_a_question_back_is_a_click_and_the_choice_is_asked(replies, monkeypatch):
    monkeypatch.setattr("raufoss_assistant.retrieval.namesakes._OFTEN", 3)
    (*_, done), conversation = talk(replies, "hva heter manufacturing?")
    assert {choice["value"] for choice in done.messages[-1]["options"]} == {
        "Hva heter NCE Manufacturing?",
        "Hva heter SINTEF Manufacturing?",
    }
    assert said(done) == "Det er flere som heter noe slikt. Hva mener du?"

    class Event:
        value = "Hva heter NCE Manufacturing?"

    *_, answered = steps(replies.chosen(Event(), conversation))
    assert "options" not in answered.messages[1]
    assert answered.messages[2]["content"].startswith("Hva heter NCE Manufacturing")


def test_nothing_is_asked_by_an_empty_box(replies):
    (only,) = steps(replies.respond("  ", ()))
    assert only.box == ""


def test_what_cannot_be_answered_keeps_the_question_in_the_box(replies):
    long = "a" * 5000
    *_, failed = steps(replies.respond(long, ()))
    assert "for langt" in said(failed)
    assert (failed.box["value"], failed.box["submit_btn"], failed.pending) == (long, "Spør", "")
    assert len(failed.messages[0]["content"]) < 4100


def test_an_unexpected_fault_is_told_in_norwegian(replies, monkeypatch, caplog):
    monkeypatch.setattr(replies, "_answered", lambda *_: 1 / 0)
    *_, failed = steps(replies.respond("Hvor stor er den?", ()))
    assert "beskjed" in said(failed)
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()


def test_a_stopped_question_lies_in_the_box_again(replies):
    _, conversation = talk(replies, "Hvor stor er Læringsfabrikken?")
    stopped = replies.stopped("Når åpnet den?", conversation, None)
    assert stopped.box["value"] == "Når åpnet den?"
    assert [message["role"] for message in stopped.messages] == ["user", "assistant"] * 2
    assert "Stoppet" in said(stopped)
    too_late = replies.stopped("", conversation, None)
    assert "value" not in too_late.box and too_late.box["submit_btn"] == "Spør"


def test_an_answer_that_is_left_begins_no_further_step(replies):
    async def leave():
        steps = replies.respond("Hvor stor er Læringsfabrikken?", ())
        await anext(steps)
        await steps.aclose()
        assert not replies.busy

    asyncio.run(leave())


def test_an_edited_question_drops_what_came_after_and_gets_a_number_of_its_own(replies):
    _, conversation = talk(replies, "Hvor stor er Læringsfabrikken?", "og når åpnet den?", "Hei!")
    edited = replies.edited("17 1", conversation)
    assert (edited.box["value"], edited.editing, edited.banner["visible"]) == ("og når åpnet den?", 1, True)
    begun, *_, done = steps(replies.respond("Når åpnet Læringsfabrikken?", conversation, 1))
    assert begun.conversation == gr.skip()
    assert [each.asked for each in done.conversation] == [
        "Hvor stor er Læringsfabrikken?",
        "Når åpnet Læringsfabrikken?",
    ]
    assert (done.editing, done.conversation[0]) == (None, conversation[0])
    assert done.conversation[1].number not in {each.number for each in conversation}


def test_an_edited_question_that_fails_drops_nothing(replies):
    _, conversation = talk(replies, "Hvor stor er Læringsfabrikken?")
    *_, failed = steps(replies.respond("a" * 5000, conversation, 0))
    assert failed.conversation == gr.skip()
    assert (failed.editing, failed.banner["visible"]) == (0, True)
    back = replies.unedited(conversation)
    assert (back.editing, back.box["value"], len(back.messages)) == (None, "", 2)


@pytest.mark.parametrize("sent", ["", "1", "1 2", "1 -1", "1 ²", "1 x", "1 9999999999", None, 7, ["1 0"], {}])
def test_what_is_no_position_of_a_question_edits_nothing(replies, sent):
    _, conversation = talk(replies, "Hei!")
    assert replies.edited(sent, conversation) == replies.edited("", ())


def test_the_latest_answer_is_made_again_in_its_own_place(replies):
    _, conversation = talk(replies, "Hei!", "Hvor stor er Læringsfabrikken?")
    *_, done = steps(replies.again(conversation))
    assert [each.asked for each in done.conversation] == [each.asked for each in conversation]
    assert done.conversation[1].number != conversation[1].number
    assert len(steps(replies.again(()))) == 1


def test_what_the_browser_kept_is_opened_and_continued(replies):
    (*_, done), conversation = talk(replies, "Hvor stor er Læringsfabrikken?")
    kept = json.loads(unescape(done.kept.removeprefix("<pre>").removesuffix("</pre>")))
    assert (kept["title"], kept["time"]) == ("Hvor stor er Læringsfabrikken?", conversation[0].at.isoformat())
    opened = replies.opened(f"1 {kept['sealed']}")
    assert re.search(r"Svar fra \d+\. \w+ 20\d\d kl\. \d\d\.\d\d", said(opened))
    assert "1\u202f500" in said(opened)
    assert "klynge/fabrikk.md" in opened.sources
    *_, done = steps(replies.respond("og når åpnet den?", opened.conversation))
    assert "Søkte etter: når åpnet Læringsfabrikken" in said(done)


@pytest.mark.parametrize("sent", ["", "1", "1 x", None, 3, "1 " + "A" * 900_000])
def test_what_was_not_sealed_here_changes_nothing_but_is_told(replies, sent):
    opened = replies.opened(sent)
    assert "kan ikke åpnes" in opened.said
    assert opened.messages == opened.conversation == gr.skip()
