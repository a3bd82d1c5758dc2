import type { Value } from "../onnx/graph-builder.js";
import { type FusedAttention, fusedAttention, type Projected } from "./fused-attention.js";
import type { ModelBuilder } from "./model-builder.js";
import { type StandardAttention, standardAttention } from "./standard-attention.js";

/** Settings of attention over projected queries, keys and values. */
export type Attention = FusedAttention & StandardAttention;

/**
 * Attention over projected queries, keys and values: [batch, queries, hidden]. It uses onnxruntime's operator; if that is not allowed or the
 * scores have a cap, standard operators.
 */
export function attend(m: ModelBuilder, projected: Projected, attention: Attention): Value {
  const isFused = m.operators === "onnxruntime" && attention.softcap === undefined;
  return isFused ? fusedAttention(m, projected, attention) : standardAttention(m, projected, attention);
}
