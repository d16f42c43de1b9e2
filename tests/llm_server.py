"""A small real server that speaks OpenAI's protocol on loopback and replies as it is told."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def said(content, **message):
    """A reply of the chat protocol with that text."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "liten", "choices": [choice]}
    return 200, json.dumps(body).encode()


def refused(status):
    """A reply that is an error, with something secret in it."""
    return status, json.dumps({"error": {"message": "hemmelig: sk-1234", "code": status}}).encode()


class Server:
    """`reply` is a (status, body), or a function of the asked prompt to one; `seconds` is how long it takes."""

    def __init__(self):
        self.reply = said("Oslo")
        self.seconds = 0.0
        self.asked = []
        self.headers = []

    def prompts(self):
        return ["\n".join(message["content"] for message in body["messages"]) for body in self.asked]


@contextmanager
def serving():
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            server.headers.append(dict(self.headers))
            time.sleep(server.seconds)
            status, body = server.reply(server.prompts()[-1]) if callable(server.reply) else server.reply
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client did not wait

        def log_message(self, *_):
            pass

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
    thread.start()
    server.address = f"http://127.0.0.1:{listener.server_port}/v1"
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
