"""Reads index files with Python's faiss and prints what it finds: JSON of a list of {path, queries, k} on standard input."""

import json
import sys

import faiss
import numpy as np

found = []
for task in json.load(sys.stdin):
    index = faiss.read_index(task["path"])
    queries = np.array(task["queries"], dtype=np.float32).reshape(-1, index.d)
    if isinstance(faiss.downcast_index(index), faiss.IndexHNSW):
        faiss.downcast_index(index).hnsw.efSearch = task["efSearch"]
    distances, labels = index.search(queries, task["k"])
    found.append({"ntotal": index.ntotal, "distances": distances.ravel().tolist(), "labels": labels.ravel().tolist()})
print(json.dumps(found))
