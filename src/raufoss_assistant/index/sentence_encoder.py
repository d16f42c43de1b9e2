"""The encoder for models that the user names: whatever sentence-transformers can load."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import PrivateAttr
from sentence_transformers import SentenceTransformer

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index.encoder import Encoder, EncoderIdentity, Progress, Vectors

_BATCH = 32
_E5 = re.compile(r"(?<![a-z])e5(?![a-z])(?!.*instruct)", re.IGNORECASE)


class SentenceTransformerEncoder(Encoder):
    """Any model that sentence-transformers can load, by hub name or folder.

    Models of the e5 family get the prompts they were trained with; others the prompts they come with.

    Example:
        >>> SentenceTransformerEncoder("intfloat/multilingual-e5-small").identity.dimension
        384
    """

    _model: Any = PrivateAttr()
    _identity: EncoderIdentity = PrivateAttr()
    _prompts: tuple[str | None, str | None] = PrivateAttr()
    _lock: Any = PrivateAttr(default_factory=threading.Lock)

    def __init__(self, name: str) -> None:
        """Load the model.

        Raises:
            ModelError: there is no such model, or it cannot be loaded.
        """
        super().__init__(model_name=name)
        try:
            self._model = SentenceTransformer(name)
        except Exception as error:  # the hub, torch and the model's own code each raise what they like
            raise ModelError(
                f"Kan ikke laste språkmodellen «{name}». Sett RAUFOSS_EMBEDDING_MODEL til et navn på Hugging Face "
                f"eller en mappe med en sentence-transformers-modell. (Biblioteket melder: {_first_line(error)})"
            ) from error
        self._identity = EncoderIdentity(f"{name}{_edition(Path(name))}", self._model.get_embedding_dimension())
        bare = not any(self._model.prompts.values())
        self._prompts = ("query: ", "passage: ") if bare and _E5.search(Path(name).name) else (None, None)

    @property
    def identity(self) -> EncoderIdentity:
        """Named as the user named it; for a folder, with a digest that changes with its files."""
        return self._identity

    def _embed(self, texts: Sequence[str], *, query: bool, progress: Progress | None = None) -> Vectors:
        vectors = np.empty((len(texts), self._identity.dimension), np.float32)
        encode = self._model.encode_query if query else self._model.encode_document
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            with self._lock:  # the tokenizer is set up anew at each call
                vectors[rows] = encode(
                    [texts[row] for row in rows],
                    prompt=self._prompts[0 if query else 1],
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
            if progress:
                progress(len(rows))
        return vectors


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _edition(folder: Path) -> str:
    """For a folder, "@" and a digest of its files' names, sizes and times; for a hub name, nothing."""
    if not folder.is_dir():
        return ""
    files = sorted((str(file.relative_to(folder)), file.stat()) for file in folder.rglob("*") if file.is_file())
    described = repr([(name, status.st_size, status.st_mtime_ns) for name, status in files])
    return f"@{hashlib.sha256(described.encode()).hexdigest()[:12]}"
