"""One frozen settings object, read from RAUFOSS_* environment variables."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from raufoss_assistant.errors import SettingsError

EMBEDDED_MODEL = "e5-small"
Retrieval = Literal["hybrid", "words", "vectors"]
"""What passages are ranked by."""
Switch = Literal["on", "off"]
_CHOICES = {"retrieval": get_args(Retrieval), "reader": get_args(Switch)}
SHORTEST_PASSWORD = 12
"""Characters."""
_SECRETS = ("llm_api_key", "staff_password")
Value = str | int | Path | tuple[str, ...]
"""What a setting may hold."""
_ORIGIN = re.compile(r"(https?)://([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?", re.IGNORECASE)
_STANDARD_PORTS = {"http": "80", "https": "443"}
_TEXTS = ("embedding_model", "host", "llm_model")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        corpus_dir: folder with the documents.
        data_dir: folder for what is derived from them (the index).
        model_dir: folder where the embedded model is unpacked once; shared by all indexes.
        embedding_model: "e5-small" for the embedded one, else a sentence-transformers hub name or folder.
        retrieval: "hybrid", or "words" or "vectors" alone, to see what each side is worth.
        reader: whether the passages found first are read together with the question, and ranked again.
        reader_ms: after so many milliseconds, no further passage of a question is begun.
        host: address the chat listens on.
        port: port the chat listens on.
        max_file_mb: larger files are refused, in megabytes.
        max_pages: documents with more pages are refused.
        parse_seconds: time a child process may spend on one file.
        parse_memory_mb: address space a child process may use, in megabytes.
        llm_base_url: address of a language model that speaks OpenAI's protocol, with /v1; None for no language model.
        llm_model: its name there.
        llm_api_key: its key, where it wants one; never shown.
        llm_timeout: seconds to wait for it.
        llm_max_tokens: longest reply, in tokens.
        llm_context: tokens of question and reply that the model takes in together.
        staff_password: opens the staff pages; None for no staff pages; never shown.
        allowed_origins: other sites that may show the chat in a frame and call the interface from a browser, each as
            browsers name it («https://www.example.org»); «*» alone for all.

    Example:
        >>> Settings.from_environment({"RAUFOSS_PORT": "8000"}).port
        8000
    """

    corpus_dir: Path = Path("corpus")
    data_dir: Path = Path("data")
    model_dir: Path = field(default_factory=lambda: Path(platformdirs.user_cache_dir("raufoss-assistant")))
    embedding_model: str = EMBEDDED_MODEL
    retrieval: Retrieval = "hybrid"
    reader: Switch = "on"
    reader_ms: int = 900
    host: str = "127.0.0.1"
    port: int = 7860
    max_file_mb: int = 100
    max_pages: int = 2000
    parse_seconds: int = 120
    parse_memory_mb: int = 2048
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    llm_timeout: int = 30
    llm_max_tokens: int = 400
    llm_context: int = 4096
    staff_password: str | None = field(default=None, repr=False)
    allowed_origins: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read RAUFOSS_CORPUS_DIR, RAUFOSS_PORT, … ; unset or empty ones keep their default.

        Raises:
            SettingsError: a value cannot be used; see `read`.
        """
        source = os.environ if environment is None else environment
        values: dict[str, Value] = {}
        for name in cls.__dataclass_fields__:
            variable = f"RAUFOSS_{name.upper()}"
            if raw := source.get(variable, "").strip():
                values[name] = read(name, raw, variable)
        return cls(**values)  # type: ignore[arg-type]


def read(name: str, raw: str, called: str) -> Value:
    """The value of a setting that is written as text; `called` is what the user knows it by.

    Raises:
        SettingsError: a number is not a positive whole number, the port is above 65535, the value is not one of
            those to choose from, the address of the language model does not begin with http or holds a password or
            a query, its key cannot be sent, the password is short, or an origin is none. A key or a password is never
            repeated.

    Example:
        >>> read("port", "8000", "--port")
        8000
    """
    if name.endswith("_dir"):
        return Path(raw).expanduser()
    if name in _TEXTS:
        return raw
    if name in _CHOICES:
        if raw not in _CHOICES[name]:
            raise SettingsError(f"{called} må være én av {', '.join(_CHOICES[name])}, men er «{raw}».")
        return raw
    if name in _READERS:
        return _READERS[name](raw, called)
    if name in _SECRETS:
        return _secret(name, raw, called)
    if not raw.isascii() or not raw.isdigit() or int(raw) == 0:
        raise SettingsError(f"{called} må være et helt tall større enn 0, men er «{raw}».")
    if name == "port" and int(raw) > 65535:
        raise SettingsError(f"{called} må være høyst 65535, men er {raw}.")
    return int(raw)


def _secret(name: str, raw: str, called: str) -> str:
    if name == "llm_api_key" and (not raw.isascii() or not raw.isprintable() or " " in raw):
        raise SettingsError(f"{called} kan bare ha bokstaver fra a til z, sifre og tegn, uten mellomrom.")
    if name == "staff_password" and len(raw) < SHORTEST_PASSWORD:
        raise SettingsError(f"{called} må ha minst {SHORTEST_PASSWORD} tegn. Velg et lengre passord.")
    return raw


def _address(raw: str, called: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise SettingsError(f"{called} må begynne med http:// eller https://, men er «{raw}».")
    if any(mark in raw for mark in "@?#"):
        raise SettingsError(f"{called} kan ikke ha @, ? eller #. Skriv nøkkelen i RAUFOSS_LLM_API_KEY.")
    return raw


def _origins(raw: str, called: str) -> tuple[str, ...]:
    return (raw,) if raw == "*" else tuple(dict.fromkeys(_origin(each, called) for each in raw.split(",")))


def _origin(raw: str, called: str) -> str:
    """An origin as browsers write it: in lower case, without the standard port, other letters than a–z encoded."""
    parts = _ORIGIN.fullmatch(raw.strip())
    try:
        host = parts[2].encode("idna").decode() if parts else ""
    except UnicodeError:
        host = ""
    if not parts or not host:
        raise SettingsError(
            f"{called} må være adresser til nettsteder uten noe etter navnet, som https://www.example.org, med komma "
            f"mellom, eller «*» alene, men har «{raw.strip()}»."
        )
    scheme, port = parts[1].lower(), parts[3]
    return f"{scheme}://{host.lower()}" + (f":{port}" if port and port != _STANDARD_PORTS[scheme] else "")


_READERS: dict[str, Callable[[str, str], Value]] = {"llm_base_url": _address, "allowed_origins": _origins}
