import json
import re
import unicodedata
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator, FormatChecker

from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.interfaces.reference import operations
from record_corpus import record_assistant  # noqa: F401 - a fixture

ROOT = Path(__file__).parent.parent
PATHS = ["/api/ask", "/api/search", "/api/match", "/v1/chat/completions", "/health", "/metrics"]


@pytest.fixture(scope="module")
def client(assistant):
    return TestClient(create_app(assistant), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def shown(client):
    return client.get("/api/openapi.json").json()


@pytest.fixture(scope="module")
def check(shown):
    """Holds a value against a schema of the description."""

    def held(schema, value):
        whole = {**schema, "components": shown["components"]}
        Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)

    return held


def schema_of(shown, path, status):
    (operation,) = shown["paths"][path].values()
    return operation["responses"][status]["content"]["application/json"]["schema"]


def test_it_describes_what_others_use_and_no_more(shown):
    assert list(shown["paths"]) == [
        "/api/ask",
        "/api/search",
        "/api/match",
        "/health",
        "/metrics",
        "/v1/chat/completions",
    ]
    assert shown["openapi"].startswith("3.1")
    assert not any(
        "422" in operation["responses"] for methods in shown["paths"].values() for operation in methods.values()
    )


def test_every_field_of_a_schema_exists(shown):
    for name, schema in shown["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema["type"] == "object", name


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/ask", {"question": "Hvilke tjenester koster under 20 000 kroner?"}, "200"),
        ("/api/ask", {"question": "Hva er dagsprisen på metallprinteren?", "history": None}, "200"),
        ("/api/ask", {"question": "Og prisen?", "history": [{"role": "user", "content": "Hva er sveising?"}]}, "200"),
        ("/api/search", {"query": "robot"}, "200"),
        ("/api/match", {"query": "Vi er ni ansatte på Lena og vil prøve en robot på TRL 5", "k": 3}, "200"),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": "Hva koster sveising?"}]}, "200"),
        ("/api/ask", {"question": ""}, "4XX"),
        ("/v1/chat/completions", {"messages": []}, "4XX"),
    ],
)
def test_real_answers_are_as_described(client, shown, check, path, body, status):
    response = client.post(path, json=body)
    assert str(response.status_code).startswith(status[0])
    check(schema_of(shown, path, status), response.json())
    if status == "200":
        (operation,) = shown["paths"][path].values()
        check(operation["requestBody"]["content"]["application/json"]["schema"], body)


def test_what_is_not_as_described_is_found(client, shown, check):
    from jsonschema import ValidationError

    answer = client.post("/api/ask", json={"question": "Hva koster sveising?"}).json()
    for wrong in ({**answer, "status": "kanskje"}, {**answer, "confidence": 2}, {**answer, "ekstra": 1}):
        with pytest.raises(ValidationError):
            check(schema_of(shown, "/api/ask", "200"), wrong)


def test_health_is_as_described(client, shown, check):
    check(schema_of(shown, "/health", "200"), client.get("/health").json())


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/match", "/v1/chat/completions", "/health"])
def test_the_examples_are_as_described(shown, check, path):
    (operation,) = shown["paths"][path].values()
    given = operation["responses"]["200"]["content"]["application/json"]
    check(given["schema"], given["example"])
    if "requestBody" in operation:
        taken = operation["requestBody"]["content"]["application/json"]
        check(taken["schema"], taken["example"])


def quotes(value):
    """All citations in an example."""
    if isinstance(value, list):
        return [found for each in value for found in quotes(each)]
    if not isinstance(value, dict):
        return []
    here = [(value["document"], value["quote"])] if "quote" in value else []
    return here + quotes(list(value.values()))


def test_the_quotes_of_the_examples_stand_in_the_documents(shown):
    """They come from a real run; `scripts/api_examples.py` makes them anew."""
    found = quotes([methods["post"]["responses"] for methods in shown["paths"].values() if "post" in methods])
    assert len(found) >= 3
    for document, quote in found:
        text = unicodedata.normalize("NFC", (ROOT / "corpus" / document).read_text("utf-8"))
        assert quote in text, document


def test_the_page_tells_of_each_operation(client, shown):
    page = client.get("/api")
    assert page.headers["content-type"].startswith("text/html")
    for path in PATHS:
        assert f"<code>{path}</code>" in page.text
        assert f"http://testserver{path}</pre>" in page.text
    assert "<code>citations[].quote</code>" in page.text
    assert "SkatteFUNN gir **19 prosent**" in page.text
    assert "<code>records[].fields.*.text</code>" in page.text


def test_the_page_loads_nothing_and_runs_nothing(client):
    page = client.get("/api").text
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="([^"#]+)', page)) == {"/", "/favicon.ico", "/api/openapi.json"}


def test_the_host_that_was_asked_for_is_shown_as_text(client):
    page = client.get("/api", headers={"Host": 'x"><script>alert(1)</script>'}).text
    assert "<script" not in page


def test_the_guide_names_each_address(shown):
    guide = (ROOT / "docs" / "grensesnitt.md").read_text("utf-8")
    assert all(address in guide for address in ("/api/ask", "/api/search", "/api/match", "/health", "/metrics"))
    assert all(address in guide for address in ("/v1", "/mcp", "/bygg-inn.js", "RAUFOSS_ALLOWED_ORIGINS"))


def test_the_operations_have_no_field_without_a_kind(shown):
    for operation in operations(shown):
        for field in (*operation.takes, *operation.gives):
            assert field.kind or field.name == "messages[].content", (operation.path, field)


def test_the_answer_in_a_completion_is_told_once(shown):
    (chat,) = [operation for operation in operations(shown) if operation.path == "/v1/chat/completions"]
    assert [field.name for field in chat.gives if field.name.startswith("raufoss")] == ["raufoss"]
    assert json.loads(chat.response)["raufoss"]["status"] == "answered"
