"""One of faiss's exact indexes: answers one JSON line with one. One thread.

    {call: "build", index: "flat" | "panorama" | "panorama-pca", vectors, n, d, metric, levels}  →  {ms, residentMib, version}
    {call: "search", queries, first, count, k, blas, allowed: path of a bitmap or null, selector: "bitmap" | "batch"}  →  {ms, ids}

`blas`: whether to use products of matrices; else faiss's own loops, for any number of queries.
"""

import sys
import time
from pathlib import Path

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from answer_calls import answer_calls  # noqa: E402

PIECE = 65_536
TRAINED_ON = 65_536
index = None
kept = []
selectors = {}


def build(index, vectors, n, d, metric, levels):
    faiss.omp_set_num_threads(1)
    rows = np.memmap(vectors, dtype="<f4", mode="r", shape=(n, d))
    begun = time.perf_counter()
    made = new_index(index, d, metric, levels)
    if not made.is_trained:
        made.train(np.array(rows[:TRAINED_ON]))
        # An inner product is kept by a rotation, and not if the mean is taken off.
        kept[0].have_bias = metric == "l2"
    for start in range(0, n, PIECE):
        made.add(np.array(rows[start : start + PIECE]))
    globals()["index"] = made
    return {"ms": 1000 * (time.perf_counter() - begun), "residentMib": resident(), "version": f"{faiss.__version__} {faiss.get_compile_options().strip()}"}


def new_index(kind, d, metric, levels):
    if kind == "flat":
        return faiss.IndexFlatL2(d) if metric == "l2" else faiss.IndexFlatIP(d)
    flat = faiss.IndexFlatL2Panorama(d, levels) if metric == "l2" else faiss.IndexFlatIPPanorama(d, levels)
    if kind == "panorama":
        return flat
    rotation = faiss.PCAMatrix(d, d)
    kept[:] = [rotation, flat]  # Python would free them.
    return faiss.IndexPreTransform(rotation, flat)


def search(queries, first, count, k, blas=False, allowed=None, selector="bitmap"):
    d = index.d
    query_rows = np.fromfile(queries, dtype="<f4", offset=4 * first * d, count=count * d).reshape(count, d)
    faiss.cvar.distance_compute_blas_threshold = 1 if blas else 1_000_000
    params = None if allowed is None else parameters(allowed, selector)
    begun = time.perf_counter()
    _, ids = index.search(query_rows, k, params=params)
    return {"ms": 1000 * (time.perf_counter() - begun), "ids": ids.tolist()}


def parameters(allowed, kind):
    if (allowed, kind) not in selectors:
        bits = np.fromfile(allowed, dtype=np.uint8)
        if kind == "bitmap":
            selector = faiss.IDSelectorBitmap(bits)
        else:
            selector = faiss.IDSelectorBatch(np.flatnonzero(np.unpackbits(bits, bitorder="little")))
        params = faiss.SearchParameters(sel=selector)
        if isinstance(index, faiss.IndexPreTransform):
            params = faiss.SearchParametersPreTransform(index_params=params)
        selectors[allowed, kind] = (params, selector, bits)
    return selectors[allowed, kind][0]


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


answer_calls(build=build, search=search)
