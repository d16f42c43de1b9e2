"""A small real server that speaks OpenAI's protocol on loopback, replies as it is told, and fails as it is asked to.

What it says is `text`: a text, or a function from the messages to one. How it says it stands in the name of the model
that is asked for; one that is not listed here (`liten`, `ok`) replies as it should.

    slow-2s              the text is spread over two seconds
    first-token-30s      the reply begins at once, its first text comes after 30 s
    silent-30s           nothing at all for 30 s
    burst-2s             nothing for 2 s, then all at once
    drip                 a word every 20 ms, for ever
    401, 500, 302 …      that status, with something secret in the body
    500-then-ok          that status the first time
    429-after-1s         429 with Retry-After: 1 until a second has passed
    no-usage             422 where it is asked to count tokens, as Mistral does; counts them all the same
    uncounted            never tells how many tokens there were
    empty, blank         no text; blanks
    malformed            half of the text, then broken JSON
    html, whole          a page of HTML; the whole reply as one JSON object, though a stream was asked for
    drop, cut, cut-early the connection ends: before a reply, half-way, before the first text
    error-event          an error in the middle of the stream
    no-finish            the stream ends, but the model has not said that it has finished
    hang                 the model has finished, but the stream does not end
    length, filter       ended by the limit on tokens; by a filter half-way
    azure                as Azure does: the first chunk has no choices, filters beside each
    think, reasoning     thoughts between <think> and </think>; in a field of their own
    think-only           thoughts without an end
    english, repeat      another text; the same one over and over
"""

import json
import re
import select
import socket
import ssl
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "sk-1234"
THOUGHT = "Brukeren spør om noe. Jeg må tenke på <svar> og 42."
ENGLISH = "The capital of Norway is Oslo, founded in 1048."


def said(content, **message):
    """A reply of the chat protocol with that text."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "liten", "choices": [choice]}
    return 200, json.dumps(body).encode()


def refused(status):
    """A reply that is an error, with something secret in it."""
    return status, json.dumps({"error": {"message": f"hemmelig: {SECRET}", "code": status}}).encode()


class GoneError(Exception):
    """The client has left."""


@dataclass
class Request:
    """What was asked, and whether the client left before it had the reply."""

    body: dict
    headers: dict  # names in small letters
    hung_up: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    @property
    def messages(self):
        return self.body["messages"]


class Server:
    """Says `text`; or, where `reply` is set, a (status, body) or what that function of the prompt gives.

    `seconds` is how long it takes before it begins; `requests` are those it got.
    """

    def __init__(self, text):
        self.text = text
        self.reply = None
        self.seconds = 0.0
        self.requests = []
        self.stopping = threading.Event()
        self._times = {}
        self._lock = threading.Lock()

    @property
    def asked(self):
        return [request.body for request in self.requests]

    @property
    def headers(self):
        return [request.headers for request in self.requests]

    def prompts(self):
        return ["\n".join(message["content"] for message in body["messages"]) for body in self.asked]

    def wait_for(self, count, seconds=5):
        """The requests, when there are so many."""
        end = time.monotonic() + seconds
        while len(self.requests) < count and time.monotonic() < end:
            time.sleep(0.005)
        return self.requests

    def note(self, request):
        """Remember a request; returns how often that model was asked for before, and when the first time was."""
        with self._lock:
            times = self._times.setdefault(request.body["model"], [])
            times.append(time.monotonic())
            self.requests.append(request)
            return len(times) - 1, times[0]

    def words(self, messages):
        return self.text(messages) if callable(self.text) else self.text


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        told = self.server.told
        self.close_connection = True
        length = int(self.headers.get("Content-Length", 0))
        sent = self.rfile.read(length)
        if not sent or len(sent) < length:
            return  # the client left while it was asking
        body = json.loads(sent)
        self.request_seen = Request(body, {name.lower(): value for name, value in self.headers.items()})
        before, first = told.note(self.request_seen)
        try:
            self.pause(told.seconds)
            self.answer(body["model"], body, before, first)
            self.request_seen.answered.set()
        except (GoneError, OSError):
            self.request_seen.hung_up.set()

    def answer(self, model, body, before, first):
        told = self.server.told
        if refusal := self.refusal(model, body, before, first):
            self.whole(*refusal)
        elif model == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif model == "html":
            self.whole(200, b"<!doctype html><title>Hei</title>", "text/html")
        elif told.reply is not None:
            status, content = told.reply(told.prompts()[-1]) if callable(told.reply) else told.reply
            text = self.text_of(content) if status == 200 and body.get("stream") else None
            self.whole(status, content) if text is None else self.stream("ok", text, body)
        else:
            text = told.words(body["messages"])
            streamed = body.get("stream") and model != "whole"
            self.stream(model, text, body) if streamed else self.whole(*said(text))

    def refusal(self, model, body, before, first):
        if model == "no-usage" and "stream_options" in body:
            return refused(422)
        if limited := re.fullmatch(r"429-after-(\d+)s", model):
            self.more = {"Retry-After": limited[1]}
            return refused(429) if time.monotonic() - first < int(limited[1]) else None
        if failing := re.fullmatch(r"(\d{3})(-then-ok)?", model):
            self.more = {"Location": "https://example.org/v1"} if model.startswith("3") else {}
            return refused(int(failing[1])) if not (failing[2] and before) else None
        return None

    def text_of(self, content):
        """The text of a reply made by `said`; None where it is something else, which is sent as it is."""
        try:
            return json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError):
            return None

    def stream(self, model, text, body):
        wait = float(match[1]) if (match := re.search(r"-(\d+(?:\.\d+)?)s$", model)) else 0.0
        if model.startswith(("silent-", "burst-")):
            self.pause(wait)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if model == "azure":
            self.chunk(None, prompt_filter_results=[{"prompt_index": 0}])
        self.chunk({"role": "assistant", "content": None})
        if model.startswith("first-token-"):
            self.pause(wait)
        elif model == "cut-early":
            raise self.cut()
        self.thoughts(model)
        if model == "english":
            text = ENGLISH
        elif model in ("repeat", "drip"):
            text = f"{text} " * 20
        pieces = self.pieces(model, text)
        for number, piece in enumerate(pieces):
            if number * 2 >= len(pieces):
                self.half_way(model)
            self.chunk({"content": piece}, **({"content_filter_results": {}} if model == "azure" else {}))
            self.pause(wait / len(pieces) if model.startswith("slow-") else 0)
        while model == "drip":
            self.chunk({"content": "ord "})
            self.pause(0.02)
        self.end(model, pieces, body)

    def pieces(self, model, text):
        """Four characters at a time: marks, numbers and words are split."""
        if model in ("empty", "think-only"):
            return []
        if model == "blank":
            return [" ", "\n"]
        return [text[place : place + 4] for place in range(0, len(text), 4)]

    def thoughts(self, model):
        if model in ("think", "think-only"):
            marked = f"<think>\n{THOUGHT}\n</think>\n\n" if model == "think" else f"<think>\n{THOUGHT}"
            for place in range(0, len(marked), 5):
                self.chunk({"content": marked[place : place + 5]})
        elif model == "reasoning":
            for word in THOUGHT.split():
                self.chunk({"reasoning_content": word})

    def half_way(self, model):
        if model == "cut":
            raise self.cut()
        if model == "malformed":
            self.send(b'data: {"choices": [{"delta": {"content": "sk-1234\n\n')
            raise self.cut()
        if model == "error-event":
            self.send(b'data: {"error": {"message": "hemmelig: sk-1234"}}\n\n')
            raise self.cut()
        if model == "filter":
            self.chunk({}, finish="content_filter")
            self.close_stream()
            raise self.cut()

    def end(self, model, pieces, body):
        if model != "no-finish":
            self.chunk({}, finish="length" if model == "length" else "stop")
            while model == "hang":
                self.pause(0.05)
            wanted = (body.get("stream_options") or {}).get("include_usage") or model == "no-usage"
            if wanted and model != "uncounted":
                asked = sum(len(message["content"].split()) for message in body["messages"])
                self.chunk(None, usage={"prompt_tokens": asked, "completion_tokens": len(pieces), "total_tokens": 0})
            self.send(b"data: [DONE]\n\n")
        self.close_stream()

    def close_stream(self):
        self.wfile.write(b"0\r\n\r\n")

    def cut(self):
        """End the connection here."""
        self.connection.shutdown(socket.SHUT_RDWR)
        return OSError()

    def chunk(self, delta, finish=None, **more):
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "liten", "choices": choices}
        self.send(f"data: {json.dumps(body | more)}\n\n".encode())

    def send(self, data):
        self.pause(0)
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def whole(self, status, body, kind="application/json"):
        self.send_response(status)
        for name, value in getattr(self, "more", {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pause(self, seconds):
        """Wait, unless the client leaves or the server stops."""
        end = time.monotonic() + seconds
        while True:
            readable, _, _ = select.select([self.connection], [], [], 0)
            if self.server.told.stopping.is_set() or (readable and self.has_left()):
                raise GoneError
            if (left := end - time.monotonic()) <= 0:
                return
            time.sleep(min(left, 0.01))

    def has_left(self):
        if isinstance(self.connection, ssl.SSLSocket):
            return True  # it has nothing more to say than that it closes
        return not self.connection.recv(1, socket.MSG_PEEK)

    def log_message(self, *_):
        pass


class Listener(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def handle_error(self, *asked):
        if not isinstance(sys.exception(), OSError):  # the client does not trust us
            super().handle_error(*asked)


@contextmanager
def serving(text="Oslo", secure=None):
    """A server on a free port, while this lasts; `secure` is an ssl.SSLContext that it speaks TLS with."""
    server = Server(text)
    listener = Listener(("127.0.0.1", 0), Handler)
    listener.told = server
    if secure:
        listener.socket = secure.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
    thread.start()
    server.address = f"{'https' if secure else 'http'}://127.0.0.1:{listener.server_port}/v1"
    try:
        yield server
    finally:
        server.stopping.set()
        listener.shutdown()
        listener.server_close()
        thread.join()
