import { float, type Value } from "../onnx/graph-builder.js";
import { int8MatMul } from "./int8-mat-mul.js";
import type { ModelBuilder } from "./model-builder.js";
import { sum } from "./sum.js";
import { withAdapter } from "./with-adapter.js";

/** A linear layer: [..., in] → [..., out], with its bias if the weights have one. PyTorch stores the weight as [out, in]. */
export function linear(m: ModelBuilder, x: Value, name: string): Value {
  return addBias(m, matMul(m, x, name), name);
}

/** The bias [out] of a linear layer; undefined if it has none. */
export function biasOf(m: ModelBuilder, name: string): Value | undefined {
  return m.has(`${name}.bias`) ? m.weight(`${name}.bias`, 1) : undefined;
}

/** Adds the bias of a linear layer, if it has one. */
export function addBias(m: ModelBuilder, x: Value, name: string): Value {
  const bias = biasOf(m, name);
  return bias === undefined ? x : sum(m, x, bias);
}

/** x · weightᵀ, without the bias, which a later operator may add. */
export function matMul(m: ModelBuilder, x: Value, name: string): Value {
  const weight = `${name}.weight`;
  const product = m.precision === "int8" ? int8MatMul(m, x, weight) : float32MatMul(m, x, weight);
  return withAdapter(m, x, product, name);
}

/** Like {@link linear}, but always in float32, for heads: they are small, and their error would be the score's. */
export function float32Linear(m: ModelBuilder, x: Value, name: string): Value {
  return addBias(m, withAdapter(m, x, float32MatMul(m, x, `${name}.weight`), name), name);
}

/** x · weightᵀ in float32. FusedMatMul reads the weight as it is in the file, without a transposed copy. */
export function float32MatMul(m: ModelBuilder, x: Value, weight: string): Value {
  m.notePacked(weight);
  if (m.operators === "standard") return m.graph.op("MatMul", [x, transposed(m, weight)]);
  return m.graph.contrib("FusedMatMul", [x, m.weight(weight, 2)], { transB: 1 });
}

/**
 * Like {@link linear}, for an x that is the same in every run. It uses standard operators, because onnxruntime computes these once when it loads
 * the graph (but not its own operators).
 */
export function constantLinear(m: ModelBuilder, x: Value, name: string): Value {
  return addBias(m, m.graph.op("MatMul", [x, transposed(m, `${name}.weight`)]), name);
}

/** a · bᵀ · scale over the last two of four dimensions. */
export function scaledProducts(m: ModelBuilder, a: Value, b: Value, scale: number): Value {
  const { graph } = m;
  if (m.operators === "onnxruntime") {
    return graph.contrib("FusedMatMul", [a, b], { transB: 1, alpha: float(scale) });
  }
  const products = graph.op("MatMul", [a, graph.op("Transpose", [b], { perm: [0, 1, 3, 2] })]);
  return graph.op("Mul", [products, graph.float32(scale)]);
}

/** A weight as [in, out]. onnxruntime transposes it once, when it loads the graph. */
function transposed(m: ModelBuilder, weight: string): Value {
  return m.once(`transposed ${weight}`, () =>
    m.graph.op("Transpose", [m.weight(weight, 2)], { perm: [1, 0] }),
  );
}
