import { float, type Value } from "../onnx/graph-builder.js";
import { MASKED } from "./masked.js";
import type { ModelBuilder } from "./model-builder.js";

export interface FusedAttention {
  readonly heads: number;
  /** What products of queries and keys are multiplied by. @default 1 / √ of a head's values */
  readonly scale?: number | undefined;
  /** Of queries, keys and values together, added before anything else. */
  readonly projectionBias?: Value | undefined;
  /** [batch, tokens], int32: 0 for padding. Undefined if nothing is padded. */
  readonly mask: Value | undefined;
  /** Added to the scores: [1, 1 or heads, queries, tokens]. */
  readonly scoreBias?: Value | undefined;
}

/** Queries, keys and values, [batch, any, hidden] each, keys and values of the same tokens. */
export type Projected = readonly [queries: Value, keys: Value, values: Value];

/** Attention by onnxruntime's own operator: [batch, queries, hidden]. */
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
