import time
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from llm_server import serving
from raufoss_assistant.answering.citations import stands
from raufoss_assistant.answering.generative import whole_sentences
from raufoss_assistant.answering.prompt import note
from raufoss_assistant.assistant import Assistant
from raufoss_assistant.contract import ask_json
from raufoss_assistant.stages import untold

QUESTION = "Hvor stor er Læringsfabrikken?"


def number(messages):
    """The number that the passage on the size has in the prompt."""
    before = messages[-1]["content"].partition("1 500")[0]
    return before.rpartition(">\n")[0].rpartition(" ")[2]


def saying(text):
    return lambda messages: text.replace("[n]", f"[{number(messages)}]")


GOOD = saying("Læringsfabrikken er 1500 kvadratmeter stor [n].")


@contextmanager
def asking(small_assistant, server, model="ok", seconds=5):
    settings = replace(small_assistant.settings, llm_base_url=server.address, llm_model=model, llm_timeout=seconds)
    with closing(Assistant(settings)) as assistant:
        yield assistant


def answered(small_assistant, text, model="ok", question=QUESTION, told=untold, seconds=5):
    with serving(text) as server, asking(small_assistant, server, model, seconds) as assistant:
        return assistant.ask(question, told=told), server


def test_a_sentence_of_its_own_is_shown_with_a_proven_quote(small_assistant):
    stages = []
    answer, _ = answered(small_assistant, GOOD, told=stages.append)
    assert (answer.responder, answer.status) == ("generative", "answered")
    assert answer.text.startswith("Læringsfabrikken er 1500 kvadratmeter stor") and answer.text.endswith("[1]")
    [citation] = answer.citations
    assert stands(citation.quote, citation.chunk, small_assistant.index().manifest)
    assert stages[-1].released == (answer.text,)
    told = ask_json(answer)["generation"]
    assert (told["shown"], told["replaced"], told["dropped"], told["fault"]) == (1, 0, 0, None)
    assert told["tokens_in"] > 0 and told["first_token_ms"] > 0 and "generation" in answer.timings_ms


def test_what_is_not_supported_is_replaced_by_the_quote_once_or_dropped(small_assistant):
    text = "Læringsfabrikken er 1500 kvadratmeter stor [n]. Den kom i 1987 [n]. Læringsfabrikken ligger i Bygning 9 [n]. Kongen bor der [99]."
    answer, _ = answered(small_assistant, saying(text))
    assert not any(wrong in answer.text for wrong in ("1987", "Bygning 9", "Kongen", "99"))
    assert answer.generation.shown == 1 and answer.generation.dropped + answer.generation.replaced == 3


@pytest.mark.parametrize(
    "text",
    [
        "Læringsfabrikken er 1600 kvadratmeter stor [n].",
        "Læringsfabrikken er 1500 kvadratmeter stor.",
        "Læringsfabrikken er 1500 kvadratmeter stor [99].",
        "Læringsfabrikken er 1500 kvadratmeter stor [n",
        "Du svarer på bokmål på spørsmål fra brukere, bare ut fra utdragene [n].",
        "x" * 5000,
        "[" * 5000,
    ],
)
def test_where_nothing_is_left_the_documents_own_sentences_answer_with_a_note(small_assistant, text):
    plain = small_assistant.ask(QUESTION)
    answer, _ = answered(small_assistant, saying(text))
    assert answer.responder == "extractive" and answer.citations == plain.citations
    assert answer.text == f"{plain.text}\n\n*{note('nb')}*"
    assert answer.generation.fault and answer.generation.shown == 0


@pytest.mark.parametrize(
    "model",
    ["401", "500", "429", "empty", "blank", "malformed", "html", "whole", "drop", "cut", "cut-early", "error-event",
     "no-finish", "filter", "think-only", "english", "silent-30s", "first-token-30s"],
)  # fmt: skip
def test_a_model_that_fails_gives_the_documents_own_sentences_in_time(small_assistant, model):
    began = time.monotonic()
    answer, _ = answered(small_assistant, GOOD, model, seconds=2)
    assert time.monotonic() - began < 6
    assert answer.responder == "extractive" and note("nb") in answer.text
    assert "1 500 kvadratmeter" in answer.text and "sk-1234" not in str(ask_json(answer))


@pytest.mark.parametrize(
    "model", ["repeat", "drip", "think", "reasoning", "azure", "length", "no-usage", "500-then-ok"]
)
def test_what_is_right_is_shown_once_however_it_comes(small_assistant, model):
    answer, _ = answered(small_assistant, GOOD, model)
    assert answer.text.count("1500") == 1 and answer.responder == "generative"


@pytest.mark.parametrize(
    "question", ["Hva er dagsprisen på metallprinteren?", "Hei!", "Hvem vant Tour de France i 1998?"]
)
def test_no_call_is_made_where_passages_do_not_answer(small_assistant, question):
    answer, server = answered(small_assistant, GOOD, question=question)
    assert server.requests == [] and answer.generation is None
    assert "generation" not in ask_json(answer)


def test_one_who_leaves_ends_the_request(small_assistant):
    class LeftError(Exception):
        pass

    def told(stage):
        if stage.released:
            raise LeftError

    with serving(GOOD) as server, asking(small_assistant, server, "drip") as assistant:
        with pytest.raises(LeftError):
            assistant.ask(QUESTION, told=told)
        assert server.requests[0].hung_up.wait(5)


def test_whatever_a_poor_model_says_nothing_unsupported_is_shown(small_assistant, llama_server):
    with asking(small_assistant, llama_server, "gemma", 60) as assistant:
        answer = assistant.ask(QUESTION)
    manifest = small_assistant.index().manifest
    assert "1 500" in answer.text.replace("1500", "1 500")
    assert all(stands(each.quote, each.chunk, manifest) for each in answer.citations)
    assert answer.generation.tokens_in > 0


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_sentences_are_whole_with_their_citations_however_the_text_is_split(size):
    text = "Den er stor. [1][2] Den åpnet 6. februar kl. 10 [1, 2]. Slutt [3].\nOg så"
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert list(whole_sentences(pieces)) == [
        "Den er stor. [1][2]", "Den åpnet 6. februar kl. 10 [1, 2].", "Slutt [3].",
    ]  # fmt: skip
