import asyncio
import socket
import threading
import time
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from raufoss_assistant.errors import IndexUnavailableError, RaufossError
from raufoss_assistant.web import server
from raufoss_assistant.web.application import create_app


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


def test_it_says_that_the_chat_is_open_when_visitors_can_come(small_assistant):
    app = create_app(small_assistant)
    reached = []

    def opened():
        port = running.servers[0].sockets[0].getsockname()[1]
        reached.append(socket.create_connection(("127.0.0.1", port), timeout=5))
        running.should_exit = True

    running = server.Server(app, "127.0.0.1", 0, opened)
    running.run()
    assert len(reached) == 1
    reached[0].close()


def test_a_request_without_end_does_not_keep_the_server():
    app = FastAPI()
    app.state.stopping = []

    @app.get("/")
    async def endless():
        async def lines():
            while True:
                yield "linje\n"
                await asyncio.sleep(0.05)

        return StreamingResponse(lines())

    running = server.Server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    with httpx.stream("GET", f"http://127.0.0.1:{port}/", timeout=30, trust_env=False) as response:
        lines = response.iter_lines()  # kept, or the connection would be closed
        next(lines)
        running.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()
