import { ElementType } from "../onnx/element-type.js";
import { bytesOf, float, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { sum } from "./sum.js";

/** LayerNorm over the last dimension. The bias is optional, as in PyTorch. */
export function layerNorm(m: ModelBuilder, x: Value, name: string, epsilon: number): Value {
  const scale = m.weight(`${name}.weight`, 1);
  const bias = m.has(`${name}.bias`)
    ? m.weight(`${name}.bias`, 1)
    : zeros(m, m.shape(`${name}.weight`)[0] ?? 0);
  const normed = m.graph.op("LayerNormalization", [x, scale, bias], { axis: -1, epsilon: float(epsilon) });
  return m.sameRows(normed, x);
}

/**
 * LayerNorm of a sum: the end of a block with a residual connection. (onnxruntime's SkipLayerNormalization does both in one operator, but is
 * slower on the CPU.)
 */
export function addAndNorm(m: ModelBuilder, x: Value, residual: Value, name: string, epsilon: number): Value {
  return layerNorm(m, sum(m, residual, x), name, epsilon);
}

/** A bias of zeros. The standard makes the operator's bias optional, but fused operators that replace LayerNorm need one. */
function zeros(m: ModelBuilder, size: number): Value {
  return m.graph.constant(`zeros ${size}`, ElementType.float32, [size], bytesOf(new Float32Array(size)));
}
