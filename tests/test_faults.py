import email.utils
import ssl
import time

import httpx
import openai
import pytest

from raufoss_assistant.language_model.faults import (
    CUT_OFF,
    EMPTY,
    FILTERED,
    UnusableReplyError,
    blames_server,
    fault,
    pause,
)

REQUEST = httpx.Request("POST", "http://127.0.0.1/v1/chat/completions", headers={"Authorization": "Bearer sk-1234"})


def status(code, **headers):
    kinds = {
        401: openai.AuthenticationError,
        403: openai.PermissionDeniedError,
        404: openai.NotFoundError,
        429: openai.RateLimitError,
    }
    response = httpx.Response(code, request=REQUEST, headers=headers)
    return kinds.get(code, openai.APIStatusError)("hemmelig: sk-1234", response=response, body={"sk-1234": 1})


def caused(error, cause):
    try:
        raise error from cause
    except type(error) as raised:
        return raised


LATE = openai.APITimeoutError(REQUEST)
UNREACHED = caused(openai.APITimeoutError(REQUEST), httpx.ConnectTimeout("sk-1234"))
REFUSED = caused(openai.APIConnectionError(request=REQUEST), httpx.ConnectError("sk-1234"))
UNTRUSTED = caused(
    openai.APIConnectionError(request=REQUEST), caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError())
)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (status(302), "peker til en annen adresse"),
        (status(400), "svarer med feil 400. Se RAUFOSS_LLM_MODEL"),
        (status(401), "avviser nøkkelen"),
        (status(403), "avviser nøkkelen"),
        (status(404), "RAUFOSS_LLM_MODEL"),
        (status(418), "svarer med feil 418. Se i loggen"),
        (status(429), "kvoten er brukt opp"),
        (status(500), "svarer med feil 500. Se i loggen"),
        (LATE, "ikke i tide"),
        (TimeoutError(), "ikke i tide"),
        (httpx.ReadTimeout("sk-1234"), "ikke i tide"),
        (UNREACHED, "svarer ikke. Se om den kjører"),
        (REFUSED, "svarer ikke. Se om den kjører"),
        (UNTRUSTED, "sertifikat"),
        (httpx.RemoteProtocolError("sk-1234"), "brøt av midt i svaret"),
        (openai.APIError("sk-1234", REQUEST, body=None), "brøt av midt i svaret"),
        (UnusableReplyError(EMPTY), "ga et tomt svar"),
        (ValueError("sk-1234"), "følger protokollen (ValueError)"),
        (openai.APIResponseValidationError(httpx.Response(200, request=REQUEST), body="sk-1234"), "protokollen"),
    ],
)
def test_each_fault_is_explained_in_norwegian_without_what_the_server_wrote(error, says):
    told = fault(error)
    assert told.startswith("Språkmodellen ") and says in told
    assert "sk-1234" not in told and "127.0.0.1" not in told


@pytest.mark.parametrize(
    "error", [status(429), status(500), status(502), status(503), REFUSED, UNREACHED, httpx.ReadError("")]
)
def test_what_may_pass_is_asked_again(error):
    assert 0.25 <= pause(error, 1) <= 0.5
    assert 0.5 <= pause(error, 2) <= 0.75


@pytest.mark.parametrize(
    "error",
    [
        *map(status, (302, 400, 401, 403, 404, 418, 422)),
        LATE,
        UNTRUSTED,
        httpx.ReadTimeout(""),
        ValueError(),
        UnusableReplyError(CUT_OFF),
        UnusableReplyError(EMPTY),
    ],
)
def test_what_will_not_pass_is_not_asked_again(error):
    assert pause(error, 1) is None


def test_those_turned_away_together_do_not_come_back_together():
    assert len({pause(status(429), 1) for _ in range(20)}) == 20


def test_the_server_may_say_when():
    assert 7 <= pause(status(429, **{"Retry-After": "7"}), 1) <= 7.25
    assert 0 <= pause(status(503, **{"Retry-After": "-7"}), 1) <= 0.25
    moment = email.utils.formatdate(time.time() + 60, usegmt=True)
    assert 57 <= pause(status(429, **{"Retry-After": moment}), 1) <= 61
    assert 0.25 <= pause(status(429, **{"Retry-After": "snart"}), 1) <= 0.5


def test_a_question_that_is_refused_says_nothing_of_the_server():
    assert not any(map(blames_server, (status(400), status(413), status(422), UnusableReplyError(FILTERED))))
    assert all(map(blames_server, (status(401), status(429), status(500), LATE, REFUSED, UnusableReplyError(EMPTY))))
