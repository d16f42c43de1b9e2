"""Which files of a corpus are documents, where they lie and whether they changed."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from raufoss_assistant.errors import CorpusError, DocumentError, reason

LOADERS = {
    ".md": "markdown:read",
    ".markdown": "markdown:read",
    ".txt": "plain:read",
    ".pdf": "pdf:read",
    ".docx": "word:read",
    ".pptx": "slides:read",
    ".xlsx": "sheet:read",
    ".csv": "sheet:read_csv",
    ".html": "web_page:read",
    ".htm": "web_page:read",
}
"""Module and function that read each type of file."""
SIDECAR = ".yaml"
LEARNING_PATHS = "onboarding/lop"
"""Folder of a corpus whose .yaml files are learning paths, see `raufoss_assistant.onboarding`, and no documents."""
_NO_RIGHTS = "mangler leserettigheter"
_TEMPORARY = re.compile(r"~\$.*|~.*\.tmp|.*~|#.*#|.*\.(tmp|swp|swo|bak|part|crdownload)|thumbs\.db|desktop\.ini", re.I)


@dataclass(frozen=True, slots=True)
class Scan:
    """What lies in a corpus.

    Attributes:
        files: paths of the documents, relative to the corpus, NFC, with forward slashes, sorted.
        problems: path of a file or folder that cannot be a document, and a Norwegian line on why.
    """

    files: tuple[str, ...]
    problems: tuple[tuple[str, str], ...] = ()


def scan(corpus: Path) -> Scan:
    """List the documents of a corpus.

    Passed over without a word: hidden files and folders, temporary files of editors and Office, sidecars, learning
    paths, and a README.md at the top. Links that lead out of the corpus are problems and are not followed.

    Raises:
        CorpusError: the folder does not exist or cannot be listed.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "kurs.md").write_text("# Kurs"), (folder / "bilde.zip").write_text("")
        >>> scan(folder)
        Scan(files=('kurs.md',), problems=(('bilde.zip', 'filtypen .zip støttes ikke'),))
    """
    if not corpus.is_dir():
        raise CorpusError(
            f"Finner ikke dokumentmappen «{corpus}». Oppgi en mappe med --corpus eller RAUFOSS_CORPUS_DIR."
        )
    if not os.access(corpus, os.R_OK | os.X_OK):
        raise CorpusError(f"Dokumentmappen «{corpus}» kan ikke leses. Gi brukeren leserettigheter til den.")
    files: set[str] = set()
    problems: list[tuple[str, str]] = []
    for file, problem in _walk(corpus, corpus.resolve(), frozenset({corpus.resolve()})):
        path = _relative(corpus, file)
        if problem is not None:
            problems.append((path, problem))
        elif path in files:
            problems.append((path, "en annen fil har samme navn, bare skrevet med andre tegnkoder"))
        else:
            files.add(path)
    return Scan(tuple(sorted(files)), tuple(sorted(problems)))


def locate(corpus: Path, path: str) -> Path:
    """Find the file that a corpus-relative NFC path names, however the disk composes its letters.

    Raises:
        DocumentError: there is no such file inside the corpus.
    """
    direct = corpus / path
    if ".." not in Path(path).parts and not Path(path).is_absolute():
        if direct.is_file():
            return direct
        place = corpus
        for part in Path(path).parts:
            place = _child(place, part)
        if place.is_file():
            return place
    raise DocumentError("filen finnes ikke lenger")


def sidecar(file: Path) -> Path | None:
    """Return the file with a document's properties (`kurs.pdf.yaml` for `kurs.pdf`), if there is one."""
    beside = file.with_name(file.name + SIDECAR)
    return beside if beside.is_file() else None


def fingerprint(file: Path) -> str:
    """SHA-256 of a file's bytes and of its sidecar's, as hex digits.

    Raises:
        DocumentError: one of them cannot be read.
    """
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
        if beside := sidecar(file):
            digest.update(b"\0sidecar\0" + beside.read_bytes())
    except PermissionError as error:
        raise DocumentError(_NO_RIGHTS) from error
    except OSError as error:
        raise DocumentError(f"filen kan ikke leses ({reason(error)})") from error
    return digest.hexdigest()


def _walk(folder: Path, root: Path, above: frozenset[Path]) -> Iterator[tuple[Path, str | None]]:
    """Give each file with None, or with the reason why it is no document; `above` are the real folders gone through."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder, _NO_RIGHTS
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith(".") or _TEMPORARY.fullmatch(entry.name):
            continue
        real = entry.resolve()
        if entry.is_symlink() and not real.is_relative_to(root):
            yield entry, "lenken peker ut av dokumentmappen og følges ikke"
        elif entry.is_symlink() and not real.exists():
            yield entry, "lenken peker på en fil som ikke finnes"
        elif not entry.is_dir():
            if not _passed_over(entry, folder.resolve().relative_to(root).as_posix(), names):
                yield entry, _objection(entry)
        elif real not in above:
            yield from _walk(entry, root, above | {real})


def _passed_over(file: Path, folder: str, names: set[str]) -> bool:
    """Whether a file is no document by intent; `folder` is the one it lies in, relative to the corpus."""
    if file.suffix.lower() == SIDECAR:
        return folder == LEARNING_PATHS or (Path(file.stem).suffix.lower() in LOADERS and file.stem in names)
    return folder == "." and file.name.lower() == "readme.md"


def _objection(file: Path) -> str | None:
    if not file.is_file():
        return "er ikke en vanlig fil"
    kind = file.suffix.lower()
    if kind == SIDECAR and Path(file.stem).suffix.lower() in LOADERS:
        return f"opplysninger om «{file.stem}», som ikke finnes"
    if kind not in LOADERS:
        return f"filtypen {kind} støttes ikke" if kind else "filen mangler filtype"
    return None if os.access(file, os.R_OK, effective_ids=os.access in os.supports_effective_ids) else _NO_RIGHTS


def _relative(corpus: Path, file: Path) -> str:
    return unicodedata.normalize("NFC", file.relative_to(corpus).as_posix())


def _child(folder: Path, name: str) -> Path:
    """Find the entry of a folder whose name is the same letters."""
    try:
        same = (entry for entry in folder.iterdir() if unicodedata.normalize("NFC", entry.name) == name)
        return next(same, folder / name)
    except OSError:
        return folder / name
