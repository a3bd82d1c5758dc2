"""faiss-cpu with the same lines of JSON as engine-process.mjs."""

import json
import resource
import sys
import time

import faiss
import numpy as np

index = None


def rows(path, d, first, count):
    return np.fromfile(path, dtype="<f4", offset=first * d * 4, count=count * d).reshape(count, d)


def build(vectors, n, d, threads, kind, m, efConstruction):
    global index
    faiss.omp_set_num_threads(threads)
    x = rows(vectors, d, 0, n)
    begun = time.perf_counter()
    if kind == "flat":
        index = faiss.IndexFlatL2(d)
    else:
        index = faiss.IndexHNSWFlat(d, m)
        index.hnsw.efConstruction = efConstruction
    index.add(x)
    ms = (time.perf_counter() - begun) * 1000
    # Peak, in KiB on Linux.
    return {"ms": ms, "rssMib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def search(queries, first, count, d, k, ef=None):
    q = rows(queries, d, first, count)
    if ef:
        index.hnsw.efSearch = ef
    begun = time.perf_counter()
    _, ids = index.search(q, k)
    return {"ms": (time.perf_counter() - begun) * 1000, "ids": ids.tolist()}


print(json.dumps({"version": faiss.__version__, "options": faiss.get_compile_options().strip()}), flush=True)
for line in sys.stdin:
    ((name, body),) = json.loads(line).items()
    try:
        answer = {"build": build, "search": search}[name](**body)
    except Exception as error:  # noqa: BLE001: whatever it is, the other side prints it
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
