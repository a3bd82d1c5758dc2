"""One optimiser and one time-bound learning-rate schedule for every training run here."""

from __future__ import annotations

import json
import os
import time
from typing import Callable, Iterator

import torch
from torch import distributed

# A longer step was a machine asleep or a paused process: the schedule does not count the rest of it.
LONGEST_STEP = 15.0
SAVE_EVERY = 240


def join_processes() -> tuple[int, int]:
    """Meets the other processes that torchrun started, if it did. Returns this one's number, from 0, and how many there are."""
    if "WORLD_SIZE" not in os.environ:
        return 0, 1
    distributed.init_process_group("gloo")
    return distributed.get_rank(), distributed.get_world_size()


def is_first_process() -> bool:
    return not distributed.is_initialized() or distributed.get_rank() == 0


def average_over_processes(tensors: list[torch.Tensor]) -> None:
    """Sets each tensor to its mean over all processes that torchrun started; alone, to itself."""
    if not distributed.is_initialized():
        return
    flat = torch.cat([tensor.flatten() for tensor in tensors]).div_(distributed.get_world_size())
    distributed.all_reduce(flat)
    for tensor, mean in zip(tensors, flat.split([tensor.numel() for tensor in tensors])):
        tensor.copy_(mean.view_as(tensor))


def make_optimizers(model: torch.nn.Module, muon: bool) -> list[torch.optim.Optimizer]:
    """Muon (Jordan et al., 2024) for the layers' matrices, as far a step as AdamW's; AdamW for all else, or for all: its steps cost less, which counts where batches are small."""
    named = list(model.named_parameters())
    matrices = [p for name, p in named if muon and p.ndim == 2 and "encoder.layer" in name]
    decayed = [p for name, p in named if p.ndim >= 2 and not any(p is matrix for matrix in matrices)]
    others = [p for _, p in named if p.ndim < 2]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimizers: list[torch.optim.Optimizer] = [torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)]
    if matrices:
        optimizers.append(torch.optim.Muon(matrices, weight_decay=0.01, adjust_lr_fn="match_rms_adamw"))
    return optimizers


def timed_training(
    model: torch.nn.Module, seconds: float, peak_rate: float, name: str, save: Callable[[float], None] = lambda progress: None, muon: bool = True
) -> Iterator[tuple[float, Callable]]:
    """
    Yields (progress 0–1, update) until the time is up; `update(loss)` takes one step and logs now and then.

    `save(progress)` is called every few minutes and at the end.
    """
    optimizers = make_optimizers(model, muon)
    elapsed, saved, step, running, last = 0.0, 0.0, 0, {}, time.monotonic()

    def update(loss: torch.Tensor, **figures: torch.Tensor) -> None:
        nonlocal step
        model.zero_grad(set_to_none=True)
        loss.backward()
        average_over_processes([p.grad for p in model.parameters() if p.grad is not None])
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        step += 1
        for key, value in {"loss": loss, **figures}.items():
            running[key] = running.get(key, 0) * 0.98 + value.detach() * 0.02 if key in running else value.detach()
        if (step % 25 == 0 or step < 3) and is_first_process():
            print(json.dumps({"run": name, "step": step, "seconds": round(elapsed), **{k: round(float(v), 4) for k, v in running.items()}}), flush=True)

    while (progress := elapsed / seconds) < 1:
        # Warm-up over the first 4 %, then linearly down to nothing.
        rate = peak_rate * min(progress / 0.04 + 0.01, 1) * (1 - progress)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        yield progress, update
        now = time.monotonic()
        # All processes must agree on when to stop.
        took = torch.tensor([min(now - last, LONGEST_STEP)])
        average_over_processes([took])
        elapsed, last = elapsed + took.item(), now
        if elapsed - saved > SAVE_EVERY and is_first_process():
            saved = elapsed
            save(progress)
    if not is_first_process():
        return
    save(1.0)
    print(json.dumps({"run": name, "steps": step, "seconds": round(elapsed)}), flush=True)
