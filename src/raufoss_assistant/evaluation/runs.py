"""Runs as JSON: what `raufoss eval --json` prints, and what a baseline is kept as."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from raufoss_assistant.errors import EvaluationError, reason
from raufoss_assistant.evaluation.model import Run


@cache
def _adapter() -> TypeAdapter[Run]:
    return TypeAdapter(Run)


def to_json(run: Run) -> dict[str, Any]:
    """The run as the contract has it: `summary`, `rows` with `id`, `kind` and `ok` first, and all else of a run."""
    dumped = _adapter().dump_python(run, mode="json")
    dumped["rows"] = [{"id": row["question"]["id"], "kind": row["question"]["kind"], **row} for row in dumped["rows"]]
    return {name: dumped[name] for name in ("summary", "rows", "by_kind", "fingerprint", "performance")}


def save(run: Run, file: Path) -> None:
    """Write a run to a file, so that it can be read with `load`.

    Raises:
        EvaluationError: the file cannot be written.
    """
    text = json.dumps(to_json(run), ensure_ascii=False, allow_nan=False)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise EvaluationError(f"Kan ikke lagre kjøringen i {file}: {reason(error)}. Velg en annen fil.") from error


def keep(run: Run, folder: Path) -> Path:
    """Save a run among others in a folder, by its date; gives its file.

    Raises:
        EvaluationError: the file cannot be written.
    """
    file = folder / f"{datetime.fromisoformat(run.fingerprint.date):%Y-%m-%d-%H%M%S}.json"
    save(run, file)
    return file


def kept(folder: Path) -> list[Path]:
    """The files of the runs that are kept in a folder, the newest first."""
    return sorted(folder.glob("????-??-??-??????.json"), reverse=True)


def load(file: Path) -> Run:
    """Read a run that was saved.

    Raises:
        EvaluationError: the file cannot be read, or holds something else.

    Example:
        >>> save(run, Path("grunnlag.json"))
        >>> load(Path("grunnlag.json")) == run
        True
    """
    try:
        return _adapter().validate_python(json.loads(file.read_text("utf-8"), parse_constant=_refuse))
    except FileNotFoundError as error:
        raise EvaluationError(f"{file} finnes ikke. Lag den med «raufoss eval --save {file}».") from error
    except OSError as error:
        raise EvaluationError(f"Kan ikke lese {file}: {reason(error)}.") from error
    except (ValueError, ValidationError) as error:
        raise EvaluationError(
            f"{file} er ikke en lagret kjøring. Lag en med «raufoss eval --save {file.name}»."
        ) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
