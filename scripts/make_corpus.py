"""Makes the documents of corpus/ that are not Markdown from their sources in scripts/sources/."""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from pathlib import Path

from corpus_maker import page, pdf, slides, word, workbook
from corpus_maker.source import SourceError, read

ROOT = Path(__file__).resolve().parent.parent
MAKERS = {"pdf": pdf.make, "docx": word.make, "html": page.make, "pptx": slides.make, "xlsx": workbook.make}


def main() -> int:
    """Make or check the documents named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="source such as kurs/kurskatalog; all where none")
    parser.add_argument("--check", action="store_true", help="change nothing; fail where corpus/ differs")
    parser.add_argument("--sources", type=Path, default=ROOT / "scripts" / "sources")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    arguments = parser.parse_args()
    paths = [arguments.sources / f"{name.removesuffix('.md')}.md" for name in arguments.names]
    paths = paths or sorted(arguments.sources.glob("*/*.md"))
    if not arguments.check:
        made, faults = _make(paths, arguments.sources, arguments.corpus)
        print(f"{len(made) // 2} documents made")
    else:
        with tempfile.TemporaryDirectory() as folder:
            made, faults = _make(paths, arguments.sources, Path(folder))
            stale = [name for name in made if not _same(Path(folder) / name, arguments.corpus / name)]
        faults += [f"{name}: differs from what its source makes" for name in stale]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _make(paths: list[Path], sources: Path, corpus: Path) -> tuple[list[str], list[str]]:
    """Make the documents and their sidecars in corpus; return their paths relative to it, and what was wrong."""
    made, faults = [], []
    for path in paths:
        try:
            source = read(path, sources)
            content = MAKERS[source.meta["format"]](source)
        except SourceError as error:
            faults.append(str(error))
            continue
        output = corpus / source.output
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(content)
        Path(f"{output}.yaml").write_bytes(source.sidecar)
        made += [source.output, f"{source.output}.yaml"]
    return made, faults


def _same(made: Path, kept: Path) -> bool:
    """Compare bytes or, in zip formats, members, whose compression may differ between machines."""
    if not kept.is_file():
        return False
    if made.suffix not in (".docx", ".pptx", ".xlsx"):
        return made.read_bytes() == kept.read_bytes()
    return _members(made) == _members(kept)


def _members(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return {}


if __name__ == "__main__":
    sys.exit(main())
