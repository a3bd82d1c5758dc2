"""hnswlib and faiss's HNSW: answers one JSON line with one. Searches on one thread.

    {call: "build", engine: "hnswlib" | "faiss", vectors, n, d, m, efConstruction, threads}  →  {ms, residentMib}
    {call: "write", file}  →  {}
    {call: "open", engine, file, d}  →  {}
    {call: "search", queries, first, count, k, ef, allowed: path of a bitmap or absent}  →  {ms, ids}
"""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from answer_calls import answer_calls  # noqa: E402

index = None


class Hnswlib:
    def __init__(self, d):
        import hnswlib

        self.d = d
        self.index = hnswlib.Index("l2", d)

    def build(self, rows, m, ef, threads):
        # hnswlib's M counts the links of an upper level, as faiss's does; both give the ground level twice as many.
        self.index.init_index(max_elements=len(rows), M=m, ef_construction=ef)
        self.index.add_items(rows, num_threads=threads)

    def write(self, file):
        self.index.save_index(file)

    def open(self, file):
        self.index.load_index(file)

    def search(self, queries, k, ef, bits):
        self.index.set_ef(max(ef, k))
        if bits is None:
            return self.index.knn_query(queries, k=k, num_threads=1)[0]
        return self.index.knn_query(queries, k=k, num_threads=1, filter=lambda label: (bits[label >> 3] >> (label & 7)) & 1 == 1)[0]


class Faiss:
    def __init__(self, d):
        self.d = d

    def build(self, rows, m, ef, threads):
        import faiss

        faiss.omp_set_num_threads(threads)
        self.index = faiss.IndexHNSWFlat(self.d, m)
        self.index.hnsw.efConstruction = ef
        self.index.add(rows)
        faiss.omp_set_num_threads(1)

    def write(self, file):
        import faiss

        faiss.write_index(self.index, file)

    def open(self, file):
        import faiss

        self.index = faiss.read_index(file)

    def search(self, queries, k, ef, bits):
        import faiss

        if bits is None:
            self.index.hnsw.efSearch = ef
            return self.index.search(queries, k)[1]
        selector = faiss.IDSelectorBitmap(bits)
        return self.index.search(queries, k, params=faiss.SearchParametersHNSW(efSearch=ef, sel=selector))[1]


ENGINES = {"hnswlib": Hnswlib, "faiss": Faiss}


def build(engine, vectors, n, d, m, efConstruction, threads):
    global index
    rows = np.fromfile(vectors, dtype="<f4", count=n * d).reshape(n, d)
    index = ENGINES[engine](d)
    begun = time.perf_counter()
    index.build(rows, m, efConstruction, threads)
    ms = 1000 * (time.perf_counter() - begun)
    del rows
    return {"ms": ms, "residentMib": resident()}


def write(file):
    index.write(file)
    return {}


def open_index(engine, file, d):
    global index
    index = ENGINES[engine](d)
    index.open(file)
    return {}


def search(queries, first, count, k, ef, allowed=None):
    query_rows = np.fromfile(queries, dtype="<f4", offset=4 * first * index.d, count=count * index.d).reshape(count, index.d)
    bits = None if allowed is None else np.fromfile(allowed, dtype=np.uint8)
    begun = time.perf_counter()
    # One by one, as users search.
    ids = [index.search(row[None], k, ef, bits)[0].tolist() for row in query_rows]
    return {"ms": 1000 * (time.perf_counter() - begun), "ids": ids}


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


answer_calls(build=build, write=write, open=open_index, search=search)
