import { int8Names } from "../int8/int8-names.js";
import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Activations are stored unsigned: onnxruntime's fastest kernels multiply uint8 by int8. */
const UINT8_MAX = 255;
/** The zero point for values of both signs. */
const MIDDLE = 128;
/**
 * The zero point for values that have a lower bound (after GELU: −0.17). It leaves more of the range to positive values: steps are
 * smaller, by 127/191. With a lower zero point, rows of small values would need larger steps to reach the bound. Of the zero points
 * from 8 to 96, 32 and 64 give the smallest error in all-MiniLM-L6-v2 and the mini reranker, by 8 % and 5 %.
 */
const NEAR_BOTTOM = 64;
/** Prevents a division by zero for a row of zeros. */
const SMALLEST_PEAK = 1e-8;

/**
 * x · weightᵀ in int8: the weight with a scale for each output, x with a scale for each token. A token's scale depends only on its own
 * largest value, so that its result does not depend on the other tokens or texts of the batch. (All tokens have the same zero point,
 * because the operator accepts only one.)
 * [batch, tokens, in] → [batch, tokens, out].
 */
export function int8MatMul(m: ModelBuilder, x: Value, weight: string): Value {
  const { graph } = m;
  const tensor = m.weights.get(weight);
  const [outputs = 0, inputs = 0] = tensor.shape;
  m.quantized.set(tensor.name, tensor);
  m.notePacked(weight);
  const names = int8Names(tensor.name);
  const activation = quantizedRows(m, x, inputs);
  const product = graph.contrib("MatMulIntegerToFloat", [
    activation.values,
    names.values,
    graph.float32(1),
    names.scales,
    graph.constant(`uint8 ${activation.zero}`, ElementType.uint8, [], Uint8Array.of(activation.zero)),
    weightZeros(m, outputs),
  ]);
  const scaled = graph.op("Mul", [product, activation.scales]);
  const like = m.rowsOf(x);
  const shape = m.once(`shape [rows of ${like}, ${outputs}]`, () => {
    const rows = m.once(`shape [rows of ${like}]`, () => graph.op("Shape", [x], { start: 0, end: 2 }));
    return graph.op("Concat", [rows, graph.int64s([outputs])], { axis: 0 });
  });
  return m.sameRows(graph.op("Reshape", [scaled, shape]), x);
}

/** The zero point of each column of a weight: [out]. */
function weightZeros({ graph, int8Type }: ModelBuilder, outputs: number): Value {
  const zero = int8Type === "uint8" ? MIDDLE : 0;
  const zeros = new Uint8Array(outputs).fill(zero);
  return graph.constant(`zeros ${outputs} ${int8Type}`, ElementType[int8Type], [outputs], zeros);
}

interface QuantizedRows {
  /** [tokens, in] uint8 */
  readonly values: Value;
  /** [tokens, 1] */
  readonly scales: Value;
  /** The zero point. */
  readonly zero: number;
}

/** x is quantised once for all layers that read it. */
function quantizedRows(m: ModelBuilder, x: Value, width: number): QuantizedRows {
  const { graph } = m;
  const floor = m.floors.get(x);
  const zero = floor === undefined ? MIDDLE : NEAR_BOTTOM;
  const rows = m.once(`rows of ${x}`, () => graph.op("Reshape", [x, graph.int64s([-1, width])]));
  const scale = m.once(`scale of ${x}`, () => {
    const magnitudes = floor === undefined ? graph.op("Abs", [rows]) : rows;
    const peak = graph.op("ReduceMax", [magnitudes], { axes: [1], keepdims: 0 });
    const steps = UINT8_MAX - zero;
    // A row of very small values gets a larger peak: large enough for its lower bound, and never zero.
    const leastPeak = Math.max(SMALLEST_PEAK, (-(floor ?? 0) * steps) / zero);
    const atLeast = graph.op("Max", [peak, graph.float32(leastPeak)]);
    return graph.op("Mul", [atLeast, graph.float32(1 / steps)]);
  });
  const values = m.once(`values of ${x}`, () => {
    const point = graph.constant(`[uint8 ${zero}]`, ElementType.uint8, [1], Uint8Array.of(zero));
    const points = m.once(`zero point ${zero} for rows of ${m.rowsOf(x)}`, () =>
      graph.op("Expand", [point, graph.op("Shape", [scale])]),
    );
    return graph.op("QuantizeLinear", [rows, scale, points], { axis: 0 });
  });
  return {
    values,
    scales: m.once(`column of ${scale}`, () => graph.op("Unsqueeze", [scale, graph.int64s([1])])),
    zero,
  };
}
