"""Reads documents in a child process, so that no file can harm or halt the service."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import raufoss_assistant
from raufoss_assistant.documents.files import locate
from raufoss_assistant.documents.worker import DOCUMENT, receive, send
from raufoss_assistant.errors import DocumentError, reason
from raufoss_assistant.model import Document
from raufoss_assistant.settings import Settings

_WORKER = "raufoss_assistant.documents.worker"
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page of a PDF as it looks.

    Attributes:
        webp: the image as a WebP file.
        width: in pixels.
        height: in pixels.
        marks: where the quote stands, a box for each line: left, top, right and bottom, in pixels; empty where it was
            not found.
    """

    webp: bytes
    width: int
    height: int
    marks: tuple[tuple[int, int, int, int], ...] = ()


class DocumentReader:
    """Reads and paints files one at a time in a child process with limits on time, memory, size and pages.

    The child is started when first needed, used for file after file, and replaced after a failure. Use it in one
    thread at a time, and close it, or use it in a `with` statement.

    Args:
        settings: the limits: max_file_mb, max_pages, parse_seconds, parse_memory_mb.

    Example:
        >>> import tempfile
        >>> corpus = Path(tempfile.mkdtemp())
        >>> _ = (corpus / "lean.md").write_text("# Lean for alle")
        >>> with DocumentReader(Settings()) as reader:
        ...     reader.read(corpus, "lean.md").properties.title
        'Lean for alle'
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the child; a later read starts a new one."""
        child, self._child = self._child, None
        if child and child.stdin and child.stdout:
            child.kill()
            child.wait()
            child.stdin.close()
            child.stdout.close()

    def read(self, corpus: Path, path: str) -> Document:
        """Read a document.

        Args:
            corpus: the folder.
            path: the file's path in it, as `scan` gives it.

        Raises:
            DocumentError: it cannot be read, or goes beyond a limit; the reader can be used on.
        """
        return DOCUMENT.validate_python(self._request(corpus, path, {"path": path})["document"], strict=False)

    def page_image(self, corpus: Path, path: str, page: int, quote: str, share: float) -> PageImage:
        """Paint a page of a PDF, with a quote marked where it stands there.

        Args:
            corpus: the folder.
            path: the file's path in it, as `scan` gives it.
            page: number of the page, from 1.
            quote: what to mark, or "".
            share: how far into the page's text it is expected, 0..1.

        Raises:
            DocumentError: there is no such page, it cannot be painted, or goes beyond a limit.
        """
        painted = self._request(corpus, path, {"page": page, "quote": quote, "share": share})["image"]
        marks = tuple((left, top, right, bottom) for left, top, right, bottom in painted["marks"])
        return PageImage(base64.b64decode(painted["webp"]), painted["width"], painted["height"], marks)

    def _request(self, corpus: Path, path: str, wanted: dict[str, Any]) -> dict[str, Any]:
        """What the child answers about a file of the corpus."""
        file = locate(corpus, path)
        try:
            size = file.stat().st_size
        except OSError as error:
            raise DocumentError(f"filen kan ikke leses ({reason(error)})") from error
        if size > self._settings.max_file_mb * 1_000_000:
            megabytes = f"{size / 1_000_000:.1f}".replace(".", ",")
            raise DocumentError(f"filen er på {megabytes} MB; grensen er {self._settings.max_file_mb} MB")
        answer = self._ask({"file": str(file.absolute()), **wanted})
        if "error" not in answer:
            return answer
        if answer["spent"]:
            self.close()
        raise DocumentError(self._memory() if answer["error"] == "memory" else str(answer["error"]))

    def _memory(self) -> str:
        return f"filen trenger mer minne enn grensen på {self._settings.parse_memory_mb} MB"

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = self._start()
        seconds = self._settings.parse_seconds
        answer = self._exchange(self._child, json.dumps(request).encode(), seconds)
        if isinstance(answer, dict):
            return answer
        code = self._child.wait()
        self.close()
        if answer == "late":
            raise DocumentError(f"lesingen tok mer enn {seconds} sekunder")
        raise DocumentError(f"lesingen stoppet uventet (kode {code}); filen kan være skadet eller for stor for minnet")

    def _start(self) -> subprocess.Popen[bytes]:
        limits = self._settings
        numbers = (limits.max_pages, limits.max_file_mb, limits.parse_memory_mb, limits.parse_seconds)
        package = str(Path(raufoss_assistant.__file__).parents[1])
        path = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
        child = subprocess.Popen(  # noqa: S603 - our own module and numbers
            [sys.executable, "-P", "-m", _WORKER, *map(str, numbers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,  # an interrupt from the keyboard is for us alone
        )
        self._child = child
        if not isinstance(self._exchange(child, None, _START_SECONDS), dict):
            code = child.wait()
            self.close()
            hint = f"sett RAUFOSS_PARSE_MEMORY_MB høyere enn {limits.parse_memory_mb}"
            raise DocumentError(f"leseprosessen kom ikke i gang (kode {code}); {hint}")
        return child

    @staticmethod
    def _exchange(child: subprocess.Popen[bytes], request: bytes | None, seconds: float) -> dict[str, Any] | str:
        """Send a request and wait for its answer; «late» or «gone» where none came."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if child.stdin is None or child.stdout is None:
                return "gone"
            if request is not None:
                send(child.stdin, request)
            message = receive(child.stdout)
        except BrokenPipeError:
            message = None
        finally:
            timer.cancel()
        if message is None:
            return "late" if late.is_set() else "gone"
        return dict(json.loads(message))
