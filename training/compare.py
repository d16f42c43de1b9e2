"""Adapters of the reader on the development groups: python training/compare.py FILE … [--groups 130].

For each FILE (an adapter, or the checkpoint of a training): how often the right passage is scored highest, of NorQuAD
and of our own documents, and how well the best score of a question tells those with an answer from those without
(AUROC). All passages of a group are read whole.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from gather import Group
from network import Reader
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from train import gathered

from raufoss_assistant.evaluation.metrics import auroc, mean
from raufoss_assistant.index.embedded import TOKENIZER, unpacked, weights_file
from raufoss_assistant.index.weights import Weights
from raufoss_assistant.retrieval.passage_reader import Pair
from raufoss_assistant.settings import Settings

SOURCES = {
    "NorQuAD": ("norquad", "norquad, article left out"),
    "own": ("own, raufoss", "sets"),
}


def adapter(file: Path) -> dict[str, Tensor]:
    """The weights of an adapter, or of a checkpoint."""
    return torch.load(file)["adapter"] if file.suffix == ".pt" else load_file(file)


def scored(network: Reader, tokenizer: Tokenizer, groups: Sequence[Group]) -> list[list[float]]:
    """The score of each passage of each group, the right one first where there is one."""
    found = []
    with torch.no_grad():
        for group in groups:
            passages = [group.right, *group.wrong] if group.right else group.wrong
            found.append(network([Pair.of(tokenizer, group.question, *each) for each in passages])[0].tolist())
    return found


def main() -> None:
    """Print both figures for each adapter and source."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path, help="adapters or checkpoints")
    arguments.add_argument("--groups", type=int, default=130, help="groups of each source, with and without an answer")
    given = arguments.parse_args()
    tokenizer = Tokenizer.from_file(str(unpacked(Settings.from_environment().model_dir) / TOKENIZER))
    development = [group for group in gathered() if group.split == "dev" and group.wrong]
    random.Random(0).shuffle(development)
    network = Reader(Weights.read(weights_file())).eval()
    for file in given.files:
        network.load(adapter(file))
        for name, sources in SOURCES.items():
            groups = [group for group in development if group.source in sources]
            answered = [group for group in groups if group.right][: given.groups]
            others = [group for group in groups if not group.right][: given.groups]
            right, wrong = scored(network, tokenizer, answered), scored(network, tokenizer, others)
            first = mean([float(max(scores) == scores[0]) for scores in right])
            told = auroc([max(scores) for scores in (*right, *wrong)], [True] * len(right) + [False] * len(wrong))
            print(f"{file.name}, {name}: right first {first}, of {len(right)}; AUROC {told:.3f}, {len(wrong)} without")


if __name__ == "__main__":
    main()
