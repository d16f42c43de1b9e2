"""The tools as a client of MCP uses them: the real client, over the loopback."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from browsing import served
from raufoss_assistant import contract
from raufoss_assistant.assistant import Assistant
from record_corpus import record_assistant  # noqa: F401 - a fixture

QUESTION = "Hvilke tjenester koster under 20 000 kroner?"
NEED = "Vi er ni ansatte på Lena og vil prøve en robot."
LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTED = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def steady(assistant):
    """Answers alike each time: without the reader, whose scores depend on the time it has."""
    steady = Assistant(replace(assistant.settings, reader="off"))
    yield steady
    steady.close()


@pytest.fixture(scope="module")
def address(steady):
    with served(steady) as address:
        yield address


def visited(address, *calls):
    """The tools there are, and what the calls give, each as (whether it failed, text)."""

    async def visit():
        async with (
            streamable_http_client(f"{address}/mcp") as (reading, writing, *_),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            results = [await session.call_tool(name, arguments) for name, arguments in calls]
            return tools, [(result.isError, result.content[0].text) for result in results]

    return asyncio.run(visit())


def timeless(answer):
    answer.pop("timings_ms", None)
    return answer


def test_the_tools_are_told_in_norwegian_with_types(address):
    tools, _ = visited(address)
    shown = {tool.name: tool for tool in tools}
    assert list(shown) == ["ask", "search", "match"]
    assert shown["ask"].description.startswith("Svarer på spørsmål om industriklyngen på Raufoss")
    schema = shown["search"].inputSchema
    assert schema["required"] == ["query"]
    assert schema["properties"]["query"] == {"type": "string", "description": "Det som skal finnes, på norsk."}
    assert (schema["properties"]["k"]["type"], schema["properties"]["k"]["default"]) == ("integer", 10)
    assert all(field["description"] for tool in tools for field in tool.inputSchema["properties"].values())


def test_they_give_what_the_interface_gives(address, steady):
    _, results = visited(
        address,
        ("ask", {"question": QUESTION}),
        ("search", {"query": "robot", "k": 2}),
        ("match", {"query": NEED, "k": 1}),
    )
    assert not any(failed for failed, _ in results)
    wanted = [
        contract.ask_json(steady.ask(QUESTION)),
        contract.search_json("robot", steady.search("robot", 2)),
        contract.match_json(steady.match(NEED), NEED, 1),
    ]
    assert [timeless(json.loads(text)) for _, text in results] == [
        timeless(json.loads(contract.dump(each))) for each in wanted
    ]


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": " "}, "Spørsmålet er tomt"),
        ("ask", {"question": "a" * 5000}, "for langt"),
        ("search", {"query": "robot", "k": 0}, "k må være fra 1 til 100"),
        ("match", {"query": "robot", "k": 101}, "k må være fra 1 til 100"),
    ],
)
def test_wrong_use_is_explained(address, name, arguments, said):
    _, [(failed, text)] = visited(address, (name, arguments))
    assert failed
    assert said in text


def test_an_unforeseen_error_says_nothing_of_itself(settings, caplog):
    class Broken(Assistant):
        def ask(self, *_, **__):
            raise ZeroDivisionError("hemmelig sti")

    with served(Broken(settings)) as address:
        _, [(failed, text)] = visited(address, ("ask", {"question": "Hva?"}))
    assert (failed, text) == (True, "Noe gikk galt. Prøv igjen.")
    assert "hemmelig sti" in caplog.text


def test_questions_are_counted(address):
    before = httpx.get(f"{address}/metrics").text
    visited(address, ("ask", {"question": QUESTION}))
    counted = 'raufoss_answers_total{responder="extractive",status="answered"} '

    def number(text):
        return next((float(line.removeprefix(counted)) for line in text.splitlines() if line.startswith(counted)), 0)

    assert number(httpx.get(f"{address}/metrics").text) == number(before) + 1


def test_a_page_of_another_site_may_not_use_them(address):
    refused = httpx.post(f"{address}/mcp", json=LISTING, headers={**ACCEPTED, "Origin": "https://ond.example"})
    assert refused.status_code == 403
    assert "RAUFOSS_ALLOWED_ORIGINS" in refused.json()["error"]
    assert httpx.post(f"{address}/mcp", json=LISTING, headers=ACCEPTED).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_told_to_post(address, method):
    response = httpx.request(method, f"{address}/mcp", headers=ACCEPTED)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "MCP" in response.json()["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/mcp/",
        "/mcp/sse",
        "/mcp/schema",
        "/mcp/messages/",
        "/mcp/gradio_api/upload",
        "/mcp/gradio_api/file=/etc/passwd",
        "/mcp/gradio_api/call/ask",
        "/mcp/gradio_api/queue/join",
        "/gradio_api/mcp",
        "/gradio_api/mcp/schema",
        "/gradio_api/call/ask",
        "/gradio_api/info",
        "/gradio_api/proxy=http://127.0.0.1",
        "/gradio_api/upload",
    ],
)
def test_nothing_else_of_gradio_is_opened(address, path):
    for method in ("GET", "POST"):
        assert httpx.request(method, f"{address}{path}", headers=ACCEPTED, json=LISTING).status_code == 404
