import { float, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Settings of {@link rmsNorm}. */
export interface RmsNorm {
  readonly epsilon: number;
  /** Number to add to the weight: 1 in Gemma's models, which store the weight's difference from 1. @default 0 */
  readonly offset?: number;
}

/** x / √(mean(x²) + epsilon) · (weight + offset) over the last dimension, whose size is the weight's. */
export function rmsNorm(m: ModelBuilder, x: Value, name: string, { epsilon, offset = 0 }: RmsNorm): Value {
  const { graph } = m;
  const weight = m.weight(`${name}.weight`, 1);
  // onnxruntime computes this sum once, when it loads the graph.
  const scale = offset === 0 ? weight : graph.op("Add", [weight, graph.float32(offset)]);
  if (m.operators === "onnxruntime") {
    const normed = graph.op("SimplifiedLayerNormalization", [x, scale], {
      axis: -1,
      epsilon: float(epsilon),
    });
    return m.sameRows(normed, x);
  }
  const squares = graph.op("Mul", [x, x]);
  const mean = graph.op("ReduceMean", [squares], { axes: [-1], keepdims: 1 });
  const length = graph.op("Sqrt", [graph.op("Add", [mean, graph.float32(epsilon)])]);
  return graph.op("Mul", [graph.op("Div", [x, length]), scale]);
}

/** {@link rmsNorm} over each head's values: [batch, tokens, heads · size] → [batch, tokens, heads · size]. The weight has `size` values. */
export function headRmsNorm(m: ModelBuilder, x: Value, name: string, heads: number, norm: RmsNorm): Value {
  const { graph } = m;
  const split = graph.op("Reshape", [x, graph.int64s([0, 0, heads, -1])]);
  return graph.op("Reshape", [rmsNorm(m, split, name, norm), graph.int64s([0, 0, -1])]);
}
