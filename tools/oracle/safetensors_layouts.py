"""Writes which safetensors files Rust's reader, which Python's package uses, can read, and for which it throws.

Writes packages/hf-runtime/test/goldens/files/safetensors-layouts.json: { name, file (base64), tensors } with the names of
the tensors, or null where the reader throws.
"""

from __future__ import annotations

import base64
import json
import struct
import tempfile
from pathlib import Path
from typing import Any

from golden import write_golden
from safetensors import SafetensorError, safe_open

GOLDEN = "packages/hf-runtime/test/goldens/files/safetensors-layouts.json"
TYPES = {
    **{name: 8 for name in ["BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ"]},
    **{name: 16 for name in ["I16", "U16", "F16", "BF16"]},
    **{name: 32 for name in ["I32", "U32", "F32"]},
    **{name: 64 for name in ["I64", "U64", "F64", "C64"]},
    **{"F4": 4, "F6_E2M3": 6, "F6_E3M2": 6},
}


def packed(header: Any, data_bytes: int) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(data_bytes)


def at(begin: int, end: int, shape: list | None = None, dtype: str = "F32", **others: Any) -> dict:
    return {"dtype": dtype, "shape": [(end - begin) // 4] if shape is None else shape, "data_offsets": [begin, end], **others}


ONE = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'
FILES: dict[str, bytes] = {
    "two tensors": packed({"a": at(0, 8), "b": at(8, 12)}, 12),
    "tensors in another order than the header": packed({"b": at(8, 12), "a": at(0, 8)}, 12),
    "trailing bytes": packed({"a": at(0, 8)}, 12),
    "a hole": packed({"a": at(0, 8), "b": at(12, 16)}, 16),
    "a hole at the start": packed({"a": at(4, 12)}, 12),
    "an overlap": packed({"a": at(0, 8), "b": at(4, 8)}, 8),
    "two tensors at one place": packed({"a": at(0, 8), "b": at(0, 8)}, 8),
    "an empty tensor at the start": packed({"a": at(0, 0), "b": at(0, 4)}, 4),
    "an empty tensor in between": packed({"a": at(0, 4), "z": at(4, 4, [0, 5]), "b": at(4, 8)}, 8),
    "an empty tensor inside another": packed({"a": at(0, 8), "z": at(4, 4)}, 8),
    "a scalar": packed({"a": at(0, 4, [])}, 4),
    "no tensor": packed({}, 0),
    "no tensor but a byte": packed({}, 1),
    "metadata alone": packed({"__metadata__": {"format": "pt"}}, 0),
    "metadata null": packed({"__metadata__": None, "a": at(0, 4)}, 4),
    "metadata of numbers": packed({"__metadata__": {"x": 1}, "a": at(0, 4)}, 4),
    "metadata of a list": packed({"__metadata__": [], "a": at(0, 4)}, 4),
    "an unknown type": packed({"a": at(0, 4, dtype="X9")}, 4),
    "a type in lower case": packed({"a": at(0, 4, dtype="f32")}, 4),
    "fewer bytes than the shape needs": packed({"a": at(0, 4, [2])}, 4),
    "more bytes than the shape needs": packed({"a": at(0, 8, [1])}, 8),
    "a shape beyond 64 bits": packed({"a": at(0, 4, [2**40, 2**40])}, 4),
    "a negative dimension": packed({"a": at(0, 4, [-1])}, 4),
    "three offsets": packed({"a": {**at(0, 4), "data_offsets": [0, 4, 8]}}, 8),
    "offsets the wrong way round": packed({"a": at(4, 0, [1])}, 4),
    "offsets beyond the end": packed({"a": at(0, 8)}, 4),
    "an unknown key of a tensor": packed({"a": at(0, 4, more=1)}, 4),
    "a tensor named twice": packed(ONE + b',"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8),
    "a tensor named __proto__": packed({"__proto__": at(0, 4)}, 4),
    "a tensor that is null": packed({"a": None}, 0),
    "a tensor that is a list": packed({"a": []}, 0),
    "spaces around the header": packed(b"  " + ONE + b"}    ", 4),
    "a zero byte behind the header": packed(ONE + b"}\0", 4),
    "a byte order mark": packed(b"\xef\xbb\xbf" + ONE + b"}", 4),
    "invalid UTF-8": packed(ONE.replace(b'"a"', b'"\xff"') + b"}", 4),
    "a header that is a list": packed(b"[]", 0),
    "a header that is null": packed(b"null", 0),
    "a header of no bytes": packed(b"", 0),
    "a header of 2^63 bytes": struct.pack("<Q", 2**63) + b"{}",
    "a header of 2^64 - 1 bytes": struct.pack("<Q", 2**64 - 1) + b"{}",
    "seven bytes": bytes(7),
    "no byte": b"",
    "a deeply nested value": packed(b'{"a":' + b"[" * 1000 + b"]" * 1000 + b"}", 0),
    "a tensor at an odd place": packed({"u": at(0, 1, [1], "U8"), "a": at(1, 5)}, 5),
    "half a byte": packed({"a": at(0, 2, [3], "F4")}, 2),
    **{f"type {name}": packed({"a": at(0, bits, [8], name)}, bits) for name, bits in TYPES.items()},
}


def tensors_of(file: bytes, path: Path) -> list[str] | None:
    path.write_bytes(file)
    try:
        with safe_open(str(path), "np") as opened:
            return sorted(opened.keys())
    except SafetensorError:
        return None


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        cases = [
            {
                "name": name,
                "file": base64.b64encode(file).decode(),
                "tensors": tensors_of(file, Path(scratch) / "case.safetensors"),
            }
            for name, file in FILES.items()
        ]
    print(write_golden(GOLDEN, "safetensors_layouts.py", ["safetensors"], cases))
