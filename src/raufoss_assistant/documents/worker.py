"""The child process that reads documents: one request after another from its parent, until its input ends.

A request is a JSON object {"file", "path"}: where the file lies, and its path relative to the corpus. The answer is
{"document"}. A request {"file", "page", "quote", "share"} is answered with {"image"}, see `pdf_image`. Either may be
answered with {"error", "spent"}: a Norwegian line, and whether the process should not be used again. All are preceded
by their length in four bytes. Nothing that the child says is run or unpickled by the parent.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import struct
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter

from raufoss_assistant.documents.charset import decode
from raufoss_assistant.documents.extract import Extract, Limits
from raufoss_assistant.documents.files import LOADERS, fingerprint, sidecar
from raufoss_assistant.documents.properties import parse_yaml, properties
from raufoss_assistant.documents.quality import LOW
from raufoss_assistant.errors import DocumentError, reason
from raufoss_assistant.model import Document

DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
_HEADROOM = 32_000_000  # bytes
_PATIENCE = 10  # seconds after which a child whose parent is gone stops itself


def main(arguments: list[str]) -> None:
    """Serve a parent: the arguments are the limits on pages, file size (MB), memory (MB) and seconds per file."""
    pages, megabytes, memory, seconds = map(int, arguments)
    logging.disable()
    warnings.simplefilter("ignore")
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not get among the answers
    _limit_memory(memory)
    limits = Limits(pages, unpacked_mb=10 * megabytes)
    send(answers, b"{}")
    while (request := receive(requests)) is not None:
        faulthandler.dump_traceback_later(seconds + _PATIENCE, exit=True)
        send(answers, json.dumps(_answer(json.loads(request), limits)).encode())
        faulthandler.cancel_dump_traceback_later()


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message, its length first."""
    stream.write(struct.pack(">I", len(message)) + message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read a message; None where the stream ends before it is whole."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    message = stream.read(length)
    return message if len(message) == length else None


def read_document(file: Path, path: str, limits: Limits) -> Document:
    """Read a file and its sidecar into a document, in this process.

    Args:
        file: where it lies.
        path: its path relative to the corpus.
        limits: how much to take on.

    Raises:
        DocumentError: it holds no text, or is not what its name says.
        Exception: whatever a parser throws at a damaged file.
    """
    sha256 = fingerprint(file)  # first: what changes from now on is read again next time
    data = file.read_bytes()
    if not data:
        raise DocumentError("filen er tom")
    fields: Mapping[str, object] = {}
    remarks: tuple[str, ...] = ()
    if beside := sidecar(file):
        fields, remarks = parse_yaml(decode(beside.read_bytes()), f"«{beside.name}»")
    module, function = LOADERS[file.suffix.lower()].split(":")
    extract: Extract = getattr(import_module(f"raufoss_assistant.documents.{module}"), function)(data, limits)
    if not any(page.text.strip() for page in extract.pages):
        raise DocumentError("ingen tekst funnet")
    known, complaints = properties(path, extract, fields)
    poor = tuple(_poor(page.number, page.quality) for page in extract.pages if page.text and page.quality < LOW)
    return Document(path, sha256, known, extract.pages, (*remarks, *complaints, *extract.warnings, *poor))


def _poor(number: int | None, quality: float) -> str:
    place = f"side {number}: " if number else ""
    return f"{place}teksten ser skadet ut (kvalitet {quality:.2f})".replace(".", ",")


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        return _painted(request) if "page" in request else _read(request, limits)
    except DocumentError as error:
        return {"error": str(error), "spent": False}
    except MemoryError:
        return {"error": "memory", "spent": True}
    except PermissionError:
        return {"error": "mangler leserettigheter", "spent": False}
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            return {"error": f"filen kan ikke leses ({reason(error)})", "spent": False}
        return {"error": f"filen er skadet eller ikke det filtypen sier ({type(error).__name__})", "spent": True}


def _read(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    document = read_document(Path(request["file"]), request["path"], limits)
    return {"document": DOCUMENT.dump_python(document, mode="json")}


def _painted(request: dict[str, Any]) -> dict[str, Any]:
    painting = import_module("raufoss_assistant.documents.pdf_image")  # not needed where only texts are read
    return {"image": painting.paint(**request)}


def _limit_memory(megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with suppress(ValueError, OSError):  # macOS refuses
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    bytearray(_HEADROOM)  # a limit too low for any file shows at once


if __name__ == "__main__":
    main(sys.argv[1:])
