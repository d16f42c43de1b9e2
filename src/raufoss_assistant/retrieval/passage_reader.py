"""Reads question and passage together: whether the passage answers, and where.

The embedded encoder with a low-rank adapter of our own training (training/README.md), merged and quantised once and
kept beside the unpacked model.
"""

from __future__ import annotations

import hashlib
import logging
import math
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors import SafetensorError
from tokenizers import Tokenizer

from raufoss_assistant.errors import ModelError
from raufoss_assistant.index.embedded import adapted_weights, load_tokenizer, unpacked
from raufoss_assistant.index.encoder import cores
from raufoss_assistant.model import Chunk, Reading
from raufoss_assistant.settings import Settings

ADAPTER = Path(__file__).with_name("reader.safetensors")
CANDIDATES = 12
"""Passages read for a question, where time allows."""
SECONDS = 0.9
"""After that, no further passage is begun."""
QUESTION_TOKENS = 64
TOKENS = 320
"""Longest input; the rest of a longer passage is not read."""
SPAN_TOKENS = 60
_REMEMBERED = 512
"""Readings kept, for a question that is asked again or searched for after it was asked."""
_BUILD = "1"
"""To be raised when the graph is made otherwise."""
_EXAMPLES = (
    ("Hvem leder klyngen?", "Om klyngen", "Klyngen ledes av et styre på syv. Leder for styret er valgt for to år."),
    ("kor mykje stønad får vi", "SkatteFUNN", "Ordninga gir 19 prosent av kostnadene til forsking og utvikling."),
    ("How do I apply?", "Kurs", "| Kurs | Dato | Pris |\n| Robotprogrammering | 14.–16. mai 2025 | 12 500 kr |"),
)
"""Pairs of the kinds that the reader will meet, for measuring its activations."""


class ReaderUnavailableError(ModelError):
    """The reader's adapter is missing, damaged or made for another model; everything works without it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage as the reader takes them.

    Attributes:
        tokens: ids of <s> query: … </s> passage: context, text </s>.
        asked: how many of them are the question's.
        text: places of the tokens that stand in the passage's text, in order.
        offsets: first character of each of those in the text, and the one after its last.
    """

    tokens: list[int]
    asked: int
    text: list[int]
    offsets: list[tuple[int, int]]

    @classmethod
    def of(cls, tokenizer: Tokenizer, question: str, context: str, text: str) -> Pair:
        """Put a question and a passage together; what is too long is cut."""
        asked = tokenizer.encode(f"query: {question}").ids
        if len(asked) > QUESTION_TOKENS:
            asked = [*asked[: QUESTION_TOKENS - 1], asked[-1]]
        before = f"passage: {context}\n" if context else "passage: "
        passage = tokenizer.encode(before + text)
        tokens = [*asked, *passage.ids[1:]][:TOKENS]
        first = len(before)
        places, offsets = [], []
        for place, (start, end) in enumerate(passage.offsets[1 : len(tokens) - len(asked) + 1], len(asked)):
            if end > max(first, start):
                places.append(place)
                offsets.append((max(start - first, 0), end - first))
        return cls(tokens, len(asked), places, offsets)

    def tokens_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Places of the first and last token of text[start:end]; None where that was cut away."""
        inside = [
            place for place, (first, last) in zip(self.text, self.offsets, strict=True) if first < end and last > start
        ]
        if not inside or self.offsets[-1][1] < end:
            return None
        return inside[0], inside[-1]


class PassageReader:
    """Reads the passages found for a question, the best first, on as many threads as there are cores.

    All questions share the threads: where many ask at once, each gets fewer passages read, not a slower answer.

    Example:
        >>> reader = PassageReader.load(Settings())
        >>> [reading] = reader.read("Hvor stor er Læringsfabrikken?", [hit.chunk])
        >>> hit.chunk.text[slice(*reading.span)]
        '1 500 kvadratmeter'
    """

    def __init__(self, graph: Path, tokenizer: Tokenizer) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer
        self._remembered = lru_cache(_REMEMBERED)(self._read)
        self._pool = ThreadPoolExecutor(cores(), "reader")

    @classmethod
    def load(cls, settings: Settings, adapter: Path | None = None) -> PassageReader:
        """The reader with that adapter, or ours; its graph is made at first use and kept in the model folder.

        Raises:
            ReaderUnavailableError: the adapter is missing, damaged or made for another model.
            ModelError: the embedded model cannot be unpacked.
        """
        folder, adapter = unpacked(settings.model_dir), adapter or ADAPTER
        try:
            digest = hashlib.sha256(adapter.read_bytes() + folder.name.encode() + _BUILD.encode()).hexdigest()
            tokenizer = load_tokenizer(folder)
            graph = folder.with_name(f"reader-{digest[:12]}.onnx")
            if not graph.is_file():
                _make(graph, tokenizer, adapter)
            try:
                return _opened(graph, graph.stat().st_mtime_ns, folder)
            except Exception:  # onnxruntime's errors have no base class; the file may have been cut off
                _make(graph, tokenizer, adapter)
                return _opened(graph, graph.stat().st_mtime_ns, folder)
        except (OSError, SafetensorError, ValueError, KeyError) as error:
            raise ReaderUnavailableError(
                f"Leseren kan ikke brukes: {adapter.name} mangler eller er skadet ({error}). "
                "Installer programmet på nytt. Søk og svar virker uten den, men treffer sjeldnere."
            ) from error

    def read(
        self, question: str, passages: Sequence[Chunk], *, most: int = CANDIDATES, seconds: float = SECONDS
    ) -> list[Reading]:
        """Readings of the first passages, in order; fewer than asked for where the time is out, but at least one."""
        until = time.perf_counter() + seconds
        readings: list[Reading] = []

        def one(rank: int) -> Reading | None:
            late = rank > 0 and time.perf_counter() > until
            return None if late else self._remembered(question, passages[rank])

        for reading in self._pool.map(one, range(min(most, len(passages)))):
            if reading is None:
                break
            readings.append(reading)
        return readings

    def _read(self, question: str, passage: Chunk) -> Reading:
        pair = Pair.of(self._tokenizer, question, passage.context, passage.text)
        inputs = {"input_ids": np.array([pair.tokens], np.int32), "asked": np.array([pair.asked])}
        score, span = self._session.run(["score", "span"], inputs)
        if not pair.text:
            return Reading(float(score[0, 0]), None, 1.0)
        first, last, logit = best_span(span[0][pair.text])
        start, end = pair.offsets[first][0], pair.offsets[last][1]
        found = passage.text[start:end]
        start += len(found) - len(found.lstrip())
        return Reading(
            float(score[0, 0]), (start, start + len(found.strip())), _logistic(float(span[0, 0].sum()) - logit)
        )


def best_span(logits: NDArray[np.float32]) -> tuple[int, int, float]:
    """First and last token of the likeliest span of at most `SPAN_TOKENS`, and its logit.

    Args:
        logits: of the first and the last token, shape (tokens, 2).
    """
    both = logits[:, :1] + logits[:, 1]
    places = np.arange(len(logits))
    after = places - places[:, None]
    both[(after < 0) | (after >= SPAN_TOKENS)] = -np.inf
    first, last = np.unravel_index(int(both.argmax()), both.shape)
    return int(first), int(last), float(both[first, last])


@lru_cache(maxsize=2)
def _opened(graph: Path, _changed: int, folder: Path) -> PassageReader:
    """The one of this process: all who read share its threads and the readings that it remembers."""
    return PassageReader(graph, load_tokenizer(folder))


def load_reader(settings: Settings) -> PassageReader | None:
    """The reader, or None, with a line in the log, where it is not available."""
    try:
        return PassageReader.load(settings)
    except ModelError as error:
        logging.getLogger(__name__).warning("%s", error)
        return None


def _make(graph: Path, tokenizer: Tokenizer, adapter: Path) -> None:
    """Write the graph aside and rename it into place."""
    from raufoss_assistant.index.onnx_graph import reader_graph  # noqa: PLC0415 - onnx is needed only here

    pairs = [Pair.of(tokenizer, *example) for example in _EXAMPLES]
    model = reader_graph(adapted_weights(adapter), [(pair.tokens, pair.asked) for pair in pairs])
    with tempfile.NamedTemporaryFile(dir=graph.parent, prefix=".reader-", delete=False) as draft:
        draft.write(model.SerializeToString())
    Path(draft.name).replace(graph)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))
