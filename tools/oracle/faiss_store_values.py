"""Writes pickles of LangChain Python's FAISS store with values that libraries leave in metadata, and of ids that are not strings, for
packages/vectorstore-faiss. The same values in old and new libraries have other pickles: run it in an environment of each generation.

  faiss_store_values.py NAME    writes test/goldens/pickle-values/NAME.json
"""

from __future__ import annotations

import base64
import collections
import datetime as dt
import decimal
import fractions
import gzip
import math
import pathlib
import pickle
import sys
import uuid
import warnings
import zoneinfo
from typing import Any

import dateutil.tz
import numpy as np
import pandas as pd
import pytz

warnings.filterwarnings("ignore")

from langchain_community.docstore.in_memory import InMemoryDocstore  # noqa: E402
from langchain_core.documents import Document  # noqa: E402

from golden import write_golden  # noqa: E402

LIBRARIES = ["langchain-community", "langchain-core", "numpy", "pandas", "pydantic", "python-dateutil", "pytz"]
BERLIN = pytz.timezone("Europe/Berlin")


def numpy_values() -> dict[str, Any]:
    numbers = {name: np.dtype(name).type(value) for name, value in [
        ("f2", 0.25), ("f4", 1.5), ("f8", -2.5), ("i1", -1), ("i2", -300), ("i4", -70000), ("i8", -(2**60)),
        ("u1", 200), ("u2", 60000), ("u4", 2**32 - 1), ("u8", 2**64 - 1), ("c8", 1 - 2j), ("c16", 2.5j),
    ]}
    times = {unit: np.datetime64("2024-03-01T12:30:15.123456789", unit) for unit in "Y M W D h m s ms us ns ps".split()}
    spans = {unit: np.timedelta64(-5, unit) for unit in "Y M W D h m s ms us ns".split()}
    grid = np.arange(6, dtype="i4").reshape(2, 3)
    return {
        **{f"scalar {name}": value for name, value in numbers.items()},
        "scalar half infinity": np.float16("-inf"),
        "scalar half nan": np.float16("nan"),
        "scalar half subnormal": np.float16(6e-8),
        "scalar bool": np.bool_(False),
        "scalar str": np.str_("é\0🍐"),
        "scalar bytes": np.bytes_(b"x\0y"),
        **{f"time {unit}": value for unit, value in times.items()},
        "time before 1970": np.datetime64("1969-12-31T23:59:59.999999999"),
        "time nat": np.datetime64("NaT"),
        "time nat of a unit": np.datetime64("NaT", "ns"),
        "time of 25 seconds": np.array([3], dtype="M8[25s]"),
        **{f"span {unit}": value for unit, value in spans.items()},
        "span nat": np.timedelta64("NaT"),
        "array": np.array([1.5, 2.0]),
        "array of none": np.array([], dtype="f4"),
        "array of no dimension": np.array(5),
        "array in rows": grid,
        "array in columns": np.asfortranarray(grid),
        "array that is a view": grid[:, ::2],
        "array that is turned": grid.T,
        "array of three dimensions": np.arange(8, dtype="u1").reshape(2, 2, 2),
        "array with an empty dimension": np.zeros((2, 0, 3)),
        "array big-endian": np.array([1, -2], dtype=">i4"),
        "array of booleans": np.array([True, False]),
        "array of texts": np.array(["a", "", "été"]),
        "array of texts big-endian": np.array(["a", "🍐"], dtype=">U2"),
        "array of bytes": np.array([b"ab", b"c"]),
        "array of objects": np.array([1, "x", None, [2.5]], dtype=object),
        "array of objects in rows": np.array([[1, "x"], [None, {"a": 1}]], dtype=object),
        "array of times": np.array(["2024-01-01", "NaT"], dtype="M8[D]"),
        "array of complex": np.array([1 + 1j]),
        "array inside": [{"a": (np.float32(0.5), np.array([1]))}],
    }


def pandas_values() -> dict[str, Any]:
    values = {
        "timestamp": pd.Timestamp("2024-03-01 12:30:15.123456"),
        "timestamp nanoseconds": pd.Timestamp("2024-03-01 12:30:15.123456789"),
        "timestamp before 1970": pd.Timestamp("1969-12-31 23:59:59.999999999"),
        "timestamp utc": pd.Timestamp("2024-03-01 12:30:15", tz="UTC"),
        "timestamp zoneinfo": pd.Timestamp("2024-07-01 12:00", tz=zoneinfo.ZoneInfo("Europe/Berlin")),
        "timestamp pytz": pd.Timestamp("2024-07-01 12:00", tz=BERLIN),
        "timestamp dateutil": pd.Timestamp("2024-07-01 12:00", tz="dateutil/Europe/Berlin"),
        "timestamp fixed": pd.Timestamp("2024-07-01 12:00+05:30"),
        "timestamp in the first of two hours": pd.Timestamp("2024-10-27 00:30", tz="UTC").tz_convert("Europe/Berlin"),
        "timestamp in the second of two hours": pd.Timestamp("2024-10-27 01:30", tz="UTC").tz_convert("Europe/Berlin"),
        "timedelta": pd.Timedelta("-1D 30.5s"),
        "timedelta nanoseconds": pd.Timedelta(1999, "ns"),
        "nat": pd.NaT,
        "na": pd.NA,
    }
    if int(pd.__version__.split(".")[0]) >= 2:
        values |= {f"timestamp {unit}": pd.Timestamp("2024-03-01 12:30:15").as_unit(unit) for unit in ("s", "ms", "us", "ns")}
        values |= {f"timedelta {unit}": pd.Timedelta("5s").as_unit(unit) for unit in ("s", "ms", "us", "ns")}
    return values


def zone_values() -> dict[str, Any]:
    noon = dt.datetime(2024, 7, 1, 12)
    twice = dt.datetime(2024, 10, 27, 2, 30)
    return {
        "pytz utc": noon.replace(tzinfo=pytz.utc),
        "pytz summer": BERLIN.localize(noon),
        "pytz winter": BERLIN.localize(dt.datetime(2024, 1, 1, 12)),
        "pytz first of two hours": BERLIN.localize(twice, is_dst=True),
        "pytz second of two hours": BERLIN.localize(twice, is_dst=False),
        "pytz by mistake": noon.replace(tzinfo=BERLIN),
        "pytz fixed": noon.replace(tzinfo=pytz.FixedOffset(-210)),
        "pytz without clock changes": noon.replace(tzinfo=pytz.timezone("Etc/GMT+5")),
        "dateutil utc": noon.replace(tzinfo=dateutil.tz.tzutc()),
        "dateutil offset": noon.replace(tzinfo=dateutil.tz.tzoffset("X", 19800)),
        "dateutil zone": noon.replace(tzinfo=dateutil.tz.gettz("Europe/Berlin")),
        "dateutil winter": dt.datetime(2024, 1, 1, 12, tzinfo=dateutil.tz.gettz("America/New_York")),
        "dateutil first of two hours": twice.replace(tzinfo=dateutil.tz.gettz("Europe/Berlin")),
        "dateutil second of two hours": twice.replace(tzinfo=dateutil.tz.gettz("Europe/Berlin"), fold=1),
        "zoneinfo in the year 1": dt.datetime(1, 1, 2, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
        "zoneinfo in the year 9999": dt.datetime(9999, 12, 30, tzinfo=zoneinfo.ZoneInfo("America/New_York")),
        "zoneinfo of another name": noon.replace(tzinfo=zoneinfo.ZoneInfo("US/Pacific")),
        "offset of seconds": noon.replace(tzinfo=dt.timezone(dt.timedelta(hours=-23, seconds=-59))),
        "time in a zone": dt.time(12, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
        "time utc": dt.time(12, 1, 2, 3, tzinfo=dt.timezone.utc),
        "time twice": dt.time(2, 30, fold=1),
    }


def standard_values() -> dict[str, Any]:
    return {
        "complex": [1 + 2j, -1.5 - 0.25j, 2j, complex(-0.0, 1), complex(math.nan, -math.inf), 1e16 + 1e-5j],
        "fraction": [fractions.Fraction(1, 3), fractions.Fraction(-7), fractions.Fraction(10**30, 7)],
        "counter": collections.Counter("aab"),
        "deque": collections.deque([1, "x"], maxlen=5),
        "default of default": collections.defaultdict(dict, {"a": {"b": 1}}),
        "ordered": collections.OrderedDict(b=1, a=2),
        "decimal": [decimal.Decimal(text) for text in ("1.10", "-0", "1E+500", "Infinity", "-sNaN12")],
        "paths": [
            pathlib.PurePosixPath("/a", "b/../c", "./d"),
            pathlib.PurePosixPath("a", "/b"),
            pathlib.PurePosixPath("//server//x"),
            pathlib.PurePosixPath(""),
            pathlib.PureWindowsPath("C:/a", "b\\c"),
            pathlib.PureWindowsPath("C:/a", "/b"),
            pathlib.PureWindowsPath("C:a"),
            pathlib.PureWindowsPath("//server/share/x"),
        ],
        "sets": [set(), {1}, frozenset(), frozenset([(1, "a")])],
        "bytes": [b"", b"\xff", bytearray(b""), bytearray(b"\x00x")],
        "floats": [0.0, -0.0, 1e16, 5e-324, 1.7976931348623157e308, math.inf, -math.inf, math.nan],
        "integers": [2**53 - 1, 2**53, -(2**53), 2**63, -(2**63) - 1, 10**300],
        "texts": ["\ud800", "\ud83c\udf50", "\x00", "\u2028"],
        "longest duration": [dt.timedelta.max, dt.timedelta.min],
        "dates": [dt.date.min, dt.date.max, dt.datetime.min, dt.datetime.max],
    }


IDS: list[Any] = [
    "text", 10, -3, 2**70, 1.5, 2.0, 1e16, 1e-5, math.inf, True, None, b"by'tes\n\xff", (1, "a", None), ("x",), (), ("it's", 'a"b', "\x07é"),
    uuid.UUID(int=5), np.int64(7), np.str_("numpy"), decimal.Decimal("1.10"), fractions.Fraction(1, 3), 1 + 2j, dt.date(2024, 1, 31),
    dt.datetime(2024, 1, 31, 12), dt.datetime(2024, 1, 31, 12, tzinfo=dt.timezone(dt.timedelta(hours=-3, minutes=-30))), dt.time(1, 2),
    pathlib.PurePosixPath("a/b"), (uuid.UUID(int=6), (b"b", 2.0)),
]


def view(value: Any) -> Any:
    """The value that JavaScript must read: JSON, with `{"$kind": …}` for types that JSON does not have. Fractions of a microsecond are cut off."""
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (np.datetime64, np.timedelta64)):
        return view_numpy_time(value)
    if isinstance(value, np.ndarray):
        return view(value[()]) if value.ndim == 0 else [view(item) for item in value]
    if isinstance(value, np.generic):
        return view(value.item())
    if isinstance(value, pd.Timestamp):
        return view(value.to_pydatetime(warn=False))
    if isinstance(value, pd.Timedelta):
        return view(dt.timedelta(microseconds=int(value.value) // 1000))
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) <= 2**53 - 1 else {"$bigint": str(value)}
    if isinstance(value, float):
        special = not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0)
        return {"$number": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(str(value), "-0")} if special else value
    if isinstance(value, (list, tuple, collections.deque)):
        return [view(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return {"$set": [view(item) for item in value]}
    if isinstance(value, (bytes, bytearray)):
        return {"$bytes": bytes(value).hex()}
    if isinstance(value, dt.datetime):
        if value.utcoffset() is None:
            return value.isoformat()
        moment = (value.replace(tzinfo=None) - value.utcoffset() - dt.datetime(1970, 1, 1)) / dt.timedelta(milliseconds=1)
        return {"$date": math.floor(moment)}
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dict):
        return {"$object": [[key, view(item)] for key, item in value.items()]}
    return str(value)


def view_numpy_time(value: Any) -> Any:
    if np.isnat(value):
        return None
    unit, _ = np.datetime_data(value.dtype)
    if unit in ("ns", "ps"):
        # Towards the past, as Python's own division.
        divisor = {"ns": 1000, "ps": 10**6}[unit]
        value = type(value)(int(value.view("i8")) // divisor, "us")
    return view(value.item())


def pickled(documents: dict[Any, Document], protocol: int) -> str:
    content = pickle.dumps((InMemoryDocstore(documents), dict(enumerate(documents))), protocol)
    return base64.b64encode(gzip.compress(content, mtime=0)).decode()


def main(name: str) -> None:
    values = {**standard_values(), **numpy_values(), **pandas_values(), **zone_values()}
    for key, value in values.items():
        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            assert value.utcoffset() is not None, key
    document = {"values": Document(page_content="values", metadata=values)}
    named = {id_: Document(page_content=str(i)) for i, id_ in enumerate(IDS)}
    # What each protocol keeps: those before 4 lose a fold.
    cases = []
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        read = pickle.loads(gzip.decompress(base64.b64decode(pickled(document, protocol))))[0]._dict["values"].metadata
        views = {key: view(value) for key, value in read.items()}
        cases.append({"protocol": protocol, "pickle": pickled(document, protocol), "views": views, "ids": pickled(named, protocol)})
    for case in cases[:-1]:
        case["views"] = {key: seen for key, seen in case["views"].items() if seen != cases[-1]["views"][key]}
    target = f"packages/vectorstore-faiss/test/goldens/pickle-values/{name}.json"
    facts = {"python": sys.version.split()[0], "idTexts": [str(id_) for id_ in IDS]}
    print(write_golden(target, "faiss_store_values.py", LIBRARIES, cases, **facts))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
