import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Projected } from "./fused-attention.js";
import { scaledProducts } from "./linear.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";

/** Settings of {@link standardAttention}. */
export interface StandardAttention {
  readonly heads: number;
  /** Width of a head. */
  readonly size: number;
  /** Factor of the products of queries and keys. @default 1 / √size */
  readonly scale?: number | undefined;
  /** Scores go through cap · tanh(score / cap). @default no cap */
  readonly softcap?: number | undefined;
  /** [batch, tokens]: 0 for padding. */
  readonly mask: Value;
  /** Added to the scores: [1, 1 or heads, queries, tokens]. */
  readonly scoreBias?: Value | undefined;
}

/** Attention with ONNX's standard operators: [batch, queries, hidden]. */
export function standardAttention(
  m: ModelBuilder,
  [query, key, value]: Projected,
  { heads, size, scale = 1 / Math.sqrt(size), softcap, mask, scoreBias }: StandardAttention,
): Value {
  const { graph } = m;
  const products = (by: number) =>
    scaledProducts(m, m.splitHeads(query, heads), m.splitHeads(key, heads), by);
  const scores =
    softcap === undefined
      ? products(scale)
      : graph.op("Mul", [graph.op("Tanh", [products(scale / softcap)]), graph.float32(softcap)]);
  const biased = scoreBias === undefined ? scores : graph.op("Add", [scores, scoreBias]);
  const masked = graph.op("Add", [biased, paddingBias(m, mask)]);
  const probabilities = graph.op("Softmax", [masked], { axis: -1 });
  return m.joinHeads(graph.op("MatMul", [probabilities, m.splitHeads(value, heads)]));
}

/** 0 for a token, {@link MASKED} for padding: [batch, 1, 1, tokens]. */
function paddingBias(m: ModelBuilder, mask: Value): Value {
  const { graph } = m;
  return m.once(`padding bias of ${mask}`, () => {
    const isToken = graph.op("Cast", [mask], { to: ElementType.float32 });
    const ofAll = graph.op("Unsqueeze", [isToken, graph.int64s([1, 2])]);
    return graph.op("Mul", [graph.op("Sub", [graph.float32(1), ofAll]), graph.float32(MASKED)]);
  });
}
