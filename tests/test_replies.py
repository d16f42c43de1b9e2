import pytest

from conftest import write_corpus
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web import replies as module
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


def talk(replies, *questions):
    """The steps of the last question, after the others."""
    conversation = ()
    for question in questions:
        steps = list(replies.respond(question, conversation))
        conversation = steps[-1][2]
    return steps, conversation


def test_an_answer_comes_in_two_steps_and_empties_the_box(replies):
    (waiting, done), conversation = talk(replies, "Hvor stor er Læringsfabrikken?")
    assert "Leter i dokumentene" in waiting[0][-1]["content"]
    assert waiting[3] == ""
    assert "1 500" in done[0][-1]["content"].replace("\u202f", " ")
    assert "klynge/fabrikk.md" in done[1]
    assert len(conversation) == 1


def test_a_follow_up_shows_what_was_searched_for_and_a_question_of_its_own_does_not(replies):
    (_, done), _ = talk(replies, "Hvor stor er Læringsfabrikken?", "og når åpnet den?")
    assert "Søkte etter: når åpnet Læringsfabrikken" in done[0][-1]["content"]
    assert "Søkte etter" not in done[0][1]["content"]


def test_a_question_back_is_a_click_and_the_choice_is_asked(replies, monkeypatch):
    monkeypatch.setattr("raufoss_assistant.retrieval.namesakes._OFTEN", 3)
    (_, done), conversation = talk(replies, "hva heter manufacturing?")
    said = done[0][-1]
    assert {choice["value"] for choice in said["options"]} == {
        "Hva heter NCE Manufacturing?",
        "Hva heter SINTEF Manufacturing?",
    }
    assert said["content"] == "Det er flere som heter noe slikt. Hva mener du?"

    class Event:
        value = "Hva heter NCE Manufacturing?"

    *_, answered = replies.chosen(Event(), conversation)
    assert "options" not in answered[0][1]
    assert answered[0][2]["content"].startswith("Hva heter NCE Manufacturing")


def test_nothing_is_asked_by_an_empty_box(replies):
    (only,) = list(replies.respond("  ", ()))
    assert only[3] == ""


def test_what_cannot_be_answered_keeps_the_question_in_the_box(replies):
    long = "a" * 5000
    *_, failed = replies.respond(long, ())
    assert "for langt" in failed[0][-1]["content"]
    assert failed[3] == long
    assert len(failed[0][0]["content"]) < 4100


def test_an_unexpected_fault_is_told_in_norwegian(replies, monkeypatch, caplog):
    monkeypatch.setattr(module, "_answered", lambda *_: 1 / 0)
    *_, failed = replies.respond("Hvor stor er den?", ())
    assert "beskjed" in failed[0][-1]["content"]
    assert "ZeroDivisionError" in caplog.text
    caplog.clear()
