"""Writes tiny causal models in ONNX that need the keys and values of earlier tokens, and onnxruntime's results for texts without earlier tokens.

Writes packages/hf-runtime/test/goldens/models/onnx-past.json: { name, model (base64, gzip), output, rows } with the token ids of each text
and the values after its last token. The graph is one layer of attention; its weights are sines, so that they need no seed.
"""

from __future__ import annotations

import base64
import gzip
from typing import Any

import numpy as np
import onnx
import onnxruntime
from golden import write_golden
from onnx import TensorProto, helper, numpy_helper

GOLDEN = "packages/hf-runtime/test/goldens/models/onnx-past.json"
VOCABULARY, HIDDEN, HEADS, KV_HEADS, HEAD = 64, 8, 2, 1, 4
TEXTS = [[5, 9, 3], [7], [11, 2, 60, 33, 8, 1, 20], [5, 9, 3, 4]]


def sines(name: str, *shape: int, dtype: Any = np.float32) -> onnx.TensorProto:
    count = int(np.prod(shape))
    values = np.sin(np.arange(count) * 0.37 + len(name)) * 0.6
    return numpy_helper.from_array(values.reshape(shape).astype(dtype), name)


def model(dtype: Any, output: str, symbolic: bool, keep: bool) -> bytes:
    kind = TensorProto.FLOAT16 if dtype == np.float16 else TensorProto.FLOAT
    constants = {name: numpy_helper.from_array(np.array(value, dtype=np.int64), name) for name, value in {"q_shape": [0, 0, HEADS, HEAD], "kv_shape": [0, 0, KV_HEADS, HEAD], "joined": [0, 0, HEADS * HEAD], "axis1": [1], "axis2": [2], "axis3": [3], "one": [1], "minus1": [-1], "end": [2**31], "zero": 0, "ones": 1}.items()}
    weights = [sines("embed", VOCABULARY, HIDDEN, dtype=dtype), sines("wq", HIDDEN, HEADS * HEAD, dtype=dtype), sines("wk", HIDDEN, KV_HEADS * HEAD, dtype=dtype), sines("wv", HIDDEN, KV_HEADS * HEAD, dtype=dtype), sines("places", 40, HIDDEN, dtype=dtype), sines("wo", HIDDEN, VOCABULARY, dtype=dtype), numpy_helper.from_array(np.array(0.5, dtype), "scale"), numpy_helper.from_array(np.array(-30000, dtype), "masked"), numpy_helper.from_array(np.array(0, dtype), "nothing")]
    n = helper.make_node
    nodes = [
        n("Gather", ["embed", "input_ids"], ["x0"]),
        n("Gather", ["places", "position_ids"], ["xp"]),
        n("Add", ["x0", "xp"], ["x"]),
    ]
    for part, shape in (("q", "q_shape"), ("k", "kv_shape"), ("v", "kv_shape")):
        nodes += [n("MatMul", ["x", f"w{part}"], [f"{part}0"]), n("Reshape", [f"{part}0", shape], [f"{part}1"]), n("Transpose", [f"{part}1"], [f"{part}2"], perm=[0, 2, 1, 3])]
    nodes += [
        n("Concat", ["past_key_values.0.key", "k2"], ["present.0.key"], axis=2),
        n("Concat", ["past_key_values.0.value", "v2"], ["present.0.value"], axis=2),
        n("Transpose", ["present.0.key"], ["kt"], perm=[0, 1, 3, 2]),
        n("MatMul", ["q2", "kt"], ["s0"]),
        n("Mul", ["s0", "scale"], ["s1"]),
        # A key counts if it is not padding and not after the query; the queries are the last of the keys.
        n("Shape", ["attention_mask"], ["all"], start=1, end=2),
        n("Shape", ["input_ids"], ["new"], start=1, end=2),
        n("Squeeze", ["all"], ["all0"]),
        n("Range", ["zero", "all0", "ones"], ["keys"]),
        n("Sub", ["all", "new"], ["before"]),
        n("Slice", ["keys", "before", "all"], ["queries"]),
        n("Unsqueeze", ["queries", "axis1"], ["queries1"]),
        n("GreaterOrEqual", ["queries1", "keys"], ["causal"]),
        n("Cast", ["attention_mask"], ["mask0"], to=TensorProto.BOOL),
        n("Unsqueeze", ["mask0", "axis1"], ["mask1"]),
        n("Unsqueeze", ["mask1", "axis1"], ["mask2"]),
        n("And", ["mask2", "causal"], ["seen"]),
        n("Where", ["seen", "nothing", "masked"], ["bias"]),
        n("Add", ["s1", "bias"], ["s2"]),
        n("Softmax", ["s2"], ["p"], axis=-1),
        n("MatMul", ["p", "present.0.value"], ["c0"]),
        n("Transpose", ["c0"], ["c1"], perm=[0, 2, 1, 3]),
        n("Reshape", ["c1", "joined"], ["c2"]),
        n("Add", ["c2", "x"], ["h"]),
    ]
    hidden = "h"
    if keep:
        # As in exports for transformers.js: the last so many tokens, or all for 0.
        nodes += [
            n("Neg", ["num_logits_to_keep"], ["from0"]),
            n("Reshape", ["from0", "one"], ["from1"]),
            n("Slice", ["h", "from1", "end", "axis1"], ["kept"]),
        ]
        hidden = "kept"
    width = HIDDEN
    if output == "logits":
        nodes.append(n("MatMul", [hidden, "wo"], ["logits"]))
        width = VOCABULARY
    else:
        nodes.append(n("Identity", [hidden], [output]))
    heads: Any = "heads" if symbolic else KV_HEADS
    size: Any = "size" if symbolic else HEAD
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in {"input_ids": ["rows", "tokens"], "attention_mask": ["rows", "total"], "position_ids": ["rows", "tokens"]}.items()]
    if keep:
        inputs.append(helper.make_tensor_value_info("num_logits_to_keep", TensorProto.INT64, []))
    inputs += [helper.make_tensor_value_info(f"past_key_values.0.{part}", kind, ["rows", heads, "past", size]) for part in ("key", "value")]
    outputs = [helper.make_tensor_value_info(output, kind, ["rows", "kept" if keep else "tokens", width])]
    outputs += [helper.make_tensor_value_info(f"present.0.{part}", kind, ["rows", KV_HEADS, "total", HEAD]) for part in ("key", "value")]
    graph = helper.make_graph(nodes, "past", inputs, outputs, [*constants.values(), *weights])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(made)
    return made.SerializeToString()


def rows(data: bytes, dtype: Any, output: str, keep: bool) -> list[list[float]]:
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    empty = np.zeros((1, KV_HEADS, 0, HEAD), dtype)
    found = []
    for ids in TEXTS:
        feeds = {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), np.int64), "position_ids": np.arange(len(ids))[None], "past_key_values.0.key": empty, "past_key_values.0.value": empty}
        if keep:
            feeds["num_logits_to_keep"] = np.array(0, np.int64)
        [values] = session.run([output], feeds)
        found.append([round(float(value), 6) for value in values[0, -1]])
    return found


def main() -> None:
    cases = []
    for name, dtype, output, symbolic, keep in [
        ("hidden states", np.float32, "last_hidden_state", False, False),
        ("hidden states, sizes by names", np.float32, "last_hidden_state", True, False),
        ("hidden states in float16", np.float16, "last_hidden_state", False, False),
        ("logits", np.float32, "logits", False, False),
        ("logits of the last tokens", np.float32, "logits", False, True),
    ]:
        data = model(dtype, output, symbolic, keep)
        packed = base64.b64encode(gzip.compress(data, mtime=0)).decode()
        cases.append({"name": name, "model": packed, "output": output, "rows": rows(data, dtype, output, keep)})
    facts = {"texts": TEXTS, "config": {"num_key_value_heads": KV_HEADS, "head_dim": HEAD}}
    print(write_golden(GOLDEN, "onnx_past.py", ["onnx", "onnxruntime", "numpy"], cases, **facts))


if __name__ == "__main__":
    main()
