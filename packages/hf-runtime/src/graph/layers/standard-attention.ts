import type { Value } from "../onnx/graph-builder.js";
import type { Projected } from "./fused-attention.js";
import { scaledProducts } from "./linear.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";

export interface StandardAttention {
  readonly heads: number;
  /** Values of a head. */
  readonly size: number;
  /** Added to the scores: [1, 1 or heads, queries, tokens]. */
  readonly scoreBias?: Value | undefined;
}

/** Attention by ONNX's own operators: [batch, queries, hidden]. */
export function standardAttention(
  m: ModelBuilder,
  [query, key, value]: Projected,
  { heads, size, scoreBias }: StandardAttention,
): Value {
  const { graph } = m;
  const scores = scaledProducts(m, m.splitHeads(query, heads), m.splitHeads(key, heads), 1 / Math.sqrt(size));
  const biased = scoreBias === undefined ? scores : graph.op("Add", [scores, scoreBias]);
  const masked = graph.op("Add", [biased, paddingBias(m)]);
  const probabilities = graph.op("Softmax", [masked], { axis: -1 });
  return m.joinHeads(graph.op("MatMul", [probabilities, m.splitHeads(value, heads)]));
}

/** 0 for a token, {@link MASKED} for padding: [batch, 1, 1, tokens]. */
function paddingBias(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("padding bias", () => {
    const mask = graph.op("Unsqueeze", [m.floatMask, graph.int64s([1, 2])]);
    return graph.op("Mul", [graph.op("Sub", [graph.float32(1), mask]), graph.float32(MASKED)]);
  });
}
