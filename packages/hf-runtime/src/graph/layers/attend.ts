import type { Value } from "../onnx/graph-builder.js";
import { type FusedAttention, fusedAttention, type Projected } from "./fused-attention.js";
import type { ModelBuilder } from "./model-builder.js";
import { type StandardAttention, standardAttention } from "./standard-attention.js";

/** How attention over what is projected computes. */
export type Attention = FusedAttention & StandardAttention;

/** Attention by onnxruntime's operator, or by ONNX's own where that is missing or knows no cap: [batch, queries, hidden]. */
export function attend(m: ModelBuilder, projected: Projected, attention: Attention): Value {
  const isFused = m.operators === "onnxruntime" && attention.softcap === undefined;
  return isFused ? fusedAttention(m, projected, attention) : standardAttention(m, projected, attention);
}
