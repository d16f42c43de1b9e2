import socket
from dataclasses import replace

import pytest

from raufoss_assistant.errors import IndexUnavailableError, RaufossError
from raufoss_assistant.web import server


def test_a_port_in_use_is_named(small_assistant):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RaufossError, match=f"Port {port} er opptatt"):
            server.serve(replace(small_assistant.settings, port=port))


def test_an_address_of_another_machine_is_named(small_assistant):
    with pytest.raises(RaufossError, match=r"Kan ikke lytte på 192\.0\.2\.1:"):
        server.serve(replace(small_assistant.settings, host="192.0.2.1"))


def test_without_an_index_it_does_not_start(settings):
    with pytest.raises(IndexUnavailableError, match="raufoss index"):
        server.serve(settings)
