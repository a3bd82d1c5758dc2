"""Small index files of every kind that Python's faiss makes over float vectors, and what faiss does with them.

Writes packages/faiss/test/goldens/faiss-kinds.json: for each the deflated file, the neighbours that faiss finds, and the file's SHA-256
and the neighbours after vectors were added to the index and after some were removed; null where faiss has no such operation. Of kinds
that packages/faiss names but does not read (NOT_READ) only the first bytes. A file and its answers belong together: on other machines
faiss trains a little differently.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import zlib
from typing import Any, Callable

# Of all levels, so that no machine rounds queries to bfloat16.
os.environ["FAISS_SIMD_LEVEL"] = "AVX2"

import faiss
import numpy as np

from golden import write_golden

DIMENSIONS = 16
COUNT = 40
K = 4
REMOVED = [1, 7, 39]
# Of maps.
REMOVED_IDS = [-13, 29, 253]

rng = np.random.default_rng(20261130)


def draw(count: int) -> np.ndarray:
    """Rows whose numbers have few digits, so that files of them deflate well, and are not 0, which codes may take for either sign."""
    return ((np.floor(rng.standard_normal((count, DIMENSIONS)) * 16) + 0.5) / 16).astype(np.float32)


TRAIN = draw(1200)
VECTORS = TRAIN[:COUNT].copy()
QUERIES = draw(3)
ADDED = draw(4)

L2, IP = faiss.METRIC_L2, faiss.METRIC_INNER_PRODUCT
BOTH = (L2, IP)

# Kinds that packages/faiss does not read: their numbers are not documented, or nobody is known to save them.
NOT_READ = re.compile(
    r"Lattice|RQ|LSQ|RaBitQfs|EDEN|,SH|IMI|RCQ|Residual|MinMax|NSG|NNDescent|PQ\d\+"
)
# Of those: enough for all tags up to theirs.
HEAD_BYTES = 600
# Of graphs: all of their nodes, since those that are added get other levels elsewhere.
EF_SEARCH = 64

# `index_factory` descriptions, by metric.
FACTORY: list[tuple[str, tuple[int, ...]]] = [
    ("Flat", BOTH), ("FlatL2Panorama4_16", (L2,)), ("FlatIPPanorama4_16", (IP,)),
    ("SQ8", BOTH), ("SQ4", (L2,)), ("SQ6", (L2,)), ("SQfp16", (L2,)), ("SQbf16", (L2,)), ("SQ8_direct_signed", (L2,)), ("SQ8_direct", (L2,)),
    ("SQtqmse1", (L2,)), ("SQtqmse4", (IP,)), ("SQtq4", BOTH), ("SQtq2", (L2,)),
    ("PQ4x4", BOTH), ("PQ4x4np", (L2,)), ("PQ4x4fs", BOTH), ("PQ2x4fs_64", (L2,)),
    ("LSH", (L2,)), ("LSH24rt", (L2,)), ("ZnLattice4x10_6", (L2,)),
    ("RQ2x4", BOTH), ("RQ2x3_Nqint8", (L2,)), ("RQ2x3_Nfloat", (L2,)), ("LSQ2x3", (L2,)), ("PRQ2x2x3", (L2,)), ("PLSQ2x2x3", (L2,)),
    ("RQ4x4fs", (IP,)), ("RQ3x4fs_Nrq2x4", (L2,)), ("LSQ4x4fs", (IP,)), ("PRQ2x2x4fs", (IP,)), ("PLSQ2x2x4fs", (IP,)),
    ("RaBitQ", BOTH), ("RaBitQ4", BOTH), ("RaBitQfs", (L2,)), ("RaBitQfs4", (L2,)), ("EDEN", (L2,)), ("EDEN4", BOTH),
    ("HNSW8", BOTH), ("HNSW8,SQ8", BOTH), ("HNSW8,SQ4", (L2,)), ("HNSW8,PQ4x4", (L2,)), ("HNSW8,FlatPanorama4", (L2,)), ("HNSW8,RaBitQ", (L2,)), ("HNSW8,RaBitQ4", (L2,)),
    ("NSG8", BOTH), ("NSG8,SQ8", (L2,)), ("NSG8,PQ4x4", (L2,)),
    ("IVF4,Flat", BOTH), ("IVF4,FlatDedup", BOTH), ("IVF4,FlatPanorama4_16", (L2,)), ("IVF4,SQ8", BOTH), ("IVF4,SQ0", (L2,)), ("IVF4,SQtqmse4", (L2,)), ("IVF4,SQtq4", (L2,)),
    ("IVF4,PQ4x4", BOTH), ("IVF4,PQ4+4", (L2,)),
    ("IVF4,PQ4x4fs", BOTH), ("IVF4,PQ4x4fsr", BOTH), ("IVF4,RaBitQ", BOTH), ("IVF4,RaBitQ4", BOTH), ("IVF4,RaBitQfs", (L2,)), ("IVF4,RaBitQfs4", (L2,)),
    ("IVF4,EDEN4", BOTH), ("IVF4,RQ2x4", BOTH), ("IVF4,LSQ2x3", (L2,)), ("IVF4,PRQ2x2x3", (L2,)), ("IVF4,PLSQ2x2x3", (L2,)), ("IVF4,RQ4x4fs", (IP,)), ("IVF4,LSQ4x4fs", (IP,)), ("IVF4,PRQ2x2x4fs", (IP,)), ("IVF4,PLSQ2x2x4fs", (IP,)),
    ("IVF4,ITQ8,SH", (L2,)), ("IVF4,PCAR8,SH2g", (L2,)),
    ("IVF4_HNSW4,Flat", BOTH), ("IVF4_HNSW4,PQ4x4", BOTH), ("IVF4_HNSW4,SQ8", (L2,)), ("IMI2x2,Flat", (L2,)), ("IMI2x2,PQ4x4", (L2,)), ("IVF8(RCQ3x1),Flat", BOTH),
    ("Residual8,PQ4x4", (L2,)),
    ("PQ4x4,RFlat", BOTH), ("PQ4x4,Refine(SQ8)", BOTH),
    ("PCA8,Flat", (L2,)), ("PCAR8,SQ8", (L2,)), ("PCAW8,Flat", (L2,)), ("RR8,Flat", (L2,)), ("HR,Flat", BOTH), ("ITQ8,LSH", (L2,)),
    ("OPQ4_8,PQ4x4", (L2,)), ("Pad20,Flat", (L2,)), ("L2norm,Flat", (IP,)), ("HR,RaBitQ", (L2,)),
    ("IDMap,Flat", (L2,)), ("IDMap2,SQ8", (L2,)), ("MinMax,SQ8", (L2,)), ("MinMaxFP16,SQ8", (L2,)),
]

OTHER_METRICS = {
    "l1": faiss.METRIC_L1, "linf": faiss.METRIC_Linf, "lp": faiss.METRIC_Lp, "canberra": faiss.METRIC_Canberra,
    "bray_curtis": faiss.METRIC_BrayCurtis, "jensen_shannon": faiss.METRIC_JensenShannon, "jaccard": faiss.METRIC_Jaccard,
    "nan_euclidean": faiss.METRIC_NaNEuclidean, "gower": faiss.METRIC_GOWER,
}
# Compared as distributions or shares.
POSITIVE = {"jensen_shannon", "jaccard", "gower"}


def scalar(name: str, metric: int = L2) -> faiss.Index:
    return faiss.IndexScalarQuantizer(DIMENSIONS, getattr(faiss.ScalarQuantizer, f"QT_{name}"), metric)


def by_metric(name: str, make: Callable[[int], faiss.Index]) -> faiss.Index:
    index = make(OTHER_METRICS[name])
    if name == "lp":
        index.metric_arg = 3.0
        if isinstance(index, faiss.IndexHNSW):
            index.storage.metric_arg = 3.0
    return index


def ivf_flat(metric: int) -> faiss.Index:
    quantizer = faiss.IndexFlat(DIMENSIONS, metric)
    index = faiss.IndexIVFFlat(quantizer, DIMENSIONS, 4, metric)
    quantizer.this.disown()
    index.own_fields = True
    return index


def refine_panorama() -> faiss.Index:
    base, refine = faiss.index_factory(DIMENSIONS, "PQ4x4"), faiss.IndexFlatL2Panorama(DIMENSIONS, 4, 1)
    index = faiss.IndexRefinePanorama(base, refine)
    base.this.disown()
    refine.this.disown()
    index.own_fields = index.own_refine_index = True
    return index


def made() -> dict[str, Callable[[], faiss.Index]]:
    """Kinds that `index_factory` has no description for."""
    indexes: dict[str, Callable[[], faiss.Index]] = {
        f"IndexFlat {name}": lambda name=name: by_metric(name, lambda m: faiss.IndexFlat(DIMENSIONS, m)) for name in OTHER_METRICS
    }
    indexes["IndexHNSWFlat l1"] = lambda: faiss.IndexHNSWFlat(DIMENSIONS, 8, faiss.METRIC_L1)
    indexes["IndexIVFFlat l1"] = lambda: ivf_flat(faiss.METRIC_L1)
    for name in ("8bit_uniform", "4bit_uniform", "2bit_tqmse", "3bit_tqmse", "8bit_tqmse", "3bit_tq", "5bit_tq", "1bit_eden", "4bit_eden", "8bit_eden"):
        indexes[f"IndexScalarQuantizer {name}"] = lambda name=name: scalar(name)
    indexes["IndexRefinePanorama"] = refine_panorama
    indexes["IndexNNDescentFlat"] = lambda: faiss.IndexNNDescentFlat(DIMENSIONS, 8, L2)
    return indexes


def rows_of(name: str) -> str:
    """Which rows a kind is filled with and searched for."""
    if name.split(" ")[-1] in POSITIVE:
        return "shares"
    return "bytes" if "direct" in name else "equal" if "Dedup" in name else "plain"


def make_rows(kind: str) -> dict[str, np.ndarray]:
    rows = {"train": TRAIN, "vectors": VECTORS, "queries": QUERIES, "added": ADDED}
    if kind == "shares":
        rows = {part: (np.abs(x) / (1 + np.abs(x))).astype(np.float32) for part, x in rows.items()}
    if kind == "bytes":
        rows = {part: np.floor(np.abs(x) * 40).astype(np.float32) for part, x in rows.items()}
    if kind == "equal":
        rows["added"] = np.concatenate([ADDED, VECTORS[3:4]])
        rows["vectors"] = np.concatenate([VECTORS, VECTORS[5:12], VECTORS[5:7]])
    return rows


ROWS = {kind: make_rows(kind) for kind in ("plain", "shares", "bytes", "equal")}


def fill(index: faiss.Index, name: str) -> None:
    rows = ROWS[rows_of(name)]
    # Too few vectors make no such graph.
    vectors = TRAIN[:120] if "NSG" in name or "NNDescent" in name else rows["vectors"]
    index.train(rows["train"])
    if "IDMap" in name:
        index.add_with_ids(vectors, np.arange(len(vectors)) * 7 - 20)
    elif "MinMax" not in name:
        index.add(vectors)


def digest(index: faiss.Index) -> str:
    return hashlib.sha256(faiss.serialize_index(index).tobytes()).hexdigest()


def packed(numbers: np.ndarray, form: str = "<f4") -> str:
    return base64.b64encode(numbers.astype(form).tobytes()).decode()


def deflated(data: np.ndarray) -> str:
    return base64.b64encode(zlib.compress(data.tobytes(), 9)).decode()


def attempt(action: Callable[[], Any]) -> Any:
    """What the action gives; None if it throws, or ends its process."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.close(2)
        try:
            with os.fdopen(writing, "w") as out:
                json.dump(action(), out)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as given:
        text = given.read()
    os.wait()
    return json.loads(text) if text else None


def case_of(name: str, description: str | None, make: Callable[[], faiss.Index]) -> dict[str, Any]:
    faiss.cvar.distance_compute_blas_threshold = 1 << 30
    index = make()
    fill(index, name)
    inner = faiss.try_extract_index_ivf(index)
    if inner is not None:
        inner.nprobe = 2
    data = faiss.serialize_index(index)
    kind = type(faiss.downcast_index(index)).__name__
    case: dict[str, Any] = {"name": name, "description": description, "kind": kind}
    if NOT_READ.search(name):
        return {**case, "head": deflated(data[:HEAD_BYTES])}
    rows = ROWS[rows_of(name)]

    def again() -> faiss.Index:
        return faiss.deserialize_index(data)

    def search(other: faiss.Index) -> dict[str, str]:
        distances, labels = other.search(rows["queries"], K)
        return {"distances": packed(distances, "<f4"), "labels": packed(labels, "<i4")}

    def changed(other: faiss.Index) -> dict[str, Any]:
        after = {"sha256": digest(other), "ntotal": other.ntotal}
        if isinstance(faiss.downcast_index(other), faiss.IndexHNSW):
            faiss.downcast_index(other).hnsw.efSearch = EF_SEARCH
        return {**after, **search(other)}

    def after_add() -> dict[str, Any]:
        other = again()
        if "IDMap" in name:
            other.add_with_ids(rows["added"], np.arange(len(rows["added"])) + 1000)
        else:
            other.add(rows["added"])
        return changed(other)

    def after_remove() -> dict[str, Any]:
        other = again()
        if name.endswith("fs_64"):
            # faiss 1.15.1 mixes codes of such blocks up while it removes some: what it should have left.
            other.reset()
            other.add(np.delete(rows["vectors"], REMOVED, axis=0))
        else:
            other.remove_ids(np.array(REMOVED_IDS if "IDMap" in name else REMOVED, dtype=np.int64))
        return changed(other)

    return {
        **case,
        "ntotal": index.ntotal,
        "rows": rows_of(name),
        "deflated": deflated(data),
        **search(again()),
        "afterAdd": attempt(after_add),
        "afterRemove": attempt(after_remove),
    }


def main() -> None:
    cases = []
    for description, metrics in FACTORY:
        for metric in metrics:
            name = description if len(metrics) == 1 else f"{description} {'l2' if metric == L2 else 'ip'}"
            cases.append(case_of(name, description, lambda: faiss.index_factory(DIMENSIONS, description, metric)))
    cases += [case_of(name, None, make) for name, make in made().items()]
    write_golden(
        "packages/faiss/test/goldens/faiss-kinds.json",
        "faiss_kinds.py",
        ["faiss-cpu", "numpy"],
        cases,
        dimensions=DIMENSIONS,
        k=K,
        efSearch=EF_SEARCH,
        removed=REMOVED,
        removedIds=REMOVED_IDS,
        rows={kind: {part: packed(rows[part]) for part in ("queries", "added")} for kind, rows in ROWS.items()},
    )


if __name__ == "__main__":
    faiss.omp_set_num_threads(1)
    main()
