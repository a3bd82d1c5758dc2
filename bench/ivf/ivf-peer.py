"""faiss's IVF over vectors, and its IVF-RaBitQ refined by vectors in memory: answers one JSON line with one. One thread.

    {call: "build", engine: "ivfflat" | "ivfrabitq", vectors, n, d, nlist, train, rerank, file}  →  {ms, fileMib}
    {call: "open", engine, file}  →  {}
    {call: "search", queries, first, count, k, nprobe}  →  {ms, ids}
    {call: "memory"}  →  {residentMib, privateMib}
"""

import sys
import time
from pathlib import Path

import faiss
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from answer_calls import answer_calls  # noqa: E402

PIECE = 8192

faiss.omp_set_num_threads(1)
index = None


def build(engine, vectors, n, d, nlist, train, rerank, file):
    rows = np.memmap(vectors, dtype="<f4", mode="r", shape=(n, d))
    begun = time.perf_counter()
    factory = {"ivfflat": f"IVF{nlist},Flat", "ivfrabitq": f"HR,IVF{nlist},RaBitQ,RFlat"}[engine]
    built = faiss.index_factory(d, factory)
    if engine == "ivfrabitq":
        built.k_factor = rerank
        faiss.downcast_index(faiss.extract_index_ivf(built)).qb = 8
    built.train(np.ascontiguousarray(rows[:: n // train][:train]))
    for start in range(0, n, PIECE):
        built.add(np.ascontiguousarray(rows[start : start + PIECE]))
    ms = 1000 * (time.perf_counter() - begun)
    faiss.write_index(built, file)
    return {"ms": ms, "fileMib": Path(file).stat().st_size >> 20}


def open_index(engine, file):
    global index
    index = faiss.read_index(file)
    return {}


def search(queries, first, count, k, nprobe):
    d = index.d
    query_rows = np.fromfile(queries, dtype="<f4", offset=4 * first * d, count=count * d).reshape(count, d)
    faiss.extract_index_ivf(index).nprobe = nprobe
    begun = time.perf_counter()
    # One by one, as users call it.
    ids = [index.search(row[None], k)[1][0].tolist() for row in query_rows]
    return {"ms": 1000 * (time.perf_counter() - begun), "ids": ids}


def memory():
    with open("/proc/self/status") as status:
        kib = {key: int(value.split()[0]) for key, value in (line.split(":") for line in status if line[:3] in ("VmR", "Rss"))}
    return {"residentMib": kib["VmRSS"] // 1024, "privateMib": kib["RssAnon"] // 1024}


answer_calls(build=build, open=open_index, search=search, memory=memory)
