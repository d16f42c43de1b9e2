"""One frozen settings object, read from RAUFOSS_* environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from raufoss_assistant.errors import SettingsError

EMBEDDED_MODEL = "e5-small"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        corpus_dir: folder with the documents.
        data_dir: folder for what is derived from them (the index).
        model_dir: folder where the embedded model is unpacked once; shared by all indexes.
        embedding_model: "e5-small" for the embedded one, else a sentence-transformers hub name or folder.
        host: address the chat listens on.
        port: port the chat listens on.
        max_file_mb: larger files are refused, in megabytes.
        max_pages: documents with more pages are refused.
        parse_seconds: time a child process may spend on one file.
        parse_memory_mb: address space a child process may use, in megabytes.

    Example:
        >>> Settings.from_environment({"RAUFOSS_PORT": "8000"}).port
        8000
    """

    corpus_dir: Path = Path("corpus")
    data_dir: Path = Path("data")
    model_dir: Path = field(default_factory=lambda: Path(platformdirs.user_cache_dir("raufoss-assistant")))
    embedding_model: str = EMBEDDED_MODEL
    host: str = "127.0.0.1"
    port: int = 7860
    max_file_mb: int = 100
    max_pages: int = 2000
    parse_seconds: int = 120
    parse_memory_mb: int = 2048

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read RAUFOSS_CORPUS_DIR, RAUFOSS_PORT, … ; unset or empty ones keep their default.

        Raises:
            SettingsError: a number is not a positive whole number, or the port is above 65535.
        """
        source = os.environ if environment is None else environment
        values: dict[str, str | int | Path] = {}
        for name in cls.__dataclass_fields__:
            variable = f"RAUFOSS_{name.upper()}"
            raw = source.get(variable, "").strip()
            if not raw:
                continue
            if name.endswith("_dir"):
                values[name] = Path(raw).expanduser()
            elif name in ("host", "embedding_model"):
                values[name] = raw
            else:
                values[name] = _positive(variable, raw)
        settings = cls(**values)  # type: ignore[arg-type]
        if settings.port > 65535:
            raise SettingsError(f"RAUFOSS_PORT må være høyst 65535, men er {settings.port}.")
        return settings


def _positive(variable: str, raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or int(raw) == 0:
        raise SettingsError(f"{variable} må være et helt tall større enn 0, men er «{raw}».")
    return int(raw)
