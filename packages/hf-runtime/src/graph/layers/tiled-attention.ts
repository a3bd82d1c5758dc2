import type { Value } from "../onnx/graph-builder.js";
import { type FusedAttention, fusedAttention, type Projected } from "./fused-attention.js";
import { keyMask } from "./key-mask.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Attention over long texts in tiles: [batch, queries, hidden]. Only one tile's scores are in memory at a time. onnxruntime does this if it gets no
 * mask. `padded` computes batches with padding and short texts. (Dao et al. 2022, "FlashAttention".)
 */
export function tiledAttention(
  m: ModelBuilder,
  projected: Projected,
  attention: Omit<FusedAttention, "mask" | "scoreBias">,
  padded: () => Value,
): Value {
  const { longTexts } = m;
  if (!m.readsMoreThan(longTexts.padded)) return padded();
  m.mixedTokens = longTexts.padded;
  return m.graph.op("If", [isLongAndWhole(m)], {
    then_branch: m.subgraph([], () => fusedAttention(m, projected, { ...attention, mask: undefined })),
    else_branch: m.subgraph([], padded),
  });
}

/** A boolean: whether the batch's texts are long and none is padded. */
function isLongAndWhole(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("is long and whole", () => {
    const isLong = graph.op("Greater", [graph.op("Squeeze", [m.allTokens]), graph.int64(m.longTexts.padded)]);
    const isWhole = graph.op("Equal", [graph.op("ReduceMin", [keyMask(m)], { keepdims: 0 }), graph.int32(1)]);
    return graph.op("And", [isLong, isWhole]);
  });
}
