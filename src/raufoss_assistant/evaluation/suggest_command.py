"""`raufoss suggest`: questions suggested from a document, for staff to correct and keep."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from raufoss_assistant import contract
from raufoss_assistant.errors import IndexUnavailableError, UsageError
from raufoss_assistant.evaluation import listed, sets
from raufoss_assistant.evaluation.rows import unparse
from raufoss_assistant.evaluation.suggest import suggest
from raufoss_assistant.index.manifest import Manifest
from raufoss_assistant.index.store import current_generation
from raufoss_assistant.model import Document
from raufoss_assistant.settings import Settings

_NEAREST = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options; without any, the questions are printed as YAML."""
    parser.add_argument("document", metavar="DOKUMENT", help="dokumentet, for eksempel klynge/nce-manufacturing.md")
    parser.add_argument(
        "--to", type=Path, metavar="FIL", help="legg spørsmålene til i et spørsmålssett (.yaml, .xlsx eller .csv)"
    )
    parser.add_argument("--json", action="store_true", help="skriv spørsmålene som JSON")


def run(parsed: argparse.Namespace, settings: Settings) -> int:
    """Suggest questions and print them, or add them to a set; returns the exit status.

    Raises:
        IndexUnavailableError: nothing is indexed.
        UsageError: there is no such document, or the set cannot be added to.
    """
    document = _document(parsed.document, settings)
    questions = suggest(document)
    rows = [unparse(question) for question in questions]
    if not questions:
        print(f"Fant ingenting å spørre om i {document.path}. Skriv spørsmålene selv.", file=sys.stderr)
    elif parsed.to:
        sets.append(parsed.to, questions)
        told = f"{len(questions)} forslag fra {document.path} er lagt til i {parsed.to}. Les over og rett dem."
        print(told, file=sys.stderr if parsed.json else sys.stdout)
    elif not parsed.json:
        print(listed.appended(b"", rows).decode(), end="")
    if parsed.json:
        print(contract.dump({"document": document.path, "questions": rows}, indent=2))
    return 0


def _document(name: str, settings: Settings) -> Document:
    """A document of the index, named by its path in the corpus or on the disk."""
    folder = current_generation(settings.data_dir)
    if folder is None:
        raise IndexUnavailableError("Ingenting er indeksert ennå. Kjør «raufoss index» først.")
    with closing(Manifest.open(folder / "manifest.sqlite")) as manifest:
        paths = sorted(manifest.fingerprints())
        for path in _spelled(name, settings.corpus_dir):
            if found := manifest.document(path):
                return found
    raise UsageError(f"Dokumentet «{name}» er ikke i indeksen. {_remedy(name, paths)}")


def _spelled(name: str, corpus: Path) -> Sequence[str]:
    """What a document may have been called: as it is written, and relative to the folder of documents."""
    place = Path(name).resolve()
    inside = place.is_relative_to(corpus.resolve())
    return [name, *([place.relative_to(corpus.resolve()).as_posix()] if inside else [])]


def _remedy(name: str, paths: Sequence[str]) -> str:
    bare = {path.rpartition("/")[2]: path for path in paths}
    near = difflib.get_close_matches(name, paths, _NEAREST)
    near += [bare[file] for file in difflib.get_close_matches(name.rpartition("/")[2], bare, _NEAREST)]
    if not near:
        return "Se stien i kildene til et svar, eller kjør «raufoss index» hvis det er nytt."
    return f"Mente du {', '.join(f'«{path}»' for path in dict.fromkeys(near[:_NEAREST]))}?"
