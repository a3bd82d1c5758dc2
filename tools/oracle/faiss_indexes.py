"""FAISS index files of every kind that @secondpass/faiss reads, with what faiss finds in them.

Writes packages/faiss/test/fixtures/indexes/*.faiss and test/goldens/faiss-indexes.json. The random data has
no ties, so that ids can be compared one by one. Trained kinds (k-means) differ from run to run in the last bits on other
machines; the files and the golden belong together.
"""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np

from golden import REPOSITORY, write_golden

PACKAGE = "packages/faiss/test"
FIXTURES = REPOSITORY / PACKAGE / "fixtures" / "indexes"
DIMENSIONS = 16
COUNT = 200
K = 10

rng = np.random.default_rng(20261123)
TRAIN = rng.standard_normal((2000, DIMENSIONS), dtype=np.float32)
VECTORS = TRAIN[:COUNT].copy()
QUERIES = rng.standard_normal((8, DIMENSIONS), dtype=np.float32)
# External ids: gaps, negative, and beyond what a float64 holds exactly.
IDS = (np.arange(COUNT, dtype=np.int64) * 7 + 1000)
IDS[3] = -5
IDS[4] = 2**53 + 1

METRICS = {"l2": faiss.METRIC_L2, "ip": faiss.METRIC_INNER_PRODUCT}


def filled(index: faiss.Index, ids: np.ndarray | None = None) -> faiss.Index:
    if not index.is_trained:
        index.train(TRAIN)
    if ids is None:
        index.add(VECTORS)
    else:
        index.add_with_ids(VECTORS, ids)
    return index


def hnsw(metric: int, m: int = 8) -> faiss.Index:
    index = faiss.IndexHNSWFlat(DIMENSIONS, m, metric)
    index.hnsw.efConstruction = 40
    index.hnsw.efSearch = 24
    return filled(index)


def ivf(metric: int, **changes: Any) -> faiss.Index:
    quantizer = faiss.IndexFlat(DIMENSIONS, metric)
    index = faiss.IndexIVFFlat(quantizer, DIMENSIONS, changes.pop("nlist", 12), metric)
    quantizer.this.disown()
    index.own_fields = True
    index.nprobe = 4
    return filled(index, changes.pop("ids", None))


def factory(description: str, metric: int, nprobe: int | None = None) -> faiss.Index:
    index = filled(faiss.index_factory(DIMENSIONS, description, metric))
    if nprobe is not None:
        faiss.extract_index_ivf(index).nprobe = nprobe
    return index


def indexes() -> dict[str, faiss.Index]:
    made: dict[str, faiss.Index] = {}
    for name, metric in METRICS.items():
        made[f"flat_{name}"] = filled(faiss.IndexFlat(DIMENSIONS, metric))
        made[f"idmap_{name}"] = filled(faiss.IndexIDMap(faiss.IndexFlat(DIMENSIONS, metric)), IDS)
        made[f"idmap2_{name}"] = filled(faiss.IndexIDMap2(faiss.IndexFlat(DIMENSIONS, metric)), IDS)
        made[f"hnsw_{name}"] = hnsw(metric)
        made[f"ivfflat_{name}"] = ivf(metric)
        made[f"sq8_{name}"] = factory("SQ8", metric)
        made[f"pq_{name}"] = factory("PQ4x6", metric)
        made[f"ivfpq_{name}"] = factory("IVF8,PQ4x6", metric, nprobe=3)
        made[f"ivfsq_{name}"] = factory("IVF8,SQ8", metric, nprobe=3)
        made[f"refine_{name}"] = factory("PQ4x6,RFlat", metric)
    made["refine_l2"].k_factor = 3
    made["ivfflat_ids"] = ivf(faiss.METRIC_L2, ids=IDS)
    direct = ivf(faiss.METRIC_L2)
    direct.make_direct_map()
    made["ivfflat_directmap"] = direct
    made["ivfflat_sparse"] = filled_sparse()
    for description in ["SQ4", "SQ6", "SQfp16", "SQbf16"]:
        made[description.lower()] = factory(description, faiss.METRIC_L2)
    for name, kind in {
        "sq8_uniform": faiss.ScalarQuantizer.QT_8bit_uniform,
        "sq4_uniform": faiss.ScalarQuantizer.QT_4bit_uniform,
    }.items():
        made[name] = filled(faiss.IndexScalarQuantizer(DIMENSIONS, kind, faiss.METRIC_L2))
    made["pq8"] = factory("PQ2x8", faiss.METRIC_L2)
    made["pca"] = factory("PCA8,Flat", faiss.METRIC_L2)
    made["pcaw"] = factory("PCAW8,Flat", faiss.METRIC_L2)
    made["rotation"] = factory("RR8,Flat", faiss.METRIC_L2)
    made["opq"] = factory("OPQ4_8,IVF8,PQ4x6", faiss.METRIC_L2, nprobe=8)
    made["l2norm"] = factory("L2norm,Flat", faiss.METRIC_INNER_PRODUCT)
    made["pad"] = factory("Pad20,Flat", faiss.METRIC_L2)
    centering = faiss.CenteringTransform(DIMENSIONS)
    centering.train(TRAIN)
    made["centering"] = filled(faiss.IndexPreTransform(centering, faiss.IndexFlatL2(DIMENSIONS)))
    made["idmap2_hnsw"] = filled(faiss.index_factory(DIMENSIONS, "IDMap2,HNSW8"), IDS)
    made["empty_flat"] = faiss.IndexFlatL2(DIMENSIONS)
    made["empty_hnsw"] = faiss.IndexHNSWFlat(DIMENSIONS, 8)
    made["empty_idmap2"] = faiss.IndexIDMap2(faiss.IndexFlatIP(DIMENSIONS))
    made["untrained_ivfflat"] = faiss.index_factory(DIMENSIONS, "IVF8,Flat")
    return made


def filled_sparse() -> faiss.Index:
    """Most lists empty: their sizes are written in another way."""
    index = faiss.index_factory(DIMENSIONS, "IVF32,Flat")
    index.train(TRAIN)
    index.add(VECTORS[:8])
    index.nprobe = 32
    return index


UNSUPPORTED = {
    "IndexResidualQuantizer": lambda: factory("RQ2x4", faiss.METRIC_L2),
}


def found(index: faiss.Index, k: int = K) -> dict[str, Any]:
    distances, labels = index.search(QUERIES, k)
    # JSON has no 64-bit integers: labels are text.
    return {
        "labels": [[str(label) for label in row] for row in labels.tolist()],
        "distances": [[float(d) for d in row] for row in distances],
    }


def removal(index: faiss.Index, ids: list[int]) -> dict[str, Any]:
    removed = index.remove_ids(np.array(ids, dtype=np.int64))
    return {"ids": [str(i) for i in ids], "removed": int(removed), "ntotal": index.ntotal, **found(index)}


def merge() -> dict[str, Any]:
    first, second = faiss.IndexFlatL2(DIMENSIONS), faiss.IndexFlatL2(DIMENSIONS)
    first.add(VECTORS[:50])
    second.add(VECTORS[50:120])
    first.merge_from(second)
    return {"ntotal": first.ntotal, "source": second.ntotal, **found(first)}


def main() -> None:
    FIXTURES.mkdir(parents=True, exist_ok=True)
    cases = []
    for name, index in indexes().items():
        faiss.write_index(index, str(FIXTURES / f"{name}.faiss"))
        case = {"name": name, "kind": type(index).__name__, "ntotal": index.ntotal, "isTrained": index.is_trained}
        if index.is_trained and index.ntotal > 0:
            case.update(found(index))
        cases.append(case)
    for kind, make in UNSUPPORTED.items():
        name = "unsupported_" + kind.lower().replace(" ", "_")
        faiss.write_index(make(), str(FIXTURES / f"{name}.faiss"))
    read = lambda name: faiss.read_index(str(FIXTURES / f"{name}.faiss"))
    write_golden(
        f"{PACKAGE}/goldens/faiss-indexes.json",
        "faiss_indexes.py",
        ["faiss-cpu", "numpy"],
        cases,
        dimensions=DIMENSIONS,
        k=K,
        queries=[[float(x) for x in row] for row in QUERIES],
        unsupported=[
            {"kind": kind, "name": "unsupported_" + kind.lower().replace(" ", "_")} for kind in UNSUPPORTED
        ],
        removals={
            "flat_l2": removal(read("flat_l2"), [0, 17, 199, 500]),
            "idmap2_l2": removal(read("idmap2_l2"), [-5, 2**53 + 1, 1000, 3]),
            "ivfflat_ids": removal(read("ivfflat_ids"), [-5, 1007, 1014, 1021]),
        },
        beyond=found(read("ivfflat_sparse"), 12),
        merge=merge(),
    )


if __name__ == "__main__":
    faiss.omp_set_num_threads(1)
    main()
