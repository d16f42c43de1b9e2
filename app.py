"""Builds the assistant and opens the chat: `python app.py`."""

import sys

from raufoss_assistant.errors import RaufossError
from raufoss_assistant.settings import Settings
from raufoss_assistant.web.server import serve

if __name__ == "__main__":
    try:
        serve(Settings.from_environment())
    except RaufossError as error:
        sys.exit(f"raufoss: {error}")
