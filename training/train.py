"""Train the reader on the gathered groups: python training/train.py [--minutes 40].

Three losses, added: which passage answers, or none (softmax over the passages of a group and a zero that stands for
«none»), whether a passage answers at all (logistic, each passage for itself), and where (softmax over the tokens of its
text and <s>, which stands for «nowhere»). Passes over the groups follow one another until the time is out. A
checkpoint is kept; the same call goes on from it. Each tenth step is written to training/log.jsonl. The adapter goes to
src/raufoss_assistant/retrieval/; of one that was trained onward and the one it began with, what lies between them by
`--share`: the mean is better than either where the one knows what the other has forgotten (Wortsman et al., 2022,
Robust fine-tuning of zero-shot models).
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from statistics import mean

import torch
from gather import GROUPS, Group
from loop import Plan, save, trained
from network import Reader
from safetensors.torch import load_file
from sources import CACHE, read_lines
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from raufoss_assistant.index.embedded import TOKENIZER, unpacked, weights_file
from raufoss_assistant.index.weights import Weights
from raufoss_assistant.retrieval.passage_reader import ADAPTER, Pair
from raufoss_assistant.settings import Settings

CHECKPOINT = CACHE / "checkpoint.pt"
LOG = Path(__file__).parent / "log.jsonl"
WRONG = 2
BATCH = 8
RATE = 4e-4
PLAIN = 0.15
"""Share of the questions that are asked in lower case without a question mark."""
NARROW = 0.7
"""Share of the groups whose passages are cut to a window, which saves time."""
WINDOWS = (16, 32, 64)
"""Words of a window: about a sentence, as the reader also reads them by themselves, or some of them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with one passage.

    Attributes:
        pair: the two of them, in tokens.
        answers: whether the passage answers.
        span: places of the answer's first and last token, (0, 0) for nowhere, None where that is not known.
    """

    pair: Pair
    answers: bool
    span: tuple[int, int] | None


def examples(tokenizer: Tokenizer, group: Group, wrong: list[tuple[str, str]], question: str) -> list[Example]:
    """The right passage, if there is one, and those wrong ones."""
    made = []
    if group.right:
        pair = Pair.of(tokenizer, question, *group.right)
        span = pair.tokens_of(*group.span) if group.span else None
        made.append(Example(pair, answers=True, span=span))
    nowhere = (0, 0) if group.span or not group.right else None
    for passage in wrong:
        pair = Pair.of(tokenizer, question, *passage)
        made.append(Example(pair, answers=False, span=nowhere))
    return made


def drawn(group: Group, chance: random.Random) -> tuple[Group, list[tuple[str, str]], str]:
    """The group with wrong passages, high ones likelier, and the question, now and then written carelessly."""
    ranked = sorted(enumerate(group.wrong), key=lambda item: chance.random() ** (item[0] + 1), reverse=True)
    wrong = [passage for _, passage in ranked[:WRONG]]
    question = group.question
    if chance.random() < PLAIN:
        question = question.lower().rstrip("?. ")
    if chance.random() < NARROW and (group.span or not group.right):
        size = chance.choice(WINDOWS)
        wrong = [(context, narrowed(text, None, size, chance)[0]) for context, text in wrong]
        if group.right:
            text, span = narrowed(group.right[1], group.span, size, chance)
            group = replace(group, right=(group.right[0], text), span=span)
    return group, wrong, question


def narrowed(
    text: str, span: tuple[int, int] | None, size: int, chance: random.Random
) -> tuple[str, tuple[int, int] | None]:
    """A window of so many words of the text, around the span where there is one, and the span's place in it."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    if len(words) <= size:
        return text, span
    low, high = 0, len(words) - size
    if span:
        inside = [number for number, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
        low, high = max(low, inside[-1] - size + 1), min(high, inside[0])
    first = chance.randint(min(low, high), high)
    start, end = words[first][0], words[min(first + size, len(words)) - 1][1]
    if not span:
        return text[start:end], None
    end = max(end, span[1])
    return text[start:end], (span[0] - start, span[1] - start)


def losses(scores: Tensor, spans: Tensor, batch: list[list[Example]]) -> tuple[Tensor, Tensor, Tensor]:
    """Of which passage, of whether, of where, given what the network says of all examples of the batch."""
    flat = [example for group in batch for example in group]
    truth = torch.tensor([float(example.answers) for example in flat])
    whether = functional.binary_cross_entropy_with_logits(scores, truth)
    of_group = scores.split([len(group) for group in batch])
    none = scores.new_zeros(1)
    lists = [
        -torch.cat([none, part]).log_softmax(0)[int(group[0].answers)]
        for part, group in zip(of_group, batch, strict=True)
    ]
    return torch.stack(lists).mean(), whether, _where(flat, spans) / len(batch)


def _where(flat: list[Example], spans: Tensor) -> Tensor:
    """Sum of the span losses; of a wrong passage, the half of its share."""
    known = [
        (example, logits)
        for example, logits in zip(flat, spans.split([len(example.pair.tokens) for example in flat]), strict=True)
        if example.span is not None
    ]
    if not known:
        return spans.new_zeros(())
    allowed = [torch.tensor([0, *example.pair.text]) for example, _ in known]
    padded = nn.utils.rnn.pad_sequence(
        [logits[places] for places, (_, logits) in zip(allowed, known, strict=True)], True, float("-inf")
    )
    targets = torch.tensor(
        [[[0, *example.pair.text].index(place) for place in example.span] for example, _ in known if example.span]
    )
    weights = torch.tensor([1.0 if example.answers else 0.5 / WRONG for example, _ in known])
    return (functional.cross_entropy(padded, targets, reduction="none").mean(1) * weights).sum()


def watch(network: Reader, tokenizer: Tokenizer, groups: list[Group]) -> dict[str, float]:
    """On groups of the development split: losses, and the share where the right passage scores highest."""
    first, parts = [], []
    network.eval()
    with torch.no_grad():
        for group in groups:
            batch = [examples(tokenizer, group, list(group.wrong), group.question)]
            output = network([example.pair for example in batch[0]])
            parts.append(torch.stack(losses(*output, batch)))
            first.append(float(output[0].argmax() == 0))
    network.train()
    names = ("dev_first", "dev_which", "dev_whether", "dev_where")
    return {
        name: round(value, 4)
        for name, value in zip(names, [mean(first), *torch.stack(parts).mean(0).tolist()], strict=True)
    }


def passes(tokenizer: Tokenizer, done: int, limit: int | None) -> Iterator[list[list[Example]]]:
    """Batches without end, from that one on; each pass takes the groups as they are gathered by then."""
    for turn in count():
        chance = random.Random(turn)
        groups = [group for group in gathered() if group.split == "train"][:limit]
        chance.shuffle(groups)
        for start in range(0, len(groups) - BATCH + 1, BATCH):
            batch = [drawn(group, chance) for group in groups[start : start + BATCH]]
            if done:
                done -= 1
            else:
                yield [examples(tokenizer, *one) for one in batch]


def gathered() -> list[Group]:
    """The groups that gather.py wrote."""
    return [Group(**record) for record in read_lines(GROUPS)]


def write(adapter: dict[str, Tensor], begun: dict[str, Tensor], share: float) -> None:
    """Write what lies between the adapter that training began with, if any, and what came of it."""
    made = {name: torch.lerp(begun.get(name, value).float(), value, share) for name, value in adapter.items()}
    save(made, ADAPTER)


def main() -> None:
    """Train, with a log and a checkpoint, and write the adapter."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=40, help="time to train; the learning rate follows it")
    arguments.add_argument("--limit", type=int, help="only so many groups")
    arguments.add_argument("--watch", type=int, default=200, help="steps between looks at the development groups")
    arguments.add_argument("--threads", type=int, default=2, help="one is far better where other work runs beside it")
    arguments.add_argument("--onward", action="store_true", help="begin with the adapter in use, not anew")
    arguments.add_argument("--share", type=float, default=0.5, help="of the new one, where training went onward")
    given = arguments.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(unpacked(Settings.from_environment().model_dir) / TOKENIZER))
    development = [group for group in gathered() if group.split == "dev" and group.right and group.wrong]
    random.Random(0).shuffle(development)
    network = Reader(Weights.read(weights_file()))
    begun = load_file(ADAPTER) if given.onward else {}
    network.load(begun)

    def batches(done: int) -> Iterator[dict[str, Tensor]]:
        for batch in passes(tokenizer, done, given.limit):
            parts = losses(*network([example.pair for group in batch for example in group]), batch)
            yield dict(zip(("which", "whether", "where"), parts, strict=True))

    plan = Plan(given.minutes, RATE, given.watch, CHECKPOINT, LOG)
    trained(network, batches, lambda last: watch(network, tokenizer, development[: 100 if last else 40]), plan)
    write(network.adapter(), begun, given.share)


if __name__ == "__main__":
    main()
