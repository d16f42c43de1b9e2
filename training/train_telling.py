"""Learn what the sentences of a need tell: python training/train_telling.py [--folds].

From training/situations.jsonl: needs as owners of small firms write them, each with how mature the thing is ("1-2" to
"9") and how many people there are, and the words that tell it. A sentence with such words tells that, any other tells
nothing. A network with one hidden layer over the centred vectors of the sentence and of the whole text: softmax over
the stages and none (cross entropy, smoothed by 0.05), logistic for the number of people. AdamW, twenty passes. Written
to telling.safetensors of catalogue. With --folds, measures it on texts left out, a fifth in turn, and writes nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sources import read_lines
from torch import nn
from torch.nn import functional

from raufoss_assistant.catalogue.counting import counted
from raufoss_assistant.catalogue.headcount import headcount
from raufoss_assistant.catalogue.telling import COUNTS, STAGES, features, seen
from raufoss_assistant.evaluation.metrics import auroc, mean
from raufoss_assistant.index.encoder import load_encoder
from raufoss_assistant.norwegian.sentences import sentences
from raufoss_assistant.settings import Settings

SITUATIONS = Path(__file__).parent / "situations.jsonl"
WEIGHTS = Path("src/raufoss_assistant/catalogue/data/telling.safetensors")
HIDDEN, BATCH, PASSES, RATE, DECAY, SMOOTHED, DROPPED = 128, 128, 20, 2e-3, 0.05, 0.05, 0.2
SCALE = 4.0
"""Of the unit vectors, for the layers' usual first weights; folded into them afterwards."""
PARTS = 5
CLASSES = [None, *STAGES]
Row = dict[str, Any]
Floats = NDArray[np.float64]


def told_by(row: Row, words: str) -> list[bool]:
    """For each sentence of a row, whether those words, or a part of them, stand there."""
    spans = sentences(row["text"])
    start = row["text"].find(row[words]) if row[words] else -1
    return [start >= 0 and first < start + len(row[words]) and start < last for first, last in spans]


def learnt(rows: list[Row], vectors: list[Floats]) -> tuple[nn.Sequential, Floats]:
    """The network that those rows teach, and the centre, given the features of their sentences."""
    torch.manual_seed(0)
    stacked = np.vstack(vectors)
    centre = stacked.mean(0)
    stages = torch.tensor(
        [CLASSES.index(row["trl"]) if told else 0 for row in rows for told in told_by(row, "trl_words")]
    )
    counts = torch.tensor([float(told) for row in rows for told in told_by(row, "people_words")])
    inputs = SCALE * torch.tensor(seen(stacked, centre), dtype=torch.float32)
    inner, outer = nn.Linear(inputs.shape[1], HIDDEN), nn.Linear(HIDDEN, len(CLASSES) + 1)
    network = nn.Sequential(nn.Dropout(DROPPED), inner, nn.ReLU(), nn.Dropout(DROPPED), outer)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = PASSES * (len(inputs) // BATCH)
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = RATE * (1 - step / steps)
        batch = torch.randint(0, len(inputs), (BATCH,))
        logits = network(inputs[batch])
        stage = functional.cross_entropy(logits[:, :-1], stages[batch], label_smoothing=SMOOTHED)
        count = functional.binary_cross_entropy_with_logits(logits[:, -1], counts[batch])
        optimiser.zero_grad()
        (stage + count).backward()
        optimiser.step()
    with torch.no_grad():
        inner.weight *= SCALE
    return network.eval(), centre


def measure(rows: list[Row], vectors: list[Floats]) -> None:
    """Print how well texts left out are read."""
    part = np.random.default_rng(0).integers(0, PARTS, len(rows))
    told, stage, count, read = [], [], [], []
    for each in range(PARTS):
        kept = [at for at in range(len(rows)) if part[at] != each]
        network, centre = learnt([rows[at] for at in kept], [vectors[at] for at in kept])
        for at in np.flatnonzero(part == each):
            logits = network(torch.tensor(seen(vectors[at], centre), dtype=torch.float32)).detach()
            chances = logits[:, :-1].softmax(1).numpy()
            surest = chances[chances[:, 0].argmin()]
            told.append((1 - float(surest[0]), rows[at]["trl"] is not None))
            count.append((float(logits[:, -1].max()), rows[at]["people"] is not None))
            read.append((rows[at]["people"], *read_in(rows[at], logits[:, -1].numpy())))
            if rows[at]["trl"]:
                stage.append(abs(int(surest[1:].argmax()) + 1 - CLASSES.index(rows[at]["trl"])))
    for name, values in (("tells a stage", told), ("tells the number of people", count)):
        print(f"{name}: AUROC {auroc(*map(list, zip(*values, strict=True))):.3f} of {len(values)} texts")
    counted_ones, others = [one for one in read if one[0] is not None], [one for one in read if one[0] is None]
    for name, way in (("words alone", 1), ("both", 2)):
        right = mean([float(near(one[way], one[0])) for one in counted_ones])
        invented = mean([float(one[way] is not None) for one in others])
        print(f"number of people by {name}: right {right} of {len(counted_ones)}, though none is told {invented}")
    print(f"the stage: {mean([float(off == 0) for off in stage])}, or next to it: ", end="")
    print(f"{mean([float(off <= 1) for off in stage])}, of {len(stage)}")


def read_in(row: Row, logits: Floats) -> tuple[float | None, float | None]:
    """The number of people as words alone tell it, and with the sentence that counts them where they do not."""
    found = headcount(row["text"])
    by_words = found.people if found else None
    surest = int(logits.argmax())
    if by_words is not None or 1 / (1 + np.exp(-logits[surest])) < COUNTS:
        return by_words, by_words
    return None, counted(row["text"][slice(*sentences(row["text"])[surest])])


def near(found: float | None, wanted: float) -> bool:
    """Whether a number of people is right but for a person, or for a seventh of them."""
    return found is not None and abs(found - wanted) <= max(1.0, wanted / 7)


def main() -> None:
    """Learn and write, or measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--folds", action="store_true", help="measure on texts left out; write nothing")
    given = arguments.parse_args()
    encoder = load_encoder(Settings.from_environment())
    rows = read_lines(SITUATIONS)
    texts = [[*(row["text"][slice(*span)] for span in sentences(row["text"])), row["text"]] for row in rows]
    every = encoder.passages([text for each in texts for text in each]).astype(np.float64)
    vectors = [features(each) for each in np.split(every, np.cumsum([len(each) for each in texts])[:-1])]
    if given.folds:
        measure(rows, vectors)
        return
    network, centre = learnt(rows, vectors)
    weights = {"inner": network[1], "outer": network[4]}
    tensors = {f"{name}.{part}": value for name, layer in weights.items() for part, value in layer.state_dict().items()}
    tensors["centre"] = torch.tensor(centre)
    halved = {name: value.half().contiguous() for name, value in tensors.items()}
    save_file(halved, WEIGHTS, {"encoder": str(encoder.identity)})
    print(f"{len(rows)} needs, {sum(len(each) - 1 for each in texts)} sentences")


if __name__ == "__main__":
    main()
