"""Makes many vectors from a few real ones, or random ones: rows of length 1, float32, one after another.

    python enlarge.py FILE ROWS SIZE SEED [BASE]

Of BASE (a file of the same kind) each row is a mixture of two of its rows, with a little noise, of length 1. The mixtures have the base's
spectrum; the output says how much of the variance the first 32 directions hold before and after. Without BASE: normal numbers, of length 1.
"""

import json
import sys

import numpy as np

NOISE = 0.005
DIRECTIONS = 32
PIECE = 50_000

path, rows, size, seed = sys.argv[1], *map(int, sys.argv[2:5])
base = np.fromfile(sys.argv[5], dtype="<f4").reshape(-1, size) if len(sys.argv) > 5 else None
random = np.random.default_rng(seed)


def made(count: int) -> np.ndarray:
    if base is None:
        values = random.standard_normal((count, size), dtype=np.float32)
    else:
        first, second = random.integers(len(base), size=(2, count))
        share = random.uniform(0.5, 1, (count, 1)).astype(np.float32)
        values = share * base[first] + (1 - share) * base[second]
        values += NOISE * random.standard_normal((count, size), dtype=np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def held(values: np.ndarray) -> float:
    """Share of the variance in the first directions."""
    variances = np.linalg.eigvalsh(np.cov(values, rowvar=False))[::-1]
    return float(variances[:DIRECTIONS].sum() / variances.sum())


sample = None
with open(path, "wb") as file:
    for start in range(0, rows, PIECE):
        piece = made(min(PIECE, rows - start))
        sample = piece[:20_000] if sample is None else sample
        piece.tofile(file)
print(json.dumps({"directions": DIRECTIONS, "before": None if base is None else held(base), "after": held(sample)}))
