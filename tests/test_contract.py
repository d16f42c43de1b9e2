import json

import pytest

from raufoss_assistant import contract
from raufoss_assistant.errors import UsageError
from record_corpus import record_assistant  # noqa: F401 - a fixture

ASK_KEYS = {
    "id", "question", "search_query", "status", "answer", "language", "responder",
    "confidence", "citations", "nearest", "records", "filters", "timings_ms",
}  # fmt: skip
CITATION_KEYS = {
    "n", "document", "title", "kind", "page", "heading", "date", "example", "quote", "span", "score",
}  # fmt: skip
MATCH_KEYS = {"type", "id", "name", "example", "score", "parts", "reasons", "misfits", "citation"}
NEED_KEYS = {
    "employees", "more", "age", "place", "innlandet", "trl", "budget", "days", "begins", "applicants", "wishes", "concepts",
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


def test_ask_for_a_list_has_its_filters_and_records(assistant):
    value = contract.ask_json(assistant.ask("Hvilke kurs er på nett?"))
    assert value["filters"] == ["på nett"]
    assert [record["id"] for record in value["records"]] == ["ftt72k", "ftt73k"]
    value = contract.ask_json(assistant.ask("Hva er SkatteFUNN?"))
    assert (value["filters"], value["records"]) == ([], [])


def test_a_record(assistant):
    record = next(each for each in assistant.catalogue().records if each.id == "energibruk")
    value = contract.record_json(record)
    assert {key: value[key] for key in ("type", "id", "name", "code", "example")} == {
        "type": "service",
        "id": "energibruk",
        "name": "Energibruk: finn ut hvor strømmen går",
        "code": None,
        "example": False,
    }
    assert value["fields"]["price"] == {
        "text": "40 000 kr",
        "low": 40000,
        "high": 40000,
        "document": "katapult/oversikt.md",
        "page": None,
        "date": "2026-01-01",
    }
    assert (value["fields"]["contact"]["low"], "more" in value["fields"]) == (None, False)
    assert json.loads(contract.dump(value)) == value


def test_a_list_of_records(assistant):
    value = contract.records_json(assistant.catalogue().of_type("course")[:2], ["deltid"])
    assert value["filters"] == ["deltid"]
    assert [record["code"] for record in value["records"]] == ["FTT72K", "FTT73K"]
    assert contract.records_json([], []) == {"filters": [], "records": []}


def test_match(assistant):
    need = "Vi er 2 ansatte på TRL 4–5 som trenger hjelp og penger til sveising"
    value = json.loads(contract.dump(contract.match_json(assistant.match(need), need, 3, 7)))
    assert set(value) == {"id", "query", "needs", "matches", "excluded", "ask"}
    assert (value["id"], value["query"], len(value["matches"])) == (7, need, 3)
    assert set(value["needs"]) == NEED_KEYS
    assert (value["needs"]["employees"], value["needs"]["trl"], value["needs"]["wishes"]) == (2, [4, 5], ["fund"])
    assert "sveising" in value["needs"]["concepts"]
    assert all(set(each) == MATCH_KEYS for each in (*value["matches"], *value["excluded"]))
    scores = [each["score"] for each in value["matches"]]
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] <= scores[0] <= 1
    welding = next(each for each in value["excluded"] if each["id"] == "sveising")
    assert welding["misfits"] == ["for liten: er for verksteder med 3–120 ansatte"]
    assert welding["reasons"] == ["sveising: «Vi prøver ny sveisemetode på dine deler i stål og aluminium.»"]
    assert welding["citation"] == {
        "document": "katapult/sveising.md",
        "title": "Sveising: prøvesveis og sveisesimulator",
        "kind": "katapult",
        "page": None,
        "date": "2026-01-01",
        "example": True,
        "quote": "Vi prøver ny sveisemetode på dine deler i stål og aluminium.",
    }


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
