import json

import pytest

from raufoss_assistant.web.interfaces.refusals import refusal


@pytest.mark.parametrize("path", ["/api/ask", "/liste.csv", "/mcp", "/v1"])
def test_an_error_is_a_line(path):
    response = refusal(path, "Spørsmålet er tomt.", 400)
    assert json.loads(response.body) == {"error": "Spørsmålet er tomt."}


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "invalid_request_error"), (404, "invalid_request_error"), (503, "server_error")]
)
def test_under_v1_it_is_as_openai_writes_it(status, kind):
    response = refusal("/v1/chat/completions", "Nei.", status, "kode", {"Allow": "POST"})
    assert json.loads(response.body) == {"error": {"message": "Nei.", "type": kind, "param": None, "code": "kode"}}
    assert (response.status_code, response.headers["allow"]) == (status, "POST")
