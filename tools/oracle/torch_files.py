"""Writes which files of torch.save torch itself reads with weights_only, and the tensors that it finds in them.

Writes packages/hf-runtime/test/goldens/files/torch-files.json: { name, file (base64, gzip), tensors } with each tensor's type, shape and
values, or null if torch throws or finds no dict of tensors.
"""

from __future__ import annotations

import base64
import gzip
import io
from collections import OrderedDict
from typing import Any, Callable

import torch
from golden import write_golden
from torch import nn

GOLDEN = "packages/hf-runtime/test/goldens/files/torch-files.json"


def numbers(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    count = int(torch.tensor(shape).prod()) if shape else 1
    return (torch.arange(count).reshape(shape) * 0.5 - 3).to(dtype)


def saved(value: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


def types() -> dict:
    floats = ["float32", "float16", "bfloat16", "float64"]
    return {name: numbers(2, 3, dtype=getattr(torch, name)) for name in floats} | {
        name: torch.arange(6).reshape(3, 2).to(getattr(torch, name)) for name in ["int64", "int32", "int16", "int8", "uint8", "bool"]
    }


def views() -> dict:
    table = numbers(6, 4)
    return {
        "whole": table,
        "rows": table[2:4],
        "columns": table[:, 1:3],
        "every other row": table[::2],
        "one column": table[:, 2],
        "transposed": numbers(3, 5).T,
        "permuted": numbers(2, 3, 4).permute(2, 0, 1),
        "of one row": numbers(1, 4).T,
        "of no rows": numbers(0, 4),
        "positions": torch.arange(5).expand((1, -1)),
        "number": torch.tensor(2.5),
    }


def tied() -> dict:
    weight = nn.Parameter(numbers(4, 3))
    return {"first.weight": weight, "second.weight": weight, "third.weight": weight.detach()}


def module() -> nn.Module:
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))


def traced() -> bytes:
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(nn.Linear(2, 2)), buffer)
    return buffer.getvalue()


class Stranger:
    pass


FILES: dict[str, Callable[[], bytes]] = {
    "types": lambda: saved(types()),
    "views": lambda: saved(views()),
    "tied parameters": lambda: saved(tied()),
    "state dict of modules": lambda: saved(module().state_dict()),
    "no tensors": lambda: saved({}),
    "other values beside tensors": lambda: saved({"epoch": 3, "rate": 0.5, "name": "x", "done": True, "none": None, "list": [1, (2, 3)], "a": numbers(2)}),
    "new types": lambda: saved({"f8": numbers(2, 2).to(torch.float8_e4m3fn), "u16": torch.arange(3).to(torch.uint16)}),
    "names of many letters": lambda: saved({"größe.重み." + "x" * 300: numbers(2)}),
    "protocol 4": lambda: saved(OrderedDict(views()), pickle_protocol=4),
    "before 1.6": lambda: saved(types(), _use_new_zipfile_serialization=False),
    "views before 1.6": lambda: saved(views(), _use_new_zipfile_serialization=False),
    "tied parameters before 1.6": lambda: saved(tied(), _use_new_zipfile_serialization=False),
    "state dict of modules before 1.6": lambda: saved(module().state_dict(), _use_new_zipfile_serialization=False),
    "repeated numbers": lambda: saved({"a": numbers(1, 3).expand(4, 3)}),
    "state dict inside a dict": lambda: saved({"state_dict": module().state_dict(), "epoch": 3}),
    "a tensor": lambda: saved(numbers(3)),
    "a list": lambda: saved([numbers(3)]),
    "a whole module": lambda: saved(module()),
    "a whole module before 1.6": lambda: saved(module(), _use_new_zipfile_serialization=False),
    "an object": lambda: saved({"a": numbers(2), "b": Stranger()}),
    "a function": lambda: saved({"a": numbers(2), "b": print}),
    "a sparse tensor": lambda: saved({"a": numbers(2, 2).to_sparse()}),
    "a program": traced,
}


# weights_only knows protocol 2 alone, which torch.save writes unless told otherwise.
OTHER_PROTOCOLS = ["protocol 4"]


def tensors_of(name: str, data: bytes) -> dict | None:
    try:
        value = torch.load(io.BytesIO(data), weights_only=name not in OTHER_PROTOCOLS, map_location="cpu")
    except Exception:  # noqa: BLE001 torch throws many kinds
        return None
    if not isinstance(value, dict) or any(isinstance(one, dict) for one in value.values()):
        return None
    tensors = {name: tensor for name, tensor in value.items() if isinstance(tensor, torch.Tensor)}
    if any(tensor.layout != torch.strided for tensor in tensors.values()):
        return None
    return {
        name: {"dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape), "values": tensor.detach().to(torch.float64).flatten().tolist()}
        for name, tensor in tensors.items()
    }


def main() -> None:
    cases = []
    for name, make in FILES.items():
        data = make()
        # Storages' names are addresses, of which the values do not depend.
        packed = base64.b64encode(gzip.compress(data, mtime=0)).decode()
        cases.append({"name": name, "file": packed, "tensors": tensors_of(name, data)})
    print(write_golden(GOLDEN, "torch_files.py", ["torch"], cases))


if __name__ == "__main__":
    main()
