import socket
import ssl
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from llm_server import refused, said, serving
from raufoss_assistant.errors import SettingsError
from raufoss_assistant.language_model.connection import Wire, _trusted, connect, http_client, is_chosen
from raufoss_assistant.language_model.faults import fault
from raufoss_assistant.settings import Settings

KEY = "sk-min"


@pytest.fixture
def server():
    with serving() as running:
        yield running


def model(server, wire=None, **values):
    settings = Settings(llm_base_url=server.address, llm_model="liten", llm_api_key=KEY, **values)
    return connect(settings, http_client(settings, wire) if wire else None)


def trouble(llm):
    with pytest.raises(Exception) as caught:
        llm.complete("Hei")
    return fault(caught.value)


def test_none_is_set():
    assert connect(Settings()) is None
    assert not is_chosen(Settings(llm_model="liten"))


def test_an_address_without_a_model_is_not_enough():
    with pytest.raises(SettingsError, match="RAUFOSS_LLM_MODEL"):
        connect(Settings(llm_base_url="http://127.0.0.1:1/v1"))


def test_it_is_asked_as_it_is_set(server):
    llm = model(server, llm_max_tokens=7)
    assert [llm.complete("Hva er hovedstaden?").text for _ in range(2)] == ["Oslo", "Oslo"]
    asked = server.asked[0]
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("liten", 7, 0.0)


def test_it_knows_how_much_it_takes_in(server):
    metadata = model(server, llm_context=2048, llm_max_tokens=99).metadata
    assert (metadata.context_window, metadata.num_output, metadata.is_chat_model) == (2048, 99, True)


def test_nothing_of_the_environment_is_sent(server, monkeypatch):
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID", "BASE_URL", "API_BASE"):
        monkeypatch.setenv(f"OPENAI_{name}", "http://annen.invalid/hemmelig")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Annen: hemmelig\nAuthorization: Bearer hemmelig")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:1")
    model(server).complete("Hei")
    (headers,) = server.headers
    assert headers["authorization"] == f"Bearer {KEY}"
    assert set(headers) <= {
        *("host", "accept", "accept-encoding", "connection", "user-agent"),
        *("content-type", "content-length", "authorization"),
    }
    assert "hemmelig" not in str(headers) + str(server.asked)


def test_without_a_key_none_is_sent(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-annen")
    connect(Settings(llm_base_url=server.address, llm_model="liten")).complete("Hei")
    assert "authorization" not in server.headers[0]


def test_the_key_is_not_in_the_model(server):
    llm = model(server)
    assert KEY not in f"{llm!r} {llm.to_dict()} {llm.model_dump()} {llm.to_payload()}"


def test_another_address_is_not_followed(server):
    server.reply = refused(302)
    assert "peker til en annen adresse" in trouble(model(server))


def test_what_does_not_get_through_is_tried_once_more(server):
    server.reply = refused(500)
    trouble(model(server))
    assert len(server.asked) == 2
    trouble(model(server, Wire()))
    assert len(server.asked) == 3, "the caller decides, where the client is its own"


@pytest.mark.parametrize("body", [b"{", b"<html>", b'{"choices": []}', b"null"])
def test_a_reply_outside_the_protocol_is_explained(server, body):
    server.reply = (200, body)
    assert "følger" in trouble(model(server)) and "protokollen" in trouble(model(server))


def test_a_slow_server_is_left(server):
    server.seconds = 1.3
    assert "ikke i tide" in trouble(model(server, llm_timeout=1))


def test_a_closed_door_is_explained():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    assert "svarer ikke" in trouble(connect(Settings(llm_base_url=address, llm_model="liten")))


def test_an_odd_text_passes_unchanged(server):
    server.reply = said("Æ, ø og å 🦾 {x}")
    assert model(server).complete("{y} «æøå»").text == "Æ, ø og å 🦾 {x}"
    assert "{y} «æøå»" in server.prompts()[0]


def test_a_wire_can_be_cut_while_one_waits(server):
    server.seconds = 30
    wire = Wire()
    llm = model(server, wire)
    threading.Thread(target=lambda: (server.wait_for(1), wire.cut())).start()
    began = time.perf_counter()
    trouble(llm)
    assert time.perf_counter() - began < 3
    assert server.requests[0].hung_up.wait(2)


def test_a_wire_cut_beforehand_lets_nothing_through(server):
    wire = Wire()
    wire.cut()
    wire.cut()
    assert "svarer ikke" in trouble(model(server, wire))


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that vouches for itself."""
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "prøve")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "sertifikat.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    return file


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(secure=context) as running:
        yield running
    _trusted.cache_clear()


def test_a_server_that_nobody_vouches_for_is_explained(secure):
    _trusted.cache_clear()
    assert "sertifikat" in trouble(model(secure))
    assert secure.requests == []


def test_a_company_may_vouch_for_its_own_and_a_wire_can_be_cut_there_too(secure, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _trusted.cache_clear()
    assert model(secure).complete("Hei").text == "Oslo"
    secure.seconds = 30
    wire = Wire()
    threading.Thread(target=lambda: (secure.wait_for(2), wire.cut())).start()
    began = time.perf_counter()
    trouble(model(secure, wire))
    assert time.perf_counter() - began < 3
    assert secure.requests[-1].hung_up.wait(2)


def test_nothing_slow_is_imported_for_who_sets_none():
    code = (
        "import sys; from raufoss_assistant.language_model.client import LanguageModel; "
        "from raufoss_assistant.settings import Settings; LanguageModel.chosen(Settings()); "
        "print({'openai', 'llama_index'} & {*sys.modules})"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
