import { float, type Value } from "../onnx/graph-builder.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";

/** Settings of {@link fusedAttention}. */
export interface FusedAttention {
  readonly heads: number;
  /** Factor of the products of queries and keys. @default 1 / √(width of a head) */
  readonly scale?: number | undefined;
  /** Joined bias of queries, keys and values, which is added first. */
  readonly projectionBias?: Value | undefined;
  /** [batch, tokens], int32: 0 for padding. Undefined if nothing is padded. */
  readonly mask: Value | undefined;
  /** Added to the scores: [1, 1 or heads, queries, tokens]. */
  readonly scoreBias?: Value | undefined;
}

/** Projected queries, keys and values, [batch, any, hidden] each. Keys and values belong to the same tokens. */
export type Projected = readonly [queries: Value, keys: Value, values: Value];

/** Attention with onnxruntime's own operator: [batch, queries, hidden]. */
export function fusedAttention(
  m: ModelBuilder,
  projected: Projected,
  { heads, scale, projectionBias, mask, scoreBias }: FusedAttention,
): Value {
  const attributes = {
    num_heads: heads,
    mask_filter_value: float(MASKED),
    ...(scale === undefined ? {} : { scale: float(scale) }),
  };
  return m.graph.contrib("MultiHeadAttention", [...projected, projectionBias, mask, scoreBias], attributes);
}
