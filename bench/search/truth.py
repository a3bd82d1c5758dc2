"""Exact neighbours, by brute force in float64; ties go to the lower row. Answers one JSON line with one.

    {call: "neighbours", vectors, n, d, queries, count, metric, k, allowed: path of a bitmap or null}  →  {ids}
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from answer_calls import answer_calls  # noqa: E402

PIECE = 50_000


def neighbours(vectors, n, d, queries, count, metric, k, allowed):
    rows = np.memmap(vectors, dtype="<f4", mode="r", shape=(n, d))
    query_rows = np.fromfile(queries, dtype="<f4", count=count * d).reshape(count, d).astype(np.float64)
    mask = None if allowed is None else np.unpackbits(np.fromfile(allowed, dtype=np.uint8), bitorder="little")[:n].astype(bool)
    best = [[] for _ in range(count)]
    for start in range(0, n, PIECE):
        piece = rows[start : start + PIECE].astype(np.float64)
        costs = -(query_rows @ piece.T)
        if metric == "l2":
            costs = (piece * piece).sum(1) + (query_rows * query_rows).sum(1)[:, None] + 2 * costs
        if mask is not None:
            costs[:, ~mask[start : start + PIECE]] = np.inf
        for query, row in enumerate(costs):
            places = np.argpartition(row, min(k, len(row) - 1))[:k]
            found = best[query] + [(row[place], start + int(place)) for place in places if np.isfinite(row[place])]
            best[query] = sorted(found)[:k]
    return {"ids": [[row for _, row in found] for found in best]}


answer_calls(neighbours=neighbours)
