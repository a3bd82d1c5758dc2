import type { Value } from "../onnx/graph-builder.js";
import { scaledProducts } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";
import type { RelativeVectors } from "./relative-vectors.js";
import { skewed, skewedOffsets } from "./skewed.js";

/** Computes the scores of all queries with positions, and of positions with all keys: [batch, heads, tokens, tokens] each. */
export function skewedScores(
  m: ModelBuilder,
  query: Value,
  key: Value,
  { ofKeys, ofQueries, indices, scale }: RelativeVectors,
): Value[] {
  const { graph } = m;
  const at = (vectors: Value, places: Value) => graph.op("Gather", [vectors, places], { axis: 2 });
  const columns = skewedOffsets(m);
  const scores: Value[] = [];
  if (ofKeys !== undefined) {
    const ofOffsets = m.once("indices of keys", () => indices(graph.op("Neg", [columns])));
    scores.push(skewed(m, scaledProducts(m, query, at(ofKeys, ofOffsets), scale)));
  }
  if (ofQueries !== undefined) {
    const ofOffsets = m.once("indices of queries", () => indices(columns));
    const byKey = skewed(m, scaledProducts(m, key, at(ofQueries, ofOffsets), scale));
    scores.push(graph.op("Transpose", [byKey], { perm: [0, 1, 3, 2] }));
  }
  return scores;
}
