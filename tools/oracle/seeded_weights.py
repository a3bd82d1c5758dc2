"""Draws random weights that a test can draw again without a file: packages/test-kit/src/seeded-safetensors.ts draws the same numbers.

A tensor is `mean + scale * noise`, in float32. Noise is the sum of three uniform numbers, moved and stretched to mean 0 and deviation 1.
The uniform numbers are those of mulberry32, whose seed is the FNV-1a hash of "<seed>/<tensor's name>".
"""

from __future__ import annotations

import numpy
import torch

MASK = 0xFFFFFFFF


def fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & MASK
    return value


def uniform(seed: int, count: int) -> numpy.ndarray:
    """`count` numbers of mulberry32, each in [0, 1)."""
    steps = (seed + numpy.arange(1, count + 1, dtype=numpy.uint64) * 0x6D2B79F5) & MASK
    t = (steps ^ (steps >> numpy.uint64(15))) * (steps | numpy.uint64(1)) & MASK
    t ^= (t + ((t ^ (t >> numpy.uint64(7))) * (t | numpy.uint64(61)) & MASK)) & MASK
    return ((t ^ (t >> numpy.uint64(14))) & MASK) / 4294967296


def noise(name: str, seed: int, count: int) -> numpy.ndarray:
    return (uniform(fnv1a(f"{seed}/{name}"), 3 * count).reshape(count, 3).sum(axis=1) - 1.5) * 2


def recipe(name: str, shape: list[int]) -> str:
    """"mean scale shape". Norms are near 1, biases small, all else large enough for scores to differ from text to text."""
    mean, scale = 0, 1.4 / shape[-1] ** 0.5
    if len(shape) == 1:
        mean, scale = int(name.endswith("weight")), 0.15
    elif "embed" in name or "shared" in name or "relative_attention_bias" in name:
        scale = 0.7
    return f"{mean} {scale:.6f} {'x'.join(map(str, shape))}"


def seeded(name: str, seed: int, made: str) -> torch.Tensor:
    mean, scale, sizes = made.split(" ")
    shape = [int(size) for size in sizes.split("x")]
    values = float(mean) + float(scale) * noise(name, seed, int(numpy.prod(shape)))
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape))
