"""Train the encoder's adapter on the gathered groups: python training/train_encoder.py [--minutes 55].

Each question against the passages of its whole batch, of which one answers it: those of the other questions, and one
that the hybrid ranks high although it does not answer (InfoNCE with hard negatives, as in Karpukhin et al., 2020, Dense
Passage Retrieval). Likenesses spread, so that `Encoder.scale` must be set anew. A checkpoint is kept; the same call
goes on from it. Each tenth step is written to training/log_encoder.jsonl. `--share` writes so much of what was learnt
(Wortsman et al., 2022, Robust fine-tuning of zero-shot models).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

import torch
from gather import Group
from loop import Plan, save, trained
from network import Embedder
from sources import CACHE
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from train import PLAIN, gathered, narrowed

from raufoss_assistant.index.embedded import ENCODER_ADAPTER, TOKENIZER, unpacked, weights_file
from raufoss_assistant.index.weights import Weights
from raufoss_assistant.settings import Settings

CHECKPOINT = CACHE / "checkpoint-encoder.pt"
LOG = Path(__file__).parent / "log_encoder.jsonl"
BATCH = 32
RATE = 3e-4
TEMPERATURE = 0.02
WINDOWS = (32, 64, 96)
"""Words of a window, to which most passages are cut to save time; a passage of the index has some 120."""
NARROW = 0.8
"""Share of the passages that are cut."""
TOKENS = 224


class Batch:
    """Questions, for each the passage that answers, and one that does not where there is one.

    Attributes:
        questions: in tokens.
        passages: in tokens, those that answer first, in the order of the questions.
        possible: shape (questions, passages): False where a passage that is not the question's own may answer it too.
    """

    def __init__(self, tokenizer: Tokenizer, groups: Sequence[Group], chance: random.Random) -> None:
        self.questions = [tokenizer.encode(f"query: {careless(group.question, chance)}").ids for group in groups]
        shown = [windowed(group, chance) for group in groups]
        wrong = [drawn(group, chance) for group in groups if group.wrong]
        texts = [text for _, text in (*shown, *wrong)]
        self.passages = [
            tokenizer.encode(f"passage: {context}\n{text}").ids[:TOKENS] for context, text in (*shown, *wrong)
        ]
        self.possible = torch.tensor(
            [
                [column == row or not answered(group, text) for column, text in enumerate(texts)]
                for row, group in enumerate(groups)
            ]
        )


def careless(question: str, chance: random.Random) -> str:
    """The question, now and then in lower case without its mark."""
    return question.lower().rstrip("?. ") if chance.random() < PLAIN else question


def windowed(group: Group, chance: random.Random) -> tuple[str, str]:
    """Context and text of the passage that answers, mostly cut to a window around the answer."""
    assert group.right
    context, text = group.right
    if chance.random() < NARROW:
        text = narrowed(text, group.span, chance.choice(WINDOWS), chance)[0] if group.span else text
    return context, text


def drawn(group: Group, chance: random.Random) -> tuple[str, str]:
    """A passage that does not answer, high ones likelier, mostly cut."""
    context, text = group.wrong[int(len(group.wrong) * chance.random() ** 2)]
    return context, narrowed(text, None, chance.choice(WINDOWS), chance)[0] if chance.random() < NARROW else text


def answered(group: Group, text: str) -> bool:
    """Whether another question's passage has this one's answer, or is the same."""
    assert group.right
    if group.span is None:
        return text == group.right[1]
    return group.right[1][slice(*group.span)].casefold() in text.casefold()


def loss(network: Embedder, batch: Batch) -> Tensor:
    """Cross-entropy of the passage that answers among all of the batch."""
    vectors = network([*batch.questions, *batch.passages])
    questions, passages = vectors.split([len(batch.questions), len(batch.passages)])
    logits = (questions @ passages.T / TEMPERATURE).masked_fill(~batch.possible, float("-inf"))
    return functional.cross_entropy(logits, torch.arange(len(batch.questions)))


def watch(network: Embedder, tokenizer: Tokenizer, groups: Sequence[Group]) -> dict[str, float]:
    """On groups for development: share where the right passage is nearest, and the likeness of right and wrong ones."""
    first, right, wrong = [], [], []
    network.eval()
    with torch.no_grad():
        for group in groups:
            assert group.right
            texts = [f"query: {group.question}", *(f"passage: {c}\n{t}" for c, t in (group.right, *group.wrong))]
            vectors = network([tokenizer.encode(text).ids[:TOKENS] for text in texts])
            cosines = (vectors[1:] @ vectors[0]).tolist()
            first.append(float(cosines[0] == max(cosines)))
            right.append(cosines[0])
            wrong += cosines[1:]
    network.train()
    values = {"dev_first": mean(first), "dev_right": mean(right), "dev_wrong": mean(wrong)}
    return {name: round(value, 4) for name, value in values.items()}


def write(adapter: dict[str, Tensor], begun: dict[str, Tensor], share: float) -> None:
    """Write that share of what was learnt: the products as they are, scaled, and the vectors between old and new."""
    made = {
        name: share * value
        if name.endswith(".up")
        else value
        if name.endswith(".down")
        else torch.lerp(begun[name].float(), value.float(), share)
        for name, value in adapter.items()
    }
    save(made, ENCODER_ADAPTER)


def main() -> None:
    """Train, with a log and a checkpoint, and write the adapter."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=55, help="time to train; the learning rate follows it")
    arguments.add_argument("--watch", type=int, default=150, help="steps between looks at the development groups")
    arguments.add_argument("--threads", type=int, default=2, help="one is far better where other work runs beside it")
    arguments.add_argument("--share", type=float, default=1.0, help="of what was learnt that is written, 0 to 1")
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(unpacked(Settings.from_environment().model_dir) / TOKENIZER))
    known = [group for group in gathered() if group.right and not group.source.startswith("claims")]
    training = [group for group in known if group.split == "train"]
    development = [group for group in known if group.split == "dev" and group.wrong]
    random.Random(0).shuffle(development)
    network = Embedder(Weights.read(weights_file()))
    begun = {name: value.clone() for name, value in network.adapter().items()}

    def batches(done: int) -> Iterator[dict[str, Tensor]]:
        chance = random.Random(done)
        while True:
            yield {"loss": loss(network, Batch(tokenizer, chance.sample(training, BATCH), chance))}

    plan = Plan(given.minutes, RATE, given.watch, CHECKPOINT, LOG)
    trained(network, batches, lambda last: watch(network, tokenizer, development[: None if last else 120]), plan)
    write(network.adapter(), begun, given.share)


if __name__ == "__main__":
    main()
