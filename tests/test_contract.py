import json

import pytest

from raufoss_assistant import contract
from raufoss_assistant.errors import UsageError

ASK_KEYS = {
    "id", "question", "search_query", "status", "answer", "language", "responder",
    "confidence", "citations", "nearest", "records", "filters", "timings_ms",
}  # fmt: skip
CITATION_KEYS = {
    "n", "document", "title", "kind", "page", "heading", "date", "example", "quote", "span", "score",
}  # fmt: skip
HIT_KEYS = {"rank", "score", "document", "title", "page", "heading", "date", "text"}


def test_ask(small_assistant):
    value = json.loads(contract.dump(contract.ask_json(small_assistant.ask("Hvor stor er Læringsfabrikken?"), "q7")))
    assert set(value) == ASK_KEYS
    assert (value["id"], value["status"], value["language"], value["responder"]) == (
        "q7",
        "answered",
        "nb",
        "extractive",
    )
    assert 0 <= value["confidence"] <= 1
    citation = value["citations"][0]
    assert set(citation) == CITATION_KEYS
    assert (citation["n"], citation["date"], citation["example"]) == (1, "2024-02-06", False)
    assert set(value["timings_ms"]) == {"retrieval", "answering", "total"}


def test_search(small_assistant):
    value = contract.search_json("robot", small_assistant.search("robot", 3))
    assert [hit["rank"] for hit in value["hits"]] == [1, 2, 3]
    assert all(set(hit) == HIT_KEYS for hit in value["hits"])
    scores = [hit["score"] for hit in value["hits"]]
    assert scores == sorted(scores, reverse=True)


def test_norwegian_letters_stay_as_they_are():
    assert contract.dump({"a": "æøå"}) == '{"a": "æøå"}'


def test_history():
    turns = contract.turns([{"role": "user", "content": "Hei"}, {"role": "assistant", "content": "Hei!"}])
    assert [turn.role for turn in turns] == ["user", "assistant"]
    assert contract.turns(None) == ()


@pytest.mark.parametrize("history", ["tekst", [1], [{"role": "system", "content": "x"}], [{"role": "user"}], {"a": 1}])
def test_a_bad_history_is_refused(history):
    with pytest.raises(UsageError, match="Historikken"):
        contract.turns(history)
