import { ElementType } from "../onnx/element-type.js";
import { bytesOf, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Largest magnitude of a symmetric int8 value. */
const INT8_MAX = 127;
/** Activations are stored unsigned around this point: onnxruntime's fastest kernels multiply uint8 by int8. */
const ZERO_POINT = 128;
/** Keeps a row of zeros from dividing by zero. */
const SMALLEST_PEAK = 1e-8;

/** Names of the initializers that hold a quantised weight. */
export const int8Names = (weight: string) => ({ values: `${weight} int8`, scales: `${weight} scales` });

/**
 * x · weightᵀ in int8: the weight with a scale for each output, x with a scale for each token. A token's values are
 * rounded by its own peak alone, so that its result does not depend on the other tokens or texts of the batch.
 * [batch, tokens, in] → [batch, tokens, out].
 */
export function int8MatMul(m: ModelBuilder, x: Value, weight: string): Value {
  const { graph } = m;
  const tensor = m.weights.get(weight);
  const [outputs = 0, inputs = 0] = tensor.shape;
  m.quantized.set(tensor.name, tensor);
  const names = int8Names(tensor.name);
  const activation = quantizedRows(m, x, inputs);
  const product = graph.contrib("MatMulIntegerToFloat", [
    activation.values,
    names.values,
    graph.float32(1),
    names.scales,
    graph.constant("zero point", ElementType.uint8, [], Uint8Array.of(ZERO_POINT)),
    graph.constant(`zeros ${outputs} int8`, ElementType.int8, [outputs], new Uint8Array(outputs)),
  ]);
  const scaled = graph.op("Mul", [product, activation.scales]);
  const shape = m.once(`rows of ${x} to ${outputs}`, () =>
    graph.op("Concat", [graph.op("Shape", [x], { start: 0, end: 2 }), graph.int64s([outputs])], { axis: 0 }),
  );
  return graph.op("Reshape", [scaled, shape]);
}

/** One quantisation of x serves every layer that reads it: values [tokens, in] uint8, scales [tokens, 1]. */
function quantizedRows(m: ModelBuilder, x: Value, width: number): { values: Value; scales: Value } {
  const { graph } = m;
  const rows = m.once(`rows of ${x}`, () => graph.op("Reshape", [x, graph.int64s([-1, width])]));
  const scale = m.once(`scale of ${x}`, () => {
    const peak = graph.op("ReduceMax", [graph.op("Abs", [rows])], { axes: [1], keepdims: 0 });
    const atLeast = graph.op("Max", [peak, graph.float32(SMALLEST_PEAK)]);
    return graph.op("Mul", [atLeast, graph.float32(1 / INT8_MAX)]);
  });
  const values = m.once(`values of ${x}`, () => {
    const point = graph.constant("zero points", ElementType.uint8, [1], bytesOf(Uint8Array.of(ZERO_POINT)));
    const points = graph.op("Expand", [point, graph.op("Shape", [scale])]);
    return graph.op("QuantizeLinear", [rows, scale, points], { axis: 0 });
  });
  return {
    values,
    scales: m.once(`column of ${scale}`, () => graph.op("Unsqueeze", [scale, graph.int64s([1])])),
  };
}
