"""One optimiser and one time-bound learning-rate schedule for every training run here."""

from __future__ import annotations

import json
import time
from typing import Callable, Iterator

import torch

# A longer step was a machine asleep or a paused process: the schedule does not count the rest of it.
LONGEST_STEP = 15
SAVE_EVERY = 240


def timed_training(
    model: torch.nn.Module, seconds: float, peak_rate: float, name: str, save: Callable[[], None] = lambda: None
) -> Iterator[tuple[float, Callable]]:
    """
    Yields (progress 0–1, update) until the time is up; `update(loss)` takes one step and logs now and then.

    `save` is called every few minutes and at the end.
    """
    decayed = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}],
        lr=peak_rate,
        betas=(0.9, 0.98),
        fused=True,
    )
    elapsed, saved, step, running, last = 0.0, 0.0, 0, {}, time.monotonic()

    def update(loss: torch.Tensor, **figures: torch.Tensor) -> None:
        nonlocal step
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        for key, value in {"loss": loss, **figures}.items():
            running[key] = running.get(key, 0) * 0.98 + value.detach() * 0.02 if key in running else value.detach()
        if step % 25 == 0 or step < 3:
            print(json.dumps({"run": name, "step": step, "seconds": round(elapsed), **{k: round(float(v), 4) for k, v in running.items()}}), flush=True)

    while (progress := elapsed / seconds) < 1:
        # Warm-up over the first 4 %, then linearly down to nothing.
        rate = peak_rate * min(progress / 0.04 + 0.01, 1) * (1 - progress)
        for group in optimizer.param_groups:
            group["lr"] = rate
        yield progress, update
        now = time.monotonic()
        elapsed, last = elapsed + min(now - last, LONGEST_STEP), now
        if elapsed - saved > SAVE_EVERY:
            saved = elapsed
            save()
    save()
    print(json.dumps({"run": name, "steps": step, "seconds": round(elapsed)}), flush=True)
