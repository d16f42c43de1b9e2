"""Makes the examples of the page /api: asks the interface over the real corpus, and keeps what it answers."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from raufoss_assistant.assistant import Assistant
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.application import create_app
from raufoss_assistant.web.interfaces.completion import MODEL

FILE = Path(__file__).parent.parent / "src" / "raufoss_assistant" / "web" / "interfaces" / "examples.json"
QUESTION = "Hvor mange prosent gir SkatteFUNN?"
REQUESTS = {
    "/api/ask": {"question": QUESTION},
    "/api/search": {"query": "kurs i automatisering", "k": 2},
    "/api/match": {"query": "Vi er ni ansatte på Lena og vil prøve en samarbeidende robot", "k": 1},
    "/v1/chat/completions": {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]},
}


def main() -> None:
    """Ask, and write the file."""
    assistant = Assistant(Settings.from_environment())
    client = TestClient(create_app(assistant))
    examples = {
        path: {"request": body, "response": client.post(path, json=body).json()} for path, body in REQUESTS.items()
    }
    examples["/health"] = {"response": client.get("/health").json()}
    examples["/metrics"] = {"response": client.get("/metrics").text}
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assistant.close()
    print(f"{len(examples)} examples written to {FILE.name}")


if __name__ == "__main__":
    main()
