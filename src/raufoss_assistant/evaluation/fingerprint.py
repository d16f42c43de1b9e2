"""What was measured: code, documents, questions, model and rules, so that like is compared with like."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path

from raufoss_assistant.answering.evidence import calibration
from raufoss_assistant.evaluation.model import Fingerprint, Question
from raufoss_assistant.index.store import Index
from raufoss_assistant.retrieval.passage_reader import ADAPTER
from raufoss_assistant.settings import Settings

_PACKAGE = Path(__file__).parent.parent
_NO_BEARING = re.compile(r".*_dir|host|port|.*_(?:url|origins)").fullmatch


def fingerprint(questions: Iterable[Question], indexes: Sequence[Index], chosen: Mapping[str, str]) -> Fingerprint:
    """Describe a run.

    Args:
        questions: all that were asked, in order.
        indexes: those that were asked.
        chosen: what was chosen for this run beside the defaults.
    """
    documents = {entry for index in indexes for entry in index.manifest.fingerprints().items()}
    asked = [{**asdict(question), "note": None} for question in questions]
    return Fingerprint(
        date=datetime.now().astimezone().isoformat(timespec="seconds"),
        commit=commit(_PACKAGE),
        version=importlib.metadata.version("raufoss-assistant"),
        documents=digest(sorted(documents)),
        questions=digest(asked),
        model=", ".join(sorted({index.manifest.meta()["model"] for index in indexes})),
        rules=_rules(),
        settings=dict(chosen),
    )


def _rules() -> str:
    """Digest of the rules of answering and of the reader they go with."""
    reader = hashlib.sha256(ADAPTER.read_bytes()).hexdigest() if ADAPTER.is_file() else None
    return digest([reader, *(asdict(calibration(read=read)) for read in (True, False))])


def unlike_default(settings: Settings) -> dict[str, str]:
    """The settings that bear on the figures and are not the default ones; no folder, address, key or password.

    Example:
        >>> unlike_default(Settings(embedding_model="e5-large"))
        {'embedding_model': 'e5-large'}
    """
    told = (each.name for each in fields(settings) if each.repr and not _NO_BEARING(each.name))
    chosen = {name: str(getattr(settings, name)) for name in told}
    return {name: value for name, value in chosen.items() if value != str(getattr(Settings(), name))}


def digest(value: object) -> str:
    """The first 16 hex digits of the SHA-256 of a value as JSON.

    Example:
        >>> digest([]) == digest([])
        True
    """
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def commit(folder: Path) -> str:
    """The commit of a checkout that a folder of code is part of, with «+» where the folder has uncommitted changes.

    "" where git is not there or the folder is not under its control.
    """
    if not _git(folder, "ls-files", "--", "."):
        return ""
    head = _git(folder, "rev-parse", "--short=12", "HEAD")
    return f"{head}+" if head and _git(folder, "status", "--porcelain", "--", ".") else head


def _git(folder: Path, *arguments: str) -> str:
    """What git says; "" where it fails."""
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
