"""Writes the results of LangChain Python's FAISS store for documents, vectors and files, for packages/vectorstore-faiss.

  faiss_store.py write         writes the golden file: pickles of every protocol, a saved store, scores, MMR, filters
  faiss_store.py verify DIR    loads the store that the package's test wrote (set FAISS_STORE_DIR=DIR and run the test
                               "python-parity") with real LangChain, checks values and types, and records its checksum
"""

from __future__ import annotations

import base64
import collections
import datetime as dt
import decimal
import hashlib
import http
import math
import pathlib
import pickle
import sys
import tempfile
import uuid
import warnings
import zoneinfo
from pathlib import Path
from typing import Any

import numpy as np

warnings.filterwarnings("ignore")

from langchain_community.docstore.in_memory import InMemoryDocstore  # noqa: E402
from langchain_community.vectorstores import FAISS  # noqa: E402
from langchain_community.vectorstores.utils import DistanceStrategy  # noqa: E402
from langchain_core.documents import Document  # noqa: E402
from langchain_core.embeddings import Embeddings  # noqa: E402

from golden import write_golden  # noqa: E402

GOLDENS = "packages/vectorstore-faiss/test/goldens"
LIBRARIES = ["faiss-cpu", "langchain-community", "langchain-core", "numpy", "pydantic"]


class NoEmbeddings(Embeddings):
    """Everything here goes by vector."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise NotImplementedError

    def embed_query(self, text: str) -> list[float]:
        raise NotImplementedError


def metadata_of_every_kind() -> dict[str, Any]:
    shared = {"same": ["object"]}
    return {
        "none": None,
        "booleans": [True, False],
        "integers": [0, -1, 255, 256, 65535, 65536, 2**31 - 1, -(2**31), 2**31, -(2**31) - 1, 2**53 - 1],
        "big": [2**53 + 1, -(2**63), 2**70, -(2**70), 2**2100],
        "floats": [1.5, -2.25, 1e300, 1.0, -0.0, math.inf, -math.inf, math.nan],
        "texts": ["", "é", "日本語", "𝒳🍐", "lone \ud800", "line\nbreak \\u0041 tab\t", "x" * 300],
        "nested": {"a": {"b": [{"c": None}, []], "é": {}}},
        "tuple": (1, ("two", ()), [3]),
        "set": {7},
        "frozenset": frozenset(["a"]),
        "bytes": b"\x00\xff\n",
        "long_bytes": bytes(range(256)) * 2,
        "bytearray": bytearray(b"\x01\x02"),
        "naive": dt.datetime(2024, 2, 29, 12, 34, 56, 789012),
        "utc": dt.datetime(1999, 12, 31, 23, 59, 59, tzinfo=dt.timezone.utc),
        "india": dt.datetime(2024, 1, 2, 3, 4, 5, 6000, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30))),
        "berlin": [
            dt.datetime(2024, month, 1, 12, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")) for month in (1, 7)
        ],
        "twice": [
            dt.datetime(2024, 10, 27, 2, 30, fold=fold, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")) for fold in (0, 1)
        ],
        "skipped": dt.datetime(2024, 3, 31, 2, 30, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
        "date": dt.date(1, 1, 1),
        "time": dt.time(23, 59, 59, 999999),
        "time_utc": dt.time(1, 2, tzinfo=dt.timezone(dt.timedelta(hours=-3, minutes=-30))),
        "timedelta": dt.timedelta(days=-1, seconds=5, microseconds=250000),
        "decimal": decimal.Decimal("1.10"),
        "uuid": uuid.UUID("12345678-1234-5678-1234-567812345678"),
        "paths": [pathlib.PurePosixPath("/a/b c"), pathlib.PurePosixPath("rel/x"), pathlib.PurePosixPath(".")],
        "ordered": collections.OrderedDict(b=1, a=2),
        "default": collections.defaultdict(list, {"a": [1]}),
        "keys": {1: "int", (2, "x"): "tuple", None: "none", True: "also 1"},
        "numpy": [np.float32(1.5), np.float64(2.5), np.int64(-3), np.uint8(4), np.bool_(True), np.str_("été")],
        "shared": [shared, shared],
        "@": "a key that looks like a marker",
        "__proto__": {"polluted": True},
    }


def view(value: Any) -> Any:
    """The value that JavaScript must read: JSON, with `{"$kind": …}` for types that JSON does not have."""
    if isinstance(value, (np.generic,)):
        return view(value.item())
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= 2**53 - 1 else {"$bigint": str(value)}
    if isinstance(value, float):
        special = not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0)
        return {"$number": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(str(value), "-0")} if special else value
    if isinstance(value, (list, tuple)):
        return [view(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": [view(item) for item in value]}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": bytes(value).hex()}
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            return value.isoformat()
        moment = (value - dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)) / dt.timedelta(milliseconds=1)
        return {"$date": math.floor(moment)}
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {"$object": [[key, view(item)] for key, item in value.items()]}
        return {"$map": [[view(key), view(item)] for key, item in value.items()]}
    return str(value)


def sample_documents() -> dict[str, Document]:
    return {
        "every": Document(id="every", page_content="every kind", metadata=metadata_of_every_kind()),
        "é/\n": Document(id="é/\n", page_content="日本語 \ud800 🍐\r\n\\u0041" * 3, metadata={"n": 1}),
        "no-id": Document(page_content="", metadata={}),
        "int-key": Document(id="int-key", page_content="x", metadata={1: "one", "b": 2}),
    }


def pickles() -> list[dict[str, Any]]:
    documents = sample_documents()
    mapping = dict(enumerate(documents))
    # What each protocol keeps: those before 4 lose a datetime's fold.
    cases = [
        {"protocol": protocol, "pickle": pickled, "documents": expected_documents(pickle.loads(pickled)[0]._dict)}
        for protocol, pickled in [
            *((protocol, pickle.dumps((InMemoryDocstore(documents), mapping), protocol)) for protocol in range(6)),
            # Python's own pickler, written in Python, batches and frames differently from the one in C.
            ("python", pickle._dumps((InMemoryDocstore(documents), mapping))),
        ]
    ]
    many = {f"id-{i}": Document(id=f"id-{i}", page_content=f"text {i}", metadata={"i": i}) for i in range(2500)}
    newest = cases[-1]["documents"]
    for case in cases:
        case["pickle"] = encode(case["pickle"])
        # Written once where it is the same.
        if case["documents"] == newest:
            del case["documents"]
    return [{"documents": newest, "pickles": cases, "many": encode_gzip(pickle.dumps((InMemoryDocstore(many), dict(enumerate(many)))))}]


def expected_documents(documents: dict[str, Document]) -> list[dict[str, Any]]:
    return [
        {"id": id_, "pageContent": document.page_content, "metadata": view({str(k): v for k, v in document.metadata.items()})}
        for id_, document in documents.items()
    ]


def malicious() -> list[dict[str, str]]:
    class System:
        def __reduce__(self):
            import os

            return (os.system, ("echo owned",))

    class Evaluate:
        def __reduce__(self):
            return (eval, ("1",))

    class Getattr:
        def __reduce__(self):
            return (getattr, (dict, "fromkeys"))

    docstore = InMemoryDocstore({"a": Document(page_content="x", metadata={"evil": None})})
    cases = []
    for name, evil in [("posix.system", System()), ("eval", Evaluate()), ("getattr", Getattr())]:
        docstore._dict["a"].metadata["evil"] = evil
        for protocol in (0, 2, 4):
            cases.append({"error": name, "pickle": encode(pickle.dumps((docstore, {0: "a"}), protocol))})
    docstore._dict["a"].metadata["evil"] = http.HTTPStatus.OK
    cases.append({"error": "http.HTTPStatus", "pickle": encode(pickle.dumps((docstore, {0: "a"})))})
    bomb: list[Any] = ["x"]
    for _ in range(60):
        bomb = [bomb, bomb]
    docstore._dict["a"].metadata["evil"] = bomb
    cases.append({"error": "shared references", "pickle": encode(pickle.dumps((docstore, {0: "a"})))})
    loop: list[Any] = []
    loop.append(loop)
    docstore._dict["a"].metadata["evil"] = loop
    cases.append({"error": "contains itself", "pickle": encode(pickle.dumps((docstore, {0: "a"})))})
    return cases


def searches() -> list[dict[str, Any]]:
    rng = np.random.default_rng(4)
    vectors = rng.standard_normal((30, 6)).astype(np.float32)
    queries = rng.standard_normal((4, 6)).astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cases = []
    for name, rows, options in [
        ("l2", vectors, {}),
        ("l2 normalized", vectors, {"normalize_L2": True}),
        ("ip", vectors, {"distance_strategy": DistanceStrategy.MAX_INNER_PRODUCT}),
        ("ip of unit vectors", unit, {"distance_strategy": DistanceStrategy.MAX_INNER_PRODUCT}),
    ]:
        pairs = [(f"text {i}", row.tolist()) for i, row in enumerate(rows)]
        ids = [str(i) for i in range(len(rows))]
        metadatas = [{"even": i % 2 == 0} for i in range(len(rows))]
        store = FAISS.from_embeddings(pairs, NoEmbeddings(), metadatas=metadatas, ids=ids, **options)
        relevance = store._select_relevance_score_fn()
        results = []
        for query in queries:
            found = store.similarity_search_with_score_by_vector(query.tolist(), k=7)
            threshold = float(found[3][1])
            within = store.similarity_search_with_score_by_vector(query.tolist(), k=7, score_threshold=threshold)
            filtered = store.similarity_search_with_score_by_vector(query.tolist(), k=5, filter={"even": True}, fetch_k=30)
            picked = {
                str(weight): [
                    [document.id, float(score)]
                    for document, score in store.max_marginal_relevance_search_with_score_by_vector(
                        query.tolist(), k=5, fetch_k=12, lambda_mult=weight
                    )
                ]
                for weight in (0.0, 0.3, 0.5, 1.0)
            }
            results.append(
                {
                    "query": query.tolist(),
                    "found": [[document.id, float(score)] for document, score in found],
                    "relevance": [float(relevance(score)) for _, score in found],
                    "threshold": threshold,
                    "within": [document.id for document, _ in within],
                    "even": [document.id for document, _ in filtered],
                    "mmr": picked,
                }
            )
        cases.append({"name": name, "vectors": rows.tolist(), "results": results})
    return cases


FILTER_METADATA = [
    {"a": 1, "b": "x", "c": [1, 2]},
    {"a": 2, "b": "y"},
    {"a": 3, "b": "x", "d": {"e": 1}},
    {"a": 2.0, "b": None},
    {"a": -1, "b": "z", "f": True},
    {"a": 10, "b": "x", "f": False},
]

FILTERS: list[Any] = [
    {},
    {"a": 1},
    {"a": 2},
    {"b": "x"},
    {"b": None},
    {"missing": None},
    {"a": [1, 3]},
    {"b": ["x", "y", "1", "2", "3", "4", "5", "6", "7", "8", "9"]},
    {"a": {"$eq": 2}},
    {"a": {"$neq": 2}},
    {"missing": {"$neq": 2}},
    {"a": {"$gt": 1}},
    {"a": {"$gte": 2, "$lt": 10}},
    {"a": {"$lte": 1}},
    {"b": {"$in": ["x", "z"]}},
    {"b": {"$nin": ["x", "z"]}},
    {"c": {"$eq": [1, 2]}},
    {"f": True},
    {"a": {"$gt": 1}, "b": "x"},
    {"$and": [{"a": {"$gt": 0}}, {"b": {"$neq": "x"}}]},
    {"$or": [{"a": 1}, {"b": "y"}]},
    {"$not": {"b": "x"}},
    {"$and": [{"$or": [{"a": 1}, {"a": 2}]}, {"$not": {"b": "y"}}]},
    {"$and": []},
    {"$or": []},
]


def filters() -> list[dict[str, Any]]:
    cases = []
    for condition in FILTERS:
        passes = FAISS._create_filter_func(condition)
        cases.append({"filter": condition, "passes": [bool(passes(metadata)) for metadata in FILTER_METADATA]})
    return [{"metadata": FILTER_METADATA, "filters": cases}]


def stores() -> list[dict[str, Any]]:
    pairs = [("foo", [1.0, 2.0, 3.0]), ("bar", [3.0, 2.0, 1.0]), ("baz", [0.0, 0.0, 1.0])]
    metadatas = [{"page": i} for i in range(3)]
    store = FAISS.from_embeddings(pairs, NoEmbeddings(), metadatas=metadatas, ids=["a", "b", "c"])
    store.delete(["b"])
    with tempfile.TemporaryDirectory() as folder:
        store.save_local(folder, index_name="named")
        files = {name: encode((Path(folder) / name).read_bytes()) for name in ("named.faiss", "named.pkl")}
    found = store.similarity_search_with_score_by_vector([0.0, 0.0, 2.0], k=3)
    return [
        {
            "files": files,
            "serialized": encode(store.serialize_to_bytes()),
            "query": [0.0, 0.0, 2.0],
            "found": [[document.id, document.page_content, document.metadata, float(score)] for document, score in found],
        }
    ]


def encode(content: bytes) -> str:
    return base64.b64encode(content).decode()


def encode_gzip(content: bytes) -> str:
    import gzip

    return encode(gzip.compress(content, mtime=0))


def write() -> None:
    for name, cases in [
        ("pickles", pickles()),
        ("malicious-pickles", malicious()),
        ("searches", searches()),
        ("filters", filters()),
        ("python-stores", stores()),
    ]:
        print(write_golden(f"{GOLDENS}/{name}.json", "faiss_store.py write", LIBRARIES, cases))


def verify(folder: Path) -> None:
    """The package writes what `sample_documents` holds, as far as JavaScript can say it, and what it read from Python."""
    store = FAISS.load_local(str(folder), NoEmbeddings(), allow_dangerous_deserialization=True)
    written = store.docstore._dict
    expected = sample_documents()
    assert list(written) == list(expected), list(written)
    assert store.index_to_docstore_id == dict(enumerate(expected))
    assert store.index.ntotal == len(expected)
    for id_, document in expected.items():
        got = written[id_]
        assert type(got) is Document and got.id == id_, got
        assert got.page_content == document.page_content
        assert same(got.metadata, document.metadata, "metadata"), id_
        assert got.model_dump() and got.model_copy(deep=True) == got
    javascript = FAISS.load_local(str(folder), NoEmbeddings(), "javascript", allow_dangerous_deserialization=True)
    metadata = javascript.docstore._dict["js"].metadata
    assert metadata["date"] == dt.datetime(2024, 5, 6, 7, 8, 9, 123000, tzinfo=dt.timezone.utc), metadata
    assert metadata["bigint"] == 2**64 and metadata["small"] == 5 and type(metadata["small"]) is int
    assert metadata["set"] == {1, "a", (2, 3)} and metadata["bytes"] == b"\x01\x02"
    assert metadata["map"] == {"k": [1, {"x": None}], 2: "two"} and math.isnan(metadata["nan"])
    assert metadata["nested"] == {"list": [1, 1.5, "x", None, True]} and "missing" not in metadata
    for name in ("serialized", "serialized-empty"):
        content = (folder / f"{name}.bin").read_bytes()
        FAISS.deserialize_from_bytes(content, NoEmbeddings(), allow_dangerous_deserialization=True)
    empty = FAISS.load_local(str(folder), NoEmbeddings(), "empty", allow_dangerous_deserialization=True)
    assert empty.index.ntotal == 0 and empty.docstore._dict == {} and empty.index_to_docstore_id == {}
    checksums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()
    }
    print(write_golden(f"{GOLDENS}/verified-by-python.json", "faiss_store.py verify", LIBRARIES, [checksums]))


def same(a: Any, b: Any, path: str) -> bool:
    """Equal, and of the same type; numpy scalars and subclasses of dict come back as what they are worth."""
    if isinstance(b, np.generic):
        b = b.item()
    if isinstance(b, dict):
        matches = type(a) is dict and list(a) == list(b) and all(same(a[k], b[k], f"{path}.{k}") for k in b)
    elif isinstance(b, (list, tuple)):
        matches = type(a) is type(b) and len(a) == len(b) and all(same(x, y, f"{path}.{i}") for i, (x, y) in enumerate(zip(a, b)))
    elif isinstance(b, float):
        matches = type(a) is float and (a == b or (math.isnan(a) and math.isnan(b))) and math.copysign(1, a) == math.copysign(1, b)
    elif isinstance(b, dt.datetime):
        matches = type(a) is dt.datetime and a == b and a.tzinfo == b.tzinfo and a.fold == b.fold
    else:
        matches = type(a) is type(b) and a == b
    if not matches:
        print(f"{path}: expected {b!r}, got {a!r}")
    return matches


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif sys.argv[1:2] == ["verify"] and len(sys.argv) == 3:
        verify(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
