"""The language model as the assistant uses it: asked for a text that comes piece by piece, within a limit of time."""

from __future__ import annotations

import threading
import time

from raufoss_assistant.errors import LanguageModelError
from raufoss_assistant.language_model.asking import Asking
from raufoss_assistant.language_model.breaker import PATIENCE, CircuitBreaker
from raufoss_assistant.language_model.connection import connect, is_chosen
from raufoss_assistant.language_model.reply import Reply
from raufoss_assistant.settings import Settings


class LanguageModel:
    """Asks the language model that the settings name. One per process, shared by all threads; knows no user.

    Example:
        >>> model = LanguageModel(settings)
        >>> "".join(model.stream("Svar med ett ord.", "Hva heter hovedstaden i Norge?"))
        'Oslo'
    """

    def __init__(self, settings: Settings) -> None:
        connect(settings)
        import openai.resources.chat  # noqa: F401, PLC0415 - slow: loaded here, so that no question waits for it

        self._settings = settings
        self._breaker = CircuitBreaker()
        self._strict = threading.Event()

    @classmethod
    def chosen(cls, settings: Settings) -> LanguageModel | None:
        """The one that the settings name, or None where they name none. Nothing is asked yet.

        Raises:
            SettingsError: an address is set, but no model.

        Example:
            >>> LanguageModel.chosen(Settings()) is None
            True
        """
        return cls(settings) if is_chosen(settings) else None

    def stream(self, system: str, user: str) -> Reply:
        """Ask, and return at once; the text comes as the reply is read, all of it within `llm_timeout` seconds.

        What may pass (no connection, 429, 500, 502, 503) is tried again, as long as no text has come and there is
        time. A server that has failed three times in a row is not asked for 30 seconds.

        Raises:
            LanguageModelError: the model is not asked, since it has failed too often.
        """
        if not self._breaker.admits():
            raise LanguageModelError(f"Språkmodellen feilet {PATIENCE} ganger på rad, og blir spurt igjen om litt.")
        began = time.monotonic()
        deadline = began + self._settings.llm_timeout
        asking = Asking(self._settings, system, user, deadline, self._strict)
        asking.start()
        return Reply(asking, self._breaker, began, deadline, len(system) + len(user))
