"""The staff pages over HTTP, as a browser calls them: for tests that need no browser."""

import json
from contextlib import contextmanager

from fastapi.testclient import TestClient

from raufoss_assistant.web.application import create_app

PASSWORD = "et langt passord for test"


class StaffClient:
    """Calls the functions of the staff pages by their names."""

    def __init__(self, client):
        self.http = client
        mount = next(
            route
            for route in client.app.routes
            if getattr(route, "path", "") == "/ansatt" and hasattr(route, "app") and hasattr(route.app, "get_blocks")
        )
        self.functions = mount.app.get_blocks().fns

    def log_in(self):
        assert self.http.post("/ansatt/logg-inn", data={"passord": PASSWORD}).status_code == 200

    def numbers(self, name):
        return [number for number, function in self.functions.items() if function.name == name]

    def call(self, name, data, session="s"):
        """Call a function as a browser does; give all that the server tells."""
        (number, *_) = self.numbers(name)
        body = {"data": data, "fn_index": number, "session_hash": session, "event_data": None}
        headers = {"Content-Type": "application/json"}
        joined = self.http.post("/ansatt/gradio_api/queue/join", content=json.dumps(body), headers=headers)
        if joined.status_code != 200:
            return f"{joined.status_code} {joined.text}"
        return self.http.get("/ansatt/gradio_api/queue/data", params={"session_hash": session}).text

    def upload(self, name, content):
        """Send a file; gives what Gradio calls it."""
        (path,) = self.http.post("/ansatt/gradio_api/upload", files={"files": (name, content)}).json()
        return {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}


@contextmanager
def staff_client(assistant):
    """Someone who is not logged in yet."""
    with TestClient(create_app(assistant), raise_server_exceptions=False) as client:
        yield StaffClient(client)
