import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

/** [tokens]: the positions of the batch's tokens, counted from the first token of the prefix, int64. */
export function queryPlaces(m: ModelBuilder): Value {
  if (m.prefix === undefined) return tokenIndices(m);
  return m.once("query places", () => m.graph.op("Add", [m.prefixTokens, tokenIndices(m)]));
}
