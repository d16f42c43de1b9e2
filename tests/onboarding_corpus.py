"""The real learning paths and the real documents that they and the glossary build on."""

from functools import lru_cache
from pathlib import Path

import yaml

from raufoss_assistant.documents import DocumentReader
from raufoss_assistant.model import Block, Document, Page, Properties
from raufoss_assistant.onboarding.paths import Check, LearningPath, Reading, Step
from raufoss_assistant.settings import Settings

CORPUS = Path(__file__).parents[1] / "corpus"
FOLDER = CORPUS / "onboarding" / "lop"
GLOSSARIES = (
    "finansiering/ordliste-finansiering.md",
    "onboarding/forkortelser.md",
    "onboarding/glossary-english.md",
    "onboarding/navn-som-er-endret.md",
    "onboarding/ordliste.md",
    "onboarding/studiepoeng-og-niva.md",
)


@lru_cache(maxsize=1)
def named() -> tuple[str, ...]:
    """Paths of the documents that the learning paths name, and of the glossaries."""
    found = set(GLOSSARIES)
    for file in FOLDER.glob("*.yaml"):
        for step in yaml.safe_load(file.read_text("utf-8"))["steg"]:
            found |= {each["dokument"] for each in (*step["les"], *step["spørsmål"])}
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def real_documents() -> dict[str, Document]:
    """Those documents, read as the index reads them."""
    with DocumentReader(Settings()) as reader:
        return {path: reader.read(CORPUS, path) for path in named()}


def written(path: str, text: str, title: str = "Om klyngen", **properties) -> Document:
    """A Markdown document of one page."""
    with DocumentReader(Settings()) as reader:
        folder = Path.cwd() / "skrevet"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
        read = reader.read(folder, path)
    return Document(path, read.sha256, Properties(title, path.split("/", maxsplit=1)[0], **properties), read.pages)


def small_path(steps: int = 5) -> LearningPath:
    """A path over one document, «a/klynge.md»."""
    check = Check("Hvor mange?", ("60",), "a/klynge.md", "Rundt 60 bedrifter er med.", "Mer enn ti.")
    other = Check("Hva heter den?", ("NCE Manufacturing",), "a/klynge.md", "Klyngen heter NCE Manufacturing.")
    reading = Reading("a/klynge.md", None, "tallet")
    return LearningPath(
        id="operator",
        title="Operatør",
        intro="For deg som er ny.",
        place=1,
        steps=tuple(
            Step(f"mål {number}", "Derfor.", (reading,), ("Klynge",), (check, other)) for number in range(1, steps + 1)
        ),
        ask_manager=("Hva nå?",),
    )


def page_of(text: str, *blocks: Block, number: int | None = None) -> Page:
    """A page with the blocks given."""
    return Page(number, text, blocks)
