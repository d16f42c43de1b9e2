"""The training loop that reader and encoder share: time, learning rate, log, checkpoint."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from network import Layers
from safetensors.torch import save_file
from torch import Tensor, nn

WARM = 0.05
"""Share of the time in which the learning rate rises."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is trained.

    Attributes:
        minutes: time to train; the learning rate follows it.
        rate: the highest learning rate.
        every: steps between looks at the development groups.
        checkpoint: is kept there, and gone on from.
        log: gets a row each tenth step.
    """

    minutes: float
    rate: float
    every: int
    checkpoint: Path
    log: Path


Losses = Mapping[str, Tensor]
"""The losses of a batch by name; they are added."""


def trained(
    network: Layers,
    batches: Callable[[int], Iterator[Losses]],
    watch: Callable[[bool], dict[str, float]],
    plan: Plan,
) -> None:
    """Train until the time is out.

    Args:
        network: is changed.
        batches: gives the losses of one batch after another, from that step on, each computed when it is asked for.
        watch: what is measured on groups for development; on more of them where it is the last look.
        plan: how.
    """
    optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.0)
    done, spent = 0, 0.0
    if plan.checkpoint.exists():
        kept = torch.load(plan.checkpoint)
        network.load(kept["adapter"])
        optimiser.load_state_dict(kept["optimiser"])
        done, spent = kept["done"], kept["spent"]
    began = time.perf_counter() - spent
    coming, step = batches(done), done
    with plan.log.open("a", encoding="utf-8") as log:
        while (progress := (spent := time.perf_counter() - began) / (60 * plan.minutes)) < 1:
            step += 1
            rate = rising_then_falling(progress, plan.rate)
            for settings in optimiser.param_groups:
                settings["lr"] = rate
            losses = next(coming)
            optimiser.zero_grad()
            sum(losses.values()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if step % 10 == 0:
                row = {"step": step, "seconds": round(spent), "rate": round(rate, 6)}
                row |= {name: round(float(value.detach()), 4) for name, value in losses.items()}
                if step % plan.every == 0:
                    row |= watch(False)
                log.write(json.dumps(row) + "\n")
                log.flush()
            if step % 50 == 0:
                kept = {"adapter": network.adapter(), "optimiser": optimiser.state_dict()}
                torch.save(kept | {"done": step, "spent": spent}, plan.checkpoint)
        log.write(json.dumps({"seconds": round(spent), "steps": step} | watch(True)) + "\n")


def rising_then_falling(progress: float, highest: float) -> float:
    """Learning rate: up in a straight line, then down to nothing."""
    return highest * min(progress / WARM, (1 - progress) / (1 - WARM)) + 1e-6


def save(adapter: Mapping[str, Tensor], file: Path) -> None:
    """Write an adapter in half precision."""
    save_file({name: value.half().contiguous() for name, value in adapter.items()}, file)
